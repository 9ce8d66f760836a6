"""Invented messages, for the tests of their reading."""

from __future__ import annotations

from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.parse.mail.message import Message, open_message
from almoner.pipeline.run import read

HEAD = (
    "From: Harbour Trust <news@harbour.example>\nTo: Bob <bob@school.example>\nSubject: Helpline opens\n"
    "Date: Mon, 3 Mar 2025 09:14:00 +0000\nMIME-Version: 1.0\n"
)
TEXT = "The council has opened a helpline for taxi drivers who are worried about a passenger.\n"


def reading(content: str | bytes) -> Reading:
    """What is read from a message or mailbox."""
    raw = content.encode() if isinstance(content, str) else content
    return read(Snapshot("x.eml", raw, MediaType.MAIL, captured="2025-04-10T09:00:00+00:00"))


def opened(content: str | bytes) -> Message:
    """A message, opened."""
    return open_message(content.encode() if isinstance(content, str) else content)


def multipart(*parts: str, kind: str = "mixed", boundary: str = "b", head: str = HEAD) -> str:
    """A message of several parts, each with a header of its own."""
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'{head}Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inside}--{boundary}--\n'
