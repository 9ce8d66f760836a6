"""Files that are uploaded: looked at, taken in, stopped, dropped."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from almoner.newsroom.bringing.working import date_undated
from almoner.pipeline.errors import TooLarge
from almoner.pipeline.fetch import parts
from almoner.pipeline.fetch.files import MAX_BYTES
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.ingest import importing, uploads
from almoner.records.ingest.imports import Import
from almoner.records.ingest.models import Document, Source
from almoner.records.ingest.recording import record

BRING = "/newsroom/bringing/"
NEWS = b"""Harbour Trust news

Swimming clubs get a new welfare checklist

Source: Harbour Trust published on this website Wednesday 9 April 2025 by Alice

The checklist sets out eight questions that every club should be able to answer. It was written with coaches.

Helpline hours grow at weekends

Source: Harbour Trust published on this website Monday 8 April 2025 by Alice

Callers can now reach an adviser from nine in the morning on both days. The number stays as it was.
"""


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


class Killed(BaseException):
    """The process ends here, without a chance to tidy up."""


def work(stop: threading.Event | None = None, at: datetime | None = None) -> None:
    """What the service's thread does until nothing is under way."""
    clock = (lambda: at) if at else timezone.now
    while importing.work(clock, stop or threading.Event(), date_undated) and not (stop and stop.is_set()):
        pass


def upload(desk: Client, undated: str = "", **files: bytes) -> Import:
    documents = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
    sent = {"source": "Our newsletter", "publisher": "", "licence": "own", "undated": undated}
    assert desk.post(BRING, sent | {"documents": documents}).status_code == 302
    return Import.objects.latest("pk")


def page_of(desk: Client, made: Import) -> str:
    return desk.get(f"{BRING}{made.pk}/").content.decode()


def press(desk: Client, made: Import, action: str) -> str:
    return desk.post(f"{BRING}{made.pk}/", {"action": action}, follow=True).content.decode()


