"""Putting an item on a reading list from its own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin import messages
from wagtail.log_actions import log

from almoner.newsroom.items.access import ForEditors
from almoner.products.library.models import ReadingList
from almoner.products.library.services import add_entry


class AddToListView(ForEditors):
    """Puts an item at the end of a reading list."""

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do it."""
        asked = request.POST.get("reading_list", "")
        chosen = get_object_or_404(ReadingList, pk=asked if asked.isdecimal() and len(asked) < 18 else 0)
        if add_entry(chosen, self.item):
            log(chosen, "wagtail.edit", user=request.user)
            messages.success(request, f"It stands on “{chosen}” now.")
        else:
            messages.warning(request, f"It stands on “{chosen}” already.")
        return self.back()
