"""Signatures on messages: which hold, and what is made of those that only seem to."""

from __future__ import annotations

import dns.resolver
import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.fetch.mailbox import keys
from almoner.pipeline.fetch.mailbox.signatures import MOST, signatures
from almoner.pipeline.ports import Signature, SignatureResult
from tests.servers.keys import SigningKey, signing_key

MESSAGE = (
    b"From: Harbour Trust <news@harbour.example>\r\nTo: bob@school.example\r\nSubject: Issue 4\r\n"
    b"Message-ID: <4@harbour.example>\r\nDate: Mon, 3 Mar 2025 09:14:00 +0000\r\n\r\n"
    b"The council has opened a helpline.\r\n"
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return signing_key(tmp_path_factory.mktemp("key"))


def verify(message: bytes, key: SigningKey) -> list[tuple[str, str]]:
    found = signatures(message, lambda name, _: key.record if name.startswith("s1._domainkey.") else None)
    return [(each.domain, each.result.value) for each in found]


@pytest.mark.parametrize("header", [b"relaxed", b"simple"])
@pytest.mark.parametrize("body", [b"relaxed", b"simple"])
def test_signature_that_holds_passes(key: SigningKey, header: bytes, body: bytes) -> None:
    assert verify(key.signed(MESSAGE, canonicalize=(header, body)), key) == [("harbour.example", "pass")]


def test_message_without_a_signature_has_none(key: SigningKey) -> None:
    assert verify(MESSAGE, key) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"helpline", b"hotline"),
        (b"Subject: Issue 4", b"Subject: Urgent"),
        (b"news@harbour", b"boss@harbour"),
    ],
)
def test_p10_words_that_were_changed_do_not_hold(key: SigningKey, old: bytes, new: bytes) -> None:
    signed = key.signed(MESSAGE)
    assert old in signed
    head, _, rest = signed.partition(b"\r\nFrom:")
    assert verify(head + b"\r\nFrom:" + rest.replace(old, new), key) == [("harbour.example", "fail")]


def test_p10_what_programs_read_differently_does_not_hold(key: SigningKey) -> None:
    """A genuine message with lines before it that one reader takes for the header's end, or for another sender."""
    signed = key.signed(MESSAGE)
    for before in (
        b"X-A: b\rFrom: news@harbour.example\r\rForged words.\r\n",
        b"X-A: b\x00\r\n",
        b"From: boss@harbour.example\r\n",
        b"Subject: Urgent\r\n",
        b"Content-Type: text/html\r\nContent-Type: text/plain\r\n",
        b"X-Many: x\r\n" * 7_000,
    ):
        assert {result for _, result in verify(before + signed, key)} <= {"fail"}, before[:40]


def test_p10_a_signature_on_the_beginning_alone_does_not_hold(key: SigningKey) -> None:
    signed = key.signed(MESSAGE, length=True)
    assert verify(signed + b"Forged words below.\r\n", key) == [("harbour.example", "fail")]
    assert verify(signed, key) == [("harbour.example", "fail")]


def test_signatures_are_told_apart_from_the_top(key: SigningKey) -> None:
    both = key.signed(key.signed(MESSAGE).replace(b"s=s1;", b"s=s9;"), "list.example")
    assert verify(both, key) == [("list.example", "pass"), ("harbour.example", "fail")]


def test_number_of_signatures_is_bounded(key: SigningKey) -> None:
    many = b"DKIM-Signature: v=1; d=a.example; s=s1\r\n" * 500 + MESSAGE
    assert len(verify(many, key)) == MOST


@pytest.mark.parametrize(
    "record", [None, b"", b"v=DKIM1; p=", b"v=DKIM1; k=rsa; p=!!!!", b"nonsense", b"\xff\xfe"]
)
def test_key_that_is_none_does_not_hold(key: SigningKey, record: bytes | None) -> None:
    found = signatures(key.signed(MESSAGE), lambda _name, _seconds: record)
    assert [each.result for each in found] == [SignatureResult.FAIL]
    assert found[0].why


def test_dns_that_does_not_answer_is_no_verdict(key: SigningKey) -> None:
    def silent(name: str, seconds: float) -> bytes | None:
        raise TimeoutError

    assert signatures(key.signed(MESSAGE), silent) == (
        Signature("harbour.example", SignatureResult.TEMPERROR, "its key could not be had from the DNS"),
    )


def test_dns_is_not_waited_for_beyond_the_time_of_the_message(key: SigningKey) -> None:
    asked: list[float] = []

    def look_up(name: str, seconds: float) -> bytes | None:
        asked.append(seconds)
        return None

    message = MESSAGE
    for _ in range(3):
        message = key.signed(message)
    signatures(message, look_up, seconds=0.0)
    assert asked == []
    signatures(message, look_up, seconds=5.0)
    assert len(asked) == 3
    assert all(0 < seconds <= 5 for seconds in asked)


@pytest.mark.parametrize(
    "message",
    [
        MESSAGE + (b" " * 900 + b"x\r\n") * 2_000,
        MESSAGE + b" " * 4_000_000,
        MESSAGE + b"\r\n" * 200_000 + b"x",
        MESSAGE.replace(b"Subject: ", b"Subject: " + b"\r\n x" * 9_000),
    ],
)
def test_p9_white_space_without_end_is_checked_in_bounded_time(key: SigningKey, message: bytes) -> None:
    """Unchecked, dkimpy takes minutes for these: the test would never end."""
    signature = key.signed(MESSAGE).removesuffix(MESSAGE)
    assert verify(signature + message, key) == [("harbour.example", "fail")]
    broken = signature.replace(b"b=", b"b=" + b"\r\n " * 1_000)
    assert verify(broken + message, key) == [("harbour.example", "fail")]


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_have_signatures_or_none(head: bytes, body: bytes) -> None:
    for message in (head, b"DKIM-Signature: " + head + b"\r\n\r\n" + body):
        found = signatures(message, lambda _name, _seconds: body)
        assert all(each.result is not SignatureResult.PASS for each in found)


def test_dns_is_asked_for_the_name_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other names than the one given, that end as this machine's own do, are nobody's keys."""

    def resolve(name: str, kind: object, *, lifetime: float, search: bool) -> object:
        assert (lifetime, search) == (3.0, False)
        raise {"none": dns.resolver.NXDOMAIN, "silent": dns.resolver.LifetimeTimeout}[name]

    monkeypatch.setattr(dns.resolver, "resolve", resolve)
    assert keys.look_up("none", 3.0) is None
    with pytest.raises(TimeoutError):
        keys.look_up("silent", 3.0)
