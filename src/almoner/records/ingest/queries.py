"""Reads of what was gathered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from typing import Final

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from almoner.records.catalogue.models import Item
from almoner.records.ingest.identity import page_digest
from almoner.records.ingest.models import (
    EntryDigest,
    ItemKey,
    PageMark,
    Sighting,
    Snapshot,
    Source,
)

_AT_ONCE: Final = 5_000
"""Values in one query; SQLite takes 32,766, and a sitemap names 50,000 addresses."""


def known_addresses(source: Source, addresses: Collection[str]) -> Mapping[str, str]:
    """Of these addresses, those that were read for this source before or are those of its items, removed ones
    included; each with the mark that its list gave it then."""
    names = {page_digest(address): address for address in addresses}
    known: dict[str, str] = {}
    asked = list(names)
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        items = ItemKey.objects.filter(source=source, digest__in=some)
        known |= {names[name]: "" for name in items.values_list("digest", flat=True)}
        marks = PageMark.objects.filter(source=source, digest__in=some)
        known |= {names[name]: mark for name, mark in marks.values_list("digest", "mark")}
    return known


def known_entries(source: Source, digests: Collection[str]) -> Set[str]:
    """Of these digests of entries, those that were read from this source."""
    known = known_pairs(EntryDigest, {(source.pk, digest) for digest in digests})
    return {digest for _, digest in known}


def known_pairs(
    table: type[ItemKey | EntryDigest], pairs: Collection[tuple[int, str]]
) -> dict[tuple[int, str], int | None]:
    """Of these pairs of a source's primary key and a digest, those that the table holds, each with the primary key of
    its item. Each pair is looked up in the index, whatever the table holds: written as `(source, digest) IN (VALUES …)`
    it would be one scan of the whole table, by SQLite's planner."""
    known: dict[tuple[int, str], int | None] = {}
    name, asked = connection.ops.quote_name(table._meta.db_table), list(pairs)
    with connection.cursor() as cursor:
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            cursor.execute(
                f"WITH asked (source, name) AS (VALUES {', '.join(['(%s, %s)'] * len(some))}) "  # noqa: S608, a name of our own
                f"SELECT source_id, digest, item_id FROM asked JOIN {name} ON source_id = source AND digest = name",
                [value for pair in some for value in pair],
            )
            known |= {(source, digest): item for source, digest, item in cursor.fetchall()}
    return known


def first_seen_at(source: Source) -> QuerySet[Item]:
    """The items that came from this source: those seen at others, too, where they were seen here first."""
    first = Sighting.objects.filter(item=OuterRef("pk")).order_by("pk").values("document__snapshot__source")
    seen = Sighting.objects.filter(document__snapshot__source=source).values("item")
    return (
        Item.objects.filter(pk__in=seen).annotate(came_from=Subquery(first[:1])).filter(came_from=source.pk)
    )


def removed_among(hashes: Collection[str]) -> Set[tuple[int, str]]:
    """Of these SHA-256s, those of snapshots that were removed by rule, each with the primary key of its source."""
    if not hashes:
        return set()
    removed = Snapshot.objects.filter(sha256__in=list(hashes)).exclude(removed_at=None)
    return set(removed.order_by().values_list("source_id", "sha256"))
