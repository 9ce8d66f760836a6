"""What briefings do when something happens in the catalogue. All of it runs inside the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from almoner.products.briefing import searching
from almoner.products.briefing.models import Briefing
from almoner.products.briefing.queries import issues
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.signals import item_published, item_withdrawn
from almoner.records.search.models import OwnText


@receiver(item_published, dispatch_uid="briefing_search_corrected")
def search_corrected(items: list[Item], first: bool = False, **_: Any) -> None:
    """What readers see of these items has changed."""
    if not first:
        searching.index_with(items)


@receiver(item_withdrawn, dispatch_uid="briefing_search_withdrawn")
def search_withdrawn(items: list[Item], **_: Any) -> None:
    """Readers see these items no longer, in issues neither."""
    searching.index_with(items)


@receiver(post_save, sender=Briefing, dispatch_uid="briefing_search_renamed")
def search_renamed(instance: Briefing, created: bool, **_: Any) -> None:
    """The name that its issues are told with may be another now."""
    for issue in () if created else issues(instance):
        searching.index(issue)


def fill(**_: Any) -> None:
    """Migrations are through: issues that came out before they could be searched for can be."""
    known = set(OwnText.objects.values_list("name", flat=True))
    for issue in issues():
        if searching.name_of(issue) not in known:
            searching.index(issue)
