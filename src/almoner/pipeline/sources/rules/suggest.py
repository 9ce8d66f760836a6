"""A rule from the generic reading of one page: what it found there, said as selectors or forms.

Each proposal is tried on the page before it is made, and only kept where the items come out as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.extract import extract
from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import Cut, Document, Item, Role, Snapshot, Splitting
from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.view import PageView
from almoner.pipeline.parse import parse
from almoner.pipeline.sources.rules import selector
from almoner.pipeline.sources.rules.apply import apply
from almoner.pipeline.sources.rules.candidates import matching, names
from almoner.pipeline.sources.rules.compare import compare
from almoner.pipeline.sources.rules.load import load
from almoner.pipeline.sources.rules.phrasing import common, opening
from almoner.pipeline.split import split

GOOD_FIT: Final = 0.8
TRIED: Final = 4
"""Selectors for records that are tried by reading the page with them."""
MANY: Final = 500
"""Of longer lists no more is tried than has to be: each attempt reads the page again."""
_MARKS: Final = {"date": "published", "author": "author", "category": "category"}
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule as TOML, and the share of the generic reading's items that it gives just so (0 to 1)."""

    text: str
    reproduced: float


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as the generic reading has it."""

    document: Document
    order: Order
    splitting: Splitting
    items: tuple[Item, ...]

    def reproduced(self, text: str) -> float:
        """The share of the items that a rule gives just as they are."""
        rule = load(text)
        document, splitting = apply(rule, self.document, self.order)
        items = extract(document, splitting, self.order)
        pairs = compare(self.items, items)
        return sum(pair.same for pair in pairs) / max(1, len(pairs))


@dataclass(frozen=True, slots=True)
class _Line:
    """One key of a proposal, with how sure it is."""

    key: str
    values: tuple[str, ...]
    sure: str


def suggest(snapshot: Snapshot, order: Order | None = None) -> Suggestion:
    """A rule for the page. Raises `PipelineError` where it cannot be read at all."""
    document = parse(snapshot, order)
    order = order or dates.page_order(block.text for block in document.blocks)
    splitting = split(document, order)
    page = _Page(document, order, splitting, extract(document, splitting, order))
    kind, table, lines = _proposal(page)
    text = _toml(page, kind, table, lines)
    return Suggestion(text, page.reproduced(text))


def _proposal(page: _Page) -> tuple[str, str, list[_Line]]:
    """The kind of page, the table's name, and its lines."""
    if page.document.records or not page.items:
        return "any", "", []
    listed = [cut for cut in page.splitting.cuts if cut.layout == "list"]
    if page.document.tree is not None and len(listed) > 1:
        return "listing", "select", _listing(page, PageView(page.document.tree), listed)
    if page.document.tree is not None and page.splitting.cuts[0].layout == "article":
        return "article", "select", _article(page, PageView(page.document.tree))
    return "text", "lines", _lines(page)


def _lines(page: _Page) -> list[_Line]:
    """Forms for the lines of a text: what is told beside its records, and how they start if that changes nothing."""
    cuts = page.splitting.cuts
    lines: list[_Line] = []
    told = common(cuts, page.order)
    if told:
        values = tuple(printed for printed, _ in told)
        counts = ", ".join(str(times) for _, times in told)
        lines.append(_Line("metadata", values, f"lines of each form: {counts}"))
        if page.reproduced(_toml(page, "text", "lines", lines)) < 1:
            lines = []
    starts = opening(cuts, page.order)
    if starts is not None and len(cuts) > 1:
        line = _Line("record", (starts,), f"{len(cuts)} records start so")
        if page.reproduced(_toml(page, "text", "lines", [line, *lines])) == 1:
            lines.insert(0, line)
    return lines


def _listing(page: _Page, view: PageView, cuts: Sequence[Cut]) -> list[_Line]:
    nodes = _nodes(view)
    starts = [nodes[cut.place.css] for cut in cuts if cut.place.css in nodes]
    record = _best_record(page, view, starts)
    if record is None:
        return []
    lines = [record]
    best = page.reproduced(_toml(page, "listing", "select", lines))
    ends = [*starts[1:], len(view.tags)]
    spans = {start: max(end, view.ends[start]) for start, end in zip(starts, ends, strict=True)}
    for line in _fields(view, nodes, cuts, spans) if len(cuts) <= MANY else ():
        worth = page.reproduced(_toml(page, "listing", "select", [*lines, line]))
        if worth >= best:
            lines.append(line)
            best = worth
    return lines


def _best_record(page: _Page, view: PageView, starts: Sequence[int]) -> _Line | None:
    """The selector for the records with which the page reads most as it did."""
    best: tuple[float, int, _Line] | None = None
    number = 0
    for printed, fit in _record_selectors(view, starts):
        for key in ("record", "starts"):
            number -= 1
            line = _Line(key, (printed,), f"{len(starts)} records; matches {fit}")
            worth = page.reproduced(_toml(page, "listing", "select", [line]))
            if best is None or (worth, number) > best[:2]:
                best = (worth, number, line)
            if worth == 1 or (worth >= GOOD_FIT and len(starts) > MANY):
                return line
    return best[2] if best is not None and best[0] >= GOOD_FIT else None


