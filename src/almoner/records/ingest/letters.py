"""Messages that came to a source: those that were let in, and those that wait until an editor has looked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from almoner.pipeline import model
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.gather import Withheld
from almoner.pipeline.parse import parse
from almoner.pipeline.ports import Signature, SignatureResult
from almoner.pipeline.sources.newsletter import Sender, Verdict, result, senders
from almoner.records.catalogue.columns import cut, storable
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest import inboxes
from almoner.records.ingest.enums import Dkim, LetterState
from almoner.records.ingest.models import Letter, Snapshot, Source
from almoner.records.ingest.services import import_snapshot
from almoner.records.store import snapshot_folder

SHOWN: Final = 1_500
"""Characters of a message's text that are shown to whoever decides about it."""


def let_in_at_once(snapshot: Snapshot, found: model.Snapshot, verdict: Verdict) -> None:
    """Note of a snapshot that was read what is known of the message in it."""
    Letter.objects.get_or_create(snapshot=snapshot, defaults=_row(found, verdict, LetterState.LET_IN))


def withhold(withheld: Withheld, source: Source, now: datetime) -> None:
    """Keep a message without reading it. Its bytes are in the store already."""
    content = withheld.snapshot.content
    snapshot, _ = Snapshot.objects.get_or_create(
        source=source,
        sha256=snapshot_folder().put(content),
        defaults={"size": len(content), "media_type": model.MediaType.MAIL.value, "captured_at": now},
    )
    row = _row(withheld.snapshot, withheld.verdict, LetterState.WAITING)
    Letter.objects.get_or_create(snapshot=snapshot, defaults=row)


def _row(found: model.Snapshot, verdict: Verdict, state: LetterState) -> dict[str, Any]:
    envelope = verdict.envelope
    texts = {
        "wait": verdict.wait, "place": found.address or found.source, "message_id": envelope.message_id,
        "sender": ", ".join(envelope.senders), "sender_name": envelope.name, "subject": envelope.subject,
        "sent": envelope.sent,
    }  # fmt: skip
    return {
        **{name: cut(Letter, name, text) for name, text in texts.items()},
        "state": state,
        "dkim": result(verdict.signatures).value,
        "signatures": [
            {name: storable(value) for name, value in asdict(signature).items()}
            for signature in verdict.signatures
        ],
        "results": [storable(field) for field in envelope.results],
    }


def waiting() -> QuerySet[Letter]:
    """The messages that wait for an editor, newest first."""
    letters = Letter.objects.filter(state=LetterState.WAITING, snapshot__removed_at=None)
    return letters.select_related("snapshot__source").order_by("-pk")


def beginning(letter: Letter) -> str:
    """The first words of a message, as plain text. `PipelineError` if its bytes are gone or cannot be read."""
    document = parse(_found(letter))
    return "\n".join(block.text for block in document.blocks if block.text)[:SHOWN]


def sender_of(letter: Letter) -> Sender | None:
    """How to write down the sender so that this message, and others like it, are let in; None where no such line
    could be relied on: a signature that does not hold, no sender or several."""
    try:
        sender = senders([letter.sender])[0]
    except (ValueError, IndexError):
        return None
    if letter.dkim == Dkim.NONE:
        return Sender(sender.address, unsigned=True)
    if letter.dkim == Dkim.FAIL:
        return None
    held = [each.domain for each in _signatures(letter) if each.result is SignatureResult.PASS]
    if not held or any(sender.may_be_signed_by(domain) for domain in held):
        return sender
    return Sender(sender.address, signer=held[0])


@in_turn()
def let_in(letter: Letter, now: datetime, *, always: bool = False) -> int:
    """Read a message that waits, and with `always` write its sender down, so that others of theirs need not wait:
    those that wait now are read too. Returns how many were read.

    `ValidationError` if it does not wait any more, or its sender cannot be written down; `PipelineError`, with nothing
    changed, if it cannot be read.
    """
    source = Source.objects.select_for_update().get(pk=letter.snapshot.source_id)
    _decide(letter, LetterState.LET_IN, now)
    import_snapshot(_found(letter), source, now=now)
    if not always:
        return 1
    sender = sender_of(letter)
    if sender is None:
        raise ValidationError("Its sender cannot be let in from now on: nothing says that it is from there.")
    write_down(source, [sender])
    others = [other for other in waiting().filter(snapshot__source=source) if _may_come_in(other, source)]
    read = 1
    for other in others:
        try:
            with transaction.atomic():
                _decide(other, LetterState.LET_IN, now)
                import_snapshot(_found(other), source, now=now)
            read += 1
        except PipelineError:  # it goes on waiting, for somebody to look at it by itself
            continue
    return read


@transaction.atomic
def discard(letter: Letter, now: datetime) -> None:
    """Have done with a message that waits. What it was stays on record, for as long as its source's copies are kept.
    `ValidationError` if it does not wait any more."""
    _decide(letter, LetterState.DISCARDED, now)


def write_down(source: Source, more: Collection[Sender]) -> None:
    """Add senders to those of a source."""
    known = [str(sender) for sender in senders(source.senders)]
    source.senders = list(dict.fromkeys([*known, *map(str, more)]))
    source.save(update_fields=["senders"])


def _decide(letter: Letter, state: LetterState, now: datetime) -> None:
    mine = Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING)
    if not mine.update(state=state, decided_at=now):
        raise ValidationError("Somebody has decided about this message already.")
    letter.state, letter.decided_at = state, now


def _may_come_in(letter: Letter, source: Source) -> bool:
    door = inboxes.door(source)
    try:
        content = _found(letter).content
    except PipelineError:
        return False
    return door is not None and not door.judge(content, lambda _: _signatures(letter)).wait


def _signatures(letter: Letter) -> tuple[Signature, ...]:
    return tuple(
        Signature(each["domain"], SignatureResult(each["result"]), each["why"]) for each in letter.signatures
    )


def _found(letter: Letter) -> model.Snapshot:
    content = snapshot_folder().get(letter.snapshot.sha256)
    address = letter.place if "://" in letter.place else ""
    captured = letter.snapshot.captured_at.isoformat()
    return model.Snapshot(letter.place, content, model.MediaType.MAIL, address, captured)
