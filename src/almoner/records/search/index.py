"""The index, in whichever database the records are kept. What a back end offers stands here; `fts5` and `tsvector`
are the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from almoner.records.search import fts5, tsvector
from almoner.records.search.entries import Stems
from almoner.records.search.question import Question


class Index(Protocol):
    """A back end. Both find the same items for the same question."""

    def create(self) -> None:
        """Make the table."""

    def drop(self) -> None:
        """Take the table away."""

    def put(self, entries: Sequence[Stems]) -> None:
        """Put items in that are not in."""

    def delete(self, entries: Sequence[Stems]) -> None:
        """Take items out that are in, as they are in."""

    def begin(self) -> None:
        """Take everything out, to be filled anew."""

    def end(self) -> None:
        """Everything is in."""

    def newest(self, question: Question, *, every: bool, in_title: bool, limit: int) -> list[int]:
        """The primary keys, highest first, of the items that have every wanted concept, or else at least one, and nothing
        unwanted; with `in_title`, of those that match by their titles alone. No more than `limit`."""

    def having(self, question: Question) -> Sequence[int]:
        """All items with at least one of the concepts and nothing unwanted, in any order."""


def current() -> Index:
    """The back end of the database in use."""
    return tsvector if connection.vendor == "postgresql" else fts5
