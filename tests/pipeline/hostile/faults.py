"""What may never stand in an item, said without the code that keeps it out.

An item has mark-up in one field only, `html`, which is shown as it is. All its other fields are plain text, which
whoever shows them escapes, and addresses, which stand in links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from almoner.pipeline.model import Item

_SHOWN: Final = frozenset(
    """
    a abbr address b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td
    tfoot th thead time tr u ul var
    """.split()  # noqa: SIM905
)
_ATTRIBUTES: Final = frozenset(
    {"href", "lang", "dir", "title", "datetime", "colspan", "rowspan", "scope", "start", "type", "rel"}
)
_FOLLOWED: Final = frozenset({"http", "https", "mailto", "tel"})
# What a browser's address parser takes out before it looks for the scheme (URL Standard, section 4.4).
_IGNORED: Final = re.compile(r"[\t\n\r]")
_EDGES: Final = "".join(map(chr, range(33)))
_TRACKER: Final = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|mc_eid)=|^https?://(?:www\.)?google\.com/url\?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def faults(item: Item) -> Iterator[str]:
    """Each thing that is wrong with the item."""
    yield from _in_markup(item.html)
    for name, address in _addresses(item):
        if address:
            yield from (f"{name}: {fault}" for fault in _in_address(address, {"http", "https"}))
    for file in item.attachments:
        # A file that came in a message is named by its digest, which nothing follows (RFC 6920).
        yield from (f"attachments: {fault}" for fault in _in_address(file.href, {"http", "https", "ni"}))
    words = (
        item.title, item.text, item.summary, item.publisher or "", item.section or "", item.credit.author or "",
        item.credit.source or "", item.credit.outlet or "", item.credit.byline or "", *item.categories, *item.applies_to,
        *(change.note for change in item.changes), *(file.title for file in item.attachments), *(link.text for link in item.links),
    )  # fmt: skip
    yield from (f"control character in {text[:60]!r}" for text in words if _CONTROL.search(text))


def _addresses(item: Item) -> Iterator[tuple[str, str | None]]:
    yield "link", item.link
    yield "moved_to", item.moved_to
    yield "licence", item.licence if item.licence and ":" in item.licence else None
    yield from (("links", link.href) for link in item.links)
    yield from (("changes", change.link) for change in item.changes)


def _in_markup(html: str) -> Iterator[str]:
    again = html
    # What a browser makes of it, and what it makes of that once more: mutations show on the second reading.
    for _ in range(2):
        tree = LexborHTMLParser(f"<!DOCTYPE html><html><body><main>{again}</main></body></html>")
        main = tree.css_first("main")
        if main is None:
            yield "the mark-up does away with what is around it"
            return
        body = tree.body
        assert body is not None
        if body.child is None or body.child.next is not None or body.child.tag != "main":
            yield "the mark-up breaks out of what is around it"
        for node in main.css("*"):
            if node.tag == "main":
                continue
            if node.tag not in _SHOWN:
                yield f"<{node.tag}>"
            for name, value in node.attributes.items():
                if name not in _ATTRIBUTES:
                    yield f"{name}={value!r} on <{node.tag}>"
                if name == "href":
                    yield from _in_address(value or "", _FOLLOWED)
        again = main.inner_html or ""


def _in_address(address: str, schemes: set[str] | frozenset[str]) -> Iterator[str]:
    seen = _IGNORED.sub("", address.strip(_EDGES))
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", seen)
    if scheme is not None and scheme[1].lower() not in schemes:
        yield f"address {address[:80]!r}"
    if _TRACKER.search(seen):
        yield f"tracking address {address[:80]!r}"
