"""An item as readers will see it: on a list, on its page and in a feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from almoner.api.entries import entries
from almoner.newsroom.items.access import ForContributors
from almoner.records.catalogue.models import Item
from almoner.web.cards import card


class PreviewView(ForContributors):
    """Card and feed entry, with the way to its page."""

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """The page, in the look of the public ones."""
        item = (
            Item.objects.select_related("publisher", "comment")
            .prefetch_related("categories", "topics", "sightings__document")
            .get(pk=self.item.pk)
        )
        context = {
            "title": "Preview",
            "item": item,
            "card": card(item),
            "entry": entries([item])[0],
            "is_published": item.status == "published",
        }
        return render(request, "newsroom/writing/preview.html", context)
