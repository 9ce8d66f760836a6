"""Adding an edition of a work, from a file or from a copy of what a source gave."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from almoner.newsroom.guidance.base import OfGuidance, tell
from almoner.newsroom.guidance.forms import EditionForm
from almoner.newsroom.records import number_sent
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import given
from almoner.pipeline.model import MediaType, Snapshot
from almoner.records.catalogue.enums import Licence
from almoner.records.guidance.editions import Added, add_edition
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Work
from almoner.records.ingest.care import plain
from almoner.records.ingest.models import Document
from almoner.records.store import snapshot_folder


class AddEditionView(OfGuidance):
    """A form, and what came of it."""

    page_title = "Add an edition"

    @cached_property
    def work(self) -> Work:
        """The work in question."""
        return get_object_or_404(Work, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Ask; an announcement fills in what it says."""
        proposed = self.work.proposals.filter(pk=number_sent(request.GET.get("proposal"))).first()
        known = {}
        if proposed is not None:
            known = {"name": proposed.year, "status": proposed.status, "since": proposed.since}
        return self._page(request, EditionForm(work=self.work, initial=known))

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Read it and keep it; say why that cannot be done."""
        form = EditionForm(request.POST, request.FILES, work=self.work)
        if not form.is_valid():
            return self._page(request, form)
        try:
            added = self._add(form.cleaned_data)
        except PipelineError as error:
            form.add_error("file", plain(error))
        except ValidationError as fault:
            tell(form, fault)
        else:
            if added.is_new:
                self.note("edition_add", added.edition)
            count = added.edition.paragraph_count
            told = f"{added.edition} is kept, with {count} paragraphs."
            messages.success(request, told if added.is_new else f"This file is {added.edition} already.")
            return redirect("works:edition", added.edition.pk)
        return self._page(request, form)

    def _add(self, asked: dict[str, Any]) -> Added:
        said = [(EditionStatus(asked["status"]), asked["since"])] if asked["status"] else []
        return add_edition(
            self.work,
            _snapshot(asked),
            name=asked["name"],
            now=timezone.now(),
            published=asked["published"],
            statuses=said,
            licence=Licence(asked["licence"]),
            address=asked["address"],
            by=self.request.user,
        )

    def _page(self, request: HttpRequest, form: EditionForm) -> HttpResponse:
        context = self.get_context_data() | {"form": form, "work": self.work}
        status = 422 if form.errors else 200
        return render(request, "newsroom/guidance/add_edition.html", context, status=status)

    def get_page_subtitle(self) -> str:
        """Of which work."""
        return self.work.name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return self.way_back(
            (reverse("works:edit", args=[self.work.pk]), self.work.name), ("", self.page_title)
        )


def _snapshot(asked: dict[str, Any]) -> Snapshot:
    if asked["file"]:
        return given(asked["file"].name, asked["file"].read())
    document: Document = asked["copy"]
    content = snapshot_folder().get(document.snapshot.sha256)
    return Snapshot(document.path, content, MediaType(document.snapshot.media_type))
