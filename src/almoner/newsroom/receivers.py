"""What happens without an editor is put into the history as well."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.log_actions import log

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.signals import plan_kept


@receiver(plan_kept, dispatch_uid="history_of_plans")
def note_plan(item: Item, done: str, fault: str, **_: Any) -> None:
    """An item was published or withdrawn at its moment, or could not be."""
    log(item, "almoner.plan_kept", data={"done": done, "fault": fault})
