"""A document's blocks → the paragraphs of an edition, each with its number and an address for good."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from almoner.pipeline.editions.model import Edition, Paragraph
from almoner.pipeline.editions.notes import note_paragraphs, without_marks
from almoner.pipeline.editions.numbers import Number, number, steps
from almoner.pipeline.editions.words import keys
from almoner.pipeline.errors import NoWords
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Block, BlockKind, Document, Finding, MediaType

STAGE: Final = "editions"
_PAGE: Final = re.compile(r"(?<![\s.…·_])[\s.…·_]+\d{1,4}\Z")
"""The page number, and what leads to it, at the end of a line in a list of contents."""
MIN_CONTENTS: Final = 4
MAX_CONTENTS_LINE: Final = 200
MAX_ADDRESS: Final = 60
MIN_RUN: Final = 5
"""Numbered paragraphs from which on their numbers should run through."""
_RUNNING: Final = re.compile(r"(\d{1,4})(?:~\d+)?\Z")


def edition(document: Document) -> Edition:
    """The document as an edition: lists of contents, rules and empty blocks set aside, notes last.

    Raises `NoWords` where there is nothing to compare.
    """
    blocks = [block for block in document.blocks if block.text and block.kind is not BlockKind.RULE]
    if document.media_type is MediaType.HTML:
        blocks = list(without_marks(blocks))
    aside = _contents(blocks)
    kept = [block for index, block in enumerate(blocks) if index not in aside]
    if not kept and not document.notes:
        raise NoWords(
            document.source, STAGE, "has no words in it.",
            advice="If it was scanned, ask its publisher for a file with text, or run it through a text recogniser.",
        )  # fmt: skip
    paragraphs = (*_addressed(kept), *note_paragraphs(document.notes))
    findings = (*document.findings, *_misnumbered(paragraphs))
    return Edition(document.source, document.title or "", paragraphs, findings, document.media_type)


def _contents(blocks: Sequence[Block]) -> set[int]:
    """The lines of lists of contents: in the first half, runs of lines that come again further down, as headings or
    with the page number that leads there taken off."""
    at: dict[tuple[str, ...], list[int]] = {}
    for index, block in enumerate(blocks):
        if len(block.text) <= MAX_CONTENTS_LINE:
            at.setdefault(keys(block.text), []).append(index)
    aside: set[int] = set()
    run: list[int] = []
    for index, block in enumerate(blocks[: len(blocks) // 2 + 1]):
        if _comes_again(block, index, at, blocks):
            run.append(index)
            continue
        aside.update(run if len(run) >= MIN_CONTENTS else ())
        run = []
    aside.update(run if len(run) >= MIN_CONTENTS else ())
    return aside


def _comes_again(
    block: Block, index: int, at: dict[tuple[str, ...], list[int]], blocks: Sequence[Block]
) -> bool:
    if len(block.text) > MAX_CONTENTS_LINE:
        return False
    paged = _PAGE.sub("", block.text)
    later = [place for place in at.get(keys(paged), ()) if place > index]
    return bool(later) and (
        (paged != block.text and bool(keys(paged)))
        or any(blocks[place].kind is BlockKind.HEADING for place in later)
    )


def _addressed(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    paragraphs = [_paragraph(block) for block in blocks]
    plain = Counter(found.parts[0] for _, found in paragraphs if found is not None and _is_top(found))
    taken: Counter[str] = Counter()
    heading = owner = ""
    stack: list[tuple[int, str]] = []
    unnumbered = 0
    for paragraph, found in paragraphs:
        if paragraph.kind is BlockKind.HEADING and (found is None or found.division):
            heading = owner = address = _heading_address(paragraph.text, found)
            stack, unnumbered = [], 0
        elif found is not None and _is_top(found):
            first = found.parts[0]
            base = first if plain[first] == 1 or not heading else f"{heading}/{first}"
            stack = list(zip(steps(found.parts[1:]), found.parts[1:], strict=True))
            owner, unnumbered = base, 0
            address = "/".join((base, *found.parts[1:]))
        elif found is not None:
            stack = _below(stack, found)
            address = "/".join((owner, *(part for _, part in stack))) if owner else "/".join(found.parts)
        else:
            unnumbered += 1
            address = f"{owner}/p{unnumbered}" if owner else f"p{unnumbered}"
        taken[address] += 1
        again = f"~{taken[address]}" if taken[address] > 1 else ""
        yield replace(paragraph, address=address + again, heading=heading if address != heading else "")
        if address == heading:
            heading = owner = address + again


def _paragraph(block: Block) -> tuple[Paragraph, Number | None]:
    found = number(block.text) if block.kind is not BlockKind.TABLE_ROW else None
    paragraph = Paragraph(
        "", block.text, block.kind, block.place, level=block.level,
        links=tuple(link.href for link in block.links),
    )  # fmt: skip
    if found is None:
        return paragraph, None
    return replace(paragraph, number=found.printed, parts=found.parts, body=found.body), found


def _is_top(found: Number) -> bool:
    return not found.bracketed and not found.division


def _below(stack: list[tuple[int, str]], found: Number) -> list[tuple[int, str]]:
    """The open steps with the number's own put in: "(b)" closes "(a)" and all below it. "(i)" after "(h)" is a
    letter, and else a Roman numeral."""
    for depth, part in zip(steps(found.parts), found.parts, strict=True):
        if part == "i":
            depth = 2 if stack and stack[-1] == (2, "h") else 3
        elif depth == 2 and len(part) == 1 and part in "vx" and stack and stack[-1][0] == 3:
            depth = 3
        stack = [*(step for step in stack if step[0] < depth), (depth, part)]
    return stack


def _heading_address(text: str, found: Number | None) -> str:
    if found is not None:
        return f"{found.division}-{found.parts[0]}"
    words = re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "").replace("'", "")).strip("-")
    return words[:MAX_ADDRESS].rstrip("-") or "heading"


def _misnumbered(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """A finding where numbers that run through the document are left out or stand twice."""
    run = [(int(found[1]), one) for one in paragraphs if (found := _RUNNING.match(one.address)) is not None]
    if len(run) < MIN_RUN or run[-1][0] < len(run) * 0.8:
        return
    numbers = Counter(count for count, _ in run)
    twice = [str(count) for count, times in sorted(numbers.items()) if times > 1]
    missing = [str(count) for count in range(run[0][0], max(numbers)) if count not in numbers]
    for what, which in (("stand twice", twice), ("are missing", missing)):
        if which:
            message = f"Of the numbered paragraphs, these {what}: {', '.join(which[:12])}{' …' if len(which) > 12 else ''}."
            yield finding("numbering_broken", message, run[0][1].place)
