"""What a rule changes: the items it gives beside those of the generic reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Item, Place, When

FIELDS: Final[dict[str, Callable[[Item], str]]] = {
    "title": lambda item: item.title if item.title_is_printed else "",
    "link": lambda item: item.link or "",
    "published": lambda item: _value(item.published),
    "updated": lambda item: _value(item.updated),
    "author": lambda item: item.credit.author or item.credit.byline or "",
    "source": lambda item: item.credit.source or "",
    "outlet": lambda item: item.credit.outlet or "",
    "categories": lambda item: ", ".join(item.categories),
    "kind": lambda item: item.kind.value,
    "licence": lambda item: item.licence or "",
    "text": lambda item: item.text,
}
"""What is compared, and how each item has it in words; "" where it has none."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one item, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of one reading and what it is in the other: None where it is not there."""

    before: Item | None
    after: Item | None

    @property
    def changes(self) -> tuple[Change, ...]:
        """The fields that differ; none where the item is in one reading only."""
        if self.before is None or self.after is None:
            return ()
        both = ((name, read(self.before), read(self.after)) for name, read in FIELDS.items())
        return tuple(Change(name, before, after) for name, before, after in both if before != after)

    @property
    def same(self) -> bool:
        """Whether both readings have the item alike."""
        return self.before is not None and self.after is not None and not self.changes


def compare(before: Sequence[Item], after: Sequence[Item]) -> tuple[Pair, ...]:
    """The items side by side: those of `after` in their order, then what is no longer there.

    Two items are the same one if they stand in the same place, lead to the same address or bear the same title.
    """
    left = list(before)
    partners: dict[int, Item] = {}
    for key in (_place, _link, _title):
        known: dict[str, list[Item]] = {}
        for item in left:
            known.setdefault(key(item), []).append(item)
        for number, item in enumerate(after):
            candidates = known.get(key(item)) if key(item) and number not in partners else None
            if candidates:
                partners[number] = candidates.pop(0)
                left.remove(partners[number])
    return (
        *(Pair(partners.get(number), item) for number, item in enumerate(after)),
        *(Pair(item, None) for item in left),
    )


def filled(items: Sequence[Item]) -> Counter[str]:
    """In how many items each field has something."""
    return Counter(name for item in items for name, read in FIELDS.items() if read(item))


def _value(when: When | None) -> str:
    return when.value if when is not None else ""


def _place(item: Item) -> str:
    return "" if item.place == Place() else repr(item.place)


def _link(item: Item) -> str:
    return item.link or ""


def _title(item: Item) -> str:
    return item.title
