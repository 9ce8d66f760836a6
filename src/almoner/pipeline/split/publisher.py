"""Who publishes a page, as far as the page says so: in its head, its copyright line, or a name it repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from almoner.pipeline.lines import headings
from almoner.pipeline.lines.names import ORGANISATION_WORDS, looks_organisational
from almoner.pipeline.model import Block, Document

_COPYRIGHT_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)[\s\d©,–-]*(?:\.\s*)?(?:all\s+rights\s+reserved\.?)?[\s\d–-]*(?:the\s+)?(?P<owner>[A-Z][\w&'’.-]*(?:\s+(?:[A-Z&][\w&'’.-]*|of|for|and|the|in|on))*)",
)
_OWNER_IS = re.compile(r"(?:the\s+)?(?P<owner>[A-Z][\w&'’-]*(?:\s+(?:[A-Z&][\w&'’-]*|of|for|and|the|in))*)\s+is\s+an?\s+(?:registered\s+)?(?:community\s+interest\s+)?(?:company|charity|limited)", re.IGNORECASE)  # fmt: skip
_BRAND = re.compile(r"\b([A-Z][a-z][A-Za-z]*(?:\.[A-Z][a-z][A-Za-z]*)+)\b")


def publisher(document: Document, set_aside: Sequence[Block]) -> str | None:
    """The publisher's name as printed, or None. `set_aside` is the page's furniture, where such names stand."""
    if document.publisher:
        return document.publisher
    for block in set_aside:
        owner = _OWNER_IS.search(block.text) or _COPYRIGHT_OWNER.search(block.text)
        if owner is not None:
            name = owner["owner"].split(". ")[0]
            name = re.sub(
                r"^(?:the)\s+|\s+(?:all\s+rights\s+reserved|ltd|limited)\.?$",
                "",
                name.strip(" ."),
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
    return _titled(document) or _brand(document) or _masthead(document)


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
            lines = head[start : start + size]
            name = " ".join(lines)
            if not 3 <= len(name) <= 40 or any(not _is_name_line(line) for line in lines):
                continue
            first_word = name.split()[0]
            later = [text.split() for text in head[start + size :]]
            spelt = next(
                (text[0] for text in later if len(text) > 1 and text[0].lower() == first_word.lower()), None
            )
            if spelt and (size > 1 or name.isupper() or name.split()[-1].lower() in ORGANISATION_WORDS):
                return name.replace(first_word, spelt, 1)
    return None


def _is_name_line(line: str) -> bool:
    """Whether a line of a masthead can be part of a name: capitalised throughout, and no slogan."""
    words = line.split()
    return (
        0 < len(words) <= 4
        and words[0].lower() not in {"the", "for", "a", "your", "welcome"}
        and all(word[0].isupper() or word.lower() in {"of", "for", "and", "the", "&"} for word in words)
    )


def _titled(document: Document) -> str | None:
    """The site's name behind the page's own in its title: "News archive - Example Safeguarding Exchange"."""
    pieces = re.split(r"\s+[-–—|·»:]\s+", document.metadata.get("title") or document.title or "")
    if len(pieces) < 2:
        return None
    named = [
        piece for piece in (pieces[-1], pieces[0]) if looks_organisational(piece) and len(piece.split()) <= 6
    ]
    return next((piece for piece in named if not headings.names_periodical(piece)), None)
