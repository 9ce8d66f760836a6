"""`almoner sources` and `almoner gather`: what they say and what they return."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from almoner import cli
from almoner.pipeline.errors import AGAIN, Unreachable
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.ports import Answer, Validators, Wanted
from almoner.records.catalogue.models import Item
from almoner.records.ingest import running
from almoner.records.ingest.models import Source

FEED = "https://harbour.example/feed"
PAGE = f"""<!doctype html><title>Harbour Trust</title>
<link rel="alternate" type="application/rss+xml" title="News" href="{FEED}"><h1>News of the trust</h1>"""
RSS = """<rss version="2.0"><channel><title>Harbour Trust</title>
<item><title>A checklist for clubs</title><link>https://harbour.example/1</link>
<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><description>Eight questions for every club.</description></item>
</channel></rss>"""
PAGES = {FEED: (RSS, MediaType.XML), "https://harbour.example/": (PAGE, MediaType.HTML)}


class Web:
    def fetch(self, wanted: Wanted, known: Validators) -> Answer:
        assert known == Validators()
        if wanted.address not in PAGES:
            raise Unreachable(wanted.address, "fetch", "could not be reached.", advice=AGAIN)
        text, media_type = PAGES[wanted.address]
        snapshot = Snapshot(
            wanted.address, text.encode(), media_type, wanted.address, "2026-03-02T11:00:00+00:00"
        )
        return Answer(wanted, wanted.address, 200, snapshot)


@pytest.fixture(autouse=True)
def _service(
    tmp_path: Path, transactional_db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path / "data"
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"

    @contextmanager
    def fetcher() -> Iterator[Web]:
        yield Web()

    monkeypatch.setattr(running, "fetcher", fetcher)


def test_try_shows_how_a_page_could_be_watched_and_keeps_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sources", "try", "https://harbour.example/"]) == 0
    assert f"1. feed  {FEED}" in capsys.readouterr().out
    assert cli.main(["sources", "try", FEED]) == 0
    assert "2026-03-02  A checklist for clubs" in capsys.readouterr().out
    assert not Source.objects.exists()


def test_a_source_is_added_from_its_page_and_gathered(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sources", "add", "https://harbour.example/", "--publisher", "Harbour Trust"]) == 0
    source = Source.objects.get()
    assert (source.name, source.adapter, source.address) == ("Harbour Trust", "feed", FEED)
    assert cli.main(["gather", "--once"]) == 0
    assert "Harbour Trust: new or changed items (1 new, 0 changed, 0 known)" in capsys.readouterr().out
    assert Item.objects.get().title == "A checklist for clubs"
    assert cli.main(["gather", "--once"]) == 0
    assert "nothing was due" in capsys.readouterr().out


def test_a_source_that_fails_is_said_and_found_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sources", "add", "https://gone.example/", "--adapter", "feed", "--name", "Gone"]) == 0
    assert cli.main(["sources", "run", "Gone"]) == 1
    assert "Gone: failed" in capsys.readouterr().out
    assert cli.main(["sources", "list", "--broken"]) == 0
    assert "failed once; tried again" in capsys.readouterr().out
    assert cli.main(["sources", "pause", "Gone", "--reason", "It moved."]) == 0
    assert cli.main(["sources", "list", "--broken"]) == 0
    assert "Paused: It moved." in capsys.readouterr().out
    assert cli.main(["sources", "resume", "Gone"]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["try", "https://nowhere.example/"], "could not be reached"),
        (["try", "ftp://nowhere.example/"], "does not begin with https://"),
        (["add", "https://nowhere.example/"], "could not be reached. Nothing was kept. Check the address"),
        (["run", "No such"], "there is no source called No such."),
        (["pause", "No such"], "there is no source called No such."),
        (["add", FEED, "--adapter", "pigeon", "--name", "S"], "pigeon"),
        (["import", "no/such.opml"], "no/such.opml: could not be read: No such file or directory."),
        (["import", __file__], "no source stands in it. Give an OPML file"),
        (["export", "no/such/out.opml"], "could not be written: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sources", *words]) == 1
    assert said in capsys.readouterr().err
    assert not Source.objects.exists()


def test_list_names_sources_that_are_fed_by_hand_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sources", "list"]) == 0
    assert "no sources yet" in capsys.readouterr().out
    Source.objects.create(name="Papers on the shelf")
    assert cli.main(["sources", "list"]) == 0
    said = capsys.readouterr()
    assert "Papers on the shelf\n    fed by hand: almoner import" in said.out
    assert "no sources" not in said.out
    assert cli.main(["sources", "list", "--broken"]) == 0
    assert "no sources that are broken." in capsys.readouterr().out


def test_an_address_is_watched_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sources", "add", FEED, "--name", "Harbour Trust"]) == 0
    assert cli.main(["sources", "add", FEED, "--name", "The trust again"]) == 1
    assert "“Harbour Trust” is at this address already." in capsys.readouterr().err
    assert Source.objects.count() == 1


def test_sources_go_out_and_come_in_as_opml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["sources", "add", FEED, "--name", "Harbour Trust"])
    assert cli.main(["sources", "export", str(tmp_path / "out.opml")]) == 0
    assert cli.main(["sources", "import", str(tmp_path / "out.opml")]) == 0
    assert "0 sources added, paused until you say so; already there: 1." in capsys.readouterr().out


def test_add_watches_a_mailbox_without_asking_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    address = "imaps://news%40school.example@mail.example/Bulletins"
    assert (
        cli.main(["sources", "add", address, "--sender", "news@harbour.example", "--receiver", "mx.example"])
        == 0
    )
    source = Source.objects.get()
    assert (source.adapter, source.address, source.senders) == (
        "newsletter",
        address,
        ["news@harbour.example"],
    )
    assert source.receiver == "mx.example"
    assert cli.main(["sources", "add", "imaps://ann:secret@mail.example", "--name", "Ann"]) == 1
    assert "has a password in it" in capsys.readouterr().err
    assert Source.objects.count() == 1


def test_add_watches_folders_that_may_be_watched(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sources", "add", f"file://{tmp_path}"]) == 1
    settings.FOLDERS = [str(tmp_path)]
    assert cli.main(["sources", "add", f"file://{tmp_path}", "--name", "Papers"]) == 0
    assert cli.main(["sources", "add", f"file://{tmp_path}/post", "--sender", "@harbour.example"]) == 0
    assert [source.adapter for source in Source.objects.order_by("pk")] == ["folder", "newsletter"]
