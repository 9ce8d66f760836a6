"""From readers: what they found wrong or miss, and saying what came of it."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic

from almoner.newsroom.records import PagesViewSet, Permitted, number_sent
from almoner.products.feedback.enums import Outcome
from almoner.products.feedback.models import ReaderNote
from almoner.products.feedback.queries import open_notes, settled_notes
from almoner.products.feedback.services import settle
from almoner.records.catalogue.models import Item

A_PAGE: Final = 25
SETTLED: Final = 10
"""How many of those that were looked at last are shown, to be put back."""


class NotesView(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """The notes that nobody has looked at, and the last that somebody has."""

    concerns = Item
    page_title = "From readers"
    header_icon = "comment"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        page = Paginator(open_notes(), A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data() | {
            "page": page,
            "total": page.paginator.count,
            "settled": settled_notes()[:SETTLED],
            "outcomes": [choice for choice in Outcome.choices if choice[0]],
        }
        return render(request, "newsroom/feedback.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Settle one, or put it back."""
        note = get_object_or_404(ReaderNote, pk=number_sent(request.POST.get("note")))
        asked = request.POST.get("outcome", "")
        if asked in Outcome.values:
            outcome = Outcome(asked)
            settle(note, outcome, request.user, now=timezone.now())  # type: ignore[arg-type]
            said = "It waits again." if outcome is Outcome.OPEN else f"Noted: {outcome.label.lower()}."
            messages.success(request, said)
        return redirect("feedback:index")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class FeedbackViewSet(PagesViewSet):
    """The page of notes, and its place in the menu."""

    name = "feedback"
    concerns = Item
    menu_label = "From readers"
    icon = "comment"
    menu_order = 17

    def get_urlpatterns(self) -> list[URLPattern]:
        """Its address."""
        return [path("", NotesView.as_view(), name="index")]
