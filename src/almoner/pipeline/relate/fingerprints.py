"""A short name for a text that stays the same when only its typography changes."""

from __future__ import annotations

import hashlib

from almoner.pipeline.relate.marks import words_of


def fingerprint(title: str, text: str) -> str:
    """SHA-256 (64 hex digits) over the words of title and text: case, punctuation, spacing and Unicode's
    compatibility forms do not count (NFKC, Unicode Standard Annex #15)."""
    return hashlib.sha256(" ".join(words_of(f"{title}\n{text}")).encode()).hexdigest()
