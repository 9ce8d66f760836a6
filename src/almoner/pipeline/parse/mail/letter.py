"""A message as a letter: its text in each form it came in, freed of those it went to, and what its header says of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import moments
from almoner.pipeline.lines.moments import Moment
from almoner.pipeline.model import (
    Attachment,
    Decision,
    Document,
    Finding,
    Kind,
    Letter,
    MediaType,
    Place,
    Stated,
    Status,
)
from almoner.pipeline.parse import stated
from almoner.pipeline.parse.mail import forwarded
from almoner.pipeline.parse.mail.bodies import Bodies
from almoner.pipeline.parse.mail.invitation import Invitation, read_invitation
from almoner.pipeline.parse.mail.mailboxes import Mailbox, addresses_in, read_mailboxes
from almoner.pipeline.parse.mail.message import File, Message, text_of
from almoner.pipeline.parse.mail.parts import Part
from almoner.pipeline.parse.mail.recipients import Recipients, recipients
from almoner.pipeline.parse.mail.texts import Lines, lines_of

BY: Final = "the message's header"
MOST_FORWARDS: Final = 5
_OF_THE_TEXT: Final = frozenset({"encoding_mended", "text_cut", "message_unread"})
"""Findings that concern every item in a message, not its header alone."""

_SHOWN_WITHIN: Final = ("image/", "audio/", "video/", "message/", "multipart/", "text/calendar")
_LISTS: Final = (
    "list-id",
    "list-unsubscribe",
    "list-post",
    "feedback-id",
    "x-mailgun-sid",
    "x-campaign",
    "x-csa-complaints",
)
_OUTLOOK: Final = re.compile(r"\[(?:mailto:)?([^\s\[\]@]+@[^\s\[\]@]+)\]")
"""How Outlook prints an address in the header of a message that is passed on."""
_NO_NAME: Final = re.compile(
    r"(?:no-?reply|do-?not-?reply|newsletters?|news|info|mail(?:er)?|notifications?)\Z", re.IGNORECASE
)


@dataclass
class _Reading:
    """What is known of a message while its forwards are opened one after the other."""

    subject: str
    sender: Mailbox
    date: Moment | None
    private: Recipients
    markup: str = ""
    text: Lines = field(default_factory=Lines)
    decisions: list[Decision] = field(default_factory=list)


def read_letter(
    source: str, message: Message, place: Place, forwarders: tuple[str, ...] = ()
) -> Letter | None:
    """The message as a letter; None where it has neither subject nor text nor files.

    `place` are its lines in the file; `forwarders` are addresses of those who passed it on as an attachment.
    """
    notes = stated.Notes(place)
    texts, markups = _chosen(message.bodies, notes)
    sender = message.senders[0] if message.senders else Mailbox()
    public = [sender.address, *addresses_in(message.head.line("list-post"))]
    reading = _Reading(
        message.subject, sender, message.date, recipients(message.head, public).and_also(forwarders),
        "\n".join(_read(part, notes) for part in markups), lines_of(texts, lambda part: _read(part, notes)),
    )  # fmt: skip
    _open_forwards(reading)
    if message.left:
        notes.add("message_unread", f"The message has {message.left}; these were not opened.")
    invitation = _invitation(message)
    if invitation is not None and not reading.markup.strip() and not reading.text.text.strip():
        reading.text = Lines(invitation.text, ())
    files = tuple(
        _attachment(file)
        for file in message.files
        if not file.media_type.startswith(_SHOWN_WITHIN) and file.part not in (*texts, *markups)
    )
    name = _outlet(reading.sender)
    title = notes.title(reading.subject)
    forms = tuple(_forms(source, reading, title, name, place, notes))
    noted = tuple(note for note in notes.findings if note.code in _OF_THE_TEXT)
    if title is None and not files and not any(form.blocks for form in forms):
        return None
    says = Stated(
        by=BY,
        title=title or (invitation.events[0].title if invitation is not None else None),
        stand_in=files[0].title if files else None,
        # What was passed on inline has lost its own identifier; the one of the message that brought it is another's.
        id=stated.name(message.head.line("message-id").strip("<> ")) if not reading.decisions else None,
        link=stated.address(message.head.line("archived-at").strip("<> "), ""),
        published=notes.time(reading.date),
        outlet=name,
        attachments=files,
        kind=Kind.EVENT if invitation is not None else None,
        events=invitation.events if invitation is not None else (),
        status=Status.CANCELLED if invitation is not None and invitation.cancelled else None,
        findings=tuple(notes.findings),
    )
    found = tuple(
        replace(form, findings=noted, decisions=(*form.decisions, *reading.decisions)) for form in forms
    )
    precedence = message.head.line("precedence").strip().lower()
    to_many = any(map(message.head.has, _LISTS)) or precedence in {"bulk", "list"}
    return Letter(found, says, place, to_many)


def attachments(message: Message) -> tuple[Attachment, ...]:
    """All files in a message: named by their digest, not read."""
    return tuple(map(_attachment, message.files))


def _chosen(found: Bodies, notes: stated.Notes) -> tuple[list[Part], list[Part]]:
    """The parts with the text and with the mark-up. Where there are none, those that break off or are no valid
    Base64 are better than nothing."""
    texts = [part for part in found.text if part.media_type == "text/plain"]
    markups = [part for part in found.html if part.media_type == "text/html"]
    if not _any_words(texts) and not _any_words(markups):
        loose = [part for part in found.files if not part.name and (not part.closed or part.encoded)]
        texts = [part for part in loose if part.media_type == "text/plain"]
        markups = [part for part in loose if part.media_type == "text/html"]
        if texts or markups:
            notes.add("text_cut", "The message breaks off, or is damaged; it was read as far as it goes.")
    return texts, markups


def _any_words(parts: list[Part]) -> bool:
    return any(part.content.strip() for part in parts)


def _read(part: Part, notes: stated.Notes) -> str:
    found = text_of(part)
    named = part.parameters.get("charset", "") or "no encoding"
    if found.mended:
        notes.add(
            "encoding_mended", f"The message names {named}, which it is not; it was read as {found.encoding}."
        )
    if part.damaged:
        notes.add("encoding_mended", "The message was damaged on its way; what could be had of it was read.")
    return stated.scrubbed(found.text).replace("\x00", "")


def _open_forwards(reading: _Reading) -> None:
    """Go on to the message that was passed on inline, as often as there is one."""
    for _ in range(MOST_FORWARDS):
        inside = forwarded.in_markup(reading.markup, reading.subject) if reading.markup else None
        plain = forwarded.in_text(reading.text.text, reading.subject) if reading.text.text else None
        original = inside or plain
        if original is None:
            return
        if inside is not None:
            reading.markup = reading.markup[inside.begins :]
        if plain is not None:
            reading.text = reading.text.after(plain.begins)
        private = [reading.sender.address, *addresses_in(original.others)]
        reading.sender = next(iter(read_mailboxes(_OUTLOOK.sub(r"<\1>", original.sender))), Mailbox())
        reading.private = reading.private.and_also(
            address for address in private if address != reading.sender.address
        )
        reading.subject = forwarded.bare_subject(original.subject or reading.subject)
        reading.date = moments.read(original.date, "the forwarded message's date") or reading.date
        why = "somebody passed it on; who did, and what they wrote, is set aside"
        reading.decisions.append(Decision("parse", f"read the original “{reading.subject[:80]}”", why))


def _forms(
    source: str, reading: _Reading, title: str | None, name: str | None, place: Place, notes: stated.Notes
) -> Iterator[Document]:
    """The letter's HTML and its text as documents; an empty one where it has neither."""
    from almoner.pipeline.parse.html import parse_html
    from almoner.pipeline.parse.text import parse_text

    dated = reading.date.when.value if reading.date is not None and reading.date.when is not None else ""
    about = {key: value for key, value in (("mail:from", name or ""), ("mail:date", dated)) if value}
    if reading.markup.strip():
        page = parse_html(source, reading.private.out_of_markup(reading.markup))
        notes.findings.extend(replace(note, place=place) for note in page.findings)
        kept = {key: value for key, value in page.metadata.items() if key in {"description"}}
        yield replace(page, title=title, publisher=name, address="", metadata={**kept, **about})
    lines = reading.text.bounded()
    if lines is not reading.text:
        notes.add("text_cut", "The message is too long to be read whole.")
    if lines.text.strip():
        text = parse_text(source, reading.private.out_of_text(lines.text))
        blocks = tuple(replace(block, place=lines.place(block.place, place)) for block in text.blocks)
        yield replace(text, blocks=blocks, title=title, publisher=name, metadata=about)
    elif not reading.markup.strip():
        yield Document(source, MediaType.TEXT, (), title=title, publisher=name, metadata=about)


def _outlet(sender: Mailbox) -> str | None:
    """The sender's name; without one that says something, the host it writes from."""
    name = stated.name(sender.name)
    if name is not None and "@" not in name and _NO_NAME.match(name) is None:
        return name
    return stated.name(sender.address.partition("@")[2]) or name


def _invitation(message: Message) -> Invitation | None:
    parts = [*message.bodies.files, *message.bodies.text]
    calendar = next((part for part in parts if part.media_type == "text/calendar"), None)
    return read_invitation(text_of(calendar).text) if calendar is not None else None


def _attachment(file: File) -> Attachment:
    digest = base64.urlsafe_b64encode(bytes.fromhex(file.sha256)).decode().rstrip("=")
    return Attachment(f"ni:///sha-256;{digest}", stated.name(file.name) or "", file.media_type, file.size)


def unread(place: Place, why: str) -> Finding:
    """The finding of a message that is no letter."""
    return finding("message_unread", why, place)
