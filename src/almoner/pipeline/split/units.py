"""The pieces of one record: runs of text between breaks, and the inline elements within them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Kinds, Span

MAX_UNITS: Final = 60
"""A record's first pieces tell what it is; a long one is not looked at further."""
_CELLS: Final = frozenset({"td", "th"})


@dataclass(slots=True)  # not frozen: there are thousands on a page, and freezing triples their cost
class Unit:
    """A run of text, or a part of one: its place among the record's pieces (`slot`), and what it stands in."""

    slot: str
    text: str
    start: int
    stop: int
    anchor: int
    """The link it stands in or holds first; -1 for none."""
    linked: float
    """How much of it that link makes up, from 0 to 1."""
    heading: int
    """The rank of the heading it stands in; 0 for none."""
    strong: bool
    timed: bool
    named: str
    """The classes of the elements around it within the record, for what they say about it."""
    whole: bool
    """Whether it is a whole run rather than a part of one."""
    column: int
    """Which cell of its row it stands in, from 1; 0 where it is in no table."""


def units(view: PageView, kinds: Kinds, records: Sequence[Span]) -> list[list[Unit]]:
    """The pieces of each record in reading order, a run before its parts.

    Records of one list are mostly built alike: each way in which one is built is worked out once, and only the words
    are then read of all the others.
    """
    if not records:
        return []
    built = _Built(view, min(start for start, _ in records), max(stop for _, stop in records))
    plans: dict[tuple[int, ...], list[_Plan]] = {}
    found: list[list[Unit]] = []
    for start, stop in records:
        way = built.of(start, stop)
        plan = plans.get(way)
        pieces = _filled(view, plan, start) if plan is not None else None
        if pieces is None:
            reader = _Reader(view, kinds)
            pieces = reader.read((start, stop))
            if plan is None:
                plans[way] = [
                    _plan(view, unit, run, start) for unit, run in zip(pieces, reader.runs, strict=True)
                ]
        found.append(pieces)
    return found


class _Built:
    """How the elements of a stretch stand in each other, a number for each: equal numbers are built alike."""

    __slots__ = ("first", "numbers")

    def __init__(self, view: PageView, first: int, last: int) -> None:
        aside, ends, ordinals = view.tree.aside, view.ends, view.tree.ordinals
        known: dict[tuple[object, ...], int] = {}
        numbers: list[int] = []
        for node in range(first, last):
            tag = view.tags[node]
            if not tag:
                numbers.append(-1 if view.texts[node].isspace() else -2)
                continue
            given = view.attributes[node]
            key: tuple[object, ...] = (tag, ends[node] - node, node in aside)
            if given:
                key = (*key, given.get("class"), given.get("itemprop"))
            if tag in _CELLS:
                key = (*key, ordinals[node])
            numbers.append(known.setdefault(key, len(known)))
        self.first = first
        self.numbers = tuple(numbers)

    def of(self, start: int, stop: int) -> tuple[int, ...]:
        """The numbers of a record's nodes."""
        return self.numbers[start - self.first : stop - self.first]


@dataclass(slots=True)
class _Plan:
    """A piece of all records that are built in one way; nodes count from the record's first one."""

    sample: Unit
    start: int
    stop: int
    run: tuple[int, ...]
    """The runs of text in it."""
    anchor: int
    """The link it stands in or holds, where that is part of the record; -1 for none."""
    inner: tuple[int, ...]
    """The runs of text in that link, where the piece holds it and does not stand in it."""


def _plan(view: PageView, unit: Unit, run: Sequence[int], record: int) -> _Plan:
    anchor = unit.anchor - record if unit.anchor >= record else -1
    inner: tuple[int, ...] = ()
    if anchor >= 0:
        first, last = max(unit.anchor, unit.start), min(view.ends[unit.anchor], unit.stop)
        if first > unit.start or last < unit.stop:
            inner = tuple(node - record for node in range(first, last) if not view.tags[node])
    return _Plan(
        unit, unit.start - record, unit.stop - record, tuple(node - record for node in run), anchor, inner
    )


def _filled(view: PageView, plan: Sequence[_Plan], record: int) -> list[Unit] | None:
    """The pieces of one more record; None where one of them shows nothing."""
    texts = view.texts
    linked_around = _link_around(view, record) >= 0
    found: list[Unit] = []
    for piece in plan:
        run, sample = piece.run, piece.sample
        text = clean(
            texts[record + run[0]] if len(run) == 1 else "".join([texts[record + node] for node in run])
        )
        if not text:
            return None
        start = record + piece.start
        anchor, linked = piece.anchor, sample.linked
        if anchor >= 0:
            anchor += record
            if piece.inner:
                held = sum(len(texts[record + node].strip()) for node in piece.inner)
                linked = min(1.0, held / len(text))
        else:
            if linked_around:
                anchor = _link_around(view, start)
            linked = 1.0 if anchor >= 0 else 0.0
        found.append(
            Unit(
                sample.slot,
                text,
                start,
                record + piece.stop,
                anchor,
                linked,
                sample.heading,
                sample.strong,
                sample.timed,
                sample.named,
                sample.whole,
                sample.column,
            )
        )
    return found


