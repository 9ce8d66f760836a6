"""A database that cannot be used is named at the start, with an id and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.servers import postgres
from tests.service import surroundings


def start(data: Path, address: str) -> subprocess.CompletedProcess[str]:
    words = "from almoner.cli import prepare; raise SystemExit(not prepare.load_settings())"
    return subprocess.run(
        [sys.executable, "-c", words],
        env=surroundings(data, DATABASE_URL=address),
        capture_output=True,
        text=True,
    )


def test_a_server_that_is_not_there_keeps_the_service_from_starting(tmp_path: Path) -> None:
    said = start(tmp_path, f"postgres://almoner:secret@/almoner?host={tmp_path}")
    assert said.returncode == 1
    assert "almoner.E016" in said.stderr
    assert "Nothing was started." in said.stderr
    assert "secret" not in said.stderr


@pytest.mark.skipif(
    "TEST_POSTGRES" not in os.environ, reason="needs a PostgreSQL (python -m tests.servers.postgres)"
)
def test_a_database_must_hold_every_letter_and_let_us_make_tables(tmp_path: Path) -> None:
    server = os.environ["TEST_POSTGRES"]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        connection.execute("CREATE ROLE nobody_much LOGIN")
        try:
            said = start(tmp_path, f"{server.replace('postgres@', 'nobody_much@')}/latin").stderr
            with postgres.copied("fine") as address:
                fine = start(tmp_path, address)
        finally:
            connection.execute("DROP DATABASE latin WITH (FORCE)")
            connection.execute("DROP ROLE nobody_much")
    assert "almoner.E018" in said
    assert "almoner.E019" in said
    assert (fine.returncode, fine.stderr) == (0, "")
