"""What subscriptions follow, by name: as it stands in "because you follow …"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from almoner.pipeline.taxonomy.audiences import audiences
from almoner.pipeline.taxonomy.entries import table
from almoner.pipeline.taxonomy.topics import topics
from almoner.products.alerts.enums import Follows
from almoner.products.alerts.models import SavedSearch
from almoner.records.catalogue.models import Publisher
from almoner.records.guidance.models import Work

Sign = tuple[str, str]
"""What can be followed: one of `Follows`, and which one."""


def named(signs: Collection[Sign]) -> dict[Sign, str]:
    """The name of each. What is no more is called by what it was: "a topic"."""
    rows: dict[str, Mapping[str, str]] = {
        Follows.TOPIC: {key: topic.name for key, topic in topics().items()},
        Follows.AUDIENCE: {key: audience.name for key, audience in audiences().items()},
        Follows.AREA: _areas(),
        Follows.PUBLISHER: dict(
            Publisher.objects.filter(slug__in=_about(signs, Follows.PUBLISHER)).values_list("slug", "name")
        ),
        Follows.WORK: {
            slug: short or title
            for slug, short, title in Work.objects.filter(slug__in=_about(signs, Follows.WORK)).values_list(
                "slug", "short_title", "title"
            )
        },
        Follows.SEARCH: {
            key: f"your search “{name}”"
            for key, name in SavedSearch.objects.filter(key__in=_about(signs, Follows.SEARCH)).values_list(
                "key", "name"
            )
        },
        Follows.EVERYTHING: {"": "everything"},
    }
    return {
        (follows, about): rows.get(follows, {}).get(about) or str(Follows(follows).label).lower()
        for follows, about in signs
    }


def _about(signs: Collection[Sign], follows: Follows) -> list[str]:
    return [about for each, about in signs if each == follows]


@cache
def _areas() -> Mapping[str, str]:
    return {row["code"]: area_name(row) for row in table("areas.csv")}


def area_name(row: Mapping[str, str]) -> str:
    """What a row of `areas.csv` is called. The "?" there says that a text may mean something else by it: a warning to
    whoever looks for names, none to whoever chooses from a list."""
    return (row["area"] or row["name"]).rstrip("?")
