"""What the desk and the lists read: what waits, why, from whom, what falls due, and what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, QuerySet, Value
from wagtail.models import ModelLogEntry

from almoner.pipeline.findings import FINDINGS, FindingKind, Gravity
from almoner.records.catalogue.dues import due_between
from almoner.records.catalogue.enums import Due, GivenBy, Status
from almoner.records.catalogue.models import Item, ItemEvent, ItemFinding, ItemTopic
from almoner.records.catalogue.queries import waiting
from almoner.records.catalogue.topics import topic_name
from almoner.records.ingest.models import Sighting, Source

GRAVITY_WORDS: Final = {Gravity.HOLD: "Decide", Gravity.CHECK: "Check", Gravity.NOTE: "Note"}
"""What an editor does with a finding of this gravity."""
ORDER: Final = {
    code: position
    for position, code in enumerate(
        sorted(FINDINGS, key=lambda code: (list(Gravity).index(FINDINGS[code].gravity), FINDINGS[code].name))
    )
}
"""Finding code → its place among the findings, gravest first."""


DUE_WITHIN: Final = timedelta(days=28)
"""How far ahead the desk looks."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items wait because of a finding. Without `kind`: how many have no open finding."""

    kind: FindingKind | None
    items: int

    @property
    def word(self) -> str:
        """What an editor does with it."""
        return GRAVITY_WORDS[self.kind.gravity] if self.kind else "Ready"


def gravest_first(findings: list[ItemFinding]) -> list[ItemFinding]:
    """Findings in the order in which an editor should look at them."""
    return sorted(findings, key=lambda found: (ORDER.get(found.code, len(ORDER)), found.pk))


def open_findings() -> QuerySet[ItemFinding]:
    """Findings that nobody has settled."""
    return ItemFinding.objects.filter(settled_at=None)


def with_open_findings(items: QuerySet[Item]) -> QuerySet[Item]:
    """The items with their publishers, and their open findings as `open_findings`."""
    findings = Prefetch("findings", open_findings(), to_attr="open_findings")
    return items.select_related("publisher").prefetch_related(findings)


def without_findings(items: QuerySet[Item]) -> QuerySet[Item]:
    """The items that have no open finding."""
    return items.exclude(Exists(open_findings().filter(item=OuterRef("pk"))))


def waiting_by_finding() -> list[Waiting]:
    """Why items wait, gravest first; those without an open finding last. One query."""
    by_code = (
        open_findings()
        .filter(item__in=waiting())
        .order_by()
        .values_list("code")
        .annotate(items=Count("item", distinct=True))
    )
    counts = dict(by_code.union(_count("", without_findings(waiting())), all=True))
    rows = [Waiting(FINDINGS[code], counts[code]) for code in ORDER if code in counts]
    return [*rows, Waiting(None, counts.get("", 0))]


def counted(**asked: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of these has, by its name. One query."""
    first, *others = (_count(name, rows) for name, rows in asked.items())
    return dict.fromkeys(asked, 0) | dict(first.union(*others, all=True))


def _count(name: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    named: QuerySet[Any, tuple[str, int]] = (
        rows.order_by().values_list(Value(name, output_field=CharField())).annotate(items=Count("pk"))
    )
    return named


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the items that wait belong to something: what the filter calls it, its name, the number."""

    value: str
    name: str
    items: int


def waiting_by_source() -> list[Share]:
    """Which sources gave what waits, those that gave most first."""
    counted = (
        Sighting.objects.filter(
            item__in=waiting()
        )  # few of all: by a join, SQLite reads every sighting there is
        .order_by()
        .values_list("document__snapshot__source")
        .annotate(items=Count("item", distinct=True))
    )
    counts = dict(counted)
    names = dict(Source.objects.filter(pk__in=counts).values_list("pk", "name"))
    return _most_first(Share(str(key), names[key], items) for key, items in counts.items())


def waiting_by_topic() -> list[Share]:
    """What the items that wait are about, most first; broader topics are not counted beside narrower ones."""
    counted = (
        ItemTopic.objects.filter(item__in=waiting())
        .exclude(given_by=GivenBy.NARROWER)
        .order_by()
        .values_list("topic")
        .annotate(items=Count("pk"))
    )
    return _most_first(Share(topic, topic_name(topic), items) for topic, items in counted)


def _most_first(shares: Iterable[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: (-share.items, share.name))


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that falls due: the day (ISO 8601), what it is in a word or two, in how many words, and whose."""

    day: str
    word: str
    words: str
    item: Item


def coming(today: date, most: int) -> list[Coming]:
    """What falls due in the four weeks from `today`, soonest first, up to `most`: what items say will close, come into
    force or be done, and events that they announce."""
    last = today + DUE_WITHIN
    dues = due_between(today, last).select_related("item")[:most]
    # ISO 8601 sorts as text, and what is cut to a month or a year sorts before its days: it is no day to be ready by.
    events = (
        ItemEvent.objects.filter(
            starts__gte=today.isoformat(), starts__lt=(last + timedelta(days=1)).isoformat()
        )
        .exclude(item__status=Status.WITHDRAWN)
        .prefetch_related("item")
        .order_by("starts", "pk")[:most]
    )
    found = [Coming(due.day.isoformat(), Due(due.what).label, due.words, due.item) for due in dues]
    found += [Coming(event.starts, "Event", event.title, event.item) for event in events]
    return sorted(found, key=lambda each: each.day)[:most]


def latest_decisions(count: int) -> list[ModelLogEntry]:
    """What was decided about items last, newest first, with who decided."""
    return list(
        ModelLogEntry.objects.filter(content_type__app_label="catalogue", content_type__model="item")
        .select_related("user", "user__wagtail_userprofile")
        .order_by("-timestamp")[:count]
    )
