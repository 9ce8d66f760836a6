"""What happens when a page is saved: what it is found by is kept anew, inside the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from almoner.products.pages.models import OfficePage
from almoner.products.pages.queries import shown_pages
from almoner.products.pages.searching import index, name_of
from almoner.records.search.models import OwnText


@receiver(post_save, sender=OfficePage, dispatch_uid="page_search_saved")
def search_saved(instance: OfficePage, **_: Any) -> None:
    """Its row says something else now, or readers see it now, or no longer. The object may be a draft: the row counts."""
    index(OfficePage.objects.get(pk=instance.pk))


def fill(**_: Any) -> None:
    """Migrations are through: pages that were there before they could be searched for can be."""
    known = set(OwnText.objects.values_list("name", flat=True))
    for page in shown_pages():
        if name_of(page) not in known:
            index(page)
