"""`almoner import`: what it says, what it returns, and what is there afterwards."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from almoner import cli
from almoner.cli import import_documents
from almoner.pipeline import run
from almoner.records.catalogue.models import Item, Publisher
from almoner.records.ingest.models import Document, Sighting, Source
from tests.records.readings import a_reading, an_item
from tests.servers import pattern
from tests.service import surroundings

SHARED_SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ROOT = Path(__file__).parents[2]
PAGE = """Harbour Trust news

Swimming clubs get a new welfare checklist

Source: Harbour Trust published on this website Wednesday 9 April 2025 by Alice

The checklist sets out eight questions that every club should be able to answer. It was written with coaches.

Helpline hours grow at weekends

Source: Harbour Trust published on this website Tuesday 8 April 2025 by Alice

Callers can now reach an adviser from nine in the morning on both days. The number stays as it was.
"""


@pytest.fixture
def folder(tmp_path: Path, db: None, settings: Settings) -> Path:
    """A folder with one page of two items, beside a database of this test's own."""
    settings.DATA = tmp_path / "data"
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "news.txt").write_text(PAGE)
    return tmp_path / "pages"


def test_import_prints_what_came_of_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", str(folder)]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == [
        "document",
        "items",
        "added",
        "seen",
        "again",
        "waiting",
        "published",
        "findings",
    ]
    assert rows[1].split()[:5] == [rows[1].split()[0], "2", "0", "2", "0"]
    assert rows[2].split()[:6] == ["1", "document", "2", "0", "2", "0"]
    assert {item.title: item.published for item in Item.objects.all()} == {
        "Swimming clubs get a new welfare checklist": "2025-04-09",
        "Helpline hours grow at weekends": "2025-04-08",
    }
    source = Source.objects.get()
    assert (source.name, source.publisher, source.trust) == ("Imported files", None, "review")


def test_import_names_the_source_after_the_publisher_that_a_document_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "read", lambda _: a_reading(an_item(publisher="Harbour Trust")))
    assert cli.main(["import", str(folder)]) == 0
    source = Source.objects.get()
    assert (source.name, source.publisher) == ("Harbour Trust", Item.objects.get().publisher)


