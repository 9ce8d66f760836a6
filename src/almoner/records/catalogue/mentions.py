"""What items mention, kept with them and in step with their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from almoner.pipeline import model
from almoner.pipeline.extract.mentions import mentions_in
from almoner.records.catalogue.models import Item, ItemMention

TELLING_FIELDS: Final = frozenset({"title", "text", "credit_source", "credit_outlet"})
"""The fields of an item in which mentions are looked for."""


def mention_rows(item: Item, mentions: Iterable[model.Mention]) -> tuple[ItemMention, ...]:
    """The rows, not yet saved, of what the pipeline found in an item."""
    return tuple(
        ItemMention(
            item=item,
            kind=mention.kind.value,
            known=mention.id,
            name=mention.name,
            edition=mention.edition or "",
            as_printed=" ".join(mention.as_printed.split()),
            count=mention.count,
        )
        for mention in mentions
    )


def look_again(item: Item) -> None:
    """Bring what is kept of an item's mentions in step with its words as they stand now."""
    whole = model.Place()
    texts = (item.title, *item.text.split("\n\n"), item.credit_source, item.credit_outlet)
    found = mentions_in([(text, whole) for text in texts if text])
    item.mentions.all().delete()
    ItemMention.objects.bulk_create(mention_rows(item, found))
