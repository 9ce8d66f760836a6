"""One message as a reader sees it: its subject, who sent it and when, its text in one or two forms, its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from almoner.pipeline.lines import moments
from almoner.pipeline.lines.moments import Moment
from almoner.pipeline.parse.mail.bodies import Bodies, bodies
from almoner.pipeline.parse.mail.charsets import Text, decoded
from almoner.pipeline.parse.mail.fields import Head
from almoner.pipeline.parse.mail.mailboxes import Mailbox, read_mailboxes
from almoner.pipeline.parse.mail.parts import Part, open_parts


@dataclass(frozen=True, slots=True)
class File:
    """What is attached: its name as given ("" where it has none), type, size in bytes, digest, and the part itself."""

    name: str
    media_type: str
    size: int
    sha256: str
    part: Part


class Message:
    """A message with its fields decoded. `left` says what of it was left closed, being too deep or too many."""

    def __init__(self, root: Part, left: str = "") -> None:
        self.root = root
        self.left = left

    @property
    def head(self) -> Head:
        """Its header."""
        return self.root.head

    @cached_property
    def subject(self) -> str:
        """Its subject, in one line."""
        return self.head.text("subject")

    @cached_property
    def senders(self) -> tuple[Mailbox, ...]:
        """Who it says it is from."""
        return read_mailboxes(self.head.line("from"))

    @cached_property
    def date(self) -> Moment | None:
        """When it says it was sent; None where it does not say."""
        return moments.read(self.head.text("date"), "the message's Date")

    @cached_property
    def bodies(self) -> Bodies:
        """Its parts, sorted into text, HTML and files."""
        return bodies(self.root)

    @cached_property
    def files(self) -> tuple[File, ...]:
        """What is attached to it, or shown within it and no text."""
        return tuple(_file(part) for part in self.bodies.files)

    def attached(self) -> Iterator[Message]:
        """The messages that are attached to it, in order."""
        for part in self.bodies.files:
            if part.message is not None:
                yield Message(part.message)


def open_message(content: bytes, first_line: int = 1) -> Message:
    """The message in `content`, which begins on `first_line` of its file. Any bytes are a message. Never raises."""
    opened = open_parts(content, first_line)
    return Message(opened.root, opened.left)


def text_of(part: Part) -> Text:
    """A text part's characters, with one kind of line end."""
    found = decoded(part.content, part.parameters.get("charset", ""))
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    return Text(text, found.encoding, found.mended)


def _file(part: Part) -> File:
    digest = hashlib.sha256(part.content).hexdigest()
    return File(part.name, part.declared, len(part.content), digest, part)
