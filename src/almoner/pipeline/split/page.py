"""A document made ready for splitting: furniture set aside, what the page says about itself found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from almoner.pipeline.lines import credit, dates, furniture, headings, metadata
from almoner.pipeline.lines.metadata import Metadata
from almoner.pipeline.lines.names import ORGANISATION_WORDS, looks_organisational, looks_personal
from almoner.pipeline.model import Block, BlockKind, Cut, Decision, Document, Part, Place, Role, Splitting

_COPYRIGHT_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)[\s\d©,–-]*(?:\.\s*)?(?:all\s+rights\s+reserved\.?)?[\s\d–-]*(?:the\s+)?(?P<owner>[A-Z][\w&'’.-]*(?:\s+(?:[A-Z&][\w&'’.-]*|of|for|and|the|in|on))*)",
)
_OWNER_IS = re.compile(r"(?:the\s+)?(?P<owner>[A-Z][\w&'’-]*(?:\s+(?:[A-Z&][\w&'’-]*|of|for|and|the|in))*)\s+is\s+an?\s+(?:registered\s+)?(?:community\s+interest\s+)?(?:company|charity|limited)", re.IGNORECASE)  # fmt: skip
_BRAND = re.compile(r"\b([A-Z][a-z][A-Za-z]*(?:\.[A-Z][a-z][A-Za-z]*)+)\b")


@dataclass(frozen=True)
class Page:
    """The blocks of a document that can belong to items, in order, and their metadata readings."""

    document: Document
    blocks: tuple[Block, ...]
    set_aside: tuple[Block, ...]
    order: dates.Order
    letter_end: Block | None = None

    @cached_property
    def metadata(self) -> tuple[Metadata | None, ...]:
        """For each block what it says as a metadata line, or None."""
        return tuple(
            metadata.read(block.text, self.order) if block.kind is not BlockKind.RULE else None
            for block in self.blocks
        )

    @property
    def title(self) -> str | None:
        """What the page is called, where the page's head or its first line says so."""
        return self.document.title

    @cached_property
    def publisher(self) -> str | None:
        """Who publishes the page, as far as it says: site name, copyright line, or a brand it repeats."""
        return self.document.publisher or _publisher(self.document, self.set_aside)

    def cut(
        self, first: int, last: int, title: int | None, layout: str, why: str, *,
        label: int | None = None, context: Sequence[Block] = (), metadata_at: Sequence[int] = (),
    ) -> Cut:  # fmt: skip
        """The item in blocks `first`..`last` (inclusive), with a role for each block."""
        known = set(metadata_at) | self._metadata_beside(first, last, title)
        known |= {
            index
            for index in range(max(first, last - 1), last + 1)
            if self._files_away(index) and index != title
        }
        credit_at = self._closing_credits(first, last, known, title)
        parts: list[Part] = []
        for index in range(first, last + 1):
            block = self.blocks[index]
            if block.kind is BlockKind.RULE:
                continue
            role = (
                Role.TITLE if index == title
                else Role.LABEL if index == label
                else Role.METADATA if index in known
                else Role.CREDIT if index in credit_at
                else Role.BODY
            )  # fmt: skip
            parts.append(Part(role, block))
        place = span([part.block for part in parts])
        named = self.blocks[title].text[:60] if title is not None else "no title line"
        return Cut(
            tuple(parts),
            place,
            layout,
            tuple(context),
            decisions=(Decision("split", f"item: {named}", why, place),),
        )

    def _metadata_beside(self, first: int, last: int, title: int | None) -> set[int]:
        """Metadata lines that stand right under the title, or right above it."""
        found: set[int] = set()
        if title is None:
            return found
        for index in range(title + 1, min(last, title + 4) + 1):
            if self.metadata[index] is None:
                break
            found.add(index)
        found.update(index for index in range(first, title) if self.metadata[index] is not None)
        return found

    def _files_away(self, index: int) -> bool:
        """Whether a line says under which categories the item above it is filed."""
        line = self.metadata[index]
        return line is not None and bool(line.categories) and "categories" in line.labels

    def _closing_credits(self, first: int, last: int, known: set[int], title: int | None) -> set[int]:
        found: set[int] = set()
        for index in range(last, max(first, last - 3), -1):
            if index in known or index == title:
                continue
            if credit.read(self.blocks[index].text) is not None:
                found.add(index)
            elif not furniture.is_more_link(self.blocks[index].text):
                break
        return found

    def complete(self, splitting: Splitting, layout: str) -> Splitting:
        """The splitting with what the page says about itself."""
        why = f"{len(splitting.cuts)} item(s) found by the layout '{layout}'"
        return replace(
            splitting,
            cuts=_with_bare_credits(splitting.cuts),
            title=splitting.title or self.title,
            publisher=splitting.publisher or self.publisher,
            decisions=(Decision("split", f"layout {layout}", why), *splitting.decisions),
        )


