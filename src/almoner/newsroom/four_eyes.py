"""Whether one person may put words before readers alone, or somebody else looks at them first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from wagtail.models import ModelLogEntry

from almoner.newsroom.models import Correction
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item

WHY: Final = "You wrote or changed it: somebody else approves it here."
"""What is said to who would approve their own words."""


def own(items: Sequence[Item], by: Person) -> frozenset[int]:
    """Which of these items somebody else has to approve, by primary key: what this person wrote or changed. None where
    one pair of eyes is enough."""
    if not settings.FOUR_EYES:
        return frozenset()
    keys = [item.pk for item in items]
    changed = Correction.objects.filter(item__in=keys, by=by).values_list("item", flat=True)
    written = ModelLogEntry.objects.filter(
        content_type__app_label="catalogue",
        content_type__model="item",
        action="almoner.write",
        user=by,
        object_id__in=[str(key) for key in keys],
    )
    return frozenset(changed) | {int(key) for key in written.values_list("object_id", flat=True)}


def needs_another(item: Item, by: Person) -> bool:
    """Whether what this person changes in an item waits for somebody else: readers see the item, and either the person
    may not publish or two people look at everything."""
    alone = by.has_perm("catalogue.publish_item") and not settings.FOUR_EYES
    return item.status == Status.PUBLISHED and not alone
