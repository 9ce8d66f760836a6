"""A document as JSON between child and parent. Nothing of it is trusted: each value is made anew in its type."""

from __future__ import annotations

from typing import Any

from almoner.pipeline.findings import FINDINGS, finding
from almoner.pipeline.model import (
    Block,
    BlockKind,
    Decision,
    Document,
    Finding,
    Footnote,
    FootnoteMark,
    Link,
    MediaType,
    Place,
)
from almoner.pipeline.page import addresses


def packed(document: Document) -> dict[str, Any]:
    """What a PDF or Word file gives, as values of JSON."""
    return {
        "media_type": document.media_type.value,
        "title": document.title,
        "language": document.language,
        "pages": document.pages,
        "metadata": dict(document.metadata),
        "blocks": [_block(block) for block in document.blocks],
        "notes": [[note.mark, note.text, _place(note.place), _links(note.links)] for note in document.notes],
        "findings": [[found.code, found.message, _place(found.place)] for found in document.findings],
        "decisions": [[made.what, made.why] for made in document.decisions],
    }


def unpacked(source: str, address: str, said: dict[str, Any]) -> Document:
    """The document that a child packed, under the name that the parent knows it by."""
    return Document(
        source,
        MediaType(said["media_type"]),
        tuple(_read_block(block) for block in said["blocks"]),
        title=str(said["title"]) if said["title"] else None,
        language=str(said["language"]) if said["language"] else None,
        address=address,
        metadata={str(key): str(value) for key, value in said["metadata"].items()},
        findings=tuple(_read_finding(*found) for found in said["findings"]),
        decisions=tuple(Decision("parse", str(what), str(why)) for what, why in said["decisions"]),
        notes=tuple(
            Footnote(str(mark), str(text), _read_place(place), _read_links(links))
            for mark, text, place, links in said["notes"]
        ),
        pages=int(said["pages"]) if said["pages"] else None,
    )


def _block(block: Block) -> list[Any]:
    marks = [[note.mark, note.word] for note in block.footnotes]
    return [
        block.kind.value, block.text, _place(block.place), block.raw if block.raw != block.text else "", block.level,
        block.gap, _links(block.links), marks, list(block.cells),
    ]  # fmt: skip


def _read_block(packed: list[Any]) -> Block:
    kind, text, place, raw, level, gap, links, marks, cells = packed
    where = _read_place(place)
    return Block(
        BlockKind(kind),
        str(text),
        where,
        raw=str(raw) or str(text),
        level=int(level),
        gap=int(gap),
        links=_read_links(links),
        footnotes=tuple(FootnoteMark(str(mark), str(word), where) for mark, word in marks),
        cells=tuple(map(str, cells)),
    )


def _place(place: Place) -> list[int | None]:
    return [place.page, place.last_page, place.paragraph, place.last_paragraph]


def _read_place(packed: list[Any]) -> Place:
    page, last_page, paragraph, last_paragraph = (None if at is None else int(at) for at in packed)
    return Place(page=page, last_page=last_page, paragraph=paragraph, last_paragraph=last_paragraph)


def _links(links: tuple[Link, ...]) -> list[list[str]]:
    return [[link.href, link.text] for link in links]


def _read_links(packed: list[Any]) -> tuple[Link, ...]:
    """Links that may be followed; the others are words alone."""
    made = ((addresses.absolute(str(href), ""), str(text)) for href, text in packed)
    return tuple(Link(href, text) for href, text in made if ":" in href)


def _read_finding(code: str, message: str, place: list[Any]) -> Finding:
    return finding(FINDINGS[str(code)].code, str(message), _read_place(place))
