"""A short name for a text that stays the same when only its typography changes."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fingerprint(title: str, text: str) -> str:
    """SHA-256 (64 hex digits) over the words of title and text: case, punctuation, spacing and Unicode's
    compatibility forms do not count (NFKC, Unicode Standard Annex #15)."""
    words = _WORD.findall(unicodedata.normalize("NFKC", f"{title}\n{text}").casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
