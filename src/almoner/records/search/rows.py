"""From items to what the index holds of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from almoner.pipeline.model import MentionKind
from almoner.records.catalogue.models import (
    Item,
    ItemAudience,
    ItemMention,
    ItemTopic,
    words_of_markup,
)
from almoner.records.catalogue.queries import published
from almoner.records.search.entries import FIELDS, Row, Stems
from almoner.records.search.initials import initials_of
from almoner.records.search.language import stems
from almoner.records.search.names import without_names
from almoner.records.search.narrowing import Terms, terms_of
from almoner.records.search.words import plain

_COLUMNS: Final = (
    "pk", "title", "summary", "text", "credit_source", "credit_outlet", "credit_author", "credit_byline", "private_names",
    "publisher__name", "publisher__slug", "kind", "published", "added", "sorts_at", "comment__html",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index is made from: an item's words, what it can be narrowed by, and its date in seconds."""

    row: Row
    terms: Terms
    sorts_at: int


def indexed(item_ids: Sequence[int]) -> list[Indexed]:
    """What the index is made from for those of the items that are published, by their primary keys. Five queries, and
    no object for any of them: that is most of what an index costs to build."""
    categories = _by_item(
        Item.categories.through.objects.filter(item__in=item_ids)
        .order_by("category__name")
        .values_list("item_id", "category__name")
    )
    topics = _by_item(ItemTopic.objects.filter(item__in=item_ids).values_list("item_id", "topic"))
    audiences = _by_item(ItemAudience.objects.filter(item__in=item_ids).values_list("item_id", "audience"))
    places = _by_item(
        ItemMention.objects.filter(item__in=item_ids, kind=MentionKind.PLACE).values_list("item_id", "known")
    )
    found = published().filter(pk__in=item_ids).order_by("pk").values_list(*_COLUMNS, named=True)
    return [
        Indexed(
            _row(
                item,
                item.publisher__name or "",
                categories.get(item.pk, ()),
                words_of_markup(item.comment__html or ""),
            ),
            terms_of(
                item,
                item.publisher__slug or "",
                topics.get(item.pk, ()),
                audiences.get(item.pk, ()),
                places.get(item.pk, ()),
            ),
            int(item.sorts_at.timestamp()),
        )
        for item in found
    ]


def _by_item(pairs: Iterable[tuple[int, str]]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for item, value in pairs:
        found[item].append(value)
    return found


def _row(item: Any, publisher: str, categories: Iterable[str], comment: str) -> Row:
    credit = (
        publisher,
        item.credit_source,
        item.credit_outlet,
        item.credit_author,
        item.credit_byline,
    )
    fields = (item.title, item.summary, item.text, _list(credit), _list(categories), comment)
    return Row(item.pk, *without_names([plain(field) for field in fields], item.private_names))


def stems_of(rows: Sequence[Row]) -> list[Stems]:
    """What the index is given of rows: their stems, and what their titles may be cut to."""
    width = len(FIELDS)
    found = [" ".join(each) for each in stems([field for row in rows for field in row.found_by])]
    return [
        Stems(row.item_id, (*found[number * width : (number + 1) * width], " ".join(initials_of(row.title))))
        for number, row in enumerate(rows)
    ]


def _list(names: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(name for name in names if name))
