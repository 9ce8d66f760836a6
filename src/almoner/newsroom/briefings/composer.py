"""The composer: an issue's sections and entries, moved, edited, put in and taken out, approved and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from almoner.newsroom.briefings.base import OfIssue
from almoner.newsroom.records import number_sent
from almoner.pipeline.taxonomy.audiences import audiences
from almoner.products.briefing import candidates
from almoner.products.briefing.composing import rank
from almoner.products.briefing.content import content_of
from almoner.products.briefing.enums import CAME_OUT
from almoner.products.briefing.models import Entry, Section
from almoner.products.briefing.services import entries, issues
from almoner.products.briefing.style import hints
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import KEY_ALPHABET, Item
from almoner.records.search.queries import search
from almoner.records.search.shown import public_title

OFFERED: Final = 30
"""Items that the chooser offers at once."""


class ComposerView(OfIssue):
    """One issue."""

    page_title = "Compose"

    def get(self, _request: HttpRequest, **_: int) -> HttpResponse:
        """Show it."""
        return self.page()

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do what was pressed, and show what came of it; a script is told in a word."""
        step = _STEPS.get(request.POST.get("do", ""))
        fault = ""
        try:
            if step is None:
                raise ValidationError("That is no step of the composer.")
            anchor = step(self)
        except ValidationError as refused:
            fault, anchor = " ".join(refused.messages), ""
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"fault": fault}, status=400 if fault else 200)
        if fault:
            return self.page(fault)
        return redirect(f"{reverse('issues:compose', args=[self.issue.pk])}{anchor}")

    def page(self, fault: str = "") -> HttpResponse:
        """The page, with what was refused and why."""
        issue = self.issue
        issue.refresh_from_db()
        content = content_of(issue)
        shown = Entry.objects.filter(removed=False).select_related("item__publisher")
        sections = list(issue.sections.prefetch_related(Prefetch("entries", shown, to_attr="shown")))
        names = [
            name
            for section in sections
            for one in section.shown
            if one.item
            for name in one.item.private_names
        ]
        said: dict[int | None, list[str]] = {}
        for hint in hints(content, names):
            said.setdefault(hint.entry, []).append(hint.words)
        told = {one.pk: one for one in content.entries}
        known = audiences()
        context = self.get_context_data() | {
            "issue": issue,
            "fault": fault,
            "content": content,
            "sections": [
                (section, [(one, told.get(one.pk), said.get(one.pk, ())) for one in section.shown])
                for section in sections
            ],
            "hints": said.get(None, ()),
            "hint_count": sum(map(len, said.values())),
            "removed": issue.entries.filter(removed=True).select_related("item"),
            "audiences": [known[code] for code in issue.briefing.audiences if code in known],
            "is_open": issue.state not in CAME_OUT,
            "typed": self.request.POST,
            "edited": number_sent(self.request.POST.get("entry") or self.request.GET.get("edit")),
            "kept": self._typed() if fault else None,
            "note_in": number_sent(self.request.POST.get("section")) if fault and self._is_note() else None,
            "local": timezone.localtime(issue.publish_at) if issue.publish_at else None,
        }
        return render(self.request, "newsroom/briefings/compose.html", context, status=400 if fault else 200)

    def _is_note(self) -> bool:
        return self.request.POST.get("do") == "add_note"

    def _typed(self) -> Entry | None:
        """What was typed into an entry and refused, so that it is not lost."""
        posted = self.request.POST
        if posted.get("do") != "edit":
            return None
        return Entry(pk=number_sent(posted.get("entry")), title=posted.get("title", ""), words=posted.get("words", ""),
                     link=posted.get("link", ""))  # fmt: skip

    def compose(self) -> str:
        """Look for what is new."""
        count = issues.compose(self.issue, now=timezone.now())
        messages.success(
            self.request,
            f"{count} entr{'y' if count == 1 else 'ies'} came in."
            if count
            else "There is nothing new to propose.",
        )
        return ""

    def edit(self) -> str:
        """Keep what was typed into an entry."""
        entry = self._entry()
        posted = self.request.POST
        entries.edit(
            entry,
            title=posted.get("title", ""),
            words=posted.get("words", ""),
            link=posted.get("link", ""),
            audiences=[code for code in posted.getlist("audience") if code in self.issue.briefing.audiences],
            seen=posted.get("seen", ""),
            now=timezone.now(),
        )
        return f"#entry-{entry.pk}"

    def take_over(self) -> str:
        """Put the item's text into an entry."""
        entry = self._entry()
        entries.take_over(entry, now=timezone.now())
        return f"?edit={entry.pk}#entry-{entry.pk}"

    def up(self) -> str:
        """One place up."""
        return self._shift(-1)

    def down(self) -> str:
        """One place down."""
        return self._shift(1)

    def _shift(self, steps: int) -> str:
        entry = self._entry()
        entries.shift(entry, steps, now=timezone.now())
        return f"#entry-{entry.pk}"

    def move(self) -> str:
        """To a place of a section, by dragging or by name."""
        entry, section = self._entry(), self._section()
        place = self.request.POST.get("place", "")
        entries.move(entry, section, number_sent(place) if place else 10_000, now=timezone.now())
        return f"#entry-{entry.pk}"

    def remove(self) -> str:
        """Take an entry out."""
        entry = self._entry()
        entries.remove(entry, now=timezone.now())
        return f"#section-{entry.section_id}"

    def put_back(self) -> str:
        """Show one again."""
        entry = self._entry()
        entries.put_back(entry, now=timezone.now())
        return f"#entry-{entry.pk}"

    def add_note(self) -> str:
        """Put in words of the editor's own."""
        posted = self.request.POST
        note = entries.add_note(
            self._section(), posted.get("title", ""), posted.get("words", ""),
            link=posted.get("link", ""), now=timezone.now(),
        )  # fmt: skip
        return f"#entry-{note.pk}"

    def section_heading(self) -> str:
        """Another heading for a section."""
        section = self._section()
        entries.rename_section(section, self.request.POST.get("heading", ""), now=timezone.now())
        return f"#section-{section.pk}"

    def section_up(self) -> str:
        """A section before the one above it."""
        return self._shift_section(-1)

    def section_down(self) -> str:
        """A section after the one below it."""
        return self._shift_section(1)

    def _shift_section(self, steps: int) -> str:
        section = self._section()
        entries.shift_section(section, steps, now=timezone.now())
        return f"#section-{section.pk}"

    def settings(self) -> str:
        """Title, date, opening words, sign-off and telling subject."""
        posted = self.request.POST
        issues.describe(
            self.issue,
            title=posted.get("title", ""),
            on=_date(posted.get("on", "")),
            words=posted.get("words", ""),
            sign_off=posted.get("sign_off", ""),
            telling=posted.get("telling", ""),
            now=timezone.now(),
        )
        messages.success(self.request, "Saved.")
        return ""

    def approve(self) -> str:
        """It may come out as it stands."""
        assert isinstance(self.request.user, Person)
        issues.approve(self.issue, self.request.user, now=timezone.now())
        self.note("issue_approve")
        return ""

    def reopen(self) -> str:
        """It is a draft again."""
        issues.reopen(self.issue, now=timezone.now())
        return ""

    def schedule(self) -> str:
        """It comes out by itself."""
        day = _date(self.request.POST.get("day", ""))
        try:
            clock = time.fromisoformat(self.request.POST.get("clock", ""))
        except ValueError as fault:
            raise ValidationError("Give the time like this: 07:30.") from fault
        issues.schedule(self.issue, day, clock, now=timezone.now())
        self.note("issue_schedule")
        return ""

    def publish(self) -> str:
        """It comes out now."""
        if issues.publish(self.issue, now=timezone.now()):
            self.note("issue_publish")
            sends = settings.MAIL_SERVER
            told = (
                "Whoever follows it gets it by e-mail." if sends else "No mail server is set: no e-mail goes."
            )
            messages.success(self.request, f"Published. {told}")
        else:
            messages.info(self.request, "It was published already.")
        return ""

    def withdraw(self) -> str:
        """Readers see it no longer."""
        if issues.withdraw(self.issue):
            self.note("issue_withdraw")
            messages.success(self.request, "Withdrawn. Its page says so, and no more messages go.")
        else:
            messages.info(self.request, "It was withdrawn already.")
        return ""

    def _entry(self) -> Entry:
        rows = self.issue.entries.select_related("issue__briefing", "section", "item")
        return get_object_or_404(rows, pk=number_sent(self.request.POST.get("entry")))

    def _section(self) -> Section:
        return get_object_or_404(self.issue.sections, pk=number_sent(self.request.POST.get("section")))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return self.way_back(("", str(self.issue)))


