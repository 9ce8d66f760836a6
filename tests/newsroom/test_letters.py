"""Mail that waits, in the newsroom: who sees it, and what an editor decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from almoner.pipeline.gather import Withheld
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.ports import Signature, SignatureResult
from almoner.pipeline.sources.newsletter import Door, senders
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.ingest import care, letters
from almoner.records.ingest.models import Letter, Source

MAIL = "/newsroom/mail/"
NEW = "/newsroom/sources/new/"
ADDRESS = "imaps://news%40school.example@mail.example/Newsletters"
KNOWN = {"address": ADDRESS, "adapter": "newsletter", "name": "Harbour news", "publisher": "", "receiver": "",
         "trust": "review", "licence": "unknown", "senders": "news@harbour.example\n\n"}  # fmt: skip


def message(number: int, sender: str = "news@harbour.example") -> bytes:
    """An issue."""
    return (
        f'From: "Harbour <b>Trust" <{sender}>\nSubject: Helpline {number} opens\nMessage-ID: <{number}@x.example>\n'
        f"Authentication-Results: mx.school.example; dkim=none\n\n"
        f"The council has opened helpline number {number} for drivers. <script>alert(1)</script>\n"
    ).encode()


def newsletter(*lines: str) -> Source:
    """A mailbox that is watched."""
    return care.add(
        "Harbour news", ADDRESS, "newsletter", publisher="", trust="review", licence="unknown", now=timezone.now(),
        senders=lines,
    )  # fmt: skip


def arrive(source: Source, *messages: bytes, domain: str = "") -> list[Letter]:
    """Let messages come in that wait, signed by a domain if one is given; in the order given."""
    signatures = (Signature(domain, SignatureResult.PASS),) if domain else ()
    for number, content in enumerate(messages):
        place = f"imaps://mail.example/INBOX;UIDVALIDITY=1/;UID={number}"
        verdict = Door(senders(source.senders)).judge(content, lambda _: signatures)
        assert verdict.wait
        letters.withhold(
            Withheld(Snapshot(place, content, MediaType.MAIL, place), verdict), source, timezone.now()
        )
    return list(Letter.objects.order_by("pk"))


def test_mail_that_waits_is_listed_with_why(desk: Client) -> None:
    arrive(newsletter(), message(3), message(4))
    page = desk.get(MAIL).content.decode()
    assert "2 messages wait" in page
    assert "Helpline 4 opens" in page
    assert "is not one of the source" in page
    assert "2 messages from senders" in desk.get("/newsroom/").content.decode()


def test_mail_that_waits_is_for_those_who_may_change_sources(client: Client, bob: Person) -> None:
    letter = arrive(newsletter(), message(3))[0]
    client.force_login(bob)
    for address in (MAIL, f"{MAIL}{letter.pk}/"):
        assert client.get(address).status_code == 302
        assert client.post(address, {"action": "always"}).status_code in (302, 405)
    assert letters.waiting().count() == 1


def test_message_is_shown_as_words_alone(desk: Client) -> None:
    letter = arrive(newsletter(), message(3))[0]
    page = desk.get(f"{MAIL}{letter.pk}/").content.decode()
    assert "The council has opened helpline number 3" in page
    assert "<script>alert" not in page
    assert "Harbour &lt;b&gt;Trust" in page
    assert "dkim=none" in page
    assert "news@harbour.example unsigned" in page


def test_message_is_let_in(desk: Client) -> None:
    first, second = arrive(newsletter(), message(3), message(4))
    answer = desk.post(f"{MAIL}{first.pk}/", {"action": "once"}, follow=True)
    assert "Let in and read." in answer.content.decode()
    assert Item.objects.get().title == "Helpline 3 opens"
    assert list(letters.waiting()) == [second]
    entry = ModelLogEntry.objects.get(action="almoner.letter_let_in")
    assert entry.data == {"sender": "news@harbour.example", "subject": "Helpline 3 opens"}
    again = desk.post(f"{MAIL}{first.pk}/", {"action": "once"}, follow=True)
    assert "has decided about this message already" in again.content.decode()


def test_sender_is_let_in_from_now_on(desk: Client) -> None:
    source = newsletter()
    first, _ = arrive(source, message(3), message(4), domain="harbour.example")
    answer = desk.post(f"{MAIL}{first.pk}/", {"action": "always"}, follow=True)
    assert "With it 1 more of this sender." in answer.content.decode()
    source.refresh_from_db()
    assert source.senders == ["news@harbour.example"]
    assert not letters.waiting().exists()


def test_message_is_discarded(desk: Client) -> None:
    letter = arrive(newsletter(), message(3))[0]
    desk.post(f"{MAIL}{letter.pk}/", {"action": "discard"})
    assert not letters.waiting().exists()
    assert not Item.objects.exists()
    assert ModelLogEntry.objects.filter(action="almoner.letter_discard").exists()


def test_message_whose_copy_is_gone_says_so(desk: Client, snapshot_folder: Path) -> None:
    letter = arrive(newsletter(), message(3))[0]
    for file in snapshot_folder.rglob("*.gz"):
        file.unlink()
    assert "Restore it from a backup" in desk.get(f"{MAIL}{letter.pk}/").content.decode()
    answer = desk.post(f"{MAIL}{letter.pk}/", {"action": "once"}, follow=True)
    assert "Restore it from a backup" in answer.content.decode()
    assert letters.waiting().count() == 1


def test_mailbox_is_added(desk: Client) -> None:
    page = desk.post(NEW, {"address": ADDRESS}).content.decode()
    assert "Save and watch" in page
    desk.post(NEW, KNOWN)
    source = Source.objects.get()
    assert (source.adapter, source.address, source.senders) == (
        "newsletter",
        ADDRESS,
        ["news@harbour.example"],
    )
    assert "news@harbour.example" in desk.get(f"/newsroom/sources/{source.pk}/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"address": "imaps://ann:secret@mail.example"}, "has a password in it"),
        ({"address": "file:///etc", "adapter": "folder"}, "may be watched"),
        ({"senders": "nobody"}, "is no sender"),
        ({"name": ""}, "required"),
        ({"adapter": "folder"}, "valid choice"),
    ],
)
def test_mailbox_that_does_not_fit_is_not_added(desk: Client, changed: dict[str, str], said: str) -> None:
    answer = desk.post(NEW, {**KNOWN, **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Source.objects.exists()
