"""A page's source as a document: its tree, its blocks in reading order, and what its head says."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Decision, Document, Finding, MediaType, Place
from almoner.pipeline.page import addresses, furniture, joints
from almoner.pipeline.page.blocks import blocks
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.tracking import untracked
from almoner.pipeline.page.view import PageView
from almoner.pipeline.parse import head, limits
from almoner.pipeline.parse.grow import grow

_DATED: Final = (
    "article:published_time",
    "jsonld:datepublished",
    "itemprop:datepublished",
)


def parse_html(source: str, markup: str, address: str = "") -> Document:
    """Read the page `markup` that was found at `address` ("" if that is not known); `source` names it.

    Any text is a page: broken mark-up is mended as browsers do, and what would take unbounded time is left
    out with the finding `text_cut`. Links are absolute where `address` or the page's `<base>` lets us know.
    Furniture stays in the tree but is in no block. Never raises.
    """
    markup, left_out = limits.bounded(markup)
    growth = grow(LexborHTMLParser(markup))
    joints.unmark(growth.tags, growth.parents, growth.texts)
    joints.part(growth.tags, growth.parents, growth.ends, growth.texts)
    said = head.metadata(growth.metas, growth.json_ld)
    if not any(key in said for key in _DATED):
        said["script:published"] = head.published_in_scripts(markup)
    base = addresses.absolute(growth.base, address) or address or _own_address(said)
    said = _with_safe_addresses(said, base)
    aside = furniture.roots(growth.tags, growth.parents, growth.ends, growth.attributes, growth.texts)
    tree = growth.tree(aside, base)
    view = PageView(tree)
    found: tuple[Finding, ...] = ()
    if left_out:
        found = (
            finding(
                "text_cut",
                f"The page was not read whole: {left_out}.",
                Place(css="body"),
            ),
        )
    return Document(
        source,
        MediaType.HTML,
        blocks(view, 0, len(tree.tags), aside),
        title=clean(growth.title) or None,
        publisher=said.get("og:site_name") or said.get("jsonld:publisher") or said.get("application-name"),
        language=growth.language or None,
        address=address or said.get("canonical", ""),
        metadata=said,
        findings=found,
        decisions=tuple(_furniture_decisions(view, aside)),
        tree=tree,
    )


def _with_safe_addresses(said: dict[str, str], base: str) -> dict[str, str]:
    """What the head says, the addresses of pages in it made absolute; what is no address of a page is left out."""
    safe: dict[str, str] = {}
    for key in ("canonical", "next", "prev"):
        if key in said:
            address = untracked(addresses.absolute(said[key], base))
            safe[key] = "" if address.lower().startswith(("mailto:", "tel:")) else address
    return {key: safe.get(key, value) for key, value in said.items() if safe.get(key, value)}


def _own_address(said: dict[str, str]) -> str:
    """The page's address as it gives it itself."""
    for key in ("canonical", "og:url"):
        if said.get(key, "").startswith(("http://", "https://")):
            return said[key]
    return ""


def _furniture_decisions(view: PageView, aside: frozenset[int]) -> list[Decision]:
    if not aside:
        return []
    kinds = sorted({view.tags[node] for node in aside})
    return [Decision("parse", f"set {len(aside)} parts aside", "furniture: " + ", ".join(kinds))]
