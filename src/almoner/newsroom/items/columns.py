"""Columns of the list of items."""

from __future__ import annotations

from typing import Any, Final

from wagtail.admin.ui.tables import Column, TitleColumn

from almoner.newsroom.queue import GRAVITY_WORDS, gravest_first
from almoner.pipeline.findings import FINDINGS
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.times import in_words

SHORT_STATUS: Final = {
    Status.WAITING: "Waiting",
    Status.PUBLISHED: "Published",
    Status.WITHDRAWN: "Withdrawn",
}


class FindingsColumn(Column):  # type: ignore[misc]
    """An item's open findings, gravest first, each with the word that says how grave it is."""

    cell_template_name = "newsroom/items/findings_cell.html"

    def get_cell_context_data(self, instance: Item, parent_context: dict[str, Any]) -> dict[str, Any]:
        """What the cell shows; the items come with their findings read."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        kinds = dict.fromkeys(found.code for found in gravest_first(instance.open_findings))  # type: ignore[attr-defined]
        context["kinds"] = [(FINDINGS[code], GRAVITY_WORDS[FINDINGS[code].gravity]) for code in kinds]
        context["has_change"] = instance.has_change  # type: ignore[attr-defined]
        return context


class ItemTitleColumn(TitleColumn):  # type: ignore[misc]
    """The title; on a narrow screen also what would stand in columns of its own."""

    cell_template_name = "newsroom/items/title_cell.html"

    def get_cell_context_data(self, instance: Item, parent_context: dict[str, Any]) -> dict[str, Any]:
        """What the cell shows."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        facts = (
            instance.get_kind_display(),
            source_of(instance),
            published_of(instance),
            status_of(instance),
        )
        context["facts"] = [fact for fact in facts if fact]
        return context


def status_of(item: Item) -> str:
    """Where an item stands, in one word."""
    return SHORT_STATUS[Status(item.status)]


def published_of(item: Item) -> str:
    """When an item was published, in words, as readers see it; "" where nothing says."""
    return in_words(item.published) if item.published else ""


def source_of(item: Item) -> str:
    """The organisation that an item comes from, as its credit says it, else its publisher."""
    return item.credit_source or (item.publisher.name if item.publisher else "")
