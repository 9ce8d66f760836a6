"""What changed with an edition, and what an editor says beside each change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from almoner.newsroom.guidance.base import OfGuidance, tell
from almoner.newsroom.guidance.forms import NoteForm
from almoner.pipeline.editions.model import Kind
from almoner.records.guidance.comparisons import compare
from almoner.records.guidance.models import Comparison, Edition, Note
from almoner.records.guidance.notes import key_of, write_note
from almoner.records.guidance.queries import edition_before, editions, notes

A_PAGE: Final = 20
"""Changes on a page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as it is shown: its number among all, from 1, and the form for what is said of it."""

    number: int
    change: dict[str, Any]
    form: NoteForm
    has_note: bool

    @property
    def where(self) -> str:
        """Its paragraphs' addresses, old and new."""
        old, new = ", ".join(self.change["old"]), ", ".join(self.change["new"])
        if not (old and new):
            return f"New: {new}" if new else f"Gone: {old}"
        return new if old == new else f"{old} → {new}"

    @property
    def words(self) -> list[tuple[str, str]]:
        """What happened and the text, without the empty line at the end."""
        *runs, (op, last) = self.change["words"]
        return [*runs, (op, last.rstrip("\n"))]


class ChangesView(OfGuidance):
    """The changes since the edition before, a page at a time, each with a form."""

    page_title = "What changed"

    @cached_property
    def edition(self) -> Edition:
        """The newer edition."""
        return get_object_or_404(editions(), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Show a page of them."""
        return self._page(request)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Keep what is said of one, and go back to it."""
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        said = form.cleaned_data
        try:
            kept = write_note(self.edition, **said, now=timezone.now(), by=request.user)
        except ValidationError as fault:
            tell(form, fault)
            return self._page(request, form)
        self.note("change_note", self.edition, f"{said['address']}: {said['meaning'] or said['to_do']}"[:300])
        messages.success(request, "Kept." if kept is not None else "There is no note beside it now.")
        return redirect(request.get_full_path())

    def _page(self, request: HttpRequest, refused: NoteForm | None = None) -> HttpResponse:
        before = edition_before(self.edition)
        context = self.get_context_data() | {"edition": self.edition, "before": before}
        if before is not None:
            context |= self._compared(compare(before, self.edition, now=timezone.now()), refused)
        status = 422 if refused is not None else 200
        return render(request, "newsroom/guidance/changes.html", context, status=status)

    def _compared(self, comparison: Comparison, refused: NoteForm | None) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        said = notes(self.edition)
        changes = list(enumerate(comparison.redline["changes"], start=1))
        wanted = [(number, change) for number, change in changes if change["kind"] == kind or not kind]
        page: Page[Any] = Paginator(wanted, A_PAGE).get_page(self.request.GET.get("p"))
        keys = {key_of(change) for _, change in changes}
        return {
            "comparison": comparison,
            "kinds": [
                (one.value, comparison.kinds[one.value]) for one in Kind if one.value in comparison.kinds
            ],
            "kind": kind,
            "page": page,
            "shown": list(_shown(list(page.object_list), said, refused)),
            "apart": [note for key, note in said.items() if key not in keys],
        }

    def get_page_subtitle(self) -> str:
        """With which edition."""
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        work = self.edition.work
        return self.way_back(
            (reverse("works:edit", args=[work.pk]), work.name),
            (reverse("works:edition", args=[self.edition.pk]), self.edition.name),
            ("", f"What changed with {self.edition}"),
        )


def _shown(
    changes: list[tuple[int, dict[str, Any]]], said: dict[tuple[str, bool], Note], refused: NoteForm | None
) -> Iterator[Shown]:
    for number, change in changes:
        address, is_gone = key = key_of(change)
        note = said.get(key)
        known = {"address": address, "is_gone": is_gone}
        if note is not None:
            known |= {"meaning": note.meaning, "to_do": note.to_do}
        form = NoteForm(initial=known, auto_id=f"change-{number}-%s")
        if refused is not None and refused.data.get("address") == address:
            form = NoteForm(refused.data, auto_id=f"change-{number}-%s")
        yield Shown(number, change, form, note is not None)
