"""Where processes that a test starts keep what is theirs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection


@dataclass(frozen=True)
class Disk:
    """A folder, and a database in it or on the server of the tests."""

    folder: Path

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of such a process."""
        names = {"ALMONER_DATA": str(self.folder)}
        if connection.vendor != "sqlite":
            names["DATABASE_URL"] = _address()
        return {**os.environ, **names}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers; what it is told is kept."""
        if connection.vendor != "sqlite":
            import psycopg  # only where there is such a server

            with psycopg.connect(_address()) as server:  # one of its own, so that any thread may ask
                asked = server.execute(query)
                return asked.fetchall() if asked.description else []
        with closing(sqlite3.connect(self.folder / "almoner.sqlite3", timeout=20)) as database, database:
            return database.execute(query).fetchall()


def _address() -> str:
    of = connection.settings_dict
    return f"postgres://{of['USER']}:{of['PASSWORD']}@{quote(of['HOST'], safe='')}:{of['PORT']}/{of['NAME']}"
