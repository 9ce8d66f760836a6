"""Reads of what was gathered."""

from __future__ import annotations

from collections.abc import Collection, Set

from almoner.records.ingest.identity import canonical, digest
from almoner.records.ingest.models import ItemKey, Snapshot, Source


def known_addresses(source: Source, addresses: Collection[str]) -> Set[str]:
    """Of these addresses, those of items that were seen at this source before, removed ones included."""
    names = {digest("link", canonical(address)): address for address in addresses}
    known = ItemKey.objects.filter(source=source, digest__in=list(names))
    return {names[name] for name in known.values_list("digest", flat=True)}


def removed_among(hashes: Collection[str]) -> Set[tuple[int, str]]:
    """Of these SHA-256s, those of snapshots that were removed by rule, each with the primary key of its source."""
    if not hashes:
        return set()
    removed = Snapshot.objects.filter(sha256__in=list(hashes)).exclude(removed_at=None)
    return set(removed.order_by().values_list("source_id", "sha256"))
