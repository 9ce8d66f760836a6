"""Items that seem to announce an edition: found behind the keeping of items, for an editor to attach or dismiss.

Nothing is ever attached by itself. Each mention of a kept work is looked at once; a work that is added later finds what
was said of it before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet

from almoner.pipeline.extract.mentions.announcements import announcements
from almoner.pipeline.model import MentionKind
from almoner.records.catalogue.columns import cut
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import ItemMention
from almoner.records.catalogue.turns import in_turn
from almoner.records.guidance.editions import set_status
from almoner.records.guidance.enums import Decision, EditionStatus
from almoner.records.guidance.models import Edition, Proposal, Work

BATCH: Final = 200
"""Mentions of one work that are looked at in one sweep."""


def propose_waiting(now: datetime) -> int:
    """Look at the mentions of kept works that nobody has looked at, some of each; returns how many there were. Two
    queries where there are none."""
    newest = ItemMention.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return sum(
        _look(work, newest, now) for work in Work.objects.exclude(known="").filter(looked_to__lt=newest)
    )


def waiting() -> QuerySet[Proposal]:
    """The proposals that nobody has decided on, newest first; what was withdrawn is not among them."""
    return (
        Proposal.objects.filter(decision=Decision.WAITING)
        .exclude(item__status=Status.WITHDRAWN)
        .select_related("work", "item__publisher")
    )


def attach(proposal: Proposal, edition: Edition, *, now: datetime, by: Any = None) -> None:
    """Say that an item announces this edition. The status and day that it names are taken over where it names both, and it
    becomes the edition's item if that has none. `ValidationError` for an edition of another work."""
    if edition.work_id != proposal.work_id:
        raise ValidationError({"edition": f"{edition} is no edition of {proposal.work}."})
    with transaction.atomic():
        _decide(proposal, Decision.ATTACHED, edition, now, by)
        if edition.item_id is None:
            edition.item = proposal.item
            edition.save(update_fields=["item"])
        if proposal.status and proposal.since:
            set_status(edition, EditionStatus(proposal.status), proposal.since, now=now, by=by)


def dismiss(proposal: Proposal, *, now: datetime, by: Any = None) -> None:
    """Say that an item announces no edition."""
    _decide(proposal, Decision.DISMISSED, None, now, by)


def _decide(proposal: Proposal, decision: Decision, edition: Edition | None, now: datetime, by: Any) -> None:
    proposal.decision, proposal.edition = decision, edition
    proposal.decided_at, proposal.decided_by = now, by
    proposal.save(update_fields=["decision", "edition", "decided_at", "decided_by"])


def _look(work: Work, newest: int, now: datetime) -> int:
    """In turn with those who keep items: else a mention could come in below the one that was looked at last."""
    with in_turn():
        mentions = (
            ItemMention.objects.filter(
                kind=MentionKind.GUIDANCE.value, known=work.known, pk__gt=work.looked_to
            )
            .exclude(item__status=Status.WITHDRAWN)
            .select_related("item")
            .order_by("pk")
        )
        looked = list(mentions[:BATCH])
        items = {mention.item_id: mention.item for mention in looked}
        Proposal.objects.bulk_create(
            (
                Proposal(
                    work=work,
                    item=item,
                    year=one.year,
                    status=one.says.value,
                    since=one.since,
                    why=cut(Proposal, "why", one.sentence),
                    made_at=now,
                )
                for item in items.values()
                for one in announcements(item.title, item.text)
                if one.work == work.known
            ),
            ignore_conflicts=True,
        )
        work.looked_to = looked[-1].pk if len(looked) == BATCH else newest
        work.save(update_fields=["looked_to"])
    return len(looked)
