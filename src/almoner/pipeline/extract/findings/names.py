"""Children and victims who may be identifiable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Item

_LOOKED_FOR: Final = 50
"""Names that the place is looked up for: one is enough to lead an editor there."""


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`child_identifiable`. The message does not repeat the name: findings stand in lists and logs."""
    if not item.private_names:
        return
    names = item.private_names[:_LOOKED_FOR]
    blocks = record.told
    place = next(
        (block.place for block in blocks if any(name in block.text for name in names)),
        item.place,
    )
    yield finding(
        "child_identifiable", "A child or victim seems to be named here. An editor must decide.", place
    )
