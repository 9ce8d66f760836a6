"""What the first start of a service on SQLite makes: the tables, by all migrations, and the style sheets and pictures. Each
takes a processor longer than most tests, so it is made once, kept in `.cache`, and copied for every process of the tests
and every service that begins with it.

    python -m tests.servers.pattern     make both, unless they are there
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from tests.service import surroundings

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / ".cache" / "pattern"
HOUSE: Final = ROOT / "src" / "almoner"
TABLES: Final = ("**/migrations/*.py", "records/search/*.py")
"""What makes the tables: the migrations, and the code behind those of the search index."""
DATABASE: Final = "almoner.sqlite3"
STATIC: Final = "static"
PARTS: Final[dict[str, tuple[Sequence[str], str]]] = {
    DATABASE: (TABLES, "prepare.migrate()"),
    STATIC: (("**/static/**/*",), "prepare.collect_static(settings.STATIC_ROOT)"),
}
"""What is kept → the files of ours that it depends on, and what makes it."""
MAKE: Final = """
from almoner.cli import prepare
assert prepare.load_settings()
from django.conf import settings
from django.db import connection
{}
connection.close()  # nothing is left beside the file
"""


def put_into(data: Path, *parts: str) -> Path:
    """Make this data folder with copies of these parts: nobody has used the database, and nothing has to be collected."""
    data.mkdir(mode=0o700, parents=True)
    for part in parts or (DATABASE,):
        with _kept(part) as kept:
            if kept.is_dir():
                shutil.copytree(kept, data / part)
            else:
                shutil.copyfile(kept, data / part)
    return data


def fill(connection: Any, **_: object) -> None:
    """Put the tables into the tests' database in memory, when it is first opened."""
    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        with _kept(DATABASE) as database, closing(sqlite3.connect(database)) as pattern:
            pattern.backup(connection.connection)


@contextmanager
def _kept(part: str) -> Iterator[Path]:
    """A part as it is kept, to be read; one process at a time is here, and makes it if it is not there."""
    files, make = PARTS[part]
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{_state(files)}-{part}"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for former in KEPT.glob(f"*-{part}"):
                shutil.rmtree(former) if former.is_dir() else former.unlink()
            with tempfile.TemporaryDirectory(dir=KEPT) as place:
                words = [sys.executable, "-c", MAKE.format(make)]
                subprocess.run(words, cwd=ROOT, env=surroundings(Path(place)), check=True)
                (Path(place) / part).rename(path)
        yield path


def _state(files: Sequence[str]) -> str:
    """A name for the state of these files, and of what others' tables and style sheets come with."""
    digest = hashlib.sha256()
    for name in ("django", "django-taggit", "wagtail", "whitenoise"):
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(path for pattern in files for path in HOUSE.glob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(HOUSE)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    for each in PARTS:
        with _kept(each):
            pass