def _record_selectors(view: PageView, starts: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Selectors for all the records, and how well they fit; lists of several shapes get one of each."""
    together = matching(view, starts)
    for fit, printed in together[: TRIED if len(starts) <= MANY else 1]:
        if fit >= GOOD_FIT:
            yield printed, "them exactly" if fit == 1 else f"them and others (fit {fit:.2f})"
    groups: dict[tuple[str, str], list[int]] = {}
    for node in starts:
        groups.setdefault((view.tags[node], "".join(names(view, node)[:1])), []).append(node)
    if 1 < len(groups) <= TRIED:
        each = [matching(view, group)[:1] for group in groups.values()]
        if all(found and found[0][0] >= GOOD_FIT for found in each):
            yield ", ".join(found[0][1] for found in each), "them in several lists"


def _fields(
    view: PageView, nodes: Mapping[str, int], cuts: Sequence[Cut], spans: Mapping[int, int]
) -> Iterator[_Line]:
    """Selectors for the fields that the generic reading found in the records."""
    for key in ("title", "date", "author", "category"):
        wanted: dict[int, int] = {}
        for cut in cuts:
            node = next((nodes[css] for css in _places(cut, key) if css in nodes), None)
            start = nodes.get(cut.place.css or "")
            if node is not None and start is not None:
                wanted[start] = node
        found = _field(view, wanted, spans) if wanted else None
        if found is not None:
            yield _Line(key, (found,), f"found in {len(wanted)} of {len(cuts)} records")


def _places(cut: Cut, key: str) -> Iterator[str]:
    for part in cut.parts:
        if part.role is Role.TITLE if key == "title" else part.block.marked == _MARKS[key]:
            yield part.block.place.css or ""


def _field(view: PageView, wanted: Mapping[int, int], spans: Mapping[int, int]) -> str | None:
    """A selector whose first match in each record is the element that is wanted, and that others have not."""
    first = next(iter(wanted.values()))
    tag = view.tags[first]
    above = view.parents[first]
    own = [*names(view, first), *(f"{tag}{name}" for name in names(view, first))]
    around = [*names(view, above), view.tags[above]] if above >= 0 and above not in wanted else []
    telling = [name for name in around if name in HEADINGS or name not in BLOCKS]
    own += [tag] if tag in HEADINGS or tag == "time" else []
    own += [*(f"{name} {tag}" for name in telling), tag, *(f"{name} {tag}" for name in around)]
    for printed in own:
        matched = selector.parse(printed).find(view)
        right = wrong = 0
        for start, stop in spans.items():
            node = next((node for node in matched if start <= node < stop), None)
            right += node is not None and node == wanted.get(start)
            wrong += node is not None and node != wanted.get(start)
        if right >= 0.95 * len(wanted) and wrong <= 0.05 * len(spans):
            return printed
    return None


def _article(page: _Page, view: PageView) -> list[_Line]:
    nodes = _nodes(view)
    (cut,) = page.splitting.cuts
    lines: list[_Line] = []
    for key in ("title", "date", "author", "category"):
        node = next((nodes[css] for css in _places(cut, key) if css in nodes), None)
        fitting = matching(view, [node]) if node is not None else []
        if fitting and fitting[0][0] == 1:
            line = _Line(key, (fitting[0][1],), "found once on the page")
            if page.reproduced(_toml(page, "article", "select", [*lines, line])) == 1:
                lines.append(line)
    return lines


def _nodes(view: PageView) -> dict[str, int]:
    return {view.css(node): node for node, tag in enumerate(view.tags) if tag}


def _toml(page: _Page, kind: str, table: str, lines: Sequence[_Line]) -> str:
    """The rule as TOML. Comments say how sure each line is."""
    document = page.document
    address = urlsplit(document.address)
    folder = (
        address.path.rsplit("/", 1)[0] if "." in address.path.rsplit("/", 1)[-1] else address.path.rstrip("/")
    )
    publisher = page.splitting.publisher or document.publisher
    said = [
        f"# Proposed from {json.dumps(document.source, ensure_ascii=False)}: {len(page.items)} item(s) were read there without a rule.",
        f"name = {_quoted(publisher or document.title or document.source)}",
        *([f"publisher = {_quoted(publisher)}  # as the page says"] if publisher else []),
        f"match = [{_quoted(f'{address.scheme}://{address.netloc}{folder}*')}]"
        if address.netloc
        else 'match = ["https://www.example.org/news*"]  # the page does not say its address: write it here',
        f'page = "{kind}"',
        *_order_line(page),
    ]
    if table:
        said += ["", f"[{table}]"]
        said += [f"{line.key} = {_value(line.values)}  # {line.sure}" for line in lines]
        if not lines:
            said.append(
                "# Nothing sturdy was found that these parts have and others have not: no class, id or form of a line."
            )
    said += [
        "",
        "# [default]",
        '# source = "…"  # who it comes from, where the page does not say',
        '# kind = "news"',
    ]
    return "\n".join(said) + "\n"


def _order_line(page: _Page) -> list[str]:
    printed = [
        _NUMERIC.search(item.published.as_printed) for item in page.items if item.published is not None
    ]
    pairs = [(int(match[1]), int(match[2])) for match in printed if match is not None]
    if not pairs:
        return []
    sure = (
        "a date on the page fits only this order"
        if any(max(pair) > 12 for pair in pairs)
        else "assumed: no date on the page decides it"
    )
    return [f'date_order = "{page.order}"  # {sure}']


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split())[:300], ensure_ascii=False)


def _value(values: tuple[str, ...]) -> str:
    return _quoted(values[0]) if len(values) == 1 else f"[{', '.join(map(_quoted, values))}]"
