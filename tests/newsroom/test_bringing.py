"""Files that are uploaded: looked at, taken in, dropped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from almoner.pipeline.errors import TooLarge
from almoner.records.catalogue.models import Item
from almoner.records.ingest import uploads
from almoner.records.ingest.models import Document, Source

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


def upload(desk: Client, **files: bytes) -> Any:
    documents = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
    sent = {"source": "Our newsletter", "publisher": "", "licence": "own", "documents": documents}
    return desk.post(BRING, sent)


def hidden(page: str) -> dict[str, str]:
    return dict(
        re.findall(r'<input type="hidden" name="(key|source|publisher|licence)" value="([^"]*)"', page)
    )


def test_what_would_come_is_shown_before_anything_is_kept(desk: Client, data: Path) -> None:
    page = upload(
        desk, week_txt=NEWS, copy_txt=NEWS + b"\n", picture_pdf=b"%PDF-1.7 nothing", run_exe=b"words"
    ).content.decode()
    assert "2 items would be new, from 2 documents" in page
    assert "2 are there already or stand twice" in page
    assert "Weekday does not match date" in page
    assert "picture.pdf" in page
    assert "run.exe</b>" in page
    assert "Is of a kind that is not read, by its name." in page
    assert "upload://" not in page
    assert not Item.objects.exists()
    assert not Source.objects.exists()

    answer = desk.post(BRING, hidden(page), follow=True).content.decode()
    assert "2 items taken in, to be reviewed; 2 were there already." in answer
    assert Source.objects.get().name == "Our newsletter"
    item = Item.objects.order_by("pk")[0]
    assert (item.status, item.licence) == ("waiting", "own")
    assert Document.objects.order_by("pk")[0].path == "upload://week.txt"
    copy = desk.get(f"/newsroom/items/{item.pk}/copy/{item.sightings.order_by('pk')[0].pk}/").content.decode()
    assert "Swimming clubs get a new welfare checklist" in copy
    assert not list((data / "uploads").iterdir())


def test_taken_twice_brings_nothing_twice(desk: Client) -> None:
    for _ in range(2):
        page = upload(desk, week_txt=NEWS).content.decode()
        desk.post(BRING, hidden(page))
    assert Item.objects.count() == 2
    assert "0 items would be new" in page


def test_dropped_files_are_gone(desk: Client, data: Path) -> None:
    page = upload(desk, week_txt=NEWS).content.decode()
    sent = hidden(page)
    desk.post(BRING, sent | {"drop": "1"})
    assert not list((data / "uploads").iterdir())
    answer = desk.post(BRING, sent, follow=True).content.decode()
    assert "no longer here" in answer
    assert not Item.objects.exists()


@pytest.mark.parametrize("key", ["../../etc", "a" * 24, "..", "x/../../../../etc/passwd-aaaaaaa"])
def test_key_leads_nowhere_else(desk: Client, key: str) -> None:
    sent = {"key": key, "source": "x", "publisher": "", "licence": "own"}
    assert "no longer here" in desk.post(BRING, sent, follow=True).content.decode()
    assert desk.post(BRING, sent | {"drop": "1"}).status_code == 302


def test_page_of_a_site_and_its_script_are_words(desk: Client) -> None:
    page = upload(desk, x_html=b"<h1>Title</h1><p>Words</p><script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_nothing_chosen_is_said(desk: Client) -> None:
    answer = desk.post(BRING, {"source": "x", "licence": "own"})
    assert answer.status_code == 422


def test_limits_are_told_in_words(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    with pytest.raises(TooLarge, match=r"“a\.txt” has"):
        uploads.put_aside([uploads.File("a.txt", b"x" * 11)], now)
    monkeypatch.setattr(uploads, "MOST_BYTES", 15)
    with pytest.raises(TooLarge, match="together"):
        uploads.put_aside([uploads.File("a.txt", b"x" * 8), uploads.File("b.txt", b"x" * 8)], now)
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    with pytest.raises(TooLarge, match="2 files"):
        uploads.put_aside([uploads.File("a", b""), uploads.File("b", b"")], now)
    assert not (data / "uploads").exists()


def test_files_of_yesterday_are_removed(data: Path) -> None:
    now = datetime.now(UTC)
    first = uploads.put_aside([uploads.File("a.txt", b"x")], now)
    second = uploads.put_aside([uploads.File("a.txt", b"x")], now + timedelta(hours=25))
    assert first != second
    assert [folder.name for folder in (data / "uploads").iterdir()] == [second]


def test_others_may_not_bring_documents(client: Client, charlie: Any) -> None:
    client.force_login(charlie)
    assert client.get(BRING).status_code == 302
