"""The copy of the source: evidence for editors, and for readers only where nothing in it is withheld."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from almoner.records.catalogue.services import withdraw
from almoner.records.ingest.models import Snapshot
from tests.web.documents import make_document

MakeItem = Callable[..., Any]
CONTENT = b"<html><script>alert(1)</script><p>As it was captured."


def test_copy_is_the_bytes_in_a_form_that_no_browser_runs(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item(licence="ogl")
    make_document([item], captured=now, licence="ogl", content=CONTENT)
    answer = client.get(f"/items/{item.key}/source/")
    assert answer.content == CONTENT
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("item_licence", ["ogl", "unknown"])
@pytest.mark.parametrize("source_licence", ["ogl", "unknown"])
def test_copy_is_for_readers_only_if_source_and_item_allow_it(
    client: Client, make_item: MakeItem, now: datetime, item_licence: str, source_licence: str
) -> None:
    item = make_item(licence=item_licence)
    make_document([item], captured=now, licence=source_licence)
    is_free = item_licence == source_licence == "ogl"
    assert client.get(f"/items/{item.key}/source/").status_code == (200 if is_free else 404)
    page = client.get(item.get_absolute_url()).content
    assert (b"Copy of the source" in page) is is_free
    assert (b"A copy is kept. Its licence does not let us show it." in page) is not is_free


def test_copy_is_not_shown_while_another_item_in_it_is_withheld(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    shown, other = make_item("Shown", licence="own"), make_item("Other", licence="own")
    make_document([shown, other], captured=now)
    assert client.get(f"/items/{shown.key}/source/").status_code == 200
    withdraw(other, reason="It names a child.", now=now)
    assert client.get(f"/items/{shown.key}/source/").status_code == 404
    assert b"Another item on that page was withdrawn" in client.get(shown.get_absolute_url()).content
    other.status = "waiting"
    other.save()
    assert client.get(f"/items/{shown.key}/source/").status_code == 404
    assert b"Another item on that page still waits" in client.get(shown.get_absolute_url()).content


def test_copy_is_always_there_for_editors(
    client: Client, make_item: MakeItem, now: datetime, alice: Any, charlie: Any
) -> None:
    item = make_item(status="waiting", licence="unknown")
    make_document([item], captured=now, licence="unknown", content=CONTENT)
    client.force_login(charlie)
    assert client.get(f"/items/{item.key}/source/").status_code == 404
    client.force_login(alice)
    assert client.get(f"/items/{item.key}/source/").content == CONTENT


def test_copy_of_another_items_document_is_not_given(
    client: Client, make_item: MakeItem, now: datetime
) -> None:
    mine, theirs = make_item("Mine", licence="own"), make_item("Theirs", licence="own")
    make_document([mine], captured=now, content=b"mine")
    document = make_document([theirs], captured=now, content=b"theirs")
    assert client.get(f"/items/{mine.key}/source/{document.key}/").status_code == 404
    assert client.get(f"/items/{theirs.key}/source/{document.key}/").content == b"theirs"


def test_copy_whose_bytes_are_gone_is_a_404(client: Client, make_item: MakeItem, now: datetime) -> None:
    item = make_item(licence="own")
    make_document([item], captured=now)
    Snapshot.objects.update(sha256="0" * 64)
    assert client.get(f"/items/{item.key}/source/").status_code == 404


def test_a_copy_that_was_removed_by_rule_is_said_to_be_so(
    client: Client, make_item: MakeItem, now: datetime, alice: Any
) -> None:
    item = make_item(licence="ogl")
    make_document([item], captured=now, licence="ogl")
    Snapshot.objects.update(removed_at=now)
    for _ in range(2):  # a reader, then an editor
        page = client.get(item.get_absolute_url()).content
        assert b"The copy was removed: what this source gives is kept for a time only." in page
        assert b"Copy of the source as captured" not in page
        client.force_login(alice)
    client.logout()
    assert client.get(f"/items/{item.key}/source/").status_code == 404
