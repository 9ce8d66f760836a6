"""Taking back the last thing that an editor did in the queue, and the one before."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest

from almoner.newsroom import decisions
from almoner.newsroom.models import Correction
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item, ItemFinding

_KEPT: Final = "review_done"
MOST: Final = 30
"""Steps that can be taken back."""


def note(request: HttpRequest, item: Item, step: str, *keys: int) -> None:
    """Remember a step: what was done with an item, and the rows that it takes to undo it."""
    request.session[_KEPT] = [*request.session.get(_KEPT, []), [item.pk, step, *keys]][-MOST:]


def can_undo(request: HttpRequest) -> bool:
    """Whether there is a step to take back."""
    return bool(request.session.get(_KEPT))


def undo(request: HttpRequest, by: Person, now: datetime) -> Item | None:
    """Take the last step back and return its item; None if there is nothing to take back. What somebody else changed
    since is not undone: `ChangedMeanwhile`. `ValidationError` if what was there no longer fits."""
    done: list[list[Any]] = request.session.get(_KEPT, [])
    if not done:
        return None
    (pk, step, *keys), request.session[_KEPT] = done[-1], done[:-1]
    item = Item.objects.get(pk=pk)
    if step == "approve":
        decisions.take_back(item, by, now)
    elif step == "withdraw" and item.status == Status.WITHDRAWN:
        decisions.restore(item, by, now)
    elif step == "merge" and item.status == Status.WITHDRAWN:
        decisions.part(item, keys, by, now)
    elif step == "correct":
        for correction in Correction.objects.filter(pk=keys[0]):
            decisions.put_back(correction, by, now, seen=correction.pk)
        _reopen(keys[1:], by)
    elif step == "settle":
        _reopen(keys, by)
    return item


def _reopen(findings: list[int], by: Person) -> None:
    for finding in ItemFinding.objects.filter(pk__in=findings).exclude(settled_at=None):
        decisions.reopen(finding, by)
