"""A mailbox on a server: what is taken, what is remembered, and what servers do that are broken or mean us harm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from almoner.pipeline.errors import (
    AddressRefused,
    BrokenAnswer,
    FetchError,
    NotAllowed,
    PipelineError,
    TooLarge,
    TooSlow,
    Unreachable,
)
from almoner.pipeline.fetch.mailbox.address import mailbox_address
from almoner.pipeline.fetch.mailbox.box import Mailbox
from almoner.pipeline.fetch.mailbox.passwords import InvalidLine, read_passwords
from almoner.pipeline.model import Snapshot
from tests.servers import mail, spellings
from tests.servers.canary import Canary, singing
from tests.servers.keys import Certificate, certificate
from tests.servers.mail import Post, literally, posting
from tests.servers.ways import NOW, dialler

ADDRESS = "imaps://news%40school.example@mail.example/Newsletters"
MESSAGE = b"From: news@harbour.example\r\nSubject: Issue %d\r\n\r\nWords.\r\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("certificate"), "mail.example")


@pytest.fixture
def post(own: Certificate) -> Iterator[Post]:
    with posting(Post({uid: MESSAGE % uid for uid in (3, 5, 9)}), own.server()) as served:
        yield served


def box(post: Post, own: Certificate, address: str = ADDRESS, **options: Any) -> Mailbox:
    options.setdefault("password", "open sesame")
    options.setdefault("seconds", 8.0)
    options.setdefault("tls", own.client())
    return Mailbox(
        mailbox_address(address), options.pop("password"), lambda: NOW,
        dialler=dialler(post, guarded=options.pop("guarded", True)), **options,
    )  # fmt: skip


def collect(post: Post, own: Certificate, since: str = "", **options: Any) -> tuple[list[Any], str]:
    opened = box(post, own, **options)
    return list(opened.collect(since)), opened.position


def test_mailbox_gives_each_message_as_it_is(post: Post, own: Certificate) -> None:
    found, position = collect(post, own)
    assert [one.content for one in found] == [MESSAGE % uid for uid in (3, 5, 9)]
    assert found[0].address == "imaps://mail.example/Newsletters;UIDVALIDITY=7/;UID=3"
    assert found[0].captured == NOW.isoformat(timespec="seconds")
    assert position == "7:9"


def test_mailbox_is_opened_for_reading_alone(post: Post, own: Certificate) -> None:
    collect(post, own)
    assert [command.split()[0] for command in post.commands[:3]] == ["CAPABILITY", "LOGIN", "EXAMINE"]
    assert not [command for command in post.commands if "STORE" in command or "BODY[]" in command]


def test_mailbox_gives_only_what_came_since(post: Post, own: Certificate) -> None:
    assert collect(post, own, "7:9") == ([], "7:9")
    post.messages[12] = MESSAGE % 12
    found, position = collect(post, own, "7:9")
    assert [one.content for one in found] == [MESSAGE % 12]
    assert position == "7:12"


def test_mailbox_that_numbers_anew_is_read_from_its_beginning(post: Post, own: Certificate) -> None:
    post.validity = b"8"
    found, position = collect(post, own, "7:9")
    assert len(found) == 3
    assert position == "8:9"


def test_mailbox_that_breaks_off_is_resumed_behind_the_last_message(post: Post, own: Certificate) -> None:
    post.answers["UID FETCH 5 (UID BODY"] = mail.hang_up
    opened = box(post, own)
    messages = opened.collect("")
    assert isinstance(next(messages), Snapshot)
    with pytest.raises(FetchError):
        next(messages)
    assert opened.position == "7:3"


def test_message_that_is_too_large_is_named_and_the_others_are_taken(post: Post, own: Certificate) -> None:
    post.messages[5] = b"x" * 300
    found, position = collect(post, own, largest=200)
    assert [type(one) for one in found] == [Snapshot, TooLarge, Snapshot]
    assert position == "7:9"
    assert 5 not in post.fetched()


def test_message_that_vanishes_meanwhile_is_passed_over(post: Post, own: Certificate) -> None:
    post.answers["UID FETCH 5 (UID BODY"] = literally(b"TAG OK done\r\n")
    assert [one.address[-1] for one in collect(post, own)[0]] == ["3", "9"]


def test_password_in_other_letters_goes_another_way(post: Post, own: Certificate) -> None:
    post.capabilities = b"IMAP4rev1 AUTH=PLAIN"
    assert len(collect(post, own, password="Schlüssel")[0]) == 3


def test_wrong_password_is_said_and_not_repeated(post: Post, own: Certificate) -> None:
    post.answers["LOGIN"] = literally(b"TAG NO not hunter2 but another\r\n")
    with pytest.raises(NotAllowed) as caught:
        collect(post, own, password="hunter2")
    assert "hunter2" not in str(caught.value)
    assert "password" in caught.value.advice


def test_folder_that_is_not_there_is_said(post: Post, own: Certificate) -> None:
    post.answers["EXAMINE"] = literally(b"TAG NO no such folder\r\n")
    with pytest.raises(NotAllowed, match="Newsletters"):
        collect(post, own)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("GREETING", literally(b"SSH-2.0-OpenSSH\r\n")),
        ("GREETING", literally(b"\x00\xff\xfe garbage without an end")),
        ("CAPABILITY", literally(b"* CAPABILITY POP3\r\nTAG OK done\r\n")),
        ("EXAMINE", literally(b"* OK [UIDVALIDITY 0] valid\r\nTAG OK done\r\n")),
        ("EXAMINE", literally(b"TAG OK done\r\n")),
        ("EXAMINE", literally(b"garbage\r\n" * 5)),
        ("UID SEARCH", literally(b"* SEARCH 1 two 3\r\nTAG BAD done\r\n")),
        ("UID SEARCH", mail.hang_up),
        ("UID FETCH 3 (UID BODY", literally(b"* 1 FETCH (UID 9 BODY[] {3}\r\nabc)\r\nTAG OK done\r\n")),
        ("UID FETCH 3 (UID BODY", literally(b"* 1 FETCH (UID 3 BODY[] {10737418240}\r\n")),
        ("UID FETCH 3 (UID BODY", literally(b"* 1 FETCH (UID 3 BODY[] {-5}\r\nabc)\r\nTAG OK done\r\n")),
        ("UID FETCH 3 (UID BODY", literally(b"* 1 FETCH (UID 3 BODY[] {50}\r\nshort")),
    ],
)  # fmt: skip
def test_f10_a_broken_mail_server_is_an_error_and_never_a_message(
    post: Post, own: Certificate, command: str, said: mail.Said
) -> None:
    post.answers[command] = said
    found: list[Any] = []
    with pytest.raises(FetchError) as caught:
        found.extend(box(post, own, seconds=3.0).collect(""))
    assert found == []
    assert caught.value.advice


@pytest.mark.parametrize("said", [mail.stall, mail.drip])
@pytest.mark.parametrize("command", ["GREETING", "LOGIN", "UID SEARCH", "UID FETCH 3 (UID BODY"])
def test_f6_a_mail_server_that_drips_is_left_when_the_time_is_over(
    post: Post, own: Certificate, command: str, said: mail.Said
) -> None:
    post.answers[command] = said
    with pytest.raises(TooSlow):  # it would be for ever
        collect(post, own, seconds=0.5)


@pytest.mark.parametrize("said", [mail.endless_lines, literally(b"* OK " + b"x" * 6_000_000)])
def test_f7_a_mail_server_without_end_is_left_when_it_is_too_much(
    post: Post, own: Certificate, said: mail.Said
) -> None:
    post.answers["EXAMINE"] = said
    with pytest.raises(BrokenAnswer, match="without end"):
        collect(post, own, seconds=60.0)


def test_f11_a_mail_server_that_cannot_be_trusted_is_refused(
    post: Post, own: Certificate, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stranger = certificate(tmp_path_factory.mktemp("stranger"), "mail.example")
    with pytest.raises(Unreachable, match="ertificate"):
        collect(post, own, tls=stranger.client())
    with pytest.raises(Unreachable, match="ertificate"):
        collect(post, own, address="imaps://news@other.example/")
    with pytest.raises(Unreachable, match="ertificate"):
        list(Mailbox(mailbox_address(ADDRESS), "", lambda: NOW, dialler=dialler(post)).collect(""))
    assert post.commands == []


@pytest.fixture
def canary() -> Iterator[Canary]:
    with singing() as listening:
        yield listening


def dial(canary: Canary, own: Certificate, addresses: list[str], *, guarded: bool) -> int:
    """Look into a mailbox at each of these hosts; returns how many were refused by name."""
    refused = 0
    for address in addresses:
        try:
            way = dialler(canary, guarded=guarded)
            place = mailbox_address(f"imaps://news@{urlsplit(address).netloc}/")
            list(Mailbox(place, "", lambda: NOW, dialler=way, tls=own.client(), seconds=2.0).collect(""))
        except AddressRefused:
            refused += 1
        except PipelineError:
            pass
    return refused


def test_f1_no_spelling_of_a_private_mail_server_is_dialled(canary: Canary, own: Certificate) -> None:
    assert dial(canary, own, spellings.addresses(canary.port), guarded=True) >= 40
    assert canary.connections == 0


def test_f1_the_canary_hears_mailboxes_when_the_guard_is_off(canary: Canary, own: Certificate) -> None:
    here = [f"http://{host}:{canary.port}/" for host in spellings.HOME[:14]]
    assert dial(canary, own, here, guarded=False) == 0
    assert canary.connections == 14


@pytest.mark.parametrize(
    ("address", "account", "place"),
    [
        ("imaps://news%40school.example@mail.example", "imaps://news%40school.example@mail.example", "INBOX"),
        ("imaps://news@school.example@mail.example/", "imaps://news%40school.example@mail.example", "INBOX"),
        ("IMAPS://ann@Mail.Example:1993/A%20B/c", "imaps://ann@mail.example:1993", "A B/c"),
        (" imaps://ann@mail.example:993/x ", "imaps://ann@mail.example", "x"),
    ],
)
def test_mailbox_address_is_taken_apart(address: str, account: str, place: str) -> None:
    found = mailbox_address(address)
    assert (found.account, found.folder) == (account, place)
    assert mailbox_address(str(found)) == found


@pytest.mark.parametrize(
    "address",
    [
        "imap://ann@mail.example/", "https://mail.example/", "imaps://mail.example/", "imaps://ann:secret@mail.example/",
        "imaps://ann@/", "imaps://ann@mail.example:25/", "imaps://ann@mail.example:70000/", "imaps://ann@mail.example/a%0d%0aLOGOUT",
        "imaps://ann%0d%0a@mail.example/", "imaps://ann@mail example/", "",
    ],
)  # fmt: skip
def test_mailbox_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        mailbox_address(address)
    assert "secret" not in str(caught.value)


def test_folder_in_other_letters_is_written_as_servers_have_it() -> None:
    """The example of RFC 3501, 5.1.3, and what has to be quoted."""
    name = "~peter/mail/台北/日本語"
    assert (
        mailbox_address(f"imaps://a@b.example/{name}").folder_on_the_wire
        == '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'
    )
    assert mailbox_address('imaps://a@b.example/A&B"\\').folder_on_the_wire == '"A&-B\\"\\\\"'


def test_passwords_are_read_by_mailbox() -> None:
    text = "# ours\n\nimaps://a%40b.example@mail.example/ pass word \nimaps://c@mail.example:1993\tx\n"
    assert read_passwords(text) == {
        "imaps://a%40b.example@mail.example": "pass word",
        "imaps://c@mail.example:1993": "x",
    }


@pytest.mark.parametrize("line", ["imaps://a@mail.example", "secret", "imaps://a:secret@mail.example x"])
def test_passwords_that_cannot_be_read_are_not_repeated(line: str) -> None:
    with pytest.raises(InvalidLine, match="line 2") as caught:
        read_passwords(f"\n{line}")
    assert "secret" not in str(caught.value)
