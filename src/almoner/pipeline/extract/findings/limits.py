"""Passages that are longer than is read for figures and promises: what was left out is said, not lost."""

from __future__ import annotations

from collections.abc import Iterator

from almoner.pipeline.extract.figures import numbers_beyond_limit
from almoner.pipeline.extract.promises import triggers_beyond_limit
from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Item

_SHORTER = 4_000
"""Characters that can hold neither as many numbers nor as many promises as are read."""


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`passage_unread`, once a block."""
    for block in record.told:
        if len(block.text) < _SHORTER:
            continue
        left = [
            word
            for word, beyond in (("figures", numbers_beyond_limit), ("promises", triggers_beyond_limit))
            if beyond(block.text)
        ]
        if left:
            message = f"{len(block.text):,} characters in one passage: not all {' and '.join(left)} in it are listed."
            yield finding("passage_unread", message, block.place)
