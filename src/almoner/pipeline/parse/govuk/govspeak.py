"""Govspeak, GOV.UK's Markdown, as plain HTML: what messages carry where the page is not rendered yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

MAX_LINES: Final = 50_000
_HEADING: Final = re.compile(r"(#{1,6})\s*(?=[^\s#])(.*?)\s*#*\s*\Z")
_ENTRY: Final = re.compile(r"(?:[-*+]|\d{1,3}[.)]|s\d{1,3}\.)\s+(?=\S)")
_LINK: Final = re.compile(
    r"(?<!!)\[([^\]\[]{1,500})\]\(([^()\s]{1,2000})(?:\s+\"[^\"]*\")?\)(?:\{:[^{}]*\})?"
)
_EMBED: Final = re.compile(
    r"!\[[^\]]{0,500}\]\([^)]{0,2000}\)|!!\d+|\[(?:Image|InlineAttachment|Attachment|Contact|embed):[^\]]{0,200}\]|!@\d+"
)
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_)(?=\S)([^*_]{1,500}?)(?<=\S)\1(?!\w)")
_MARK: Final = re.compile(
    r"\$[A-Z!]{1,10}\Z|\{:[^{}]{0,200}\}\Z|:?-{3,}:?\Z|[%^]{1,2}\Z|\{(?:barchart|/?\w{1,20})\}\Z"
)
_BOX: Final = re.compile(r"(?:\$[A-Z!]{1,4}\s+|[%^]\s*|\{:[^{}]{0,200}\}\s*)|\s*(?:[%^]|\$[A-Z!]{1,4})\Z")
_TABLE_RULE: Final = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|?)+\Z")


def to_html(text: str) -> str:
    """`text` as headings, paragraphs, lists, tables and links; marks that only style are taken off."""
    return "".join(_pieces(text.splitlines()[:MAX_LINES]))


def _pieces(lines: list[str]) -> Iterator[str]:
    paragraph: list[str] = []
    inside = ""
    for line in (*lines, ""):
        bare = line.strip()
        opened = _opened(bare)
        if paragraph and (opened != "p" or not bare):
            yield f"<p>{' '.join(paragraph)}</p>"
            paragraph = []
        if inside and opened != inside and bare:
            yield f"</{inside}>"
            inside = ""
        if not bare or opened == "":
            continue
        if opened == "p":
            paragraph.append(_inline(_BOX.sub("", bare)))
        elif opened == "h":
            found = _HEADING.match(bare)
            assert found is not None
            yield f"<h{len(found[1])}>{_inline(found[2])}</h{len(found[1])}>"
        else:
            if not inside:
                yield f"<{opened}>"
                inside = opened
            yield _row(bare) if opened == "table" else f"<li>{_inline(_ENTRY.sub('', bare, count=1))}</li>"
    if inside:
        yield f"</{inside}>"


def _opened(line: str) -> str:
    """The element that a line opens or goes on with: p, h, ul or table; "" for one that prints nothing."""
    if _MARK.match(line) or _TABLE_RULE.fullmatch(line):
        return ""
    if _HEADING.match(line):
        return "h"
    if _ENTRY.match(line):
        return "ul"
    if line.startswith("|") or line.count("|") > 1:
        return "table"
    return "p"


def _row(line: str) -> str:
    cells = (_inline(cell.strip().removeprefix("#").strip()) for cell in line.strip("|").split("|"))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _inline(text: str) -> str:
    """One line's text with its links and emphasis; HTML that stands in it is left to be cleaned."""
    text = _EMBED.sub("", text)
    text = _LINK.sub(lambda found: f'<a href="{escape(found[2])}">{found[1]}</a>', text)
    return _EMPHASIS.sub(
        lambda found: f"<em>{found[2]}</em>" if len(found[1]) == 1 else f"<strong>{found[2]}</strong>", text
    )
