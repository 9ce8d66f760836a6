"""Approving several items at once: only those that wait and have no open finding."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail import hooks

from almoner.newsroom import decisions
from almoner.newsroom.items.access import PUBLISH
from almoner.newsroom.items.chosen import ChosenItemsAction
from almoner.newsroom.queue import with_open_findings
from almoner.newsroom.records import may
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item


class ApproveBulkAction(ChosenItemsAction):
    """Asks once more, names what stays behind and why, then approves."""

    display_name = "Approve"
    aria_label = "Approve selected items"
    action_type = "approve"
    template_name = "newsroom/items/bulk_approve.html"

    @classmethod
    def get_queryset(cls, model: type[Item], object_ids: list[str]) -> QuerySet[Item]:
        """The chosen items, with their findings."""
        return with_open_findings(super().get_queryset(model, object_ids))

    def check_perm(self, obj: Item) -> bool:
        """Whether this item may be approved together with others."""
        is_ready = obj.status == Status.WAITING and not obj.open_findings  # type: ignore[attr-defined]
        return is_ready and may(self.request, PUBLISH, Item)

    @classmethod
    def execute_action(cls, objects: list[Item], user: Person | None = None, **_: Any) -> tuple[int, int]:
        """Approve them."""
        assert user is not None
        return len(decisions.approve(objects, user, timezone.now()).published), 0

    def get_execution_context(self) -> dict[str, Any]:
        """Who approves."""
        return {"user": self.request.user}

    def get_success_message(self, count: int, _children: int) -> str:
        """How many readers can see now."""
        return f"{count} item{'' if count == 1 else 's'} published."


hooks.register("register_bulk_action", ApproveBulkAction)
