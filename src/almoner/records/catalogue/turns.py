"""Those who change items do so one after the other, on every database.

SQLite has one writer at a time (`BEGIN IMMEDIATE`). On PostgreSQL two transactions would change the same items,
publishers and categories in different orders, and one of them would be broken off for it; and each would look for
known items without seeing those that the other is about to keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

_ITEMS: Final = 0x616C6D6F6E6572
"""The number of the advisory lock: any will do that nobody else uses in this database."""


@contextmanager
def in_turn() -> Iterator[None]:
    """A transaction in which nobody else changes items; waits until whoever does has ended. Inside another one it
    lasts as long as that. Whoever also locks rows does so afterwards."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ITEMS])
        yield
