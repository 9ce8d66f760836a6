"""Readings made by hand, so that the records are tested without the pipeline's rules."""

from __future__ import annotations

from typing import Any

from almoner.pipeline.findings import finding
from almoner.pipeline.model import (
    Document,
    Finding,
    Item,
    Kind,
    MediaType,
    Place,
    Precision,
    Reading,
    Snapshot,
    When,
)

HERE = Place(3, 9)


def an_item(title: str = "Water safety", text: str = "Take care near open water.", **fields: Any) -> Item:
    """An item as the pipeline gives it; `findings` may be codes."""
    fields["findings"] = tuple(
        each if isinstance(each, Finding) else finding(each, f"About {each}.", HERE)
        for each in fields.get("findings", ())
    )
    given: dict[str, Any] = {"place": HERE, "title_is_printed": True, "kind": Kind.NEWS, **fields}
    return Item("page.txt", title=title, text=text, **given)


def a_day(value: str) -> When:
    """A printed day."""
    return When(value, Precision.DAY, value)


def a_reading(*items: Item, publisher: str | None = None, **fields: Any) -> Reading:
    """A reading of a text with these items."""
    return Reading(
        Document("page.txt", MediaType.TEXT, (), title="A page", publisher=publisher), items, **fields
    )


def a_snapshot(content: bytes = b"A page.", source: str = "page.txt", captured: str = "") -> Snapshot:
    """The bytes of a text."""
    return Snapshot(source, content, MediaType.TEXT, captured=captured)
