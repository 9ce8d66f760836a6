"""From items to what the index holds of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from almoner.records.catalogue.models import Item
from almoner.records.search.entries import FIELDS, Row, Stems
from almoner.records.search.initials import initials_of
from almoner.records.search.language import stems
from almoner.records.search.names import without_names
from almoner.records.search.words import plain


def row_of(item: Item) -> Row:
    """What the index holds of an item, its private names left out. Reads its publisher and its categories."""
    credit = (
        item.publisher.name if item.publisher else "",
        item.credit_source,
        item.credit_outlet,
        item.credit_author,
        item.credit_byline,
    )
    categories = [category.name for category in item.categories.all()]
    fields = (item.title, item.summary, item.text, _list(credit), _list(categories))
    return Row(item.pk, *without_names([plain(field) for field in fields], item.private_names))


def stems_of(rows: Sequence[Row]) -> list[Stems]:
    """What the index is given of rows: their stems, and what their titles may be cut to."""
    width = len(FIELDS)
    found = [" ".join(each) for each in stems([field for row in rows for field in row.fields])]
    return [
        Stems(row.item_id, (*found[number * width : (number + 1) * width], " ".join(initials_of(row.title))))
        for number, row in enumerate(rows)
    ]


def _list(names: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(name for name in names if name))
