"""The pages on which documents are brought, and how far each import is."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.bringing.forms import UploadForm
from almoner.newsroom.records import PagesViewSet, Permitted
from almoner.pipeline.errors import TooLarge
from almoner.pipeline.model import Kind
from almoner.records.accounts.models import Person
from almoner.records.ingest import importing, uploads
from almoner.records.ingest.care import plain
from almoner.records.ingest.foreseeing import gravest
from almoner.records.ingest.imports import Import, ImportState
from almoner.records.ingest.models import Source

RECENT: Final = 20
EVERY: Final = 4
"""Seconds after which the page of an import that is under way is asked for again by the browser."""


class Bringing(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """For those who may add sources."""

    concerns = Source
    permission = "add"
    header_icon = "upload"


class BringView(Bringing):
    """Asks for files, and lists the imports."""

    page_title = "Bring documents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._page(request, UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what came aside; it is looked at behind the pages."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        asked = form.cleaned_data
        assert isinstance(request.user, Person)
        try:
            files = [uploads.File(file.name or "file", file.file) for file in asked.pop("documents")]
            made = importing.begin(files, asked, request.user, timezone.now())
        except TooLarge as error:
            form.add_error("documents", plain(error))
            return self._page(request, form)
        return redirect("bringing:import", made.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def _page(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        context = self.get_context_data() | {
            "form": form,
            "recent": Import.objects.select_related("by")[:RECENT],
        }
        return render(request, "newsroom/bringing/index.html", context, status=422 if form.errors else 200)


class ImportView(Bringing):
    """One import: what would come of it, how far it is, what came of it, and what could not be read."""

    page_title = "Import"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; while it is under way, the browser asks again by itself, unless it was told not to."""
        made = get_object_or_404(Import.objects.select_related("by", "source"), pk=pk)
        refreshes = made.is_under_way and "still" not in request.GET
        context = self.get_context_data() | {
            "import": made,
            "is_looked": made.state == ImportState.LOOKED,
            "is_stopped": made.state == ImportState.STOPPED,
            "is_taking": made.state == ImportState.TAKING,
            "findings": gravest(Counter(made.counts.get("findings", {}))),
            "shown": [{**each, "kind": _kind(each["kind"])} for each in made.shown],
            "more": max(0, made.counts.get("new", 0) - len(made.shown)),
            "relates": made.is_under_way and made.done >= made.total,
            "refreshes": refreshes,
            "is_silent": made.is_under_way and timezone.now() - made.moved_at > 2 * importing.LEASE,
        }
        response = render(request, "newsroom/bringing/import.html", context)
        if refreshes:
            response["Refresh"] = str(EVERY)
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it in, stop, go on, or leave it."""
        made, now = get_object_or_404(Import, pk=pk), timezone.now()
        action = request.POST.get("action")
        if action == "take":
            try:
                if source := importing.go_on(made, now):
                    log(source, "almoner.bring", user=request.user, data={"files": made.total})
            except ValidationError as fault:
                messages.error(request, " ".join(fault.messages))
        elif action == "stop" and importing.stop(made, now):
            messages.success(request, "Stopped. What was taken in is kept.")
        elif action == "leave" and importing.leave(made, now):
            messages.success(
                request, "The files were removed. " + ("What was taken in stays." if made.source_id else "Nothing was kept.")
            )  # fmt: skip
            return redirect("bringing:index")
        return redirect("bringing:import", made.pk)

    def get_page_subtitle(self) -> str:
        """Which one."""
        return str(get_object_or_404(Import, pk=self.kwargs["pk"]))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("bringing:index"), "label": BringView.page_title},
            {"url": "", "label": self.page_title},
        ]


def _kind(value: str) -> str:
    return Kind(value).value.capitalize()


class BringingViewSet(PagesViewSet):
    """The pages, and their place in the menu."""

    name = "bringing"
    icon = "upload"
    menu_label = "Bring documents"
    menu_order = 22
    concerns = Source

    def get_urlpatterns(self) -> list[URLPattern]:
        """Where they stand."""
        return [
            path("", BringView.as_view(), name="index"),
            path("<int:pk>/", ImportView.as_view(), name="import"),
        ]
