"""Writing: beginning an item of our own. All else is done on the item’s own page, as with what is gathered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic

from almoner.newsroom import decisions
from almoner.newsroom.items.access import ForContributors
from almoner.newsroom.items.ours import WRITING_HELP
from almoner.newsroom.records import PagesViewSet
from almoner.records.catalogue.enums import KIND_CHOICES
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import written_here
from almoner.records.catalogue.writing import Written

LISTED = 30
"""Items of ours that the page lists, the newest first."""


class NewItemForm(forms.Form):
    """The least with which one can begin; all else is on the item's own page."""

    title = forms.CharField(max_length=Item._meta.get_field("title").max_length)
    kind = forms.ChoiceField(choices=KIND_CHOICES)
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 14}), help_text=WRITING_HELP)
    author = forms.CharField(
        label="Written by",
        required=False,
        max_length=200,
        help_text="As readers will see it. May stay empty.",
    )


class WriteView(ForContributors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """The form, and what we wrote already."""

    page_title = "Write"
    header_icon = "edit"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._page(request, NewItemForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it, and go to its page."""
        form = NewItemForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        item = decisions.write(Written(**form.cleaned_data), self.editor, timezone.now())
        messages.success(request, "Saved. Readers see it once it is published.")
        return redirect("items:edit", item.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def _page(self, request: HttpRequest, form: NewItemForm) -> HttpResponse:
        context: dict[str, Any] = self.get_context_data() | {
            "form": form,
            "ours": written_here()[:LISTED],
            "name": settings.SITE_NAME,
        }
        return render(request, "newsroom/writing/write.html", context, status=422 if form.errors else 200)


class WritingViewSet(PagesViewSet):
    """The page on which an item is begun."""

    name = "writing"
    icon = "edit"
    menu_label = "Write"
    menu_order = 12
    concerns = Item

    def get_urlpatterns(self) -> list[URLPattern]:
        """The one page."""
        return [path("", WriteView.as_view(), name="index")]
