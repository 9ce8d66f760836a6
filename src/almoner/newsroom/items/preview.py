"""An item as readers will see it, in each of its forms beside each other: on its page, in lists and feeds, by e-mail."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.views import generic

from almoner.api.entries import entries
from almoner.newsroom.framed import framed_message
from almoner.newsroom.items.access import ForContributors
from almoner.products.alerts.digests import sample
from almoner.products.library.queries import item_by_key
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.web.cards import card
from almoner.web.views.items import page_of

PANES: Final = {"page": "On its page", "feed": "In lists and feeds", "message": "By e-mail"}
"""What is shown in frames, by name."""


class _OfItem(ForContributors):
    """A view of an item with all that its public forms show."""

    @property
    def whole(self) -> Item:
        """The item with what belongs to it."""
        found = item_by_key(self.item.key)
        assert found is not None
        return found


class PreviewView(_OfItem, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """The forms beside each other."""

    page_title = "How readers see it"
    header_icon = "view"

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Show them."""
        context = self.get_context_data() | {
            "item": self.item,
            "panes": PANES,
            "message": sample(self.whole),
            "is_published": self.item.status == Status.PUBLISHED,
        }
        return render(request, "newsroom/writing/preview.html", context)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("items:index"), "label": "Items"},
            {"url": reverse("items:edit", args=[self.item.pk]), "label": self.item.title},
            {"url": "", "label": self.page_title},
        ]


class PaneView(_OfItem):
    """What stands in one of the frames."""

    def get(self, request: HttpRequest, pane: str, **_: int) -> HttpResponse:
        """The form itself. `Http404` where there is no such one."""
        if pane not in PANES:
            raise Http404("no such form")
        item = self.whole
        if pane == "message":
            return framed_message(sample(item).html)
        if pane == "page":
            return page_of(request, item, is_editor=False)
        context = {"title": PANES[pane], "item": item, "card": card(item), "entry": entries([item])[0]}
        return render(request, "newsroom/writing/preview_feed.html", context)


show_pane = xframe_options_sameorigin(PaneView.as_view())
