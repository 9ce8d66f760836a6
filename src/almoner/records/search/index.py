"""The index, in whichever database the records are kept. What a back end offers stands here; `fts5` and `tsvector`
are the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from almoner.records.catalogue.models import Item
from almoner.records.search import fts5, tsvector
from almoner.records.search.entries import Marked, Row
from almoner.records.search.words import Query


class Index(Protocol):
    """A back end. Both find the same items with the same words, and may put them in another order."""

    def create(self) -> None:
        """Make the table."""

    def drop(self) -> None:
        """Take the table away."""

    def put(self, rows: Sequence[Row]) -> None:
        """Put rows in, each in place of what stood there of its item."""

    def delete(self, item_ids: Sequence[int]) -> None:
        """Take items out; those that are not in are passed over."""

    def clear(self) -> None:
        """Take everything out."""

    def count(self, query: Query, *, every: bool) -> int:
        """How many published items have every wanted term, or else at least one, and no unwanted one."""

    def find(self, query: Query, *, every: bool, limit: int, offset: int) -> list[int]:
        """The primary keys of those items, best first; among equals the newest first."""

    def mark(self, query: Query, items: Sequence[Item], *, every: bool) -> list[Marked]:
        """Items that match, in any order, as they are shown."""


def current() -> Index:
    """The back end of the database in use."""
    return tsvector if connection.vendor == "postgresql" else fts5
