"""What a tagged PDF says that its words are: headings, paragraphs, items of lists (ISO 32000-1, 14.7 and 14.8).

Word and others tag what they export, mostly well. Tags are evidence and no more: a document whose tags cut sentences
in two, or hold whole lists in one paragraph, is read without them (see `paragraphs.Setting`).
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2_raw as pdfium

MAX_ELEMENTS: Final = 20_000
"""Of one page's tree."""
MAX_DEPTH: Final = 60
_BLOCK: Final = re.compile(r"P|H[1-6]?|Title|LI|LBody|Lbl|T[HD]|TOCI|Caption|Note|BlockQuote")


@dataclass(frozen=True, slots=True)
class Tag:
    """The element that words belong to: its sort, its number on the page, and how many lists it stands in."""

    role: str
    number: int
    depth: int = 0


def tags(page: Any) -> dict[int, Tag]:
    """The elements by the numbers of the marked content that they hold; empty for a page without tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return _walk(tree)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _walk(tree: Any) -> dict[int, Tag]:
    found: dict[int, Tag] = {}
    count = 0
    roots = range(min(pdfium.FPDF_StructTree_CountChildren(tree), MAX_ELEMENTS))
    waiting: list[tuple[Any, Tag, int]] = [
        (pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), Tag("", 0), 0) for index in roots
    ]
    while waiting and count < MAX_ELEMENTS:
        element, above, deep = waiting.pop()
        if not element or deep > MAX_DEPTH:
            continue
        count += 1
        tag = _tag(_role(element), above, count)
        for index in range(min(max(0, pdfium.FPDF_StructElement_CountChildren(element)), MAX_ELEMENTS)):
            inner = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if inner:
                waiting.append((inner, tag, deep + 1))
                continue
            content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if content >= 0 and tag.role:
                found[content] = tag
    return found


def _tag(role: str, above: Tag, number: int) -> Tag:
    if role == "L":
        return Tag(above.role, above.number, above.depth + 1)
    if not _BLOCK.fullmatch(role):
        return above
    if above.role == "LI" and role in {"Lbl", "LBody", "P"}:
        return above  # the label, and the words, of one item
    return Tag(role, number, above.depth)


def _role(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