def _signs_off(blocks: Sequence[Block], index: int) -> bool:
    """Whether a letter ends here: with a usual phrase, or with a short line and a comma over a name."""
    text = blocks[index].text
    if furniture.is_sign_off(text):
        return True
    if not text.endswith(",") or len(text) > 60 or index < 0.6 * len(blocks) or index + 1 >= len(blocks):
        return False
    signed = blocks[index + 1].text.split()
    return len(signed) <= 12 and looks_personal(" ".join(signed[:2]))


def _with_bare_credits(cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Cuts that close with the bare name of an outlet, where at least half of the page's do: a credit."""
    bare = [
        len(cut.parts) > 2 and cut.parts[-1].role is Role.BODY and _is_bare_name(cut.parts[-1].block)
        for cut in cuts
    ]
    if sum(bare) < 2 or sum(bare) < 0.5 * len(cuts):
        return cuts
    return tuple(
        replace(cut, parts=(*cut.parts[:-1], Part(Role.CREDIT, cut.parts[-1].block))) if named else cut
        for cut, named in zip(cuts, bare, strict=True)
    )


def _is_bare_name(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(block.text) <= 50
        and not re.search(r"[\d:|{}]", block.text)
        and looks_organisational(block.text)
        and not block.text.endswith(".")
    )


def open_page(document: Document, order: dates.Order) -> Page:
    """The page without its furniture: navigation, copyright, comment forms, sign-off, trailing link lists."""
    kept: list[Block] = []
    aside: list[Block] = []
    letter_end: Block | None = None
    gap = 0
    for index, block in enumerate(document.blocks):
        gap = max(gap, block.gap)
        if letter_end is None and len(kept) > 3 and _signs_off(document.blocks, index):
            letter_end = block
        if letter_end is not None or furniture.is_furniture(block.text):
            aside.append(block)
            continue
        kept.append(replace(block, gap=gap) if gap != block.gap else block)
        gap = 0
    if document.media_type == "text/plain":
        kept, tail = _without_tail(kept)
        aside += tail
    return Page(document, tuple(kept), tuple(aside), order, letter_end)


def span(blocks: Sequence[Block]) -> Place:
    """The place that holds all blocks: first to last line, or the first one's CSS path."""
    first = next((block.place.first_line for block in blocks if block.place.first_line is not None), None)
    if first is None:
        return blocks[0].place if blocks else Place()
    return Place(first, max(block.place.last_line or 0 for block in blocks))


def is_title(block: Block) -> bool:
    """Whether a block can be the title of an item."""
    return block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and headings.is_title_like(block.text)


def is_prose(block: Block) -> bool:
    """Whether a block is running text."""
    return headings.is_sentence(block.text) or len(block.text) > headings.MAX_TITLE


def _without_tail(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Set aside a run of five or more short labels at the very end: menus and lists of months."""
    end = len(blocks)
    while end and blocks[end - 1].kind is BlockKind.PARAGRAPH and _is_label(blocks[end - 1].text):
        end -= 1
    if len(blocks) - end < 5:
        return blocks, []
    return blocks[: end + 1], blocks[end + 1 :]


def _is_label(text: str) -> bool:
    return len(text.split()) <= 4 and not re.search(r"[.!?:,;\d]|[”’\"']\Z", text)


def _publisher(document: Document, set_aside: Sequence[Block]) -> str | None:
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
