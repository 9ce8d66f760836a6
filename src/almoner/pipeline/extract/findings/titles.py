"""Titles that were not printed, or not printed whole."""

from __future__ import annotations

from collections.abc import Iterator

from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Item


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`title_missing`, `title_cut`."""
    if not item.title_is_printed:
        where = record.body[0].place if record.body else item.place
        says = record.cut.stated
        instead = "its address" if says is not None and item.title == says.stand_in else "the first sentence"
        yield finding("title_missing", f"No title was printed; {instead} stands in.", where)
    elif item.title.rstrip().endswith(("…", "...", "[…]")) and record.title is not None:
        yield finding("title_cut", f"The title breaks off: “{item.title[-60:]}”.", record.title.place)
