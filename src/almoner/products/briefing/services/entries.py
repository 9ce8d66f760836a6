"""What an editor does to the entries of an issue. Whatever they do makes the issue a draft again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from almoner.lib.prose import source_html
from almoner.lib.written import from_html, is_followed
from almoner.products.briefing.candidates import SECTIONS
from almoner.products.briefing.enums import EntryKind, SectionKind
from almoner.products.briefing.models import Entry, Issue, Section
from almoner.products.briefing.services.issues import change_to, last_position
from almoner.records.catalogue.columns import storable
from almoner.records.catalogue.models import Item

HEADING: Final = 120
"""Letters that a section's heading may have."""
WORDS: Final = 20_000
"""Letters that an entry's own words may have."""


@contextmanager
def _changing(entry: Entry, now: datetime) -> Iterator[Entry]:
    """The entry as it stands now, in a transaction in which its issue becomes a draft."""
    with transaction.atomic():
        change_to(entry.issue, now)
        yield Entry.objects.select_related("section", "item").get(pk=entry.pk)


def _typed(title: str, words: str, link: str) -> tuple[str, str, str]:
    """What an editor typed, as it can be kept."""
    title, words, link = (storable(each).strip() for each in (title, words, link))
    if link and not is_followed(link):
        raise ValidationError({"link": "Begin it with https://, or with / for a page of ours."})
    if len(words) > WORDS:
        raise ValidationError({"words": f"That is over {WORDS:,} letters."})
    return title, words, link


def move(entry: Entry, section: Section, place: int, *, now: datetime) -> None:
    """Put an entry at a place (from 0) among those shown in a section of the same issue."""
    if section.issue_id != entry.issue_id:
        raise ValidationError("That section belongs to another issue.")
    with _changing(entry, now) as moved:
        moved.section, moved.touched = section, True
        moved.save(update_fields=["section", "touched"])
        others = list(section.entries.filter(removed=False).exclude(pk=moved.pk))
        others.insert(max(0, min(place, len(others))), moved)
        for position, one in enumerate(others, 1):
            one.position = position
        Entry.objects.bulk_update(others, ["position"])


def shift(entry: Entry, steps: int, *, now: datetime) -> None:
    """Move an entry up (-1) or down (1); beyond the ends of its section it goes into the next one."""
    shown = list(entry.section.entries.filter(removed=False).values_list("pk", flat=True))
    place = shown.index(entry.pk) + steps if entry.pk in shown else 0
    if 0 <= place < len(shown):
        move(entry, entry.section, place, now=now)
        return
    sections = list(entry.issue.sections.all())
    at = [one.pk for one in sections].index(entry.section_id) + steps
    if 0 <= at < len(sections):
        move(entry, sections[at], 0 if steps > 0 else last_position(sections[at]), now=now)


def edit(
    entry: Entry,
    *,
    title: str,
    words: str,
    link: str = "",
    audiences: Collection[str] = (),
    seen: str = "",
    now: datetime,
) -> None:
    """Give an entry words of the editor's own; empty ones give way to the item's. `seen` is the stamp of the entry that
    they looked at. `ValidationError` for a link that leads nowhere, too many words, or where somebody has changed it
    since."""
    title, words, link = _typed(title, words, link)
    with _changing(entry, now) as edited:
        if seen and seen != edited.stamp:
            raise ValidationError(
                "Somebody has changed this entry meanwhile. Look at theirs above; yours is still typed."
            )
        edited.title, edited.words, edited.link = title[:300], words, link[:1000]
        edited.audiences, edited.touched = sorted(audiences), True
        edited.save(update_fields=["title", "words", "link", "audiences", "touched"])


def take_over(entry: Entry, *, now: datetime) -> None:
    """Put the item's own text, headings and links into the entry, to be edited. `ValidationError` where its licence does
    not let us show it, or it names a child or a victim."""
    item = entry.item
    if item is None or not item.shows_full_text or item.private_names:
        raise ValidationError(
            "The licence of its source does not let us print its text, or it names somebody."
        )
    with _changing(entry, now) as edited:
        edited.words, edited.touched = own_words(item), True
        edited.save(update_fields=["words", "touched"])


def own_words(item: Item) -> str:
    """An item's text as an editor would have typed it."""
    return from_html(source_html(item.html, item.text))[:WORDS]


def remove(entry: Entry, *, now: datetime) -> None:
    """Take an entry out. It is not proposed again; a note of the editor's own is gone."""
    with _changing(entry, now) as removed:
        if removed.about:
            removed.removed = removed.touched = True
            removed.save(update_fields=["removed", "touched"])
        else:
            removed.delete()


def put_back(entry: Entry, *, now: datetime) -> None:
    """Show an entry that was removed, at the end of its section."""
    with _changing(entry, now) as kept:
        kept.removed, kept.position = False, last_position(kept.section) + 1
        kept.save(update_fields=["removed", "position"])


def add_item(issue: Issue, item: Item, *, now: datetime, section: Section | None = None) -> Entry:
    """Put an item at the end of a section, by default of that which is for its kind; one that stood there before comes
    back. `ValidationError` where readers may not see it."""
    if item.status != "published":
        raise ValidationError("Readers do not see this item: approve it first.")
    with transaction.atomic():
        change_to(issue, now)
        own = SECTIONS[item.kind][0]
        into = (
            section or issue.sections.filter(kind=own).first() or issue.sections.order_by("position").last()
        )
        if into is None:
            raise ValidationError("This issue has no section.")
        entry, _ = Entry.objects.update_or_create(
            issue=issue,
            about=f"item:{item.key}",
            defaults={"section": into, "removed": False, "touched": True, "position": last_position(into) + 1},
            create_defaults={
                "section": into, "kind": EntryKind.ITEM, "item": item, "touched": True,
                "position": last_position(into) + 1, "why": "Put in by an editor.",
            },
        )  # fmt: skip
    return entry


def add_note(section: Section, title: str, words: str, *, now: datetime, link: str = "") -> Entry:
    """Put words of the editor's own at the end of a section. `ValidationError` where there are none or too many, and for
    a link that leads nowhere."""
    title, words, link = _typed(title, words, link)
    if not (title or words):
        raise ValidationError("Write a title, or some words.")
    with transaction.atomic():
        change_to(section.issue, now)
        return Entry.objects.create(
            issue=section.issue,
            section=section,
            position=last_position(section) + 1,
            kind=EntryKind.NOTE,
            title=title[:300],
            words=words,
            link=link,
            touched=True,
            why="Written by an editor.",
        )


def rename_section(section: Section, heading: str, *, now: datetime) -> None:
    """Give a section another heading in this issue; none gives back the usual one."""
    typed = " ".join(storable(heading).split())[:HEADING]
    with transaction.atomic():
        change_to(section.issue, now)
        Section.objects.filter(pk=section.pk).update(heading=typed or SectionKind(section.kind).label)


def shift_section(section: Section, steps: int, *, now: datetime) -> None:
    """Move a section up (-1) or down (1) in its issue."""
    with transaction.atomic():
        change_to(section.issue, now)
        sections = list(section.issue.sections.all())
        at = [one.pk for one in sections].index(section.pk)
        moved = sections.pop(at)
        sections.insert(max(0, at + steps), moved)
        for position, one in enumerate(sections, 1):
            one.position = position
        Section.objects.bulk_update(sections, ["position"])
