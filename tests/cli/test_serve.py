"""`almoner run`, as an operator meets it."""

from __future__ import annotations

import signal
import socket
import sqlite3
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from almoner import cli
from almoner.cli import serve
from tests.servers import pattern
from tests.service import Service, free_port, run_once

pytestmark = pytest.mark.xdist_group("service")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that was started for the first time, from a folder of no importance. Only its style sheets and pictures
    were collected before."""
    folder = tmp_path_factory.mktemp("service")
    data = pattern.put_into(folder / "data", pattern.STATIC)
    service = Service(data, words=["--demo"], folder=folder).start()
    yield service
    assert service.stop(signal.SIGTERM) == 0


def read(address: str) -> tuple[int, str]:
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        with visitor.open(address, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()


def test_run_says_where_to_go_and_answers_there(first: Service) -> None:
    assert f"Reading:  {first.address}/\n" in first.said()
    assert f"Newsroom: {first.address}/newsroom/\n" in first.said()
    assert read(first.address)[0] == 200
    assert read(f"{first.address}/newsroom/")[0] == 200


def test_run_serves_hashed_files_that_may_be_kept_for_ever(first: Service) -> None:
    _, page = read(f"{first.address}/newsroom/login/")
    path = page[page.index("/static/newsroom/newsroom.") :].split('"')[0]
    with urllib.request.urlopen(first.address + path) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert len(Path(path).name.split(".")) == 3


def test_run_keeps_everything_to_itself(first: Service) -> None:
    kept = [first.data, *first.data.glob("*"), *(first.data / "snapshots").rglob("*")]
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert len((first.data / "secret-key").read_text()) >= 50


def test_run_makes_the_tables_that_other_tests_begin_with(first: Service, tmp_path: Path) -> None:
    """From nothing, migration by migration, as it is done once for all other tests."""
    wanted = "SELECT type, name, sql FROM sqlite_master UNION SELECT app, name, '' FROM django_migrations"
    tables = []
    for data in (first.data, pattern.put_into(tmp_path / "data")):
        with closing(sqlite3.connect(data / "almoner.sqlite3")) as database:
            tables.append(set(database.execute(wanted)))
    assert "making the database" in first.said()
    assert tables[0] == tables[1]


def test_run_loads_the_sample_content(first: Service) -> None:
    assert "sample items are there" in first.said()
    assert "<article" in read(first.address)[1]


def test_run_prints_a_one_time_link_that_works(first: Service) -> None:
    status, page = read(first.link())
    assert status == 200
    assert "Choose a password" in page


def test_run_writes_down_neither_search_words_nor_visits(first: Service) -> None:
    read(f"{first.address}/search/?q=zebracrossing")
    read(f"{first.address}/items/nosuchitem/")
    read(f"{first.address}/newsroom/items/?q=zebracrossing")
    for word in ("zebracrossing", "nosuchitem", "127.0.0.1 -"):
        assert word not in first.said()


def test_run_says_when_the_port_is_taken(first: Service, tmp_path: Path) -> None:
    answer = run_once(tmp_path / "data", "--port", str(first.port))
    assert answer.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {first.port}" in answer.stderr
    assert f"--port {first.port + 1}" in answer.stderr
    assert not (tmp_path / "data").exists()


def test_run_prints_another_link_and_stops(first: Service) -> None:
    answer = run_once(first.data, "--new-link", "--port", str(first.port))
    assert answer.returncode == 0
    assert "admin@localhost" in answer.stdout
    link = answer.stdout.split()[-1]
    assert "Choose a password" in read(link)[1]


def test_run_has_no_link_for_strangers(first: Service) -> None:
    answer = run_once(first.data, "--new-link", "nobody@example.org")
    assert answer.returncode == 1
    assert "nobody has the e-mail address nobody@example.org" in answer.stderr


def test_run_again_does_only_what_is_needed_and_stops_cleanly(first: Service) -> None:
    key = (first.data / "secret-key").read_text()
    again = Service(first.data, words=["--demo"]).start()
    assert "sample" not in again.said()
    assert "making the database" not in again.said()
    assert "putting style sheets" not in again.said()
    assert (first.data / "secret-key").read_text() == key
    assert again.stop(signal.SIGINT) == 0
    assert again.said().endswith("almoner: stopped.\n")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", again.port)) != 0


def test_run_refuses_wrong_settings_in_words(tmp_path: Path) -> None:
    answer = run_once(tmp_path / "data", "--port", str(free_port()), DATABASE_URL="mysql://localhost/a")
    assert answer.returncode == 1
    assert "almoner.E004: DATABASE_URL is not the address" in answer.stderr
    assert "Nothing was started" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "data").exists()


def test_run_says_that_the_database_does_not_answer(tmp_path: Path) -> None:
    answer = run_once(tmp_path / "data", "--port", str(free_port()), DATABASE_URL="postgres://127.0.0.1:1/a")
    assert answer.returncode == 1
    assert "almoner.E016: The database of DATABASE_URL cannot be used" in answer.stderr
    assert "Nothing was started" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("host", "address", "warned"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", False),
        ("0.0.0.0", "http://127.0.0.1:8000", True),
        ("::", "http://localhost:8000", True),
        ("0.0.0.0", "https://news.example.org", False),
        ("127.0.0.1", "https://news.example.org", False),
    ],
)
def test_run_warns_when_others_could_not_get_in(host: str, address: str, warned: bool) -> None:
    assert ("ALMONER_ADDRESS" in serve.out_of_reach(host, address)) is warned


@pytest.mark.parametrize("port", ["0", "65536", "many"])
def test_run_takes_only_a_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["run", "--port", port])
    assert end.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_front_process_never_loads_django(first: Service) -> None:
    """What keeps the service small: the process that watches over the worker stays without it."""
    front = Path(f"/proc/{first.process.pid}")
    if not front.exists():
        pytest.skip("no /proc here")
    children = (front / "task" / front.name / "children").read_text().split()
    assert len(children) == 1
    assert "_sqlite3" not in (front / "maps").read_text()