def test_import_twice_adds_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["import", str(folder)])
    capsys.readouterr()
    assert cli.main(["import", str(folder / "news.txt")]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["1", "document", "0", "2", "0", "0", "0"]
    assert (Item.objects.count(), Document.objects.count(), Sighting.objects.count()) == (2, 1, 2)


def test_import_takes_source_publisher_trust_and_licence(folder: Path) -> None:
    words = ["--source", "Club news", "--publisher", "The Club", "--trust", "auto", "--licence", "own"]
    assert cli.main(["import", str(folder), *words]) == 0
    source = Source.objects.get()
    assert (source.name, str(source.publisher), source.trust, source.licence) == (
        "Club news", "The Club", "auto", "own",
    )  # fmt: skip
    assert {(item.status, item.licence, str(item.publisher)) for item in Item.objects.all()} == {
        ("published", "own", "The Club")
    }
    assert cli.main(["import", str(folder), "--source", "Another place"]) == 0
    assert Publisher.objects.count() == 1


def test_import_says_what_could_not_be_read_and_keeps_the_rest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    assert cli.main(["import", str(folder), str(folder / "absent.txt")]) == 1
    printed = capsys.readouterr()
    assert "broken.txt: fetch: could not be opened" in printed.err
    assert "absent.txt: fetch: could not be opened" in printed.err
    assert (Item.objects.count(), "1 document" in printed.out) == (2, True)


def test_import_goes_on_after_a_fault_of_its_own(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(PAGE.replace("Helpline", "Hotline"))
    keep = import_documents._keep

    def stumble(snapshot: Any, arguments: Any) -> Any:
        if snapshot.source.endswith("a.txt"):
            raise ZeroDivisionError
        return keep(snapshot, arguments)

    monkeypatch.setattr(import_documents, "_keep", stumble)
    assert cli.main(["import", str(folder)]) == 1
    assert "a.txt: not imported" in capsys.readouterr().err
    assert Item.objects.count() == 2


def test_import_that_is_stopped_says_what_is_kept(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "z.txt").write_text(PAGE.replace("Helpline", "Hotline"))
    keep = import_documents._keep

    def interrupted(snapshot: Any, arguments: Any) -> Any:
        if snapshot.source.endswith("z.txt"):
            raise KeyboardInterrupt
        return keep(snapshot, arguments)

    monkeypatch.setattr(import_documents, "_keep", interrupted)
    assert cli.main(["import", str(folder)]) == 130
    printed = capsys.readouterr()
    assert "stopped" in printed.err
    assert "1 document" in printed.out


def test_import_of_a_folder_without_documents_says_so(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(tmp_path / "data")]) == 0
    assert "no documents found" in capsys.readouterr().err


def test_import_lists_the_first_documents_and_counts_the_rest(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_documents, "LISTED", 1)
    monkeypatch.setattr(import_documents, "PROGRESS_EVERY", 2)
    (folder / "old.txt").write_text(PAGE.replace("2025", "2024"))
    assert cli.main(["import", str(folder)]) == 0
    printed = capsys.readouterr()
    assert "… and 1 more" in printed.out.splitlines()[2]
    assert "2 documents read" in printed.err


def test_import_refuses_words_it_does_not_know(folder: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["import", str(folder), "--trust", "everything"])
    assert stopped.value.code == 2


@pytest.mark.skipif(not SHARED_SEEDS.is_dir(), reason="the shared documents are not here")
def test_import_of_the_shared_documents_gives_54_items_and_56_sightings(folder: Path) -> None:
    for _ in range(2):
        assert cli.main(["import", str(SHARED_SEEDS)]) == 0
        assert (Document.objects.count(), Item.objects.count(), Sighting.objects.count()) == (5, 54, 56)


EARLIER = """
from almoner.cli import prepare
assert prepare.load_settings()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
graph = MigrationLoader(connection).graph
(newest,) = graph.leaf_nodes("newsroom")
(before,) = (one for one in graph.nodes[newest].dependencies if one[0] == "newsroom")
call_command("migrate", *before, verbosity=0, skip_checks=True)
"""
"""Takes the newest migration of the newsroom back."""


@pytest.fixture(scope="module")
def fresh_service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of an earlier version, which `almoner import` brought up to date when it kept a page there."""
    folder = tmp_path_factory.mktemp("service")
    pattern.put_into(folder / "data")
    (folder / "news.txt").write_text(PAGE)
    subprocess.run([sys.executable, "-c", EARLIER], env=_environment(folder / "data"), check=True)
    made = subprocess.run(
        [sys.executable, "-m", "almoner", "import", "news.txt"],
        env=_environment(folder / "data"), cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "bringing the database up to date (1 steps)" in made.stdout
    assert made.stdout.splitlines()[-2].split() == ["1", "document", "2", "0", "2", "0", "0"]
    return folder / "data"


KILLED = """
import os, sys
import django
django.setup()
from datetime import UTC, datetime
from almoner.records.catalogue.models import Item
from almoner.records.ingest import recording, services
from almoner.records.ingest.models import Document, Sighting, Snapshot
from tests.records.readings import a_reading, a_snapshot, an_item

moment = sys.argv[1]
def die(*_, **__): os._exit(9)
def look(): print(*(table.objects.count() for table in (Item, Document, Snapshot, Sighting)))
source = services.source_named("S", trust="auto")
if moment == "before the transaction":
    recording.in_turn = die
elif moment == "inside the transaction":
    recording.publish = die
look()
services.keep(a_reading(an_item()), a_snapshot(), source, now=datetime(2025, 4, 10, tzinfo=UTC))
look()
"""


def test_import_that_is_killed_leaves_nothing_half(fresh_service: Path, tmp_path: Path) -> None:
    """A real process on a real file, ended between the store and the transaction, and inside it."""
    shutil.copytree(fresh_service, tmp_path / "data")

    def run(moment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", KILLED, moment],
            env=_environment(tmp_path / "data"), cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert run("before the transaction").returncode == 9
    assert run("inside the transaction").returncode == 9
    last = run("at no time")
    assert last.stdout.splitlines() == ["2 1 1 2", "3 2 2 3"], last.stderr


def _environment(data: Path) -> dict[str, str]:
    return surroundings(data, DJANGO_SETTINGS_MODULE="almoner.settings.production", PYTHONPATH=str(ROOT))


def test_dry_run_says_what_would_come_and_keeps_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    (folder / "old.doc").rename(folder / "old.docx")
    assert cli.main(["import", "--dry-run", str(folder)]) == 1
    told = capsys.readouterr()
    rows = told.out.splitlines()
    assert rows[0].split() == ["document", "would", "be", "new", "changed", "there", "already", "findings"]
    assert rows[-1].startswith("Nothing was kept. 1 document could not be read")
    assert "old.docx" in told.err
    for model in (Item, Source, Document):
        assert not model.objects.exists()
    (folder / "old.docx").unlink()
    assert cli.main(["import", str(folder)]) == 0
    capsys.readouterr()
    assert cli.main(["import", "--dry-run", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[-4:] == ["0", "0", "2", "0"]


def test_progress_is_a_bar_where_the_number_is_known() -> None:
    assert import_documents._bar(3, 12) == "[######..................] 3 of 12 documents read"
    assert import_documents._bar(3, 0) == "3 documents read"
