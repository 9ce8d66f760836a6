"""What pages with a list share: which facets are chosen, the links that change them, and the pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict

from almoner.pipeline.model import Kind
from almoner.products.library.queries import NO_YEAR
from almoner.records.catalogue.facets import Choice

Row = TypeVar("Row", bound=Model)

LONGEST_VALUE: Final = 100
_PLAIN: Final = frozenset({*Kind, NO_YEAR})
"""Names that are printed with a capital."""
SHOWN_CHOICES: Final = 8
"""Choices of a facet that are shown at once; the rest is one click away."""


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """A choice of a facet: where it leads ("" where it is a button), and whether it is chosen; then its link takes it away
    again."""

    value: str
    name: str
    items: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """A facet with its choices. `shown` are those that most items have, `more` the others."""

    name: str
    heading: str
    shown: tuple[ChoiceLink, ...]
    more: tuple[ChoiceLink, ...]

    @property
    def choices(self) -> tuple[ChoiceLink, ...]:
        """All of them."""
        return self.shown + self.more

    @property
    def chosen(self) -> ChoiceLink | None:
        """The one that is chosen."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


@dataclass(frozen=True, slots=True)
class Address:
    """A list's own address: its path, the facets chosen in it, and what else its query says."""

    path: str
    chosen: Mapping[str, str]
    extra: Mapping[str, str]

    def with_choice(self, facet: str, value: str | None) -> str:
        """The address with another value of a facet, or without it; back on the first page."""
        chosen = {name: kept for name, kept in self.chosen.items() if name != facet}
        if value is not None:
            chosen[facet] = value
        return self._address({**chosen, **self.extra})

    def with_extra(self, name: str, value: str) -> str:
        """The address with something else beside the facets; without it where `value` is empty."""
        extra = {other: kept for other, kept in self.extra.items() if other != name}
        return self._address({**self.chosen, **extra, **({name: value} if value else {})})

    def at(self, path: str) -> str:
        """Another path for what is chosen here."""
        return f"{path}?{urlencode(self.chosen)}" if self.chosen else path

    def _address(self, query: Mapping[str, str]) -> str:
        return f"{self.path}?{urlencode(query)}" if query else self.path


def read_chosen(query: QueryDict, facets: Collection[str]) -> dict[str, str]:
    """The facets that an address chooses, in the order of `facets`; what is empty is not chosen."""
    asked = {name: query.get(name, "").replace("\x00", "")[:LONGEST_VALUE] for name in facets}
    return {name: value for name, value in asked.items() if value}


def facet_links(
    choices: Mapping[str, Sequence[Choice]], headings: Mapping[str, str], address: Address
) -> dict[str, FacetLinks]:
    """The links of each facet. A chosen value that no item has is there too, so that it can be removed."""
    return {
        name: _links(name, heading, choices[name], address.chosen.get(name), address)
        for name, heading in headings.items()
    }


def facet_buttons(
    choices: Mapping[str, Sequence[Choice]], headings: Mapping[str, str], chosen: Mapping[str, str]
) -> dict[str, FacetLinks]:
    """As `facet_links`, for a form whose buttons send what is chosen: they lead to no address."""
    return {
        name: _links(name, heading, choices[name], chosen.get(name), None)
        for name, heading in headings.items()
    }


def page_of(rows: QuerySet[Row], number: str, size: int) -> Page[Row]:
    """A page of a list. `Http404` where there is no such page."""
    try:
        return Paginator(rows, size).page(number or 1)
    except InvalidPage as error:
        raise Http404("There is no such page of this list.") from error


def pages_beside(path: str, page: Page[Row]) -> dict[str, str]:
    """The addresses of the page before (`newer`) and after (`older`) in a list that nothing narrows; "" for none."""
    return {
        "newer": f"{path}?page={page.number - 1}" if page.has_previous() else "",
        "older": f"{path}?page={page.number + 1}" if page.has_next() else "",
    }


def _links(
    name: str, heading: str, choices: Sequence[Choice], chosen: str | None, address: Address | None
) -> FacetLinks:
    every = list(choices)
    if chosen is not None and chosen not in {choice.value for choice in every}:
        every.append(Choice(chosen, chosen, 0))
    links = [
        ChoiceLink(
            choice.value,
            choice.name.capitalize() if choice.name in _PLAIN else choice.name,
            choice.items,
            address.with_choice(name, None if choice.value == chosen else choice.value) if address else "",
            choice.value == chosen,
        )
        for choice in every
    ]
    often = {
        link.value
        for link in sorted(links, key=lambda link: (not link.is_chosen, -link.items))[:SHOWN_CHOICES]
    }
    if len(links) <= SHOWN_CHOICES + 1:  # one more line costs less than opening a list for it
        often = {link.value for link in links}
    return FacetLinks(
        name,
        heading,
        tuple(link for link in links if link.value in often),
        tuple(link for link in links if link.value not in often),
    )
