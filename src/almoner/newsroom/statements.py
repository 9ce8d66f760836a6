"""Statements to readers: what only whoever runs the service can say, question by question."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic

from almoner.newsroom.records import PagesViewSet, Permitted
from almoner.products.statements.enums import QUESTIONS
from almoner.products.statements.models import Answer
from almoner.products.statements.queries import said
from almoner.products.statements.services import answer
from almoner.records.accounts.models import Person


class StatementsView(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """All questions with their answers, in one form."""

    concerns = Answer
    page_title = "Statements to readers"
    header_icon = "doc-full-inverse"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self._page(request, {}, {})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was answered; what was typed stays where that cannot be."""
        assert isinstance(request.user, Person)
        words = {asked.id: request.POST[asked.id] for asked in QUESTIONS if asked.id in request.POST}
        try:
            changed = answer(words, request.user, now=timezone.now())
        except ValidationError as fault:
            messages.error(request, "Nothing was saved: an answer is too long.")
            return self._page(request, words, fault.message_dict)
        number = len(changed)
        messages.success(request, f"Saved {number} answer{'' if number == 1 else 's'}.")
        return redirect("statements:index")

    def _page(self, request: HttpRequest, typed: dict[str, str], faults: dict[str, Any]) -> HttpResponse:
        everything = said()
        groups = [
            (
                statement,
                reverse(f"web:{statement.value}"),
                [(one, typed.get(one.question.id, one.words), faults.get(one.question.id)) for one in group],
            )
            for statement, group in groupby(everything, key=lambda one: one.question.statement)
        ]
        context = self.get_context_data() | {
            "groups": groups,
            "open": sum(not one.words for one in everything),
            "total": len(everything),
        }
        return render(request, "newsroom/statements.html", context)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class StatementsViewSet(PagesViewSet):
    """The page of statements, and its place in the menu."""

    name = "statements"
    concerns = Answer
    menu_label = "Statements"
    icon = "doc-full-inverse"
    menu_order = 45

    def get_urlpatterns(self) -> list[URLPattern]:
        """Its address."""
        return [path("", StatementsView.as_view(), name="index")]
