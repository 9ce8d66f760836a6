"""Whom items concern: the sectors that ask for an edition of their own, read from `audiences.csv` beside this module."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from almoner.pipeline.taxonomy.entries import parts, table
from almoner.pipeline.taxonomy.topics import above


@dataclass(frozen=True, slots=True)
class Audience:
    """A sector: its code, its name, the people in it, and the topics (ids) that are more theirs than others'."""

    id: str
    name: str
    people: str
    topics: frozenset[str]


@cache
def audiences() -> Mapping[str, Audience]:
    """All of them by code, in the order in which they are offered."""
    return MappingProxyType(
        {
            row["id"]: Audience(row["id"], row["name"], row["people"], frozenset(parts(row["topics"])))
            for row in table("audiences.csv")
        }
    )


def concerned(topics: Collection[str]) -> tuple[str, ...]:
    """The codes of the audiences that something about these topics concerns most: all whose topics are among them or
    stand above one of them."""
    wide = {higher for topic in topics for higher in (topic, *above(topic))}
    return tuple(one.id for one in audiences().values() if one.topics & wide)
