"""The audiences: sectors, roles in them, and people whom something can be written for, from `audiences.csv`.

A name ending in "?" names many who are only spoken of ("a school was closed"): it counts where they are addressed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from almoner.pipeline.taxonomy.entries import parts, table
from almoner.pipeline.taxonomy.topics import above


class AudienceKind(StrEnum):
    """What an audience is."""

    SECTOR = "sector"
    ROLE = "role"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom items can concern. `broader` are the sectors it is part of; names keep their "?". What is about one of
    `own_topics`, or named after one of `works`, concerns it by its nature; `topics` (ids, those among them) are more
    theirs than others'."""

    id: str
    name: str
    kind: AudienceKind
    broader: tuple[str, ...]
    names: tuple[str, ...]
    own_topics: frozenset[str]
    topics: frozenset[str]
    works: frozenset[str]
    scope: str

    @property
    def in_a_sentence(self) -> str:
        """Its name as it stands within a sentence: "for schools and colleges"."""
        first, *rest = self.name.split(" ", 1)
        return " ".join((first if first.isupper() else first.lower(), *rest))


@cache
def audiences() -> Mapping[str, Audience]:
    """All audiences by id, in the order in which they are offered: a sector before its roles."""
    return MappingProxyType(
        {
            row["id"]: Audience(
                row["id"],
                row["name"],
                AudienceKind(row["kind"]),
                tuple(parts(row["broader"])),
                tuple(parts(row["names"])),
                frozenset(parts(row["own_topics"])),
                frozenset((*parts(row["own_topics"]), *parts(row["topics"]))),
                frozenset(parts(row["works"])),
                row["scope"],
            )
            for row in table("audiences.csv")
        }
    )


def sectors_of(audience: str) -> tuple[str, ...]:
    """The sectors that an audience is part of. `KeyError` if there is no such audience."""
    return audiences()[audience].broader


def concerned(topics: Collection[str]) -> tuple[str, ...]:
    """The ids of the audiences that something about these topics concerns most: all whose topics are among them or
    stand above one of them."""
    wide = {higher for topic in topics for higher in (topic, *above(topic))}
    return tuple(one.id for one in audiences().values() if one.topics & wide)
