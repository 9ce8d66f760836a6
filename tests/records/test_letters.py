"""Newsletters watched: what is read, what waits for an editor, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from almoner.pipeline.errors import BrokenAnswer, NotAllowed, PipelineError, Unreadable
from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.ports import Signature, SignatureResult
from almoner.pipeline.run import read
from almoner.pipeline.sources import newsletter
from almoner.records.catalogue.models import Item
from almoner.records.ingest import care, inboxes, letters, source_lists
from almoner.records.ingest.enums import Ending, LetterState, State
from almoner.records.ingest.inboxes import Opened
from almoner.records.ingest.models import Document, Letter, Run, Source
from almoner.records.ingest.watching import Gathering
from tests.records.test_gathering import Web

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASS = Signature("harbour.example", SignatureResult.PASS)
ADDRESS = "imaps://news%40school.example@mail.example/Newsletters"
pytestmark = pytest.mark.django_db(transaction=True)


def message(number: int, sender: str = "news@harbour.example", *, head: str = "", words: str = "") -> bytes:
    """An issue, about something of its own."""
    text = (
        words
        or f"The council has opened helpline number {number} for drivers who are worried about a passenger."
    )
    return (
        f"From: Harbour Trust <{sender}>\nTo: Bob <bob@school.example>\nSubject: Helpline {number} opens\n"
        f"Message-ID: <{number}@harbour.example>\nDate: Mon, {number} Mar 2025 09:14:00 +0000\n{head}\n{text}\n"
    ).encode()


class Inbox:
    """Messages as they arrived; the position is how many there were. May break off after some."""

    def __init__(self) -> None:
        self.arrived: list[bytes | PipelineError] = []
        self.signatures: Callable[[bytes], tuple[Signature, ...]] = lambda content: (PASS,)
        self.position = ""
        self.breaks_after: int | None = None

    def collect(self, since: str) -> Iterator[Snapshot | PipelineError]:
        self.position = since
        for number, one in enumerate(self.arrived[int(since or 0) :], start=int(since or 0) + 1):
            if self.breaks_after is not None and number > self.breaks_after:
                raise BrokenAnswer("mail", "fetch", "the mail server's answer is broken.")
            place = f"imaps://mail.example/INBOX;UIDVALIDITY=7/;UID={number}"
            self.position = str(number)
            if isinstance(one, PipelineError):
                yield one
            else:
                yield Snapshot(place, one, MediaType.MAIL, place, NOW.isoformat())

    def gather(self, moment: datetime = NOW) -> int:
        """Look into it, whether that is due or not."""
        opened = Opened(self, self.signatures)
        only = list(Source.objects.values_list("pk", flat=True))
        return Gathering(Web(), lambda: moment, only=only, open_inbox=lambda source: opened).run()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def source() -> Source:
    return care.add(
        "Harbour news", ADDRESS, "newsletter", publisher="Harbour Trust", trust="review", licence="unknown", now=NOW,
        senders=["news@harbour.example"],
    )  # fmt: skip


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_newsletter_of_a_known_sender_is_read(inbox: Inbox, source: Source) -> None:
    inbox.arrived = [message(3), message(4)]
    inbox.gather()
    assert {item.title for item in Item.objects.all()} == {"Helpline 3 opens", "Helpline 4 opens"}
    source.refresh_from_db()
    assert source.etag == "2"
    assert source.succeeded_at == NOW
    letter = Letter.objects.get(message_id="3@harbour.example")
    assert (letter.state, letter.dkim, letter.sender) == ("let_in", "pass", "news@harbour.example")
    assert letter.signatures == [{"domain": "harbour.example", "result": "pass", "why": ""}]
    assert Document.objects.filter(snapshot=letter.snapshot, path=letter.place).exists()


def test_newsletter_is_taken_once(inbox: Inbox, source: Source) -> None:
    inbox.arrived = [message(3)]
    inbox.gather()
    assert inbox.gather(NOW + timedelta(hours=1)) == 1
    inbox.arrived.append(message(4))
    inbox.gather(NOW + timedelta(hours=2))
    assert Item.objects.count() == 2
    assert [run.added for run in Run.objects.order_by("pk")] == [1, 1]


def test_mailbox_that_is_read_from_its_beginning_doubles_nothing(inbox: Inbox, source: Source) -> None:
    """As when the server numbers its messages anew."""
    inbox.arrived = [message(3), message(4, sender="stranger@other.example")]
    inbox.gather()
    Source.objects.update(etag="")
    inbox.gather(NOW + timedelta(hours=1))
    assert Item.objects.count() == Document.objects.count() == 1
    assert states() == ["let_in", "waiting"]


def test_newsletter_that_is_sent_again_is_not_doubled(inbox: Inbox, source: Source) -> None:
    again = message(3, head="Received: by another.example\n")
    inbox.arrived = [message(3), again]
    inbox.gather()
    inbox.arrived.append(message(3, head="Received: by a third.example\n"))
    inbox.gather(NOW + timedelta(hours=1))
    assert Item.objects.count() == Document.objects.count() == Letter.objects.count() == 1


def test_p10_who_is_unknown_or_unproven_waits_unread(inbox: Inbox, source: Source) -> None:
    fails = Signature("harbour.example", SignatureResult.FAIL, "its words are not those that were signed")
    inbox.signatures = lambda content: () if b" 4 " in content else (fails,) if b" 5 " in content else (PASS,)
    inbox.arrived = [message(3, sender="news@harb0ur.example"), message(4), message(5), message(6)]
    inbox.gather()
    assert [item.title for item in Item.objects.all()] == ["Helpline 6 opens"]
    assert states().count("waiting") == 3
    assert {letter.dkim for letter in letters.waiting()} == {"pass", "none", "fail"}
    assert all(letter.wait for letter in letters.waiting())
    assert Document.objects.count() == 1
    assert "3 messages wait" in str(Run.objects.get().problems)


def test_p10_a_forger_who_writes_first_does_not_keep_the_genuine_message_out(
    inbox: Inbox, source: Source
) -> None:
    inbox.signatures = lambda content: () if b"Forged" in content else (PASS,)
    inbox.arrived = [message(3, words="Forged words."), message(3)]
    inbox.gather()
    assert Item.objects.get().title == "Helpline 3 opens"
    assert "Forged" not in Item.objects.get().text


def test_message_that_cannot_be_had_or_read_stops_no_other(
    inbox: Inbox, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.arrived = [message(3), Unreadable("mail", "fetch", "is gone."), message(4), message(5)]

    def unwilling(snapshot: Snapshot, **rest: Any) -> Reading:
        if b"Helpline 4" in snapshot.content:
            raise Unreadable(snapshot.source, "parse", "cannot be read.")
        return read(snapshot, **rest)

    monkeypatch.setattr("almoner.pipeline.gather.read", unwilling)
    inbox.gather()
    assert {item.title for item in Item.objects.all()} == {"Helpline 3 opens", "Helpline 5 opens"}
    assert letters.waiting().get().wait.startswith("It was let in, and cannot be read")
    source.refresh_from_db()
    assert source.etag == "4"


def test_mailbox_that_breaks_off_keeps_what_came_before(inbox: Inbox, source: Source) -> None:
    inbox.arrived, inbox.breaks_after = [message(3), message(4)], 1
    inbox.gather()
    source.refresh_from_db()
    assert (source.etag, Item.objects.count(), source.failures) == ("1", 1, 0)
    inbox.gather(NOW + timedelta(hours=1))
    source.refresh_from_db()
    assert (source.etag, source.failures) == ("1", 1)
    inbox.breaks_after = None
    inbox.gather(NOW + timedelta(hours=2))
    assert Item.objects.count() == 2


def test_flood_of_messages_is_held_and_comes_whole_when_it_is_let_in(
    inbox: Inbox, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.arrived = [message(1)]
    inbox.gather()
    monkeypatch.setattr("almoner.records.ingest.checks.MOST_NEW", 2)
    inbox.arrived += [message(number) for number in range(2, 6)]
    inbox.gather(NOW + timedelta(hours=1))
    source.refresh_from_db()
    assert (source.state, source.etag, Item.objects.count()) == (State.HELD, "1", 1)
    care.let_in(source, NOW)
    inbox.gather(NOW + timedelta(hours=2))
    assert Item.objects.count() == 5


def test_let_in_reads_what_waited(inbox: Inbox, source: Source) -> None:
    inbox.arrived = [
        message(3, sender="bulletin@harbour.example"),
        message(4, sender="bulletin@harbour.example"),
    ]
    inbox.gather()
    first = letters.waiting().last()
    assert first is not None
    assert "helpline number 3" in letters.beginning(first)
    assert letters.let_in(first, NOW) == 1
    assert Item.objects.get().title == "Helpline 3 opens"
    assert states() == ["let_in", "waiting"]
    with pytest.raises(ValidationError):
        letters.let_in(first, NOW)


def test_sender_let_in_from_now_on_brings_what_waits_and_what_comes(inbox: Inbox, source: Source) -> None:
    inbox.arrived = [message(number, sender="bulletin@harbour.example") for number in (3, 4)]
    inbox.arrived.append(message(5, sender="stranger@other.example"))
    inbox.gather()
    assert letters.let_in(letters.waiting()[1], NOW, always=True) == 2
    source.refresh_from_db()
    assert source.senders == ["news@harbour.example", "bulletin@harbour.example"]
    inbox.arrived.append(message(6, sender="bulletin@harbour.example"))
    inbox.gather(NOW + timedelta(hours=1))
    assert Item.objects.count() == 3
    assert letters.waiting().get().sender == "stranger@other.example"


@pytest.mark.parametrize(
    ("signatures", "line"),
    [
        ((Signature("harbour.example", SignatureResult.PASS),), "ann@news.harbour.example"),
        (
            (Signature("sender.example", SignatureResult.PASS),),
            "ann@news.harbour.example signed-by sender.example",
        ),
        ((), "ann@news.harbour.example unsigned"),
        ((Signature("harbour.example", SignatureResult.TEMPERROR, "x"),), "ann@news.harbour.example"),
        ((Signature("harbour.example", SignatureResult.FAIL, "x"),), None),
    ],
)
def test_sender_is_written_down_as_it_was_proven(
    inbox: Inbox, source: Source, signatures: tuple[Signature, ...], line: str | None
) -> None:
    inbox.signatures = lambda content: signatures
    inbox.arrived = [message(3, sender="ann@news.harbour.example")]
    inbox.gather()
    letter = letters.waiting().get()
    assert letters.sender_of(letter) == (None if line is None else newsletter.senders([line])[0])
    if line is None:
        with pytest.raises(ValidationError):
            letters.let_in(letter, NOW, always=True)
        assert Item.objects.count() == 0
        assert letters.waiting().count() == 1


def test_discarded_message_is_never_read_and_does_not_come_again(inbox: Inbox, source: Source) -> None:
    inbox.arrived = [message(3, sender="stranger@other.example")]
    inbox.gather()
    letters.discard(letters.waiting().get(), NOW)
    Source.objects.update(etag="")
    inbox.gather(NOW + timedelta(hours=1))
    assert states() == [LetterState.DISCARDED]
    assert Item.objects.count() == 0


def test_let_in_that_cannot_be_read_changes_nothing(
    inbox: Inbox, source: Source, snapshot_folder: Path
) -> None:
    inbox.arrived = [message(3, sender="stranger@other.example")]
    inbox.gather()
    for file in snapshot_folder.rglob("*.gz"):
        file.unlink()
    with pytest.raises(Unreadable):
        letters.let_in(letters.waiting().get(), NOW, always=True)
    source.refresh_from_db()
    assert letters.waiting().count() == 1
    assert source.senders == ["news@harbour.example"]


def test_folder_of_messages_is_read_once_a_message(tmp_path: Path, settings: Settings, inbox: Inbox) -> None:
    """A mailbox file grows; each message in it is one snapshot, judged for itself."""
    folder = tmp_path / "post"
    folder.mkdir()
    settings.FOLDERS = [str(tmp_path)]
    source = care.add(
        "Post", f"file://{folder}", "newsletter", publisher="", trust="review", licence="unknown", now=NOW,
        senders=["news@harbour.example unsigned"],
    )  # fmt: skip
    opens = b"From news@harbour.example Mon Mar  3 09:14:00 2025\n"
    file = folder / "all.mbox"

    def look(moment: datetime) -> None:
        Gathering(Web(), lambda: moment, only=[source.pk]).run()

    file.write_bytes(opens + message(3) + b"\n" + opens + message(4, sender="stranger@other.example") + b"\n")
    look(datetime.now(UTC) + timedelta(minutes=1))
    assert (Item.objects.count(), states()) == (1, ["let_in", "waiting"])
    file.write_bytes(file.read_bytes() + opens + message(5) + b"\n")
    (folder / "copy.eml").write_bytes(message(3))
    look(datetime.now(UTC) + timedelta(minutes=2))
    assert Item.objects.count() == 2
    assert Letter.objects.count() == 3


def test_folder_of_documents_is_read_as_it_stands(tmp_path: Path, settings: Settings) -> None:
    settings.FOLDERS = [str(tmp_path)]
    source = care.add(
        "Papers", f"file://{tmp_path}", "folder", publisher="", trust="review", licence="unknown", now=NOW
    )
    (tmp_path / "letter.eml").write_bytes(message(3))
    Gathering(Web(), lambda: datetime.now(UTC) + timedelta(minutes=1), only=[source.pk]).run()
    assert Item.objects.get().title == "Helpline 3 opens"
    assert not Letter.objects.exists()


def test_folder_is_watched_only_where_the_settings_say_so(tmp_path: Path, settings: Settings) -> None:
    settings.FOLDERS = []
    with pytest.raises(ValidationError, match="may be watched"):
        care.add("Ours", f"file://{tmp_path}", "folder", publisher="", trust="auto", licence="own", now=NOW)
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "line", ["harbour", "news@harbour", "news@harbour.example signed-by", "@", "a@b.example c"]
)
def test_sender_that_is_none_is_refused(source: Source, line: str) -> None:
    source.senders = [line]
    with pytest.raises(ValidationError, match="is no sender"):
        care.change(source, ["senders"], NOW)


def test_mailbox_without_its_password_says_what_to_do(
    source: Source, tmp_path: Path, settings: Settings
) -> None:
    settings.MAILBOX_PASSWORDS = ""
    Gathering(Web(), lambda: NOW, only=[source.pk]).run()
    run = Run.objects.get()
    assert run.ending == Ending.FAILED
    assert "ALMONER_MAILBOX_PASSWORDS" in str(run.problems)
    file = tmp_path / "passwords"
    settings.MAILBOX_PASSWORDS = str(file)
    with pytest.raises(Unreadable):
        inboxes.password("imaps://a@b.example")
    file.write_text("imaps://news%40school.example@mail.example open sesame\n")
    assert inboxes.password("imaps://news%40school.example@mail.example") == "open sesame"
    with pytest.raises(NotAllowed):
        inboxes.password("imaps://other@mail.example")


def test_mailboxes_are_in_no_list_that_is_handed_on(source: Source) -> None:
    assert "mail.example" not in source_lists.as_opml()


def test_list_of_sources_brings_no_mailbox_and_no_folder_in() -> None:
    listed = "".join(
        f'<outline text="{address}" xmlUrl="{address}" xmlns:a="{source_lists.NAMESPACE}" a:adapter="{adapter}"/>'
        for address, adapter in ((ADDRESS, "newsletter"), ("file:///srv", "folder"))
    )
    outcome = source_lists.bring_in(f"<opml><body>{listed}</body></opml>".encode(), "x.opml")
    assert len(outcome.refused) == 2
    assert not Source.objects.exists()
