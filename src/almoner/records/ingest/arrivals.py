"""The items of a document beside those that are known: which are new, which are known, which have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Passed
from almoner.records.catalogue.models import Item
from almoner.records.ingest import identity
from almoner.records.ingest.identity import Known, Match, Names
from almoner.records.ingest.models import ItemKey, Source
from almoner.records.ingest.queries import known_pairs
from almoner.records.ingest.rows import ItemRows
from almoner.records.ingest.small_rows import Value

SIGHTING: Final = ("document_id", "item_id", "position", "first_line", "last_line", "css")


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The rows of a document, sorted. `items` holds beside each row the item that it is: its own where it is new,
    a known one, or None where it was removed and stays so. `changed` are known items with the rows of what their
    publisher made of them; `passed` are records that were not read, each with the primary key of its item."""

    rows: Sequence[ItemRows]
    items: Sequence[Item | None]
    keys: Sequence[Names]
    changed: Sequence[tuple[Item, ItemRows]]
    passed: Sequence[tuple[Passed, int]]

    @property
    def new(self) -> list[ItemRows]:
        """The rows of items that were never seen before."""
        return [row for row, item in zip(self.rows, self.items, strict=True) if row.item is item]

    def sightings(self, document: int) -> Iterator[tuple[Value, ...]]:
        """What was seen in the document of this primary key, as the `SIGHTING` columns; new items must have been
        saved."""
        for row, item in zip(self.rows, self.items, strict=True):
            if item is not None:
                seen = row.sighting
                yield document, item.pk, seen.position, seen.first_line, seen.last_line, seen.css
        for record, pk in self.passed:
            yield document, pk, record.position, record.place.first_line, record.place.last_line, ""

    def names(self) -> Iterator[tuple[str, int]]:
        """Each name with the primary key of the item that has it now; new items must have been saved."""
        names: dict[str, int] = {}
        for item, key in zip(self.items, self.keys, strict=True):
            if item is not None:
                names.update(dict.fromkeys(key.all(), item.pk))
        yield from names.items()


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was read from one document of a source: `home` is the document's address, `passed` what else stands in it:
    known items, each with its primary key."""

    source: Source
    rows: Sequence[ItemRows]
    home: str
    passed: Sequence[tuple[Passed, int]] = ()


def sort(documents: Sequence[Incoming]) -> list[Arrivals]:
    """Tell for each row of documents of different sources which item it is. Three queries, however many there are."""
    names = [
        identity.names_of(
            [row.read for row in document.rows],
            document.home,
            [record.markup for record, _ in document.passed],
        )
        for document in documents
    ]
    asked = {
        (document.source.pk, digest)
        for document, some in zip(documents, names, strict=True)
        for name in some
        for digest in name.all()
    }
    keys: dict[int, dict[str, int | None]] = {document.source.pk: {} for document in documents}
    for (source, digest), pk in known_pairs(ItemKey, asked).items():
        keys[source][digest] = pk
    items = Item.objects.in_bulk({pk for some in keys.values() for pk in some.values() if pk is not None})
    elsewhere = {
        item.fingerprint: item
        for item in Item.objects.filter(
            fingerprint__in={row.item.fingerprint for document in documents for row in document.rows}
        )
    }
    return [
        _sorted(document, some, keys[document.source.pk], items, elsewhere)
        for document, some in zip(documents, names, strict=True)
    ]


def _sorted(
    document: Incoming,
    names: Sequence[Names],
    keys: dict[str, int | None],
    all_known: dict[int, Item],
    elsewhere: dict[str, Item],
) -> Arrivals:
    rows, known = document.rows, {pk: all_known[pk] for pk in keys.values() if pk is not None}
    matches = identity.match(
        [row.read for row in rows],
        names,
        keys,
        {pk: _known(item) for pk, item in known.items()},
        {pk for _, pk in document.passed},
    )
    items: list[Item | None] = []
    for row, match in zip(rows, matches, strict=True):
        items.append(_item(row, match, known, elsewhere, items))
    changed = {
        item.pk: (item, row)
        for row, item, name, match in zip(rows, items, names, matches, strict=True)
        if item is not None
        and match.pk is not None
        and ((name.words not in keys and not _is_less(row, item)) or _says_so(row, item))
    }
    return Arrivals(rows, items, names, list(changed.values()), document.passed)


def _item(
    row: ItemRows,
    match: Match,
    known: dict[int, Item],
    elsewhere: dict[str, Item],
    before: Sequence[Item | None],
) -> Item | None:
    if match.removed:
        return None
    if match.pk is not None:
        return known[match.pk]
    if match.twin is not None:
        return before[match.twin]
    # The same words from another source: one more sighting of the one item.
    return elsewhere.setdefault(row.item.fingerprint, row.item)


def _known(item: Item) -> Known:
    return Known(item.pk, item.title, item.text, item.published[:10])


def _says_so(row: ItemRows, item: Item) -> bool:
    """Whether the publisher notes a change of its own that is new to us, though the words may be the same: in a file
    that belongs to it, for one."""
    return bool(row.read.changes and row.item.updated and row.item.updated != item.updated)


def _is_less(row: ItemRows, item: Item) -> bool:
    """Whether a list or a feed only shows less of what is known in full."""
    return not row.item.text.strip() or identity.is_excerpt(row.item.text, item.text)
