"""Narrowing a list of items by facets, and counting what each choice would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from almoner.records.catalogue.models import Item


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list: the look-up that its values stand in, and the one their names stand in."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, its name, and how many items it would leave."""

    value: str
    name: str
    items: int


def narrow(items: QuerySet[Item], facets: Mapping[str, Facet], chosen: Mapping[str, str]) -> QuerySet[Item]:
    """The items that have all the chosen values. Facets that are not in `facets` raise `KeyError`."""
    for name, value in chosen.items():
        items = items.filter(**{facets[name].value: value})
    return items


def choices(
    items: QuerySet[Item], facets: Mapping[str, Facet], chosen: Mapping[str, str]
) -> dict[str, tuple[Choice, ...]]:
    """For each facet the values that items have, by name, counted under what is chosen in the other facets.

    One query a facet, however many items there are.
    """
    return {
        name: tuple(
            Choice(str(value), str(label), count)
            for value, label, count in narrow(
                items, facets, {other: value for other, value in chosen.items() if other != name}
            )
            .exclude(**{f"{facet.value}": None})
            .order_by(facet.name)
            .values_list(facet.value, facet.name)
            .annotate(items=Count("pk"))
        )
        for name, facet in facets.items()
    }
