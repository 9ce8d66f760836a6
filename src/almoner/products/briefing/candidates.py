"""What an issue may tell: read from the records, in a fixed number of questions to the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse

from almoner.pipeline.model import Kind
from almoner.pipeline.taxonomy.audiences import AudienceKind, audiences, concerned
from almoner.products.briefing.composing import Candidate, Standing
from almoner.products.briefing.enums import CAME_OUT, EntryKind, SectionKind
from almoner.products.briefing.models import Entry, Issue, Question
from almoner.records.catalogue.enums import Due, GivenBy
from almoner.records.catalogue.models import Item, ItemDue, ItemEvent, ItemTopic
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.stories import unfolded, with_company
from almoner.records.guidance import queries as guidance
from almoner.records.guidance.comparisons import compare
from almoner.records.guidance.enums import EditionStatus
from almoner.records.search.shown import public_title

LATE: Final = timedelta(days=30)
"""How old something may be that came to us only after the last issue."""
CLOSING: Final = timedelta(days=42)
"""How far ahead consultations and events are told of."""
COMING: Final = timedelta(days=92)
"""How far ahead dates in force are told of."""
RECENT: Final = 2
"""Issues whose topics are not new."""
SECTIONS: Final[Mapping[str, tuple[SectionKind, int, str]]] = {
    Kind.NEWS.value: (SectionKind.NEWS, 10, ""),
    Kind.GUIDANCE.value: (SectionKind.GUIDANCE, 24, "guidance"),
    Kind.RESOURCE.value: (SectionKind.RESOURCES, 6, ""),
    Kind.CONSULTATION.value: (SectionKind.CONSULTATIONS, 16, "a consultation"),
    Kind.STATISTICS.value: (SectionKind.RESEARCH, 14, "figures"),
    Kind.EVENT.value: (SectionKind.COURSES, 4, ""),
    Kind.COURSE.value: (SectionKind.COURSES, 4, ""),
    Kind.QUESTION.value: (SectionKind.QUESTION, 4, ""),
    Kind.NOTICE.value: (SectionKind.NOTICES, 2, ""),
}
"""Kind of item → its section, its gravity, and that in words."""


def candidates(issue: Issue, *, now: datetime) -> list[Candidate]:
    """Everything that the issue may tell. Comparisons of new editions are made where there are none yet. What names a
    child or a victim is not among it: an editor decides about that."""
    return [*_items(issue), *_changes(issue, now), *_dues(issue), *_in_force(issue), *_questions(issue)]


def standing(issue: Issue) -> Standing:
    """What the issue and those before it have told."""
    own = list(issue.entries.values_list("about", "item__key", "item__in_story__story__key", "removed"))
    told = {about for about, *_ in own if about}
    told |= {f"item:{key}" for _, key, _, _ in own if key}
    told |= {f"story:{key}" for _, _, key, _ in own if key}
    told |= set(_earlier(issue).exclude(about="").values_list("about", flat=True))
    shown = Counter(issue.entries.filter(removed=False).values_list("section__kind", flat=True))
    last = issue.briefing.issues.filter(state__in=CAME_OUT).exclude(pk=issue.pk)[:RECENT]
    recent = ItemTopic.objects.filter(item__told_in__issue__in=list(last)).exclude(given_by=GivenBy.NARROWER)
    return Standing(
        told=frozenset(told),
        shown={SectionKind(kind): count for kind, count in shown.items()},
        recent_topics=frozenset(recent.values_list("topic", flat=True)),
        audiences=tuple(issue.briefing.audiences),
    )


def _earlier(issue: Issue) -> QuerySet[Entry]:
    return Entry.objects.filter(issue__briefing=issue.briefing_id, removed=False).exclude(issue=issue)


def _items(issue: Issue) -> Iterator[Candidate]:
    new = Q(sorts_at__gt=issue.since) | Q(captured_at__gt=issue.since, sorts_at__gt=issue.since - LATE)
    first = issue.on.isoformat()
    last = (issue.on + CLOSING).isoformat()
    attended = ItemEvent.objects.filter(starts__gte=first, starts__lt=last).values("item")
    in_time = unfolded(
        published().filter(new | Q(pk__in=attended), sorts_at__lte=issue.until, private_names=[])
    )
    rows = list(
        with_company(in_time)
        .prefetch_related("topics", "audiences", "events", "dues")
        .defer("text", "html")
        .order_by("-sorts_at", "-pk")
    )
    told_in = _stories_told(issue)
    for item in rows:
        reports, copies = getattr(item, "story_items", 1), getattr(item, "copies_shown", 0)
        section, gravity, grave = SECTIONS[item.kind]
        story = getattr(item, "in_story", None) and item.in_story.story.key
        day = _day_of(item, section, issue)
        if day is None and section is SectionKind.COURSES and item.events.all() and _is_over(item, first):
            continue
        yield Candidate(
            about=f"item:{item.key}",
            section=section,
            kind=EntryKind.STORY if reports > 1 else EntryKind.ITEM,
            title=public_title(item),
            at=item.sorts_at,
            same=frozenset({f"item:{item.key}", *([f"story:{story}"] if story else ())}),
            topics=tuple(row.topic for row in item.topics.all() if row.given_by != GivenBy.NARROWER),
            audiences=_sectors(item),
            gravity=gravity,
            grave=grave,
            sources=1 + copies,
            reports=max(reports - copies, 1),
            told_in=told_in.get(story or "", ""),
            day=day,
            item=item.pk,
        )


def _sectors(item: Item) -> frozenset[str]:
    known = audiences()
    found = {row.audience for row in item.audiences.all()}
    return frozenset(one for one in found if one in known and known[one].kind is AudienceKind.SECTOR)


def _stories_told(issue: Issue) -> dict[str, str]:
    """Story → the last issue that told something of it."""
    rows = _earlier(issue).filter(item__in_story__isnull=False).order_by("issue__number")
    return {
        key: f"issue {number}"
        for key, number in rows.values_list("item__in_story__story__key", "issue__number")
    }


def _day_of(item: Item, section: SectionKind, issue: Issue) -> date | None:
    if section is SectionKind.CONSULTATIONS:
        return next(
            (due.day for due in item.dues.all() if due.what == Due.CLOSES and due.day >= issue.on), None
        )
    if section is SectionKind.COURSES:
        starts = sorted(event.starts[:10] for event in item.events.all() if len(event.starts) >= 10)
        return next((date.fromisoformat(day) for day in starts if day >= issue.on.isoformat()), None)
    return None


def _is_over(item: Item, first: str) -> bool:
    return all(event.starts and event.starts < first for event in item.events.all())


def _changes(issue: Issue, now: datetime) -> Iterator[Candidate]:
    said = Q(added_at__gt=issue.since, added_at__lte=issue.until) | Q(
        statuses__said_at__gt=issue.since, statuses__said_at__lte=issue.until, statuses__taken_back_at=None
    )
    newest: dict[int, Candidate] = {}
    for new in guidance.editions().filter(said).distinct():
        old = guidance.edition_before(new)
        if old is None or new.work_id in newest:
            continue
        made = compare(old, new, now=now)
        if not made.changes:
            continue
        binding = (
            f" In {made.binding} of them words that bind (must, should, may) came or went."
            if made.binding
            else ""
        )
        notes = [note.meaning for note in guidance.notes(new).values() if note.meaning]
        newest[new.work_id] = Candidate(
            about=f"changes:{old.pk}-{new.pk}",
            section=SectionKind.GUIDANCE,
            kind=EntryKind.EDITION,
            title=f"{new.work.name}: what changed from {old.name} to {new.name}",
            at=new.added_at,
            topics=tuple(new.work.topics),
            audiences=frozenset(concerned(new.work.topics)),
            gravity=34,
            grave="guidance changed",
            words="\n\n".join(
                (
                    f"{made.changes} change{'s' if made.changes != 1 else ''}.{binding}",
                    *(f"- {one}" for one in notes[:6]),
                )
            ),
            link=reverse("web:redline", args=[new.work.slug, old.slug, new.slug]),
            comparison=made.pk,
        )
    yield from newest.values()


def _dues(issue: Issue) -> Iterator[Candidate]:
    """Consultations of earlier weeks that close soon, and what items say comes into force."""
    rows = (
        ItemDue.objects.filter(item__in=published().filter(private_names=[]))
        .filter(
            Q(what=Due.CLOSES, day__range=(issue.on, issue.on + CLOSING / 2))
            | Q(what=Due.IN_FORCE, day__range=(issue.on, issue.on + COMING))
        )
        .select_related("item__in_story__story")
        .prefetch_related("item__topics", "item__audiences")
    )
    for due in rows:
        closes = due.what == Due.CLOSES
        item = due.item
        story = getattr(item, "in_story", None)
        yield Candidate(
            about=f"{'closes' if closes else 'force'}:{item.key}",
            section=SectionKind.CONSULTATIONS if closes else SectionKind.IN_FORCE,
            kind=EntryKind.DAY,
            title=public_title(item),
            at=item.sorts_at,
            same=frozenset(
                {f"item:{item.key}", *([f"story:{story.story.key}"] if story else ())} if closes else ()
            ),
            topics=tuple(row.topic for row in item.topics.all() if row.given_by != GivenBy.NARROWER),
            audiences=_sectors(item),
            gravity=12 if closes else 18,
            grave="closes soon" if closes else "comes into force",
            day=due.day,
            words=f"{'Closes' if closes else 'In force from'} {due.day:%A} {due.day.day} {due.day:%B %Y}.",
            item=item.pk,
        )


def _in_force(issue: Issue) -> Iterator[Candidate]:
    for row in guidance.status_rows(since=issue.on):
        if row.status == EditionStatus.IN_FORCE and row.begins <= issue.on + COMING:
            edition = row.edition
            yield Candidate(
                about=f"status:{row.pk}",
                section=SectionKind.IN_FORCE,
                kind=EntryKind.DAY,
                title=f"{edition.work.title}, edition {edition.name}",
                at=row.said_at,
                topics=tuple(edition.work.topics),
                audiences=frozenset(concerned(edition.work.topics)),
                gravity=30,
                grave="comes into force",
                day=row.begins,
                words=f"In force from {row.begins:%A} {row.begins.day} {row.begins:%B %Y}.",
                link=reverse("web:edition", args=[edition.work.slug, edition.slug]),
            )


def _questions(issue: Issue) -> Iterator[Candidate]:
    """The oldest question of the briefing that no issue has asked."""
    asked = Question.objects.filter(briefing=issue.briefing_id, is_open=True).exclude(
        pk__in=_earlier(issue).exclude(question=None).values("question")
    )
    for question in asked.order_by("pk")[:1]:
        yield Candidate(
            about=f"question:{question.key}",
            section=SectionKind.QUESTION,
            kind=EntryKind.QUESTION,
            title=question.asked,
            at=question.made_at,
            gravity=20,
            grave="our own question",
            words=question.words,
            question=question.pk,
        )
