"""What publishing systems put into every entry's text, which is none of it."""

from __future__ import annotations

import re
from typing import Final

_PATTERNS: Final = (
    # WordPress, at the end of what it cuts or copies.
    re.compile(r"<p>\s*The post\s+<a\b[^>]{0,1000}>(?:(?!</a>).){0,1000}</a>\s+(?:first )?appeared (?:first )?on\s+<a\b[^>]{0,1000}>(?:(?!</a>).){0,500}</a>\s*\.?\s*</p>\s*\Z", re.DOTALL),
    # FeedBurner's row of buttons.
    re.compile(r"<div class=[\"']feedflare[\"']>.{0,5000}?</div>", re.DOTALL),
)  # fmt: skip


def without_boilerplate(markup: str) -> str:
    """`markup` without the lines that a publishing system adds to all its entries."""
    if "appeared" not in markup and "feedflare" not in markup:
        return markup
    for pattern in _PATTERNS:
        markup = pattern.sub("", markup)
    return markup
