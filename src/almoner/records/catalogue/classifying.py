"""What items are about and whom they concern, kept in step with their words until an editor says otherwise."""

from __future__ import annotations

from typing import Final

from almoner.records.catalogue.audiences import AUDIENCES, audience_rows
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.topics import TOPICS, topic_rows, topics_found

CLASSIFIED_BY: Final = frozenset({"title", "text", "summary"})
"""The fields of an item that say what it is about and whom it concerns."""


def classify_again(item: Item) -> None:
    """Bring an item's topics and audiences in step with its words as they stand now; what an editor chose stays."""
    found = topics_found(item)
    if "topics" not in item.corrected:
        TOPICS.replace(item, topic_rows(item, found))
    if "audiences" not in item.corrected:
        AUDIENCES.replace(item, audience_rows(item, found, item.mentions.all()))
