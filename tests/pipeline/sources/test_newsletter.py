"""Who is let in: senders as they are written down, what vouches for them, and whose word is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.ports import Signature, SignatureResult
from almoner.pipeline.sources.newsletter import Door, InvalidSender, envelope, result, senders

PASS, FAIL, NONE, TEMPERROR = (
    SignatureResult.PASS,
    SignatureResult.FAIL,
    SignatureResult.NONE,
    SignatureResult.TEMPERROR,
)


def wait(
    lines: str,
    *signatures: tuple[str, SignatureResult],
    sender: str = "news@trust.example",
    head: str = "",
    receiver: str = "",
) -> str:
    signed = tuple(Signature(domain, found, "" if found is PASS else "why") for domain, found in signatures)
    content = f"{head}From: The Trust <{sender}>\nSubject: Issue 4\n\nWords.\n".encode()
    return Door(senders(lines.splitlines()), receiver).judge(content, lambda _: signed).wait


@pytest.mark.parametrize(
    ("lines", "signatures", "said"),
    [
        ("news@trust.example", [("trust.example", PASS)], ""),
        ("NEWS@Trust.example", [("trust.example", PASS)], ""),
        ("@trust.example", [("trust.example", PASS)], ""),
        ("news@trust.example", [("broken.example", FAIL), ("trust.example", PASS)], ""),
        ("news@trust.example signed-by sends.example", [("sends.example", PASS)], ""),
        ("news@trust.example unsigned", [], ""),
        ("news@trust.example unsigned", [("trust.example", TEMPERROR)], ""),
        ("", [("trust.example", PASS)], "not one of the source's senders"),
        ("other@trust.example", [("trust.example", PASS)], "not one of the source's senders"),
        ("@rust.example", [("trust.example", PASS)], "not one of the source's senders"),
        ("news@trust.example", [], "not signed"),
        ("news@trust.example", [("evil.example", PASS)], "does not speak for its sender"),
        ("news@trust.example", [("sub.trust.example", PASS)], "does not speak for its sender"),
        ("news@trust.example", [("example", PASS)], "does not speak for its sender"),
        ("news@trust.example signed-by sends.example", [("trust.example", PASS)], "does not speak"),
        ("news@trust.example", [("trust.example", FAIL)], "does not hold: why"),
        ("news@trust.example unsigned", [("trust.example", FAIL)], "does not hold: why"),
        ("news@trust.example", [("trust.example", TEMPERROR)], "could not be checked"),
    ],
)  # fmt: skip
def test_p10_a_message_comes_in_only_with_proof(
    lines: str, signatures: list[tuple[str, SignatureResult]], said: str
) -> None:
    found = wait(lines, *signatures)
    assert said in found if said else not found


def test_domain_above_the_sender_s_speaks_for_it() -> None:
    assert not wait("ann@news.trust.example", ("trust.example", PASS), sender="ann@news.trust.example")


@pytest.mark.parametrize("sender", ["a@trust.example>, <b@trust.example", "", "nobody"])
def test_p10_a_message_of_several_senders_or_none_waits(sender: str) -> None:
    assert wait("@trust.example unsigned", ("trust.example", PASS), sender=sender)


@pytest.mark.parametrize(
    ("field", "receiver", "comes_in"),
    [
        ("mx.school.example; dkim=pass header.d=trust.example", "mx.school.example", True),
        ("MX.school.example 1; spf=fail; dkim=pass (good; really) header.i=@trust.example", "mx.School.example", True),
        ("mx.school.example; dmarc=pass header.from=trust.example", "mx.school.example", True),
        ("mx.school.example; dkim=pass header.d=trust.example", "", False),
        ("mx.school.example; dkim=pass header.d=trust.example", "school.example", False),
        ("mx.school.example; dkim=fail header.d=trust.example", "mx.school.example", False),
        ("mx.school.example; dkim=pass header.d=evil.example", "mx.school.example", False),
        ("mx.school.example; dmarc=pass header.from=evil.example", "mx.school.example", False),
        ("mx.school.example; spf=pass smtp.mailfrom=trust.example", "mx.school.example", False),
        ("mx.school.example; none", "mx.school.example", False),
        ("(mx.school.example; dkim=pass header.d=trust.example", "mx.school.example", False),
        ("", "mx.school.example", False),
    ],
)  # fmt: skip
def test_p10_only_the_receiving_host_s_word_is_taken(field: str, receiver: str, comes_in: bool) -> None:
    said = wait("news@trust.example", head=f"Authentication-Results: {field}\n", receiver=receiver)
    assert bool(said) is not comes_in


def test_p10_the_receiving_host_s_topmost_word_counts_alone() -> None:
    """Below it may stand what the sender wrote there in the host's name."""
    forged = "mx.school.example; dkim=pass header.d=trust.example"
    head = f"Authentication-Results: other.example; none\nAuthentication-Results: mx.school.example; dkim=fail\nAuthentication-Results: {forged}\n"
    assert wait("news@trust.example", head=head, receiver="mx.school.example")


def test_one_signature_that_holds_is_enough() -> None:
    found = [Signature("a.example", each) for each in (FAIL, TEMPERROR, PASS)]
    assert [result(found), result(found[:2]), result(found[:1]), result([])] == [PASS, TEMPERROR, FAIL, NONE]


def test_senders_are_written_as_they_are_read() -> None:
    lines = [
        "news@trust.example",
        "@trust.example",
        "a@b.example signed-by c.example",
        "a@b.example unsigned",
    ]
    assert [str(sender) for sender in senders(["", *lines, "  "])] == lines
    with pytest.raises(InvalidSender, match="nobody"):
        senders(["nobody"])


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_are_judged(content: bytes, receiver: str) -> None:
    for each in (content, b"From: " + content, b"Authentication-Results: " + content):
        assert Door((), receiver).judge(each, lambda _: ()).wait
        envelope(each).said_by(receiver)
