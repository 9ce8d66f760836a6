"""What an editor's correction of one item teaches its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from almoner.newsroom.models import Correction
from almoner.pipeline.sources.rules import Lesson, Taught
from almoner.records.catalogue.models import Item
from almoner.records.ingest.models import Document, Source

_FIELDS: Final = {"title": "title", "published": "published", "credit_author": "author", "link": "link"}
"""Corrected field → what a rule calls it. The first that was corrected is taught."""


@dataclass(frozen=True, slots=True)
class Teachable:
    """A correction that its source can learn from: in which document the item was seen."""

    correction: Correction
    document: Document


def lesson(key: str, source: Source) -> Lesson | None:
    """What the correction with this key says; None unless it is of an item seen at this source, in a field that a rule
    can say."""
    correction = Correction.objects.filter(
        pk=int(key), item__sightings__document__snapshot__source=source
    ).first()
    field = _field(correction.now) if correction else None
    if correction is None or field is None:
        return None
    was, now = correction.was, correction.now
    return Lesson(str(was.get("title", correction.item.title)), _FIELDS[field], str(now[field]))


def teachable(item: Item, corrections: list[Correction]) -> list[Teachable]:
    """Of an item's corrections those that the source of the page it was first seen on can learn from."""
    seen = item.sightings.select_related("document__snapshot__source").order_by("pk").first()
    if seen is None or seen.document.snapshot.media_type != "text/html" or seen.document.snapshot.removed_at:
        return []
    return [Teachable(each, seen.document) for each in corrections if _field(each.now)]


def said(lesson: Lesson, taught: Taught) -> str:
    """What was learnt, in words."""
    beyond = f", and {taught.beyond} in other fields" if taught.beyond else ""
    return (
        f"Learnt from the correction: what “{taught.selector}” chooses is the {lesson.field} of every item. On this page "
        f"{taught.otherwise} come out otherwise in it{beyond}. Below stands what would change in earlier pages. Nothing is "
        "kept until you save."
    )


def _field(now: dict[str, Any]) -> str | None:
    return next((name for name in _FIELDS if now.get(name)), None)
