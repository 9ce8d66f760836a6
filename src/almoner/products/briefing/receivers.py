"""What briefings do when something happens in the catalogue. All of it runs inside the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from almoner.products.briefing import searching
from almoner.products.briefing.queries import issues
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.signals import item_published, item_withdrawn


@receiver(item_published, dispatch_uid="briefing_search_corrected")
def search_corrected(items: list[Item], first: bool = False, **_: Any) -> None:
    """What readers see of these items has changed."""
    if not first:
        searching.index_with(items)


@receiver(item_withdrawn, dispatch_uid="briefing_search_withdrawn")
def search_withdrawn(items: list[Item], **_: Any) -> None:
    """Readers see these items no longer, in issues neither."""
    searching.index_with(items)


def fill(**_: Any) -> None:
    """Migrations are through: issues that came out before they could be searched for can be."""
    for issue in issues().filter(stems=""):
        searching.index(issue)
