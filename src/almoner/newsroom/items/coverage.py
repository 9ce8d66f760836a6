"""What else tells of the same: copies of an item, what it is a copy of, its story, and former ones of its title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from almoner.records.catalogue.enums import Stands, Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relations import ItemCopy, Story

MOST: Final = 8
"""Items of each sort that are named."""


@dataclass(frozen=True, slots=True)
class Other:
    """An item that stands beside another: how, in words, and whether the other can be merged into it."""

    item: Item
    how: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands beside an item, likest first, and the story it belongs to with others."""

    others: tuple[Other, ...]
    story: Story | None


def coverage(item: Item) -> Coverage:
    """It, in a fixed number of queries. What was withdrawn is left out."""
    found: dict[int, Other] = {}
    for other, how, is_same in (
        *((row, "Its text is nearly the same", True) for row in _copies(item)),
        *((row, "It has the same title", True) for row in _of_title(item)),
        *((row, "It tells of the same happening", False) for row in _told_with(item)),
    ):
        found.setdefault(other.pk, Other(other, how, is_same))
    story = Story.objects.filter(members__item=item).first() if found else None
    return Coverage(tuple(found.values()), story)


def _beside(item: Item) -> QuerySet[Item]:
    return (
        Item.objects.exclude(pk=item.pk)
        .exclude(status=Status.WITHDRAWN)
        .select_related("publisher")
        .order_by("sorts_at", "pk")
    )


def _copies(item: Item) -> QuerySet[Item]:
    pairs = ItemCopy.objects.filter(Q(item=item) | Q(original=item), standing=Stands.NEAR)
    near = {key for pair in pairs.values_list("item", "original") for key in pair}
    return _beside(item).filter(pk__in=near)[:MOST]


def _of_title(item: Item) -> QuerySet[Item]:
    if not any(found.code == "version_of" for found in item.findings.all()):
        return Item.objects.none()
    return _beside(item).filter(title=item.title)[:MOST]


def _told_with(item: Item) -> QuerySet[Item]:
    return _beside(item).filter(in_story__story__members__item=item)[:MOST]
