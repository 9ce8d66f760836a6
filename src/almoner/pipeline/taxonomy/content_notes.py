"""What readers are told before something distressing, by its topics, from `content_notes.csv` beside this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from almoner.pipeline.taxonomy.entries import table


def content_note(topics: Iterable[str]) -> str:
    """The note for something about these topics (ids): "sexual abuse, suicide"; "" where none is needed."""
    notes = content_notes()
    return ", ".join(dict.fromkeys(notes[topic] for topic in topics if topic in notes))


@cache
def content_notes() -> Mapping[str, str]:
    """The words of each topic that has some."""
    return MappingProxyType({row["topic"]: row["note"] for row in table("content_notes.csv")})
