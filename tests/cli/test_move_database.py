"""`almoner move-database`: every row arrives, or nothing is changed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import connection

from almoner.demo.services import create_demo_data
from almoner.records.catalogue.models import Item
from tests.servers import postgres
from tests.service import surroundings

pytestmark = [
    pytest.mark.skipif(
        "TEST_POSTGRES" not in os.environ or connection.vendor != "sqlite",
        reason="needs SQLite, and PostgreSQL beside it (python -m tests.servers.postgres)",
    ),
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("move"),
]


@pytest.fixture
def old(tmp_path: Path, now: datetime) -> Path:
    """The data folder of a service on SQLite, with the sample content."""
    create_demo_data(now=now)
    with sqlite3.connect(tmp_path / "almoner.sqlite3") as copy:
        connection.connection.backup(copy)
    copy.close()
    return tmp_path


@pytest.fixture
def new() -> Iterator[str]:
    """The address of a database with nothing in it but what migrations make."""
    with postgres.copied("moved") as address:
        yield address


def move(data: Path, address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "almoner", "move-database"],
        env=surroundings(data, DATABASE_URL=address),
        capture_output=True,
        text=True,
    )


def asked(address: str, query: LiteralString) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as there:
        return there.execute(query).fetchall()


def test_s11_every_row_is_moved_and_the_index_made_anew(old: Path, new: str) -> None:
    moved = move(old, new)
    assert (moved.returncode, moved.stderr) == (0, "")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("search_entry", "django_migrations")):
                continue
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert asked(new, f"SELECT count(*) FROM {table}") == [cursor.fetchone()], table
    told = "SELECT id, title, text, sorts_at FROM catalogue_item ORDER BY id"
    assert asked(new, told) == list(
        Item.objects.order_by("pk").values_list("pk", "title", "text", "sorts_at")
    )
    published = "SELECT count(*) FROM catalogue_item WHERE status = 'published'"
    assert asked(new, "SELECT count(*) FROM search_item_stems") == asked(new, published) != [(0,)]
    following = "SELECT nextval(pg_get_serial_sequence('catalogue_item', 'id')) > max(id) FROM catalogue_item"
    assert asked(new, following) == [(True,)]

    again = move(old, new)
    assert again.returncode == 1
    assert "The new database is in use" in again.stderr
    assert len(asked(new, told)) == Item.objects.count()


def test_s11_a_row_that_does_not_fit_moves_nothing(old: Path, new: str) -> None:
    kept = "SELECT (SELECT count(*) FROM auth_permission), (SELECT count(*) FROM catalogue_publisher)"
    before = asked(new, kept)
    with sqlite3.connect(old / "almoner.sqlite3") as database:
        database.execute(
            "UPDATE catalogue_item SET title = ? WHERE id = (SELECT max(id) FROM catalogue_item)", ["x" * 501]
        )
    database.close()
    moved = move(old, new)
    assert moved.returncode == 1
    assert "A row of catalogue_item does not fit" in moved.stderr
    assert "Nothing was moved." in moved.stderr
    assert asked(new, kept) == before
