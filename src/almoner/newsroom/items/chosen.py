"""What is done to the items that were ticked in a list."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Model, QuerySet
from wagtail.admin.views.bulk_action import BulkAction

from almoner.records.catalogue.models import Item


class ChosenItemsAction(BulkAction):  # type: ignore[misc]
    """An action on the items that were ticked, never on a whole list unread."""

    models: ClassVar[list[type[Model]]] = [Item]

    @classmethod
    def get_queryset(cls, model: type[Item], object_ids: list[str]) -> QuerySet[Item]:
        """The chosen items. Numbers only: "all" is not offered, and chooses none."""
        return model.objects.filter(pk__in=[key for key in object_ids if key.isdigit()])

    def get_all_objects_in_listing_query(self, _parent: str | None) -> list[str]:
        """Nothing."""
        return []
