"""A rule on lines: its forms tell which lines start a record and what they say; the rest is read generically."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import credit, headings, metadata
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import (
    Block,
    BlockKind,
    Cut,
    Decision,
    Document,
    Finding,
    Part,
    Place,
    Role,
    Splitting,
)
from almoner.pipeline.sources.rules.form import Form
from almoner.pipeline.sources.rules.rule import FORMED, Rule
from almoner.pipeline.split import split
from almoner.pipeline.split.page import open_page

LAYOUT: Final = "rule"
_MARKED: Final = {"date": "published", "updated": "updated", "author": "author", "category": "category",
                  "source": "source", "outlet": "outlet"}  # fmt: skip
MAX_TITLE: Final = 200

Read = dict[str, str]
"""What one line says, by slot."""


def read(rule: Rule, document: Document, order: Order) -> tuple[Document, Splitting]:
    """The document with the findings of the rule, and its items."""
    forms = _Forms(rule.lines, order)
    kept = [block for block in document.blocks if forms.read("skip", block) is None]
    document = replace(document, blocks=tuple(kept))
    splitting = split(document, order)
    if "record" in rule.lines:
        page = open_page(document, order)
        records = tuple(_records(forms, page.blocks, order))
        splitting = replace(splitting, cuts=records) if records else splitting
    if not forms.used["record"]:
        splitting = replace(splitting, cuts=tuple(_refined(forms, cut) for cut in splitting.cuts))
    unmatched = [name for name in FORMED if name in rule.lines and not forms.used[name]]
    said = tuple(_unmatched(rule, name) for name in unmatched)
    return replace(document, findings=(*document.findings, *said)), splitting


def _unmatched(rule: Rule, name: str) -> Finding:
    printed = " or ".join(f"“{form.printed}”" for form in rule.lines[name])
    return finding(
        "rule_unmatched",
        f"The rule “{rule.name}” no longer fits: no line has the form {printed} ({name}). The generic reading was used.",
        Place(),
    )


class _Forms:
    """The forms of a rule; `used` counts the lines that had each."""

    def __init__(self, forms: Mapping[str, tuple[Form, ...]], order: Order) -> None:
        self.used: Counter[str] = Counter()
        self._forms = forms
        self._order = order

    def read(self, name: str, block: Block) -> Read | None:
        """What a line says in the first of the forms that it has; None where it has none of them."""
        for form in self._forms.get(name, ()):
            found = form.read(block.text, self._order)
            if found is not None:
                self.used[name] += 1
                return found
        return None


def _records(forms: _Forms, blocks: Sequence[Block], order: Order) -> Iterator[Cut]:
    """A record from each line that starts one to the next; what stands before the first belongs to none."""
    current: list[Block] = []
    opening: Read = {}
    for block in blocks:
        found = forms.read("record", block)
        if found is not None:
            if current:
                yield _record(forms, current, opening, order)
            current, opening = [block], found
        elif current:
            current.append(block)
    if current:
        yield _record(forms, current, opening, order)


def _record(forms: _Forms, blocks: Sequence[Block], opening: Read, order: Order) -> Cut:
    """One record: the lines that have forms, and of the others a title, what metadata says, and its text."""
    parts = list(_said(opening, blocks[0]))
    told = bool(opening)
    titled = "title" in opening
    prose = False
    for position, block in enumerate(blocks):
        if position == 0 and told:
            continue
        found = _line(forms, block)
        if found is not None:
            titled = titled or any(part.role is Role.TITLE for part in found)
            parts.extend(found)
        elif not prose and metadata.read(block.text, order) is not None:
            parts.append(Part(Role.METADATA, block))
        elif (
            not titled and not prose and len(block.text) <= MAX_TITLE and not headings.is_sentence(block.text)
        ):
            parts.append(Part(Role.TITLE, block))
            titled = True
        elif block is blocks[-1] and prose and credit.read(block.text) is not None:
            parts.append(Part(Role.CREDIT, block))
        else:
            parts.append(Part(Role.BODY, block))
            prose = True
    first, last = blocks[0].place, blocks[-1].place
    place = first if first.first_line is None else Place(first.first_line, last.last_line)
    made = Decision(
        "rule", f"item: {blocks[0].text[:60]}", "a line of the form with which the rule starts records", place
    )
    return Cut(tuple(parts), place, LAYOUT, decisions=(made,))


def _refined(forms: _Forms, cut: Cut) -> Cut:
    """A generic cut with the lines that have forms in the roles that these give."""
    parts: list[Part] = []
    for part in cut.parts:
        found = _line(forms, part.block)
        if found is None:
            parts.append(part)
            continue
        if any(one.role is Role.TITLE for one in found):
            parts = [Part(Role.BODY, one.block) if one.role is Role.TITLE else one for one in parts]
        parts.extend(found)
    return replace(cut, parts=tuple(parts))


def _line(forms: _Forms, block: Block) -> list[Part] | None:
    """The parts of a line that has the form of a title, of metadata or of a credit."""
    for name in ("title", "metadata", "credit"):
        found = forms.read(name, block)
        if found is not None:
            if name == "title" and "title" not in found:
                return [Part(Role.TITLE, block), *_said(found, block)]
            return list(_said(found, block))
    return None


def _said(found: Read, block: Block) -> Iterator[Part]:
    """What the slots of a line held, as parts in the roles of their fields."""
    if "title" in found:
        yield Part(Role.TITLE, replace(block, kind=BlockKind.HEADING, text=found["title"], level=3))
    for name, mark in _MARKED.items():
        if name in found:
            text = found[name]
            yield Part(Role.METADATA, replace(block, kind=BlockKind.PARAGRAPH, text=text, marked=mark))
