"""The adapters by name. The only place that imports them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from almoner.pipeline.ports import Adapter
from almoner.pipeline.sources import feed, govuk, legislation, listing, sitemap

ADAPTERS: Final[Mapping[str, Adapter]] = {
    "feed": feed.ADAPTER,
    "govuk": govuk.ADAPTER,
    "legislation": legislation.ADAPTER,
    "listing": listing.ADAPTER,
    "sitemap": sitemap.ADAPTER,
}

INBOXES: Final = frozenset({"newsletter", "folder"})
"""Adapters whose documents arrive by themselves and are taken as they are: see `gather.collect`."""


def adapter_named(name: str) -> Adapter:
    """The adapter of this name. `KeyError` if there is none."""
    return ADAPTERS[name]