_STEPS: Final[Mapping[str, Callable[[ComposerView], str]]] = {
    name: getattr(ComposerView, name)
    for name in (
        "compose", "edit", "take_over", "up", "down", "move", "remove", "put_back", "add_note", "section_heading",
        "section_up", "section_down", "settings", "approve", "reopen", "schedule", "publish",
        "withdraw",
    )
}  # fmt: skip
"""What can be pressed. Each does it and says where on the page it is seen."""


class ChooserView(OfIssue):
    """Items that may be put into an issue: those that were not proposed for want of room, or those that a search finds."""

    page_title = "Put in an item"

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Offer some."""
        context = self.get_context_data() | {
            "issue": self.issue,
            "words": "",
            "rows": self._others(),
            "is_search": False,
        }
        return render(request, "newsroom/briefings/choose.html", context)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Put one in, or search: what is searched for stands in no address."""
        if key := request.POST.get("item", ""):
            item = get_object_or_404(Item, key=key if set(key) <= set(KEY_ALPHABET) else "")
            try:
                entry = entries.add_item(self.issue, item, now=timezone.now())
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
                return redirect("issues:choose", self.issue.pk)
            return redirect(f"{reverse('issues:compose', args=[self.issue.pk])}#entry-{entry.pk}")
        words = request.POST.get("words", "")
        found = search(words)
        context = self.get_context_data() | {
            "issue": self.issue,
            "words": words,
            "rows": [
                (hit.item.key, public_title(hit.item), hit.item.get_kind_display()) for hit in found.hits
            ],
            "is_search": True,
        }
        return render(request, "newsroom/briefings/choose.html", context)

    def _others(self) -> list[tuple[str, str, str]]:
        standing = candidates.standing(self.issue)
        left = [
            one
            for one in candidates.candidates(self.issue, now=timezone.now())
            if one.item and one.about.startswith("item:") and one.about not in standing.told
        ]
        ranked = rank(left, standing)[:OFFERED]
        return [(one.about.removeprefix("item:"), one.title, why) for _, why, one in ranked]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        composer = (reverse("issues:compose", args=[self.issue.pk]), str(self.issue))
        return self.way_back(composer, ("", self.page_title))


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as fault:
        raise ValidationError("Give the day like this: 2026-11-23.") from fault