def _link_around(view: PageView, node: int) -> int:
    """A link that holds whole blocks, as around a card."""
    above = view.parents[node]
    for _ in range(8):
        if above < 0:
            return -1
        if view.tags[above] == "a":
            return above
        above = view.parents[above]
    return -1


class _Reader:
    def __init__(self, view: PageView, kinds: Kinds) -> None:
        self.view = view
        self.kinds = kinds
        self.found: list[Unit] = []
        self.runs: list[list[int]] = []
        """The runs of text in each."""
        self.slots: dict[str, int] = {}

    def read(self, span: Span) -> list[Unit]:
        view = self.view
        tags, ends, aside = view.tags, view.ends, view.tree.aside
        start, stop = span
        run: list[int] = []
        boxes: list[int] = []
        node = start
        while node < stop:
            while boxes and ends[boxes[-1]] <= node:
                self._flush(run, boxes)
                boxes.pop()
            tag = tags[node]
            if node in aside:
                node = ends[node]
                continue
            if tag in BLOCKS:
                self._flush(run, boxes)
                boxes.append(node)
            elif tag == "br":
                self._flush(run, boxes)
            else:
                run.append(node)
            if len(self.found) > MAX_UNITS:
                return self.found
            node += 1
        self._flush(run, boxes)
        return self.found

    def _flush(self, run: list[int], boxes: list[int]) -> None:
        if not run:
            return
        view, tags = self.view, self.view.tags
        written = [node for node in run if not tags[node] and not view.texts[node].isspace()]
        if written:
            steps, named, heading, column = self._around(boxes)
            self._add(steps, "", written[0], written[-1] + 1, run, named, heading, column, whole=True)
            if len(written) > 1:
                self._parts(run, written, steps, named, heading, column)
        run.clear()

    def _parts(
        self, run: list[int], written: list[int], steps: str, named: str, heading: int, column: int
    ) -> None:
        """Inline elements with text of their own, and text that stands between them."""
        view = self.view
        tops = self._tops(run)
        while len(tops) == 1:  # one element around all the rest: its parts are meant
            steps = f"{steps}/{view.tags[tops[0]]}"
            run = [node for node in run if node != tops[0]]
            tops = self._tops(run)
        for top in tops:
            if any(top <= node < view.ends[top] for node in written):
                self._add(
                    steps,
                    view.tags[top] or "text",
                    top,
                    view.ends[top],
                    run,
                    named,
                    heading,
                    column,
                    whole=False,
                )

    def _tops(self, run: list[int]) -> list[int]:
        """The nodes of a run that stand in no other of it, white space aside."""
        view = self.view
        tops: list[int] = []
        until = -1
        for node in run:
            if node < until:
                continue
            if view.tags[node]:
                until = view.ends[node]
            elif view.texts[node].isspace():
                continue
            tops.append(node)
        return tops

    def _add(
        self, steps: str, inline: str, start: int, stop: int, run: list[int], named: str, heading: int, column: int, *, whole: bool
    ) -> None:  # fmt: skip
        view, tags = self.view, self.view.tags
        within = [node for node in run if start <= node < stop and not tags[node]]
        text = clean("".join(view.texts[node] for node in within))
        if not text:
            return
        self.runs.append(within)
        anchor = -1
        linked = 1.0
        strong = timed = False
        for node in run:
            if node >= stop:
                break
            tag, end = tags[node], view.ends[node]
            if tag and end > start:
                around = node <= start and end >= stop
                if tag == "a" and anchor < 0:
                    anchor = node
                    if not around:
                        inner = sum(
                            len(view.texts[part].strip()) for part in range(max(node, start), min(end, stop))
                        )
                        linked = min(1.0, inner / len(text))
                elif tag in {"b", "strong"}:
                    strong = strong or around
                elif tag == "time":
                    timed = True
                given = view.attributes[node].get("class") if around else None
                if given:
                    named = f"{named} {given}"
        if anchor < 0:
            anchor = _link_around(view, start)
        path = f"{steps}|{inline}"
        count = self.slots[path] = self.slots.get(path, 0) + 1
        self.found.append(
            Unit(
                f"{path}#{count}",
                text,
                start,
                stop,
                anchor,
                linked if anchor >= 0 else 0.0,
                heading,
                strong,
                timed,
                named,
                whole,
                column,
            )
        )

    def _around(self, boxes: list[int]) -> tuple[str, str, int, int]:
        view = self.view
        steps: list[str] = []
        named: list[str] = []
        heading = column = 0
        for box in boxes:
            tag = view.tags[box]
            if tag in _CELLS:
                column = _column(view, box)
                steps.append(f"{tag}{column}")
            else:
                steps.append(self.kinds.kind(box))
            heading = HEADINGS.get(tag, heading)
        for box in boxes[1:][-2:]:
            given = view.attributes[box]
            if given:
                if "class" in given:
                    named.append(given["class"])
                if "itemprop" in given:
                    named.append("itemprop-" + given["itemprop"])
        return "/".join(steps), " ".join(named), heading, column


def _column(view: PageView, cell: int) -> int:
    return view.tree.ordinals[cell]
