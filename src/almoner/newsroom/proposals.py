"""Proposals: what somebody would change in an item that readers see, kept until somebody else has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.log_actions import log

from almoner.newsroom import decisions, four_eyes
from almoner.newsroom.changes import all_words, as_changes, values_of
from almoner.newsroom.models import Proposal
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.turns import in_turn


class _TriedOutError(Exception):
    """Nothing went wrong: what was tried is to be undone."""


def waiting() -> QuerySet[Proposal]:
    """Those that nobody has decided about."""
    return Proposal.objects.filter(state=Proposal.State.WAITING)


def proposed() -> Exists:
    """Whether something is proposed for an item; for filters."""
    return Exists(waiting().filter(item=OuterRef("pk")))


def propose(
    item: Item,
    changes: Mapping[str, Any],
    by: Person,
    now: datetime,
    *,
    opened: Mapping[str, str] | None = None,
) -> Proposal | None:
    """Keep what somebody would change; None if nothing would differ. What could not be corrected is refused in the same
    words: `ValidationError`, `decisions.ChangedMeanwhile`."""
    with in_turn():
        was = all_words(Item.objects.get(pk=item.pk))
        try:
            with transaction.atomic():  # the correction itself says what would differ, and what is not valid
                different = decisions.correct(item, changes, by, now, opened=opened)
                became = Item.objects.get(pk=item.pk)
                tried = item.corrections.first()
                words = all_words(became)
                raise _TriedOutError
        except _TriedOutError:
            item.refresh_from_db()
        if not different or tried is None:
            return None
        proposal = Proposal.objects.create(
            item=item,
            by=by,
            at=now,
            was=tried.was,
            now=tried.now,
            words={name: [was[name], words[name]] for name in sorted(different)},
        )
        log(item, "almoner.propose", user=by, data={"fields": sorted(different)})
    return proposal


def accept(proposal: Proposal, by: Person, now: datetime) -> frozenset[str]:
    """Make the change. `ValidationError` if it was decided about already, if two people look at everything and this is
    the one who proposed it, or if a field of it was changed since."""
    with in_turn():
        _still_waits(proposal)
        if four_eyes.needs_another(proposal.item, by) and proposal.by_id == by.pk:
            raise ValidationError("You proposed it: somebody else accepts it here.")
        if values_of(Item.objects.get(pk=proposal.item_id), proposal.was) != proposal.was:
            raise ValidationError(
                "It was changed since this was proposed. Decline it, and correct what stands now."
            )
        different = decisions.correct(
            proposal.item, as_changes(proposal.now), by, now, action="almoner.accept", proposed_by=proposal.by
        )
        _decide(proposal, Proposal.State.ACCEPTED, by, now)
    return different


def decline(proposal: Proposal, by: Person, now: datetime, reason: str) -> None:
    """Leave the item as it is, and say why. `ValidationError` if it was decided about already."""
    with in_turn():
        _still_waits(proposal)
        proposal.reason = reason.strip()[:300]
        _decide(proposal, Proposal.State.DECLINED, by, now)
        log(proposal.item, "almoner.decline", user=by, data={"reason": proposal.reason})


def _still_waits(proposal: Proposal) -> None:
    proposal.refresh_from_db()
    if proposal.state != Proposal.State.WAITING:
        raise ValidationError("Somebody decided about this already.")


def _decide(proposal: Proposal, state: str, by: Person, now: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason"])
