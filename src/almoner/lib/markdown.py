"""What editors write: a little Markdown (CommonMark, and tables), as mark-up."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt

_BARE: Final = re.compile(r"(?<![\w<\[/\"'])(?<!\]\()https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'’”*_]")
_PICTURE: Final = re.compile(r"!(?=\[[^\]\n]*\]\()")
_NOT_FOR_PROSE: Final = ("image", "code", "fence", "backticks", "html_block", "html_inline")


def to_html(written: str) -> str:
    """`written` as HTML. A new line is a new line; a bare address becomes a link, a picture a link to it. HTML in it
    stands there as it was typed. It is made safe to show by `prose.source_html`, like what others wrote."""
    return str(_reader().render(_BARE.sub(r"<\g<0>>", _PICTURE.sub("", written))))


@cache
def _reader() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable([*_NOT_FOR_PROSE])
    )
