"""Writes to reading lists."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from almoner.products.library.models import ReadingList, ReadingListEntry
from almoner.records.catalogue.models import Item


def set_entries(reading_list: ReadingList, entries: Sequence[tuple[Item, str]]) -> None:
    """Put these items on the list in this order, each with its comment, in place of what was on it. An item that comes
    twice stands where it came first."""
    once = {item.pk: (item, comment) for item, comment in reversed(entries)}
    ordered = [once.pop(item.pk) for item, _ in entries if item.pk in once]
    with transaction.atomic():
        reading_list.entries.all().delete()
        ReadingListEntry.objects.bulk_create(
            ReadingListEntry(reading_list=reading_list, item=item, position=position, comment=comment[:500])
            for position, (item, comment) in enumerate(ordered, 1)
        )


def add_entry(reading_list: ReadingList, item: Item, comment: str = "") -> bool:
    """Put an item at the end of a list; False if it is on it."""
    with transaction.atomic():
        last = reading_list.entries.aggregate(last=Max("position"))["last"] or 0
        _, is_new = ReadingListEntry.objects.get_or_create(
            reading_list=reading_list, item=item, defaults={"position": last + 1, "comment": comment[:500]}
        )
        reading_list.save(update_fields=["changed_at"])
    return is_new
