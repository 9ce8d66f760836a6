"""Narrowing a list of items by facets, and counting what each choice would leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from almoner.records.catalogue.models import Item


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list: the look-up that its values stand in, and the one their names stand in; or what names a
    value, where that is no matter of the database."""

    value: str
    name: str
    named: Callable[[str], str] | None = None


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
    found: dict[str, tuple[Choice, ...]] = {}
    for name, facet in facets.items():
        others = {other: value for other, value in chosen.items() if other != name}
        counted = (
            narrow(items, facets, others)
            .exclude(**{f"{facet.value}": None})
            .order_by(facet.name)
            .values_list(facet.value, facet.name)
            .annotate(items=Count("pk"))
        )
        if facet.named is None:
            found[name] = tuple(Choice(str(value), str(label), count) for value, label, count in counted)
        else:
            named = (Choice(value, facet.named(value), count) for value, _, count in counted)
            found[name] = tuple(sorted(named, key=lambda choice: choice.name))
    return found
