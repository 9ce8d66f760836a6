"""Who publishes a page, as far as the page says so: in its head, its copyright line, or a name it repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.lines.names import ORGANISATION_WORDS
from almoner.pipeline.model import Block, Document

_COPYRIGHT_OWNER: Final = re.compile(
    r"(?:©|\(c\)|copyright)[\s\d©,–-]*(?:\.\s*)?(?:all\s+rights\s+reserved\.?)?[\s\d–-]*(?:the\s+)?(?P<owner>[A-Z][\w&'’.-]*(?:\s+(?:[A-Z&][\w&'’.-]*|of|for|and|the|in|on))*)",
)
_OWNER_IS: Final = re.compile(r"(?:the\s+)?(?P<owner>[A-Z][\w&'’-]*(?:\s+(?:[A-Z&][\w&'’-]*|of|for|and|the|in))*)\s+is\s+an?\s+(?:registered\s+)?(?:community\s+interest\s+)?(?:company|charity|limited)", re.IGNORECASE)  # fmt: skip
_BRAND: Final = re.compile(r"\b([A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)+)\b")


def publisher(document: Document, set_aside: Sequence[Block]) -> str | None:
    """The publisher's name as printed, or None. `set_aside` is the page's furniture, where such names stand."""
    if document.publisher:
        return document.publisher
    for block in set_aside:
        owner = _OWNER_IS.search(block.text) or _COPYRIGHT_OWNER.search(block.text)
        if owner is not None:
            name = re.sub(
                r"^(?:the)\s+|\s+(?:all\s+rights\s+reserved|ltd|limited)\.?$",
                "",
                owner["owner"].strip(" ."),
                flags=re.IGNORECASE,
            )
            if len(name) > 2 and name.lower() not in {
                "all rights reserved",
                "all rights",
                "copyright",
                "website",
                "site",
            }:
                return name
    return _brand(document) or _masthead(document)


def _brand(document: Document) -> str | None:
    """A name like "Example.Org" that the page prints and links to."""
    hosts = {
        (urlsplit(link.href).hostname or "").removeprefix("www.")
        for block in document.blocks
        for link in block.links
    }
    names = Counter(
        name for block in document.blocks for name in _BRAND.findall(block.text) if name.lower() in hosts
    )
    return names.most_common(1)[0][0] if names else None


def _masthead(document: Document) -> str | None:
    """A name in the page's first lines that a later line of its head repeats: "ANN", "TRUST", "ANN Newsfeed"."""
    head = [block.text for block in document.blocks[:8] if len(block.text) <= 60]
    for size in (3, 2, 1):
        for start in range(min(2, len(head))):
            name = " ".join(head[start : start + size])
            if not 3 <= len(name) <= 40 or not name[0].isupper() or any(ch.isdigit() for ch in name):
                continue
            first_word = name.split()[0].lower()
            later = [text.split() for text in head[start + size :]]
            repeated = any(len(text) > 1 and text[0].lower() == first_word for text in later)
            if repeated and (name.isupper() or name.split()[-1].lower() in ORGANISATION_WORDS | {"cic"}):
                return name
    return None
