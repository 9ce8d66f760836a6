"""What an editor decides about items: each goes through the catalogue's services, and into the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from almoner.newsroom import four_eyes
from almoner.newsroom.changes import (
    LONGEST_KEPT,
    all_words,
    as_changes,
    compared,
    marks_of,
    values_of,
    words_of,
)
from almoner.newsroom.models import Correction
from almoner.records.accounts.models import Person
from almoner.records.catalogue import comments, plans, promises, services, stories, writing
from almoner.records.catalogue.enums import Told
from almoner.records.catalogue.models import Item, ItemFinding, ItemVersion
from almoner.records.catalogue.turns import in_turn
from almoner.records.catalogue.writing import Written
from almoner.records.ingest import merging


class ChangedMeanwhile(ValidationError):
    """Somebody else changed fields, since the editor opened the item, that the editor changed too. Nothing was saved.
    `stands` says what the fields hold now."""

    def __init__(self, stands: Mapping[str, str]) -> None:
        super().__init__(
            dict.fromkeys(stands, "This was changed while you had it open. See what stands now.")
        )
        self.stands = dict(stands)


def correct(
    item: Item,
    changes: Mapping[str, Any],
    by: Person,
    now: datetime,
    *,
    opened: Mapping[str, str] | None = None,
    action: str = "almoner.correct",
    proposed_by: Person | None = None,
) -> frozenset[str]:
    """Change fields; returns the names of those that differ now. `ValidationError` as from the service. `proposed_by`
    is who wrote it, where `by` only lets it through.

    `opened` are the marks (`changes.marks_of`) that the fields had when the editor opened the item: one that holds
    other words now is not overwritten, but `ChangedMeanwhile`. What was there stays whole in a `Correction`.
    """
    with in_turn():
        stands = Item.objects.get(pk=item.pk)
        was, values = words_of(stands), values_of(stands, changes)
        if opened is not None:
            marks = marks_of(stands)
            others = {name for name in changes if opened.get(name, marks[name]) != marks[name]}
            if others := {name for name in others if not _is_same(values[name], changes[name])}:
                raise ChangedMeanwhile(_standing(stands, others))
        different = services.correct(item, now=now, **changes)
        if different:
            became = Item.objects.get(pk=item.pk)
            kept = compared(was, words_of(became), different)
            Correction.objects.create(
                item=item,
                by=proposed_by or by,
                at=now,
                was={name: values[name] for name in different},
                now=values_of(became, different),
            )
            data = {"fields": sorted(different), "changes": kept}
            log(item, action, user=by, data=data | ({"proposed_by": str(proposed_by)} if proposed_by else {}))
    return different


def date_items(items: Iterable[Item], published: str, by: Person, now: datetime) -> int:
    """Say when items were published that say nothing of it themselves, as a year, month or day; returns how many were
    changed. It stands in the history as given by `by`, and the finding that the date is missing is settled."""
    changed = 0
    for item in items:
        with in_turn():
            changed += bool(correct(item, {"published": published}, by, now))
            for finding in item.findings.filter(code="date_missing", settled_at=None):
                services.settle(finding, by, now)
    return changed


def _standing(item: Item, names: Iterable[str]) -> dict[str, str]:
    words = all_words(item)
    return {name: words[name] for name in names}


def _is_same(value: Any, change: Any) -> bool:
    """Whether a change would leave a field as it is."""
    if hasattr(change, "pk"):
        return bool(value == change.pk)
    if isinstance(change, str):
        return bool(str(value).strip() == change.strip())
    return bool(value == change)


def write(written: Written, by: Person, now: datetime) -> Item:
    """Begin an item of our own, which waits."""
    with transaction.atomic():
        item = writing.write(written, ours=settings.SITE_NAME, now=now)
        log(item, "almoner.write", user=by)
    return item


def put_back(correction: Correction, by: Person, now: datetime, *, seen: int) -> frozenset[str]:
    """Make the corrected fields what they were before this correction. What others corrected since in other fields
    stays; what stood in these stays in the history, from where it can be put back as well.

    `seen` is the primary key of the latest correction that the editor knew of: `ChangedMeanwhile` if a later one was of
    any of these fields.
    """
    with in_turn():
        item = correction.item
        newer = item.corrections.filter(pk__gt=max(seen, correction.pk)).values_list("was", flat=True)
        if others := correction.was.keys() & {name for was in newer for name in was}:
            raise ChangedMeanwhile(_standing(Item.objects.get(pk=item.pk), others))
        return correct(item, as_changes(correction.was), by, now, action="almoner.put_back")


def approve(items: Iterable[Item], by: Person, now: datetime) -> services.Publication:
    """Publish what may be published. Where two people look at everything, what `by` wrote or changed is held."""
    with in_turn():
        chosen = list(items)
        own = four_eyes.own(chosen, by)
        outcome = services.publish([item for item in chosen if item.pk not in own], now=now)
        for item in outcome.published:
            log(item, "almoner.approve", user=by)
    held = [services.Held(item, four_eyes.WHY) for item in chosen if item.pk in own]
    return services.Publication(outcome.published, (*outcome.held, *held))


def decide(item: Item, reason: str, by: Person, now: datetime) -> services.Publication:
    """Publish an item although a child may be identifiable in it, and say why. Held as in `approve`."""
    if four_eyes.own([item], by):
        return services.Publication((), (services.Held(item, four_eyes.WHY),))
    with transaction.atomic():
        outcome = services.publish([item], now=now, decided_by=by, reason=reason)
        log(item, "almoner.decide", user=by, data={"reason": reason})
    return outcome


def let_stand(item: Item, reason: str, by: Person, now: datetime) -> None:
    """Say that a child's or victim's name may stand in an item, and why, without publishing it yet."""
    with transaction.atomic():
        for finding in item.findings.filter(code__in=services.HOLDING_CODES, settled_at=None):
            services.settle(finding, by, now, reason)
        log(item, "almoner.let_stand", user=by, data={"reason": reason})


def plan(
    item: Item,
    *,
    publish_at: datetime | None,
    withdraw_at: datetime | None,
    reason: str,
    by: Person,
    now: datetime,
) -> None:
    """Say when an item is to be published and withdrawn, or take that back. `ValidationError` as from the service, and
    where somebody else has to approve it (`approve`)."""
    if publish_at and four_eyes.own([item], by):
        raise ValidationError({"publish_at": four_eyes.WHY})
    with transaction.atomic():
        plans.plan(item, publish_at=publish_at, withdraw_at=withdraw_at, reason=reason, by=by, now=now)
        moments = {"publish": publish_at, "withdraw": withdraw_at}
        told = {name: moment.isoformat() for name, moment in moments.items() if moment is not None}
        log(item, "almoner.plan", user=by, data=told)


def comment(
    item: Item, written: str, author: str, by: Person, now: datetime, *, names_may_stand: bool
) -> bool:
    """Put a comment of ours beside an item; whether that is a change. `ValidationError` as from the service."""
    with transaction.atomic():
        changed = comments.comment(item, written, author=author, now=now, names_may_stand=names_may_stand)
        if changed:
            log(item, "almoner.comment", user=by, data={"written": written[:LONGEST_KEPT]})
    return changed


def withdraw(item: Item, reason: str, by: Person, now: datetime, *, told: Told = Told.NOTHING) -> None:
    """Take an item away from readers, or out of the queue."""
    with transaction.atomic():
        services.withdraw(item, reason=reason, now=now, told=told)
        log(item, "almoner.withdraw", user=by, data={"reason": reason})


def restore(item: Item, by: Person, now: datetime) -> None:
    """Put a withdrawn item back into the queue."""
    with transaction.atomic():
        services.restore(item, now=now)
        log(item, "almoner.restore", user=by)


def take_back(item: Item, by: Person, now: datetime) -> None:
    """Undo an approval: the item waits again, and what was decided about a name is open again."""
    with transaction.atomic():
        services.take_back(item, now=now)
        log(item, "almoner.take_back", user=by)


def reopen(finding: ItemFinding, by: Person) -> None:
    """Undo that a finding was looked at."""
    with transaction.atomic():
        services.reopen(finding)
        log(finding.item, "almoner.reopen", user=by, data={"finding": finding.code})


def merge(item: Item, into: Item, by: Person, now: datetime) -> list[int]:
    """Say that an item is the same as another; returns the primary keys of the sightings that were moved."""
    with transaction.atomic():
        moved = merging.merge(item, into, now=now)
        log(item, "almoner.merge", user=by, data={"into": into.pk, "title": into.title})
    return moved


def part(item: Item, sightings: Sequence[int], by: Person, now: datetime) -> None:
    """Undo a merge."""
    with transaction.atomic():
        merging.part(item, sightings, now=now)
        log(item, "almoner.part", user=by)


def put_together(items: Sequence[Item], by: Person) -> None:
    """Say that items tell of one happening: their stories are one from now on."""
    with transaction.atomic():
        stories.put_together(items)
        for item in items:
            log(item, "almoner.one_story", user=by)


def take_apart(items: Sequence[Item], by: Person) -> None:
    """Say that items tell of another happening than the rest of their stories."""
    with transaction.atomic():
        stories.take_apart(items)
        for item in items:
            log(item, "almoner.own_story", user=by)


def say_kept(item: Item, sentence: str, by_item: Item | None, by: Person, now: datetime) -> None:
    """Say that a promise of an item was kept, and which item tells of it; with none, that it is open again.
    `ValidationError` as from the service."""
    with transaction.atomic():
        if by_item is None:
            promises.unmark_kept(item, sentence)
        else:
            promises.mark_kept(item, sentence, by_item, by, now=now)
        action = "almoner.promise_kept" if by_item else "almoner.promise_open"
        log(item, action, user=by, data={"kept_by": by_item.pk} if by_item else {})


def settle(finding: ItemFinding, by: Person, now: datetime) -> None:
    """Note that a finding was looked at. Not for one that holds the item: `decide` about that."""
    if finding.code in services.HOLDING_CODES:
        raise ValueError("A finding that holds its item is decided about, with a reason.")
    with transaction.atomic():
        services.settle(finding, by, now)
        log(finding.item, "almoner.settle", user=by, data={"finding": finding.code})


def take_over(version: ItemVersion, by: Person, now: datetime) -> None:
    """Put what the publisher changed in front of readers; what an editor corrected stays."""
    with transaction.atomic():
        was = words_of(Item.objects.get(pk=version.item_id))
        services.take_over(version, now=now, decided_by=by)
        became = words_of(Item.objects.get(pk=version.item_id))
        fields = sorted(name for name, words in became.items() if words != was[name])
        kept = compared(was, became, fields)
        log(version.item, "almoner.take_over", user=by, data={"fields": fields, "changes": kept})


def leave(version: ItemVersion, by: Person, now: datetime) -> None:
    """Leave an item as it is, though its publisher changed it."""
    with transaction.atomic():
        services.dismiss(version, by, now)
        log(version.item, "almoner.leave", user=by)
