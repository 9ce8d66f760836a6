"""What can be followed, in the groups in which a form shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from almoner.pipeline.taxonomy.audiences import audiences
from almoner.pipeline.taxonomy.entries import table
from almoner.pipeline.taxonomy.topics import narrower, topics
from almoner.products.alerts.enums import Follows
from almoner.products.alerts.following import area_name
from almoner.products.alerts.models import SavedSearch
from almoner.records.catalogue.models import Publisher
from almoner.records.catalogue.queries import published
from almoner.records.guidance.models import Work

Sign: TypeAlias = tuple[str, str]
"""What can be followed: one of `Follows`, and which one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind under a heading: which one, and its name."""

    heading: str
    follows: Follows
    options: Sequence[tuple[str, str]]


def offered(briefings: Iterable[tuple[str, str]] = ()) -> list[Group]:
    """Everything that somebody can choose to follow but areas and saved searches. `briefings` are those that there are,
    each as `Subscription.about` has it, with its name. Groups without an option are left out. Three queries."""
    shown = published().order_by().values("publisher")
    groups = [
        Group("Briefings", Follows.BRIEFING, list(briefings)),
        Group("Everything", Follows.EVERYTHING, [("", "Everything that is published here")]),
        Group("Sectors and roles", Follows.AUDIENCE, [(each.id, each.name) for each in audiences().values()]),
        *_topics(),
        Group(
            "Guidance",
            Follows.WORK,
            [(slug, title) for slug, title in Work.objects.order_by("title").values_list("slug", "title")],
        ),
        Group(
            "Publishers",
            Follows.PUBLISHER,
            list(Publisher.objects.filter(pk__in=shown).order_by("name").values_list("slug", "name")),
        ),
    ]
    return [group for group in groups if group.options]


@cache
def areas() -> Sequence[tuple[str, str]]:
    """The areas that can be followed, by name: ONS code and name."""
    rows = [(row["code"], area_name(row)) for row in table("areas.csv") if not row["ended"]]
    return sorted(rows, key=lambda row: row[1])


def known(signs: Collection[Sign], briefings: Iterable[tuple[str, str]] = ()) -> set[Sign]:
    """Those of `signs` that can be followed: a form may bring anything."""
    offers = {(group.follows.value, about) for group in offered(briefings) for about, _ in group.options}
    offers |= {(Follows.AREA.value, code) for code, _ in areas()}
    searches = [about for follows, about in signs if follows == Follows.SEARCH]
    offers |= {
        (Follows.SEARCH.value, key)
        for key in SavedSearch.objects.filter(key__in=searches).values_list("key", flat=True)
    }
    return offers & set(signs)


@cache
def _topics() -> Sequence[Group]:
    """A group for each of the widest topics, with those under it, each once."""
    groups, told = [], set()
    for top in topics().values():
        if top.broader:
            continue
        under, waiting = [top.id], [*narrower(top.id)]
        while waiting:
            topic = waiting.pop(0)
            if topic not in under:
                under.append(topic)
                waiting = [*narrower(topic), *waiting]
        fresh = [each for each in under if each not in told]
        told.update(fresh)
        names = {each: topics()[each].name for each in fresh}
        first = [(top.id, f"{names.pop(top.id)} (all of it)")] if top.id in names else []
        groups.append(
            Group(top.name, Follows.TOPIC, [*first, *sorted(names.items(), key=lambda one: one[1])])
        )
    return groups
