"""Dating several items at once that say nothing of their date: those of an import, say, of which an editor knows the
year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from wagtail import hooks

from almoner.newsroom import decisions
from almoner.newsroom.items.access import PUBLISH
from almoner.newsroom.items.chosen import ChosenItemsAction
from almoner.newsroom.items.fields import DayField
from almoner.newsroom.records import may
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item


class DateForm(forms.Form):
    """When they were published."""

    published = DayField(
        label="When these were published",
        help_text="A year is enough: 2014. It stands in the history as given by you, and readers are told that it is not printed.",
    )


class DateBulkAction(ChosenItemsAction):
    """Asks for a year, a month or a day, and gives it to the items that have none."""

    display_name = "Give a date"
    aria_label = "Give selected items a date"
    action_type = "give_date"
    template_name = "newsroom/items/bulk_date.html"
    form_class = DateForm

    def check_perm(self, obj: Item) -> bool:
        """Whether this item has no date, and may be changed by who asks."""
        needed = "change" if obj.status == Status.WAITING else PUBLISH
        return not obj.published and may(self.request, needed, Item)

    @classmethod
    def execute_action(
        cls, objects: list[Item], user: Person | None = None, published: str = "", **_: Any
    ) -> tuple[int, int]:
        """Date them."""
        assert user is not None
        return decisions.date_items(objects, published, user, timezone.now()), 0

    def get_execution_context(self) -> dict[str, Any]:
        """Who says so, and what."""
        return {"user": self.request.user, **self.cleaned_form.cleaned_data}

    def get_success_message(self, count: int, _children: int) -> str:
        """How many have a date now."""
        return f"{count} item{' has' if count == 1 else 's have'} a date, as given by you."


hooks.register("register_bulk_action", DateBulkAction)
