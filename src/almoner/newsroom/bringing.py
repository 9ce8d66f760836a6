"""Bringing documents along: files are uploaded, what would come of them is shown, and only then are they taken in."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.records import PagesViewSet, Permitted
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import FORMATS, MAX_BYTES
from almoner.records.catalogue.enums import Licence
from almoner.records.ingest import uploads
from almoner.records.ingest.care import plain
from almoner.records.ingest.foreseeing import Foreseen, gravest
from almoner.records.ingest.models import Source
from almoner.records.ingest.outcomes import ImportOutcome
from almoner.records.ingest.services import source_named

SHOWN: Final = 60
"""Items that are listed of what would come; the others are counted."""
DEFAULT: Final = "Uploaded files"


class SeveralFiles(forms.ClearableFileInput):
    """A field for any number of files."""

    allow_multiple_selected = True


class SeveralField(forms.FileField):
    """Any number of files, at least one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each of them."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralField, self).clean(each, initial) for each in given or [None]]


class ComingFromForm(forms.Form):
    """Whose documents they are."""

    source = forms.CharField(
        max_length=Source._meta.get_field("name").max_length,
        initial=DEFAULT,
        help_text="What they belong to: “Our library”, “Newsletter to 2024”. The same name adds to it.",
    )
    publisher = forms.CharField(
        required=False, max_length=200, help_text="Who published them. Empty: as each document says."
    )
    licence = forms.ChoiceField(
        label="What readers may see of the words", choices=Licence, initial=Licence.UNKNOWN
    )


class UploadForm(ComingFromForm):
    """The files, and whose they are."""

    documents = SeveralField(
        label="Files",
        help_text=(
            f"{FORMATS}; a WordPress export or an archive of a feed as well. Up to {MAX_BYTES // 2**20} MiB each, "
            f"{uploads.MOST_FILES} files and {uploads.MOST_BYTES // 2**20} MiB at a time."
        ),
    )
    field_order = ("documents",)


class BringView(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """Upload, look, take in."""

    concerns = Source
    permission = "add"
    page_title = "Bring documents"
    header_icon = "upload"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for files."""
        return self._page(request, UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look at what came, take in what was looked at, or drop it."""
        key = request.POST.get("key", "")
        if "drop" in request.POST:
            uploads.drop(key)
            messages.success(request, "Dropped. Nothing was kept.")
            return redirect("bringing:index")
        return self._take(request, key) if key else self._look(request)

    def _look(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        now = timezone.now()
        try:
            files = (
                uploads.File(file.name or "file", file.read()) for file in form.cleaned_data["documents"]
            )
            key = uploads.put_aside(files, now)
        except PipelineError as error:
            form.add_error("documents", plain(error))
            return self._page(request, form)
        name = form.cleaned_data["source"]
        source = Source.objects.filter(name=name).first() or Source(name=name)
        seen = uploads.look(key, source, now)
        return self._page(request, form, _told(seen) | {"key": key, "given": form.cleaned_data})

    def _take(self, request: HttpRequest, key: str) -> HttpResponse:
        form = ComingFromForm(request.POST)
        if not form.is_valid():
            raise ValidationError("What was looked at was not sent whole.")
        asked = form.cleaned_data
        source = source_named(asked["source"], publisher=asked["publisher"] or None, licence=asked["licence"])
        try:
            came = uploads.take(key, source, timezone.now())
        except KeyError:
            messages.error(request, "These files are no longer here. Please upload them once more.")
            return redirect("bringing:index")
        kept = [each for each in came if isinstance(each, ImportOutcome)]
        log(source, "almoner.bring", user=request.user, data={"files": len(kept)})
        added, again = sum(each.added for each in kept), sum(each.seen_again for each in kept)
        said = f"{added} item{'' if added == 1 else 's'} taken in, to be reviewed"
        messages.success(request, f"{said}; {again} were there already." if again else f"{said}.")
        return redirect(f"{reverse('items:index')}?status=waiting&source={source.pk}")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def _page(
        self, request: HttpRequest, form: UploadForm, told: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = self.get_context_data() | {"form": form, "told": told}
        return render(request, "newsroom/bringing.html", context, status=422 if form.errors else 200)


def _told(seen: list[Foreseen | PipelineError]) -> dict[str, Any]:
    """What was seen, as the page tells it."""
    good = [each for each in seen if isinstance(each, Foreseen)]
    items = [item for each in good for item in each.new]
    findings = sum((each.findings for each in good), start=Counter[str]())
    return {
        "documents": len(good),
        "shown": items[:SHOWN],
        "more": max(0, len(items) - SHOWN),
        "new": len(items),
        "changed": sum(each.changed for each in good),
        "again": sum(each.seen_again for each in good),
        "findings": gravest(findings),
        "unread": [(_name(each.source), plain(each)) for each in seen if isinstance(each, PipelineError)],
        "problems": [problem.message for each in good for problem in each.problems],
    }


def _name(source: str) -> str:
    return source.removeprefix(uploads.SCHEME)


class BringingViewSet(PagesViewSet):
    """The one page."""

    name = "bringing"
    icon = "upload"
    menu_label = "Bring documents"
    menu_order = 22
    concerns = Source

    def get_urlpatterns(self) -> list[URLPattern]:
        """Where it stands."""
        return [path("", BringView.as_view(), name="index")]
