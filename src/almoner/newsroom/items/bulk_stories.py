"""Which items tell of one happening, as an editor sees it: put together, or taken apart. The machine never changes it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction

from almoner.newsroom import decisions
from almoner.newsroom.items.access import PUBLISH
from almoner.newsroom.records import may
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item


class _StoryBulkAction(BulkAction):  # type: ignore[misc]
    """Asks once more, then does it."""

    template_name = "newsroom/items/bulk_story.html"
    models: ClassVar[list[type[Model]]] = [Item]
    explanation = ""

    @classmethod
    def get_queryset(cls, model: type[Item], object_ids: list[str]) -> QuerySet[Item]:
        """The chosen items, oldest first. Numbers only: "all" is not offered, and chooses none."""
        chosen = [key for key in object_ids if key.isdigit()]
        return model.objects.filter(pk__in=chosen).order_by("sorts_at", "pk")

    def get_all_objects_in_listing_query(self, _parent: str | None) -> list[str]:
        """Nothing: whole lists are no story."""
        return []

    def check_perm(self, _obj: Item) -> bool:
        """Whether the editor may put items before readers."""
        return may(self.request, PUBLISH, Item)

    def get_execution_context(self) -> dict[str, Any]:
        """Who decides."""
        return {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What will happen, in words."""
        return {
            **super().get_context_data(**kwargs),
            "name": self.display_name,
            "explanation": self.explanation,
        }


class TogetherBulkAction(_StoryBulkAction):
    """Put the chosen items, and what is in their stories, into one story."""

    display_name = "Tell as one story"
    aria_label = "Put selected items into one story"
    action_type = "one_story"
    explanation = "These, and all that is in their stories, will be one story from now on:"

    @classmethod
    def execute_action(cls, objects: list[Item], user: Person | None = None, **_: Any) -> tuple[int, int]:
        """Merge their stories."""
        assert user is not None
        if objects:
            decisions.put_together(objects, user)
        return len(objects), 0

    def get_success_message(self, count: int, _children: int) -> str:
        """How many were chosen."""
        return f"{count} item{'' if count == 1 else 's'} and their stories are one story."


class ApartBulkAction(_StoryBulkAction):
    """Take the chosen items out of their stories and make one of them."""

    display_name = "Take out of their story"
    aria_label = "Take selected items out of their story"
    action_type = "own_story"
    explanation = (
        "These will leave the stories they are in, never go back by themselves, and be a story of their own:"
    )

    @classmethod
    def execute_action(cls, objects: list[Item], user: Person | None = None, **_: Any) -> tuple[int, int]:
        """Split them off."""
        assert user is not None
        if objects:
            decisions.take_apart(objects, user)
        return len(objects), 0

    def get_success_message(self, count: int, _children: int) -> str:
        """How many were chosen."""
        return f"{count} item{'' if count == 1 else 's'} taken out into a story of their own."


hooks.register("register_bulk_action", TogetherBulkAction)
hooks.register("register_bulk_action", ApartBulkAction)
