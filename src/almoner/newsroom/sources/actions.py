"""What an editor does with a source: check it now, pause it, watch it again, let in what was held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.records import Permitted
from almoner.newsroom.sources.forms import PauseForm
from almoner.records.ingest import care
from almoner.records.ingest.enums import State
from almoner.records.ingest.models import Source
from almoner.records.ingest.standing import plainly


class OfSource(Permitted):
    """A view about one source, for those who may change sources."""

    concerns = Source

    @cached_property
    def source(self) -> Source:
        """The source in question."""
        return get_object_or_404(Source, pk=self.kwargs["pk"])

    def back(self) -> HttpResponse:
        """To the source's page."""
        return redirect("sources:edit", self.source.pk)


class Question(generic.WagtailAdminTemplateMixin, OfSource):  # type: ignore[misc]
    """A page that asks before something is done with a source."""

    header_icon = "warning"

    def get_page_subtitle(self) -> str:
        """Which source."""
        return self.source.name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("sources:index"), "label": "Sources"},
            {"url": reverse("sources:edit", args=[self.source.pk]), "label": self.source.name},
            {"url": "", "label": str(self.page_title)},
        ]


class CheckView(OfSource):
    """Makes a source due now. Nobody waits for its server: the service checks it behind the pages."""

    permission = "view"

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do it."""
        with transaction.atomic():
            is_due = care.check_now(self.source, timezone.now())
            if is_due:
                log(self.source, "almoner.check", user=request.user)
        if is_due:
            messages.success(
                request, "It is checked within a minute. Reload this page to see what came of it."
            )
        else:
            messages.error(request, "It is not watched, so it is not checked. Watch it first.")
        return self.back()


class WatchView(OfSource):
    """Watches a source that was paused or held."""

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do it; say why it cannot be done."""
        try:
            with transaction.atomic():
                care.watch_from(self.source, timezone.now())
                log(self.source, "almoner.watch", user=request.user)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            messages.success(request, "It is watched. Its next check is due now.")
        return self.back()


class PauseView(Question, FormView):  # type: ignore[type-arg]
    """Pauses a source, with a reason."""

    page_title = "Pause"
    template_name = "newsroom/sources/pause.html"
    form_class = PauseForm

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The source."""
        context: dict[str, Any] = super().get_context_data(**named)
        return context | {"source": self.source}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Pause it."""
        reason = form.cleaned_data["reason"]
        with transaction.atomic():
            care.pause(self.source, reason)
            log(self.source, "almoner.pause", user=self.request.user, data={"reason": reason})
        messages.success(self.request, "Paused. What was gathered stays.")
        return self.back()


class LetInView(Question):
    """Takes in what was held because it was so much."""

    page_title = "Let in"

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Say how much it is, and ask."""
        context = self.get_context_data() | {
            "source": self.source,
            "reason": plainly(self.source.state_reason, self.source),
            "is_held": self.source.state == State.HELD,
        }
        return render(request, "newsroom/sources/let_in.html", context)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do it."""
        try:
            with transaction.atomic():
                care.let_in(self.source, timezone.now())
                log(self.source, "almoner.let_in", user=request.user)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            messages.success(request, "They are taken in at the next check, which is due now.")
        return self.back()
