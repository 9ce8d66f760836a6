"""The addresses that an item's text leads to."""

from __future__ import annotations

from almoner.pipeline.extract.record import Record
from almoner.pipeline.model import Link, MediaType, Role

_SHOWN_SCHEMES = ("http://", "https://")


def read(record: Record) -> tuple[Link, ...]:
    """The links of all its blocks, each address once, in order; no mail or script addresses, and not its own."""
    found: dict[str, Link] = {}
    on_page = record.document.media_type is MediaType.HTML
    for part in record.cut.parts:
        # On a page, the links of a metadata line lead to categories and authors, not on from the text.
        if on_page and part.role is Role.METADATA:
            continue
        for link in part.block.links:
            if (
                link.href.startswith(_SHOWN_SCHEMES)
                and link.href not in found
                and link.href != record.cut.link
            ):
                found[link.href] = link
    return tuple(found.values())
