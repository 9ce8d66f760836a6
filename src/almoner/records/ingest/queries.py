"""Reads of what was gathered."""

from __future__ import annotations

from collections.abc import Collection, Set

from almoner.records.ingest.identity import canonical, digest
from almoner.records.ingest.models import ItemKey, Source


def known_addresses(source: Source, addresses: Collection[str]) -> Set[str]:
    """Of these addresses, those of items that were seen at this source before, removed ones included."""
    names = {digest("link", canonical(address)): address for address in addresses}
    known = ItemKey.objects.filter(source=source, digest__in=list(names))
    return {names[name] for name in known.values_list("digest", flat=True)}
