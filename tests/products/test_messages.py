"""Messages as they go out: whom they name, what they carry, what mail programs make of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import dkim
import pytest
from django.conf import settings
from django.utils.encoding import force_str
from hypothesis import given
from hypothesis import strategies as st

from almoner.lib.message import CHANGE, LEAVE, Message
from almoner.products.alerts.digests import Entry, digest
from almoner.products.alerts.enums import RunKind
from almoner.products.alerts.relay import Refused, mailbox
from almoner.products.alerts.wire import Addressed, Encoded, Sender, Signing, written
from tests.products.sending import read, words
from tests.servers.keys import signing_key

NOW = datetime.fromisoformat("2025-04-10T09:00:00+00:00")
FROM = Sender("news@example.org", "Harbour News", "news.example.org")
ANN = Addressed(
    "ann@example.org", "<1-abc@news.example.org>", "https://news.example.org/alerts/leave/x/",
    "https://news.example.org/alerts/change/y/", telling=False, plain=False,
)  # fmt: skip


def message(**fields: str) -> Message:
    usual = {
        "subject": "What is new",
        "telling": "Lifts home",
        "preview": "",
        "html": f'<p>Words. <a href="{LEAVE}">Leave</a> <a href="{CHANGE}">Change</a></p>',
        "text": f"Words.\n{LEAVE}\n{CHANGE}\n",
    }
    return Message(**(usual | fields))


def sent(content: Message, to: Addressed = ANN, sender: Sender = FROM) -> bytes:
    return written(Encoded(content), sender, to, NOW)


@pytest.fixture
def digests(make_item: Callable[..., Any]) -> list[Message]:
    """A digest of each kind, of items that are hard to show."""
    items = [
        make_item(
            "A warning about Ben Harbour", private_names=["Ben Harbour"], summary="Ben Harbour, 9, was hurt."
        ),
        make_item("Lifts <script>alert(1)</script> & “quotes”", link="https://tracker.example/?open=1"),
    ]
    kinds = (RunKind.URGENT, RunKind.DAILY, RunKind.WEEKLY)
    return [digest(kind, [Entry(item, ("Prevent", "Harbour")) for item in items]) for kind in kinds]


def test_message_carries_what_mail_programs_ask_for() -> None:
    content = sent(message())
    found = read(content)
    assert found["List-Unsubscribe"] == f"<{ANN.leave}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["List-Id"] == "Harbour News <news.news.example.org>"
    assert found["List-Help"] == f"<{ANN.change}>"
    assert (found["Auto-Submitted"], found["Precedence"]) == ("auto-generated", "bulk")
    assert found["Message-ID"] == ANN.message_id
    assert found.defects == []
    assert all(part.defects == [] for part in found.walk())
    for form in ("plain", "html"):
        assert ANN.leave in words(found, form)
        assert ANN.change in words(found, form)
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_e16_a_message_names_one_recipient() -> None:
    found = read(sent(message()))
    assert found.get_all("To") == ["ann@example.org"]
    assert not {"Cc", "Bcc"} & set(found.keys())


def test_e3_the_message_of_a_second_try_is_the_same() -> None:
    assert sent(message()) == sent(message())


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=60))
def test_e11_no_words_add_a_header_or_a_part(subject: str, text: str, name: str) -> None:
    usual = read(sent(message()))
    found = read(
        sent(message(subject=subject, text=text), sender=Sender("news@example.org", name, "h.example"))
    )
    assert list(found) == list(usual)
    assert len(list(found.walk())) == len(list(usual.walk()))


@pytest.mark.parametrize(
    "address",
    ["ann@example.org\r\nRCPT TO:<eve@example.org>", "ann@example.org> SIZE=1", "ann", "@example.org", "ann@", "a b@example.org",
     "ann@example.org\x00", "änn@example.org", "ann@exa\u2028mple.org", "<ann@example.org>"],
)  # fmt: skip
def test_e11_no_address_ends_a_command(address: str) -> None:
    with pytest.raises(Refused):
        mailbox(address)


def test_address_of_a_host_beyond_ascii_is_written_in_ascii() -> None:
    assert mailbox("ann@exämple.org") == "ann@xn--exmple-cua.org"


def test_e15_subjects_and_previews_say_nothing_of_the_topic(digests: list[Message]) -> None:
    for each in digests:
        for shown in (each.subject, each.preview):
            assert not re.search(r"warning|lifts|harbour|prevent|script", shown, re.IGNORECASE)
        found = read(sent(each))
        assert force_str(found["Subject"]) == each.subject
        assert not re.search(r"warning|lifts|prevent", str(found["List-Id"]), re.IGNORECASE)


def test_v3_no_message_counts_who_opens_it_or_follows_a_link(digests: list[Message]) -> None:
    for each in digests:
        for place in (each.html, each.text):
            addresses = set(re.findall(r"https?://[^\s\"'<>)]+", place))
            ours = {one for one in addresses if one.startswith(f"{settings.SITE_ADDRESS}/")}
            assert addresses - ours == {LEAVE, CHANGE}
            assert not any("?" in one or "@" in one for one in ours)
        assert not re.search(r"<(img|link|script|iframe|object|form|video)|url\(|@import|src=", each.html)


def test_digest_names_no_child_and_runs_nothing(digests: list[Message]) -> None:
    for each in digests:
        for place in (each.subject, each.telling, each.html, each.text):
            assert "Ben" not in place
        assert "<script" not in each.html


def test_e9_the_signature_covers_both_header_fields_about_leaving(tmp_path: Path) -> None:
    key = signing_key(tmp_path)
    signing = Signing("example.org", "news", key.private)
    content = sent(message(), sender=Sender("news@example.org", "Harbour News", "news.example.org", signing))

    def dns(_name: bytes, timeout: int = 5) -> bytes:
        return key.record

    assert dkim.verify(content, dnsfunc=dns)
    for field in (b"List-Unsubscribe: <https", b"List-Unsubscribe-Post: List", b"List-Id: Harbour"):
        assert field in content
        assert not dkim.verify(content.replace(field, field[:-1] + b"x"), dnsfunc=dns)