def feed(number: int, dated: bool = True, first: int = 0) -> bytes:
    entries = "".join(
        f"<item><title>Notice {at} of the harbour</title><guid>urn:x:{at}</guid>"
        f"{'<pubDate>Wed, 09 Apr 2014 09:00:00 GMT</pubDate>' if dated else ''}"
        f"<description><![CDATA[<p>Words of the notice number {at}, <b>and</b> </item> no end of it.</p>]]></description></item>"
        for at in range(first, first + number)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{entries}</channel></rss>'.encode()


def archive(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(f"old/{name.replace('_', '.')}", content)
    return packed.getvalue()


def test_what_would_come_is_shown_before_anything_is_kept(desk: Client, data: Path) -> None:
    made = upload(
        desk, week_txt=NEWS, copy_txt=NEWS + b"\n", picture_pdf=b"%PDF-1.7 nothing", run_exe=b"words"
    )
    answer = desk.get(f"{BRING}{made.pk}/")
    assert "Being looked at: 0 of 4 documents" in answer.content.decode()
    assert answer["Refresh"] == "4"
    assert "Refresh" not in desk.get(f"{BRING}{made.pk}/?still=1")

    work()
    page = page_of(desk, made)
    assert "2 items would be new, from 2 documents" in page
    assert "2 are there already or stand twice" in page
    assert "Weekday does not match date" in page
    assert "picture.pdf" in page
    assert "run.exe</b>" in page
    assert "Is of a kind that is not read, by its name." in page
    assert "upload://" not in page
    told = desk.get("/newsroom/").content.decode()
    assert f'href="{BRING}{made.pk}/">Import of Our newsletter' in told
    assert "Waits for your word" in told
    assert "Refresh" not in desk.get(f"{BRING}{made.pk}/")
    assert not Item.objects.exists()
    assert not Source.objects.exists()

    press(desk, made, "take")
    work()
    page = page_of(desk, made)
    assert "2 items taken in, to be reviewed; 2 were there already" in page
    assert "picture.pdf" in page
    assert Source.objects.get().name == "Our newsletter"
    item = Item.objects.order_by("pk")[0]
    assert (item.status, item.licence) == ("waiting", "own")
    assert hasattr(item, "trait")
    assert Document.objects.order_by("pk")[0].path == "upload://week.txt"
    copy = desk.get(f"/newsroom/items/{item.pk}/copy/{item.sightings.order_by('pk')[0].pk}/").content.decode()
    assert "Swimming clubs get a new welfare checklist" in copy
    assert not list((data / "uploads").iterdir())
    assert Import.objects.get().shown == []


def test_taken_twice_brings_nothing_twice(desk: Client) -> None:
    for _ in range(2):
        made = upload(desk, week_txt=NEWS)
        work()
        press(desk, made, "take")
        work()
    assert Item.objects.count() == 2
    made.refresh_from_db()
    assert (made.counts["new"], made.counts["again"]) == (0, 2)


def test_long_export_is_taken_in_part_by_part(desk: Client) -> None:
    made = upload(desk, site_xml=feed(2 * parts.RECORDS + 5))
    assert made.total == 3
    work()
    press(desk, made, "take")
    work()
    assert Item.objects.count() == 2 * parts.RECORDS + 5
    paths = list(Document.objects.order_by("pk").values_list("path", flat=True))
    assert paths == [f"upload://site, part {at}.xml" for at in (1, 2, 3)]
    assert Item.objects.filter(text__contains="no end of it").count() == 2 * parts.RECORDS + 5

    again = upload(desk, site_xml=feed(2 * parts.RECORDS + 7))  # other parts, and two more
    work()
    again.refresh_from_db()
    assert again.counts["new"] == 2


def test_archive_of_a_folder_is_unpacked_and_what_is_not_read_is_counted(desk: Client) -> None:
    packed = archive(week_txt=NEWS, a_png=b"picture", b_png=b"picture", big_txt=b"x" * (MAX_BYTES + 1))
    made = upload(desk, all_zip=packed, broken_zip=b"PK no archive")
    work()
    page = page_of(desk, made)
    assert "2 items would be new, from 1 document" in page
    assert "Holds 2 files of kinds that are not read (2 .png)." in page
    assert "all.zip/old/big.txt" in page
    assert "Is over 16 MiB, unpacked. Bring it by itself, or in parts." in page
    assert "Is no ZIP archive that can be opened" in page


def test_killed_in_between_goes_on_without_doubles(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    weeks = {f"week{at}_xml": feed(2, first=2 * at) for at in range(4)}
    made = upload(desk, "", **weeks)
    work()
    press(desk, made, "take")
    kept: list[Any] = []

    def dies(*given: Any, **named: Any) -> Any:
        outcome = record(*given, **named)
        kept.append(outcome)
        if len(kept) == 3:
            raise Killed
        return outcome

    monkeypatch.setattr(importing, "record", dies)
    with pytest.raises(Killed):
        work()
    monkeypatch.undo()
    made.refresh_from_db()
    assert (made.done, made.tries, made.state) == (2, 1, "taking")
    Import.objects.update(lease="a dead one", lease_until=timezone.now() + timedelta(minutes=1))
    work()
    made.refresh_from_db()
    assert made.state == "taking"  # until its lease runs out, it may be alive
    work(at=timezone.now() + importing.LEASE)
    made.refresh_from_db()
    assert (made.state, made.done) == ("done", 4)
    assert made.counts["new"] == Item.objects.count() == 8


def test_document_that_kills_the_service_is_left_out_in_the_end(desk: Client) -> None:
    made = upload(desk, bad_txt=b"words", week_txt=NEWS)
    work()
    press(desk, made, "take")
    Import.objects.update(tries=importing.MOST_TRIES)
    work()
    page = page_of(desk, made)
    assert "2 items taken in" in page
    assert "bad.txt" in page
    assert "It was left out." in page


def test_stopped_keeps_what_is_taken_and_goes_on_from_there(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = upload(desk, a_txt=NEWS, b_xml=feed(1))
    work()
    press(desk, made, "take")
    monkeypatch.setattr(importing, "known_outcome", lambda *_: importing.stop(made, timezone.now()) and None)
    work()  # stopped while it was read: nothing of it is kept
    assert not Item.objects.exists()
    monkeypatch.undo()
    page = page_of(desk, made)
    assert "Stopped" in page
    press(desk, made, "take")
    work()
    assert "Taken in" in page_of(desk, made)
    assert Item.objects.count() == 3


def test_full_disk_is_said_and_it_is_tried_again(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = upload(desk, week_txt=NEWS)
    work()
    press(desk, made, "take")

    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(importing, "record", full)
    for _ in range(importing.MOST_TRIES + 1):
        with pytest.raises(OperationalError):
            work()
    monkeypatch.undo()
    assert "It is tried again by itself" in page_of(desk, made)
    work()
    assert Item.objects.count() == 2
    made.refresh_from_db()
    assert (made.state, made.fault, made.problems) == ("done", "", [])


def test_fault_of_ours_costs_one_document(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = upload(desk, a_txt=b"Some words", b_txt=NEWS)
    work()
    press(desk, made, "take")

    def fails_once(found: Any, **named: Any) -> Any:
        if found.snapshot.source.endswith("a.txt"):
            raise ZeroDivisionError
        return record(found, **named)

    monkeypatch.setattr(importing, "record", fails_once)
    work()
    page = page_of(desk, made)
    assert "This is a fault of the programme" in page
    assert Item.objects.count() == 2


def test_undated_entries_get_the_date_that_the_editor_gives(desk: Client, editor: Person) -> None:
    made = upload(desk, undated="2014", old_xml=feed(3, dated=False))
    work()
    assert "3 of the new ones have no date and would get 2014" in page_of(desk, made)
    press(desk, made, "take")
    work()
    item = Item.objects.order_by("pk")[0]
    assert (item.published, item.published_precision, item.published_as_printed) == ("2014", "year", "")
    assert item.corrected == ["published"]
    assert item.corrections.get().by == editor
    assert not item.findings.filter(code="date_missing", settled_at=None).exists()


def test_dropped_files_are_gone(desk: Client, data: Path) -> None:
    made = upload(desk, week_txt=NEWS)
    work()
    assert "Nothing was kept." in press(desk, made, "leave")
    assert not list((data / "uploads").iterdir())
    press(desk, made, "take")
    work()
    assert not Item.objects.exists()
    made.refresh_from_db()
    assert (made.state, made.shown) == ("left", [])


def test_files_that_are_lost_are_said(desk: Client) -> None:
    made = upload(desk, week_txt=NEWS)
    work()
    uploads.drop(made.key)
    assert "no longer here" in press(desk, made, "take")


def test_page_of_a_site_and_its_script_are_words(desk: Client) -> None:
    made = upload(desk, x_html=b"<h1>Title</h1><p>Words</p><script>alert(1)</script>")
    work()
    assert "<script>alert" not in page_of(desk, made)


def test_nothing_chosen_is_said(desk: Client) -> None:
    answer = desk.post(BRING, {"source": "x", "licence": "own"})
    assert answer.status_code == 422


def test_limits_are_told_in_words(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def files(*sizes: int) -> list[uploads.File]:
        return [uploads.File(f"{at}.txt", io.BytesIO(b"x" * size)) for at, size in enumerate(sizes)]

    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    key, _ = uploads.put_aside(files(11, 3))
    large, small = uploads.documents(key)
    assert isinstance(large, Exception)
    assert not isinstance(small, Exception)
    uploads.drop(key)
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    with pytest.raises(TooLarge, match="2 files"):
        uploads.put_aside(files(0, 0))
    assert not list((data / "uploads").iterdir())


def test_together_they_have_a_bound(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 15)
    with pytest.raises(TooLarge, match="together"):
        uploads.put_aside(uploads.File(name, io.BytesIO(b"x" * 8)) for name in ("a.txt", "b.txt"))
    assert not list((data / "uploads").iterdir())


def test_files_of_yesterday_are_removed(desk: Client, data: Path) -> None:
    made = upload(desk, week_txt=NEWS)
    stopped = upload(desk, week_txt=NEWS)
    work()
    Import.objects.filter(pk=stopped.pk).update(state="stopped")
    nobodys, _ = uploads.put_aside([uploads.File("a.txt", io.BytesIO(b"x"))])
    importing.tidy(datetime.now(UTC) + timedelta(hours=25))
    assert [folder.name for folder in (data / "uploads").iterdir()] == [stopped.key]
    made.refresh_from_db()
    assert (made.state, nobodys == stopped.key) == ("left", False)


def test_others_may_not_bring_documents(client: Client, charlie: Any) -> None:
    client.force_login(charlie)
    assert client.get(BRING).status_code == 302


@pytest.mark.parametrize("ending", [".xml", ".mbox"])
def test_parts_hold_all_records_once(ending: str) -> None:
    letters = "".join(
        f"From a@example.org Wed Apr  9 09:0{at % 10}:00 2014\nSubject: {at}\n\nWords\n\n"
        for at in range(250)
    )
    content = feed(250) if ending == ".xml" else letters.encode()
    found = list(parts.parts(content, ending))
    assert len(found) == 3
    wanted = rb"urn:x:(\d+)" if ending == ".xml" else rb"Subject: (\d+)"
    assert [int(each) for part in found for each in re.findall(wanted, part)] == list(range(250))


@pytest.mark.parametrize(
    "break_it",
    [
        lambda whole: whole.replace(b"]]>", b""),
        lambda whole: whole.replace(b"</item></channel>", b"</channel>"),
        lambda whole: whole.replace(b"<channel>", b"<channel><!-- "),
        lambda whole: whole.decode().encode("utf-16"),
    ],
)
def test_what_cannot_be_taken_apart_is_left_whole(break_it: Callable[[bytes], bytes]) -> None:
    assert list(parts.parts(break_it(feed(250)), ".xml")) == []


def test_thread_goes_on_after_a_fault_of_ours(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = upload(desk, week_txt=NEWS)
    stop, naps, real = threading.Event(), list[float](), importing.work

    class Asked(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            naps.append(timeout or 0)
            if len(naps) == 2:
                stop.set()
            return False

    def fails_first(*given: Any) -> bool:
        if not naps:
            raise RuntimeError("a fault of ours")
        return real(*given)

    monkeypatch.setattr(importing, "_asked", Asked())
    monkeypatch.setattr(importing, "work", fails_first)
    monkeypatch.setattr(connection, "close", lambda: None)  # it is the test's
    importing.watch_imports(timezone.now, stop, date_undated)
    made.refresh_from_db()
    assert (made.state, naps) == ("looked", [2 * importing.NAP, importing.NAP])
