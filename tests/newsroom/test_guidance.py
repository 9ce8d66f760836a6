"""Guidance in the newsroom: works, editions and their statuses, announcements, notes beside changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import ModelLogEntry

from almoner.records.accounts.models import Person
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item, Publisher
from almoner.records.guidance.models import Edition, Note, Proposal, StatusRow, Work
from almoner.records.guidance.proposals import propose_waiting
from almoner.records.guidance.works import add_work
from tests.newsroom.conftest import MakeItem
from tests.pipeline.papers import broken
from tests.records.guidance.conftest import NEWER, OLDER, add, newer, older, work

__all__ = ["add", "newer", "older", "work"]
WORKS = "/newsroom/guidance/"


def upload(desk: Client, work: Work, name: str, content: bytes, file: str = "hsc.md", **fields: str) -> str:
    """Send the form that adds an edition; the page that comes of it."""
    sent = {"name": name, "licence": "unknown", "published": "", "status": "", "since": "", "address": ""}
    sent_file = SimpleUploadedFile(file, content)
    answer = desk.post(f"{WORKS}{work.pk}/editions/new/", sent | fields | {"file": sent_file}, follow=True)
    return answer.content.decode()


def deeds() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_work_is_added_and_listed_with_what_is_in_force(desk: Client, newer: Edition) -> None:
    publisher = Publisher.objects.get(name="Quillmere Council")
    desk.post(
        f"{WORKS}new/",
        {"title": " Keeping  Children Safe in Education", "short_title": "KCSIE", "publisher": publisher.pk,
         "nations": ["W", "E"], "abbreviations": "KCSIE\nKCSiE", "audiences": "", "welsh_title": "", "address": ""},
    )  # fmt: skip
    made = Work.objects.get(short_title="KCSIE")
    assert (made.slug, made.known, made.nations) == ("keeping-children-safe-in-education", "kcsie", "EW")
    assert made.abbreviations == ["KCSIE", "KCSiE"]
    listed = desk.get(WORKS).content.decode()
    assert "In force: 2024 · 2 editions" in listed
    assert "In force: none · 0 editions" in listed
    assert "Guidance" in desk.get("/newsroom/").content.decode()


def test_edition_is_added_from_a_file_with_its_status(desk: Client, work: Work) -> None:
    page = upload(
        desk, work, "2023", OLDER.encode(), status="in_force", since="2023-09-01", published="2023-07"
    )
    edition = Edition.objects.get()
    assert f"{edition} is kept, with 7 paragraphs." in page
    assert (edition.published, edition.licence, edition.file_name) == ("2023-07", "unknown", "hsc.md")
    assert edition.statuses.get().said_by == Person.objects.get(email="bob@example.org")
    assert "is HSC 2023 already" in upload(desk, work, "2023 again", OLDER.encode())
    assert deeds() == ["almoner.edition_add"]
    assert "Added an edition: HSC 2023" in desk.get(f"{WORKS}{work.pk}/history/").content.decode()


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        (broken.scan(), {"file": "scan.pdf"}, "text"),
        (b"", {}, "empty"),
        (OLDER.encode(), {"published": "soon"}, "is not a year"),
        (OLDER.encode(), {"status": "in_force"}, "Say both"),
    ],
)
def test_edition_that_cannot_be_added_says_why(
    content: bytes, fields: dict[str, str], said: str, desk: Client, work: Work
) -> None:
    assert said in upload(desk, work, "2023", content, **fields)
    assert not Edition.objects.exists()


def test_edition_is_added_from_a_copy_of_what_a_source_gave(
    desk: Client, make_item: MakeItem, see: Callable[..., object]
) -> None:
    kept = add_work("Keeping Children Safe in Education")
    item = make_item("KCSIE 2024 published")
    look_again(item)
    see(item, ["KCSIE 2024 published", "", "Schools must read it."], 1, 3)
    page = f"{WORKS}{kept.pk}/editions/new/"
    assert "Or a copy of what a source gave" in desk.get(page).content.decode()
    document = item.sightings.get().document
    answer = desk.post(page, {"name": "2024", "licence": "unknown", "copy": document.pk})
    assert answer.status_code == 302
    assert Edition.objects.get().sha256 == document.snapshot.sha256


def test_status_is_said_and_taken_back(desk: Client, older: Edition) -> None:
    page = f"{WORKS}editions/{older.pk}/"
    desk.post(page, {"action": "status", "status": "withdrawn", "since": "2024-01"})
    assert ">Withdrawn<" in desk.get(page).content.decode()
    refused = desk.post(page, {"action": "status", "status": "withdrawn", "since": "one day"})
    assert (refused.status_code, "is not a year" in refused.content.decode()) == (422, True)
    row = older.statuses.get(status="withdrawn")
    desk.post(page, {"action": "take_back", "row": row.pk})
    assert ">In force<" in desk.get(page).content.decode()
    assert StatusRow.objects.count() == 2
    assert desk.post(page, {"action": "take_back", "row": "x"}).status_code == 404
    assert deeds() == ["almoner.edition_status", "almoner.edition_status_back"]


def test_facts_and_audiences_of_an_edition_are_said(desk: Client, older: Edition) -> None:
    page = f"{WORKS}editions/{older.pk}/"
    desk.post(page, {"action": "facts", "published": "2023-06-01", "address": "", "licence": "ogl"})
    desk.post(page, {"action": "audiences", "heading": "part-1", "audiences": "all staff\n"})
    desk.post(page, {"action": "read_again"})
    older.refresh_from_db()
    assert (older.licence, str(older.sorts_on)) == ("ogl", "2023-06-01")
    assert older.paragraphs.get(address="2").audiences == ["all staff"]
    assert deeds() == ["almoner.edition_correct", "almoner.edition_audiences", "almoner.edition_read_again"]


def test_note_is_kept_beside_a_change(desk: Client, newer: Edition) -> None:
    page = f"{WORKS}editions/{newer.pk}/changes/"
    shown = desk.get(page).content.decode()
    assert "4 changes" in shown
    assert "There is a new paragraph 2" in shown
    desk.post(
        f"{page}?kind=substantive", {"address": "1", "meaning": "It binds now.", "to_do": "Keep a list."}
    )
    desk.post(page, {"address": "3", "is_gone": "True", "meaning": "Parents no longer help.", "to_do": ""})
    told = desk.get(page).content.decode()
    assert ("It binds now." in told, "Parents no longer help." in told) == (True, True)
    assert "Notes beside no change" not in told
    assert desk.post(page, {"address": "94", "meaning": "?"}).status_code == 422
    assert Note.objects.count() == 2
    only = desk.get(f"{page}?kind=renumbering").content.decode()
    assert ("2 → 3" in only, "It binds now." in only) == (True, False)


def test_first_edition_has_no_changes_and_says_so(desk: Client, older: Edition) -> None:
    assert (
        "is the first edition that is kept"
        in desk.get(f"{WORKS}editions/{older.pk}/changes/").content.decode()
    )


def test_announcement_is_attached_or_set_aside(
    desk: Client, make_item: MakeItem, add: Callable[..., Edition], now: datetime
) -> None:
    kept = add_work("Keeping Children Safe in Education", short_title="KCSIE")
    edition = add("2024", NEWER, work=kept)
    for title in ("KCSIE 2024 comes into force on 2 September 2024", "KCSIE 2030 published"):
        look_again(make_item(title))
    propose_waiting(now)
    assert "Seem to announce an edition of guidance" in desk.get("/newsroom/").content.decode()
    page = desk.get(f"{WORKS}{kept.pk}/").content.decode()
    assert "the 2024 edition, in force from 2 September 2024" in page
    first, second = Proposal.objects.order_by("year")
    desk.post(f"{WORKS}announcements/{first.pk}/", {"action": "attach", "edition": edition.pk})
    desk.post(f"{WORKS}announcements/{second.pk}/", {"action": "dismiss"})
    edition.refresh_from_db()
    assert edition.item == Item.objects.get(title__contains="comes into force")
    assert edition.statuses.get().since == "2024-09-02"
    assert "None waits." in desk.get(f"{WORKS}{kept.pk}/").content.decode()
    assert deeds() == ["almoner.proposal_attach", "almoner.proposal_dismiss"]


def test_guidance_is_for_those_who_may_change_works(client: Client, bob: Person, newer: Edition) -> None:
    client.force_login(bob)
    for address in ("", f"{newer.work_id}/", f"editions/{newer.pk}/", f"editions/{newer.pk}/changes/"):
        assert client.get(f"{WORKS}{address}").status_code == 302
    client.post(f"{WORKS}editions/{newer.pk}/", {"action": "status", "status": "withdrawn", "since": "2024"})
    assert StatusRow.objects.count() == 2
