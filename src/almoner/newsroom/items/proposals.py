"""Proposals on an item's page: each field before and after, to be accepted or declined."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from wagtail.admin import messages

from almoner.newsroom import proposals
from almoner.newsroom.changes import NAMES
from almoner.newsroom.items.access import ForEditors
from almoner.newsroom.models import Proposal
from almoner.pipeline.editions.hunks import exact_hunks
from almoner.pipeline.editions.model import Hunk
from almoner.records.catalogue.models import Item


@dataclass(frozen=True, slots=True)
class ProposedField:
    """One field that would be changed."""

    label: str
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal that waits, field by field."""

    proposal: Proposal
    fields: tuple[ProposedField, ...]


def shown_proposals(item: Item) -> list[Proposed]:
    """What is proposed for an item, oldest first."""
    return [
        Proposed(
            each,
            tuple(
                ProposedField(NAMES.get(name, name).capitalize(), exact_hunks(was, now))
                for name, (was, now) in sorted(each.words.items())
            ),
        )
        for each in proposals.waiting().filter(item=item).select_related("by")
    ]


class AcceptView(ForEditors):
    """Makes a proposed change."""

    def post(self, request: HttpRequest, proposal: int, **_: int) -> HttpResponse:
        """Make it, or say why not."""
        try:
            proposals.accept(get_object_or_404(self.item.proposals, pk=proposal), self.editor, timezone.now())
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            messages.success(request, "Accepted. Readers see it now.")
        return self.back()


class DeclineView(ForEditors):
    """Leaves the item as it is."""

    def post(self, request: HttpRequest, proposal: int, **_: int) -> HttpResponse:
        """Note that, with the reason if one was given."""
        try:
            proposals.decline(
                get_object_or_404(self.item.proposals, pk=proposal),
                self.editor,
                timezone.now(),
                request.POST.get("reason", ""),
            )
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            messages.success(request, "Declined. The item stays as it is.")
        return self.back()
