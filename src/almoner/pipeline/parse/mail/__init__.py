"""E-mail: a message (.eml) or a mailbox of many (.mbox), as letters in which items are then looked for.

The bytes go through: mailbox → messages (`mbox`) → parts (`parts`, `fields`, `transfer`, `charsets`) → text, HTML and
files (`bodies`) → the letter (`letter`), without those who passed it on (`forwarded`) and those it went to
(`recipients`). What a machine sent back is set aside (`automatic`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Attachment, Block, Decision, Document, Finding, Letter, MediaType, Place
from almoner.pipeline.parse.mail import mbox
from almoner.pipeline.parse.mail.automatic import automatic
from almoner.pipeline.parse.mail.forwarded import passed_on
from almoner.pipeline.parse.mail.letter import attachments, read_letter, unread
from almoner.pipeline.parse.mail.message import Message, open_message

SHORT: Final = 1_000
"""Bytes of text beside an attached message that only pass it on."""
MOST_FORWARDS: Final = 10
_ENCRYPTED: Final = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
MAX_ATTACHED: Final = 500
"""Messages attached to one message that are read."""


@dataclass
class _Found:
    """What a mailbox holds, gathered message by message."""

    letters: list[Letter] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def parse_mail(source: str, content: bytes) -> Document:
    """Read the message or mailbox in `content`; `source` names it.

    Each message is read for itself: what is wrong with one is a finding, and the others are read. Automatic answers
    are findings, no letters. Any bytes are a message. Never raises for what stands in them.
    """
    found = _Found()
    count = 0
    for one, first_line in mbox.messages(content) if mbox.is_mbox(content) else ((content, 1),):
        count += 1
        place = Place(first_line, first_line + max(0, one.rstrip(b"\r\n").count(b"\n")))
        _read(source, open_message(one, first_line), place, found)
    what = (
        f"a mailbox of {count} message{'' if count == 1 else 's'}" if mbox.is_mbox(content) else "a message"
    )
    decision = Decision("parse", what, "its first line" if mbox.is_mbox(content) else "its header")
    only = found.letters[0] if len(found.letters) == 1 else None
    return Document(
        source,
        MediaType.MAIL,
        tuple(
            _on_lines(block, letter.place)
            for letter in found.letters
            for form in letter.forms
            for block in form.blocks
        ),
        title=only.stated.title if only is not None else None,
        publisher=only.stated.outlet if only is not None else None,
        findings=tuple(found.findings),
        decisions=(decision, *found.decisions),
        letters=tuple(found.letters),
        attachments=tuple(found.files),
    )


def _on_lines(block: Block, message: Place) -> Block:
    """A block of mark-up with the lines of its message: paths alone would not say in which message it stands."""
    if block.place.first_line is not None:
        return block
    return replace(block, place=Place(message.first_line, message.last_line, block.place.css))


def _read(source: str, message: Message, place: Place, found: _Found) -> None:
    sort = automatic(message)
    if sort:
        found.findings.append(finding("message_automatic", f"This is {sort}, and no item.", place))
        found.decisions.append(Decision("parse", f"set {sort} aside", "its header says so", place))
        return
    if message.root.declared in _ENCRYPTED:
        found.findings.append(unread(place, "The message is encrypted, and was not read."))
        return
    for file in attachments(message):
        found.files.append(file)
        named = file.title or "a part without a name"
        why = f"{file.media_type}, {file.size:,} bytes; named by its digest, not read"
        found.decisions.append(Decision("parse", f"attachment: {named}", why, place))
    letters = list(_letters(source, message, place, (), MOST_FORWARDS))
    if not letters:
        found.findings.append(unread(place, "The message holds no subject, no text and no file."))
    found.letters.extend(letters)


def _letters(
    source: str, message: Message, place: Place, forwarders: tuple[str, ...], more: int
) -> Iterator[Letter]:
    """The message's letter; of one that passes others on as attachments, theirs."""
    attached = list(itertools.islice(message.attached(), MAX_ATTACHED))
    if more and attached and _only_passes_on(message):
        own = (*forwarders, *(sender.address for sender in message.senders))
        for inner in attached:
            yield from _letters(source, inner, place, own, more - 1)
        return
    letter = read_letter(source, message, place, forwarders)
    if letter is not None:
        yield letter


def _only_passes_on(message: Message) -> bool:
    if message.root.media_type == "multipart/digest" or passed_on(message.subject):
        return True
    plain = sum(len(part.content) for part in message.bodies.text if part.media_type == "text/plain")
    marked_up = sum(len(part.content) for part in message.bodies.html if part.media_type == "text/html")
    return plain < SHORT and marked_up < 5 * SHORT
