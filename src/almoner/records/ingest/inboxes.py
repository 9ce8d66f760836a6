"""Mailboxes and folders as sources: where their passwords are, which may be watched, and one check of one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from almoner.pipeline import gather
from almoner.pipeline.errors import Malformed, NotAllowed, Unreadable
from almoner.pipeline.fetch.folder import Folder, folder_path
from almoner.pipeline.fetch.mailbox.address import mailbox_address
from almoner.pipeline.fetch.mailbox.passwords import read_passwords
from almoner.pipeline.gather import Check
from almoner.pipeline.model import MediaType
from almoner.pipeline.ports import Clock, Inbox, Signatures
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.newsletter import Door, InvalidSender, senders
from almoner.records.ingest.enums import AdapterName, LetterState
from almoner.records.ingest.models import Letter, Snapshot, Source

STAGE = "fetch"


@dataclass(frozen=True, slots=True)
class Opened:
    """An inbox, and how the signatures on what comes from it are verified."""

    inbox: Inbox
    signatures: Signatures


def check_address(source: Source) -> None:
    """`AddressRefused` unless the source's address is that of a mailbox, or of a folder that may be watched."""
    if source.adapter == AdapterName.FOLDER or source.address.startswith("file:"):
        folder_path(source.address, settings.FOLDERS, source=source.name)
    else:
        mailbox_address(source.address, source=source.name)


def open_inbox(source: Source, clock: Clock) -> Opened:
    """The inbox that a source's address names, for one look. A leaf of `PipelineError` where there is none, or where
    it has a password that nobody has told us."""
    # Beside the web's sources mailboxes are rare, and what they need is large: it is loaded where there is one.
    from almoner.pipeline.fetch.mailbox.signatures import signatures

    if source.adapter == AdapterName.FOLDER or source.address.startswith("file:"):
        only = MediaType.MAIL if source.adapter == AdapterName.NEWSLETTER else None
        path = folder_path(source.address, settings.FOLDERS, source=source.name)
        return Opened(Folder(path, clock, only=only), signatures)
    from almoner.pipeline.fetch.mailbox.box import Mailbox

    address = mailbox_address(source.address, source=source.name)
    return Opened(Mailbox(address, password(address.account), clock), signatures)


def password(account: str) -> str:
    """The password of a mailbox, from the file that the settings name. `NotAllowed` if it has none for it, `Unreadable`
    if the file cannot be read."""
    file = settings.MAILBOX_PASSWORDS
    try:
        known = read_passwords(Path(file).read_text(encoding="utf-8")) if file else {}
    except (OSError, UnicodeError) as error:
        raise Unreadable(
            account, STAGE, "the file with the passwords of mailboxes could not be read.",
            advice="Check ALMONER_MAILBOX_PASSWORDS.", permanent=False,
        ) from error  # fmt: skip
    if account not in known:
        raise NotAllowed(
            account, STAGE, "nobody has told us the password of this mailbox.",
            advice="Whoever runs the service writes it into the file that ALMONER_MAILBOX_PASSWORDS names.",
        )  # fmt: skip
    return known[account]


def door(source: Source) -> Door | None:
    """Who is let in at a source; None where files are read without asking who wrote them."""
    if source.adapter != AdapterName.NEWSLETTER:
        return None
    return Door(senders(source.senders), source.receiver)


def collect(source: Source, opened: Opened, enough: Callable[[], bool]) -> Check:
    """One check of a source by its inbox."""
    try:
        who = door(source)
    except InvalidSender as error:
        return Check(failure=Malformed(source.name, STAGE, str(error)))
    return gather.collect(
        source.address,
        opened.inbox,
        _Taken(source),
        since=source.etag,
        door=who,
        signatures=opened.signatures,
        rules=(rules.load(source.rule, source.name),) if source.rule.strip() else (),
        enough=enough,
    )


class _Taken:
    """What a source has given before, what was removed by rule since included."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def bytes(self, content: bytes) -> bool:
        """Whether these very bytes were taken."""
        digest = hashlib.sha256(content).hexdigest()
        return Snapshot.objects.filter(source=self._source, sha256=digest).exists()

    def message(self, message_id: str) -> bool:
        """Whether a message of this identifier was let in."""
        letters = Letter.objects.filter(message_id=message_id, snapshot__source=self._source)
        return letters.filter(state=LetterState.LET_IN).exists()
