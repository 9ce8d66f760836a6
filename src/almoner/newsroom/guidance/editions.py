"""One edition: what it is and was, what is known of it, whom its parts are for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from almoner.newsroom.guidance.base import OfGuidance, tell
from almoner.newsroom.guidance.forms import AudiencesForm, FactsForm, StatusForm
from almoner.newsroom.records import number_sent
from almoner.pipeline.errors import PipelineError
from almoner.records.catalogue.enums import Licence
from almoner.records.guidance.audiences import tell_audiences
from almoner.records.guidance.editions import correct, read_again, set_status, take_back
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, StatusRow
from almoner.records.guidance.queries import edition_before, editions, headings
from almoner.records.guidance.standing import standings
from almoner.records.ingest.care import plain


class EditionView(OfGuidance):
    """Its page, with a form for each thing that can be said of it."""

    page_title = "Edition"

    @cached_property
    def edition(self) -> Edition:
        """The edition in question."""
        return get_object_or_404(editions(), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Show it."""
        return self._page(request)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do what was asked; say at the field why it cannot be done."""
        done: dict[str, Callable[[], tuple[forms.Form | None, str]]] = {
            "status": self._say_status,
            "take_back": self._take_back,
            "facts": self._correct,
            "audiences": self._tell_audiences,
            "read_again": self._read_again,
        }
        asked = request.POST.get("action", "")
        if asked not in done:
            raise Http404
        # Reading takes seconds, in which nobody else should wait to write.
        with nullcontext() if asked == "read_again" else transaction.atomic():
            form, told = done[asked]()
        if form is not None and form.errors:
            return self._page(request, **{asked: form})
        if told:
            messages.success(request, told)
        return redirect("works:edition", self.edition.pk)

    def _say_status(self) -> tuple[forms.Form, str]:
        form = StatusForm(self.request.POST)
        if form.is_valid():
            status, since = EditionStatus(form.cleaned_data["status"]), form.cleaned_data["since"]
            try:
                row = set_status(self.edition, status, since, now=timezone.now(), by=self.request.user)
            except ValidationError as fault:
                tell(form, fault)
            else:
                self.note("edition_status", self.edition, str(row))
        return form, "Said. What it is on a day follows from that."

    def _take_back(self) -> tuple[None, str]:
        row = get_object_or_404(StatusRow, pk=number_sent(self.request.POST.get("row")), edition=self.edition)
        take_back(row, now=timezone.now())
        self.note("edition_status_back", self.edition, str(row))
        return None, "Taken back."

    def _correct(self) -> tuple[forms.Form, str]:
        form = FactsForm(self.request.POST)
        if form.is_valid():
            asked = form.cleaned_data
            try:
                changed = correct(
                    self.edition,
                    published=asked["published"],
                    address=asked["address"],
                    licence=Licence(asked["licence"]),
                )
            except ValidationError as fault:
                tell(form, fault)
            else:
                if changed:
                    self.note("edition_correct", self.edition, ", ".join(changed))
        return form, "Saved."

    def _tell_audiences(self) -> tuple[forms.Form, str]:
        form = AudiencesForm(self.request.POST, headings=self._headings())
        if not form.is_valid():
            return form, ""
        heading, words = form.cleaned_data["heading"], form.cleaned_data["audiences"]
        number = tell_audiences(self.edition, heading, words)
        self.note("edition_audiences", self.edition, f"{heading}: {', '.join(words) or 'everybody'}")
        return form, f"Said for {number} paragraph{'' if number == 1 else 's'}."

    def _read_again(self) -> tuple[None, str]:
        try:
            changed = read_again(self.edition)
        except PipelineError as error:
            messages.error(self.request, plain(error))
            return None, ""
        self.note("edition_read_again", self.edition)
        return None, "Read anew: its text came out otherwise." if changed else "Read anew: nothing changed."

    def _headings(self) -> list[tuple[str, str]]:
        return [(row.address, row.text[:120]) for row in headings(self.edition)]

    def _page(self, request: HttpRequest, **asked: forms.Form) -> HttpResponse:
        edition = self.edition
        every = list(editions().filter(work=edition.work_id))
        known = {name: getattr(edition, name) for name in ("published", "address", "licence")}
        context = self.get_context_data() | {
            "edition": edition,
            "standing": standings(every, timezone.localdate())[edition.pk],
            "rows": edition.statuses.select_related("said_by"),
            "before": edition_before(edition),
            "told": [row for row in headings(edition) if row.audiences],
            "status_form": asked.get("status", StatusForm()),
            "facts_form": asked.get("facts", FactsForm(initial=known)),
            "audiences_form": asked.get("audiences", AudiencesForm(headings=self._headings())),
        }
        status = 422 if any(form.errors for form in asked.values()) else 200
        return render(request, "newsroom/guidance/edition.html", context, status=status)

    def get_page_subtitle(self) -> str:
        """Which one."""
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        work = self.edition.work
        return self.way_back((reverse("works:edit", args=[work.pk]), work.name), ("", str(self.edition)))
