"""The topics: a scheme of what safeguarding is about, read from `topics.csv` beside this module.

Modelled on SKOS (W3C 2009): a topic has one name, other and former names, broader topics and a scope note. A name
ending in "?" also stands for other things: it is a hint, which counts only beside others. A phrase of `unless` holds a
name that does not mean the topic there ("missing data").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from almoner.pipeline.taxonomy.entries import parts, table


@dataclass(frozen=True, slots=True)
class Topic:
    """What items can be about. `nations` (letters) are those in which it is known by this name or law; names keep
    their "?"."""

    id: str
    name: str
    broader: tuple[str, ...]
    nations: str
    abbreviations: tuple[str, ...]
    names: tuple[str, ...]
    former_names: tuple[str, ...]
    unless: tuple[str, ...]
    scope: str

    @property
    def is_group(self) -> bool:
        """Whether it only holds others together: nothing is about it alone."""
        return not self.broader and self.names[0].endswith("?")


@cache
def topics() -> Mapping[str, Topic]:
    """All topics by id, each after those that it stands under."""
    return MappingProxyType(
        {
            row["id"]: Topic(
                row["id"],
                row["name"].rstrip("?"),
                tuple(parts(row["broader"])),
                row["nations"],
                tuple(parts(row["abbreviations"])),
                (row["name"], *parts(row["other_names"])),
                tuple(parts(row["former_names"])),
                tuple(parts(row["unless"])),
                row["scope"],
            )
            for row in table("topics.csv")
        }
    )


@cache
def above(topic: str) -> tuple[str, ...]:
    """The topics that one stands under, the nearest first. `KeyError` if there is no such topic."""
    nearest = topics()[topic].broader
    further = (higher for broader in nearest for higher in above(broader))
    return tuple(dict.fromkeys((*nearest, *further)))


@cache
def narrower(topic: str) -> tuple[str, ...]:
    """The topics right under one, as the table has them; none for what is no topic."""
    return tuple(each.id for each in topics().values() if topic in each.broader)
