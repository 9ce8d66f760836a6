"""Reads of what was gathered."""

from __future__ import annotations

from collections.abc import Collection, Set

from almoner.records.catalogue.models import Item
from almoner.records.ingest.models import Source


def known_addresses(source: Source, addresses: Collection[str]) -> Set[str]:
    """Of these addresses, those of items that were seen at this source before."""
    seen = Item.objects.filter(sightings__document__snapshot__source=source, link__in=list(addresses))
    return set(seen.values_list("link", flat=True))
