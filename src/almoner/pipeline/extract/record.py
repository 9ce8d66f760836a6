"""A cut with its lines read once, for all fields to use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from almoner.lib.frozen import swift
from almoner.pipeline.extract.language import is_foreign
from almoner.pipeline.lines import credit, dates, entries, glance, headings, metadata
from almoner.pipeline.lines.credit import NO_FORMS, Forms
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.lines.entries import Entry
from almoner.pipeline.lines.metadata import Metadata
from almoner.pipeline.model import Block, Cut, Document, Role, Splitting


@swift
@dataclass(frozen=True, slots=True)
class Record:
    """One cut in its document, with what its title, metadata and credit lines say."""

    document: Document
    splitting: Splitting
    cut: Cut
    order: Order
    title: Block | None
    metadata: tuple[tuple[Block, Metadata | None], ...]
    entry: Entry | None
    forms: Forms
    body: tuple[Block, ...]
    """The blocks of running text."""
    told: tuple[Block, ...]
    """The blocks of title and running text."""
    section_name: str | None
    """The section heading over it, or None."""
    seen: tuple[Set[str], ...]
    """Of each block that is told its words and their heads (`lines.glance`)."""
    is_foreign: bool
    """Whether it is in a language whose numbers and sentences we cannot read."""

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories printed beside it, in order, each once."""
        if not self.metadata:
            return ()
        named: list[str] = []
        for block, line in self.metadata:
            if block.marked == "category":
                named.append(block.text)
            elif line is not None:
                named.extend(line.categories)
        return tuple(dict.fromkeys(named))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of hours that are printed without one: the UK's, unless the source is known to be elsewhere."""
        name = self.document.defaults.time_zone
        return ZoneInfo(name) if name else dates.LONDON

    @property
    def is_only_item(self) -> bool:
        """Whether the page holds nothing else, so that what its head says is said of this item."""
        return len(self.splitting.cuts) == 1 and not self.document.passed


def records(document: Document, splitting: Splitting, order: Order) -> Iterator[Record]:
    """The document's cuts with their lines read."""
    titles = [next(iter(cut.blocks(Role.TITLE)), None) for cut in splitting.cuts]
    printed = [block.text for block in titles if block is not None and not document.records]
    common = credit.forms(printed)
    found = [
        entries.read(title.text, order, common) if title is not None and printed else None for title in titles
    ]
    shapes = Counter(entry.shape for entry in found if entry is not None)
    for cut, title, entry in zip(splitting.cuts, titles, found, strict=True):
        body, told, section = cut.blocks(Role.BODY), cut.blocks(Role.TITLE, Role.BODY), _section(cut)
        seen = tuple([glance.seen(block.text) for block in told])
        words = (told, section, seen, is_foreign(document.language, seen))
        if cut.stated is not None:  # what is stated outright is not read again from lines
            yield Record(document, splitting, cut, order, title, (), None, NO_FORMS, body, *words)
            continue
        read = tuple((block, metadata.read(block.text, order)) for block in cut.blocks(Role.METADATA))
        # One title that ends with a date is a title; several are a list's way of printing dates.
        lists = entry is not None and (entry.shape == "credit" or shapes[entry.shape] > 1)
        yield Record(
            document,
            splitting,
            cut,
            order,
            title,
            read,
            entry if lists else None,
            common,
            body,
            *words,
        )


def _section(cut: Cut) -> str | None:
    label = cut.blocks(Role.LABEL)
    if label:
        return label[0].text
    named = [block.text for block in cut.context if headings.section_of(block.text) is not None]
    return named[-1] if named else None
