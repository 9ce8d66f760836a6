"""Cleaning of one line: what mark-up and word processors leave behind goes, what was printed stays."""

from __future__ import annotations

import html
import re
from typing import Final

_TAG: Final = re.compile(
    r"</?(?:u|b|i|em|strong|span|font|br|p|div|sup|sub|a|small|center|o:p)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10}\d?);", re.IGNORECASE)
# Zero-width characters, soft hyphens and marks of writing direction: they print nothing.
_INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")  # fmt: skip


def clean(raw: str) -> str:
    """One line with white space folded (non-breaking spaces too) and invisible characters and residue gone."""
    text = raw
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if "<" in text:
        text = _TAG.sub("", text)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
