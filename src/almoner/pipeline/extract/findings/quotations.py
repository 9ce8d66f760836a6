"""Quotations that are opened and never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from almoner.pipeline.extract.findings.missing import broken_off
from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Block, Finding, Item

_MARK: Final = re.compile('["“”]')


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`quotation_open`. A speech of several paragraphs opens each of them and closes the last, as is usual in
    English print (New Hart's Rules, 9.2.4), so that only the state at the item's end counts; a text that breaks off is found to do so already."""
    opened: Block | None = None
    for block in record.body:
        text = block.text
        if '"' not in text and "“" not in text and "”" not in text:
            continue
        for match in _MARK.finditer(text):
            position, character = match.start(), match[0]
            if character == "“":
                opened = block
            elif character == "”":
                opened = None
            elif character == '"' and not _is_inches(text, position):
                opens = position == 0 or text[position - 1] in " (‘'[—–-"
                opened = block if opens else None
    if opened is not None and broken_off(record.body) is None:
        start = max(opened.text.rfind("“"), opened.text.rfind('"'), 0)
        yield finding(
            "quotation_open", f"The quotation is not closed: {opened.text[start : start + 60]}…", opened.place
        )


def _is_inches(text: str, position: int) -> bool:
    return (
        position > 0
        and text[position - 1].isdigit()
        and text[position + 1 : position + 2] in {" ", ""}
        and "'" in text[max(0, position - 4) : position]
    )
