"""What holds for every message, however mangled: it is read or refused, and nobody it went to is in an item."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.parse.mail import parse_mail
from almoner.pipeline.run import read
from tests.pipeline.mails import HEAD, TEXT, multipart

EXAMPLES = 20_000 if os.environ.get("ALMONER_SOAK") == "1" else 150
GOLDEN = sorted(
    path.read_bytes()
    for path in (Path(__file__).parent / "golden" / "mail").iterdir()
    if path.suffix in {".eml", ".mbox"}
)
PIECES = st.sampled_from(
    [
        b"\n", b"\n\n", b"\r\n", b"--b\n", b"--b--\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n\n",
        b"Content-Type: text/html\n", b"Content-Type: text/calendar\n", b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n",
        b"Subject: =?utf-8?q?a=?=\n", b"From: a <a@b.example>\n", b"To: bob@school.example\n", b"Date: Mon, 31 Feb 2025 25:00:00 +9999\n", b"=C3=A9 =\n",
        b"From a@b.example Mon Mar  3 09:14:00 2025\n", b">From here\n", b"---------- Forwarded message ---------\n", b"Sent: 3 March 2025\n",
        b"BEGIN:VEVENT\nDTSTART:20259999T999999Z\nEND:VEVENT\n", b"format=flowed; charset=utf-7; charset=idna", b"QUFB", b"\xff\xfe\x00", b"<p>bob@school.example</p>",
        b"Content-Disposition: attachment; filename*0*=utf-8''%ZZ; filename*9=x\n", b"Auto-Submitted: auto-replied\n", b"-- \n", TEXT.encode(),
    ]
)  # fmt: skip
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reading(content: bytes) -> Reading | None:
    """What is read; None where it is refused. A stage that breaks is a mistake of ours."""
    try:
        return read(Snapshot("x.eml", content, MediaType.MAIL))
    except StageBroken:
        raise
    except PipelineError:
        return None


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A message of ours with pieces cut out, doubled, swapped and put in."""
    content = draw(st.sampled_from(GOLDEN))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 200)))
        put = draw(st.one_of(PIECES, st.binary(max_size=8), st.just(content[start:end] * 2)))
        content = content[:start] + put + content[end:]
    return content


@pytest.mark.slow
@many
@given(st.one_of(mangled(), st.lists(PIECES, max_size=30).map(b"".join), st.binary(max_size=400)))
def test_any_message_is_read_or_refused(content: bytes) -> None:
    found = reading(content)
    lines = content.count(b"\n") + 1
    for item in found.items if found is not None else ():
        assert item.place.first_line is not None
        assert item.place.last_line is not None
        assert 1 <= item.place.first_line <= item.place.last_line <= lines
        places = [
            *(one.place for one in item.findings),
            *(one.place for one in item.figures),
            *(one.place for one in item.promises),
        ]
        assert all(place.first_line is not None and 1 <= place.first_line <= lines for place in places)


@pytest.mark.slow
@many
@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_no_recipient_is_in_an_item(body: bytes) -> None:
    found = reading(HEAD.encode() + body)
    for item in found.items if found is not None else ():
        shown = f"{item.text}{item.html}{item.summary}{item.links}{item.link}{item.credit}".lower()
        assert "bob@school.example" not in shown


def test_one_broken_message_never_stops_the_rest() -> None:
    line = b"From a@b.example Mon Mar  3 09:14:00 2025\n"
    message = line + HEAD.encode() + b"\nThe %s of them.\n\n"
    for broken in GOLDEN:
        middle = broken if broken.startswith(b"From ") else line + broken
        content = message % b"first" + middle + b"\n" + message % b"last"
        found = reading(content)
        assert found is not None
        texts = [item.text for item in found.items]
        assert texts[0] == "The first of them."
        assert texts[-1] == "The last of them."


def work(content: bytes) -> int:
    """How many calls it takes to parse `content`, those of built-in functions counted too."""
    count = 0

    def call(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(call)
    try:
        parse_mail("x", content)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "made",
    [
        lambda n: multipart(*["\nx"] * n),
        lambda n: multipart(*[f"Content-Type: message/rfc822\n\nSubject: {m}\n\nx" for m in range(n)], kind="digest"),
        lambda n: "".join(f'Content-Type: multipart/mixed; boundary="{m:05}"\n\n--{m:05}\n' for m in range(n)),
        lambda n: "Content-Type: message/rfc822\n\n" * n,
        lambda n: "Subject: x\n" * n + "\nx",
        lambda n: "Subject: " + "=?utf-8?q?a?= " * n + "\n\nx",
        lambda n: "From: " + "a <a@b.example>, " * n + "\n\nx",
        lambda n: "Content-Type: text/plain" + "; a*0*=x" * n + "\n\nx",
        lambda n: HEAD + "\n" + "bob@school.example " * n,
        lambda n: HEAD.replace("Subject: ", "Subject: Fwd: ") + "\n" + "From: a <a@b.example>\nDate: x\nSubject: y\n\n" * n,
        lambda n: f"From a@b.example Mon Mar  3 09:14:00 2025\n{HEAD}\nx\n\n" * n,
    ],
    ids=["parts", "digest", "depth", "messages", "fields", "words", "mailboxes", "parameters", "addresses", "forwards", "mailbox"],
)  # fmt: skip
def test_twice_as_much_is_at_most_about_twice_the_work(made: Callable[[int], str]) -> None:
    work(made(50).encode())  # imports and patterns
    once, twice = work(made(400).encode()), work(made(800).encode())
    assert twice < 2.4 * once + 500
