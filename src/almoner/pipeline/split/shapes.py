"""Which parts of a page's tree repeat like the records of a list.

The thought is MDR's (Liu, Grossman and Zhai, "Mining data records in web pages", KDD 2003) and DEPTA's: a list
shows as neighbours of one shape. Where they compare the tags of neighbouring subtrees, this counts what a
record must hold (a date, a heading, a link of its own) for every way to cut the tree at its repeated
elements, and keeps the way in which each piece holds most regularly one of each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final

from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Kinds, Span, alone, broken, groups, leading, shifted

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"(?<![\d/-])\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:(?:19|20)\d\d|\d\d)(?![\d-])|(?<!\d)(?:19|20)\d\d[/-]\d\d?[/-]\d\d?(?!\d)"
    rf"|\b{_MONTHS}\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of\s+)?{_MONTHS}\b\.?,?[\s-]*\d{{2,4}}"
    r"|\b\d+\s+(?:minute|hour|day|week|month|year)s?\s+ago\b",
    re.IGNORECASE,
)
MAX_DATE_LINE: Final = 100
"""A date in a longer run of text is part of a story, not what a record prints about itself."""
_DIGIT = re.compile(r"\d")
_HINT = re.compile(r"\d[/.-]\d|[jfmasond](?:an|eb|a[ry]|pr|u[nlg]|ep|ct|ov|ec)|ago\b", re.IGNORECASE)
"""Without one of these no date stands in a text."""
MIN_PROSE: Final = 40
MAX_WORTH: Final = 300
"""Characters of a record beyond this make it no better a record."""
_ROOTS: Final = [number**0.5 for number in range(MAX_WORTH + 1)]
_SIDE = re.compile(
    r"sidebar|side-bar|related|recommend|widget|popular|trending|most-read|also-like|carousel-nav",
    re.IGNORECASE,
)
_ALL_SPEAKS: Final = 0.25 + 1.2 + 0.6 + 0.5
"""What worth is multiplied by at most: where every record has its date, its heading and its link."""
_NEGLIGIBLE: Final = 0.15
"""Ways to cut that are worth less than this share of the best are of no use even inside it."""
_FINE: Final = 0.2
"""What share of the best score a way inside the best has at least."""
_SURELY_LESS: Final = 1 - 1e-9
"""And what may not even reach this share of it is not the best, however sums are rounded."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Running totals over a page's nodes, so that any span's sums cost two look-ups. Furniture counts nothing.

    `size` and `linked` are characters, the latter within links; `prose` those of running text: longer runs of
    words outside links; `dates`, `links` and `heads` (headings) are counted.
    """

    size: list[int]
    linked: list[int]
    prose: list[int]
    dates: list[int]
    links: list[int]
    heads: list[int]


@dataclass(frozen=True)
class Pattern:
    """One way to cut: the records, how well they look like a list's (`score`), and what speaks for it.

    `dated`, `linked` and `headed` (0 to 1) say how regularly a record holds one date, link or heading; `leads`
    whether each record opens with the repeated element and runs on to the next one. `size` is in characters.
    """

    records: tuple[Span, ...]
    score: float
    dated: float
    linked: float
    headed: float
    size: int
    leads: bool
    worth: int
    bare: float
    blocks: bool
    """`worth`: its text in characters, as far as it can be a list's: teasers count, long stories and bare links hardly;
    `bare`: in what share of the records all words are links; `blocks`: whether the repeated element is a block."""
    view: PageView
    totals: Survey

    @cached_property
    def led(self) -> float:
        """In what share of the records the first words are a link, or the heading holds one."""
        return sum(_led_by_link(self.view, self.totals, span) for span in self.records) / len(self.records)


def survey(view: PageView) -> Survey:
    """Count once over the page."""
    aside, texts, ends, attributes = view.tree.aside, view.texts, view.ends, view.attributes
    count = len(texts)
    size, linked, prose, dates, links, heads = ([0] * count for _ in range(6))
    hidden_until = link_until = time_until = 0
    for node, tag in enumerate(view.tags):
        if not tag:
            text = texts[node]
            if text == " " or node < hidden_until:
                continue
            text = text.strip()
            length = len(text)
            if not length:
                continue
            size[node] = length
            if node < link_until:
                linked[node] = length
            elif length >= MIN_PROSE and " " in text:
                prose[node] = length
            if 5 < length <= MAX_DATE_LINE and node >= time_until and has_date(text):
                dates[node] = 1
        elif node < hidden_until:
            continue
        elif node in aside:
            hidden_until = ends[node]
        elif tag == "a":
            href = attributes[node].get("href", "")
            if len(href) > 1 and href[0] != "#" and not href.startswith(("javascript:", "mailto:")):
                links[node] = 1
            link_until = max(link_until, ends[node])
        elif tag in HEADINGS:
            heads[node] = 1
        elif tag == "time":
            dates[node] = int(node >= time_until)
            time_until = ends[node]
    return Survey(
        *(list(accumulate(values, initial=0)) for values in (size, linked, prose, dates, links, heads))
    )


def has_date(text: str) -> bool:
    """Whether a date stands in the text."""
    return _has_date(text) if len(text) <= MAX_DATE_LINE else _dated(text)


def _dated(text: str) -> bool:
    return (
        _DIGIT.search(text) is not None and _HINT.search(text) is not None and DATE.search(text) is not None
    )


@lru_cache(maxsize=4096)
def _has_date(text: str) -> bool:
    """Counting, weighing and reading ask about the same few words."""
    return _dated(text)


class Ways:
    """The ways to cut a page into records. Most pages are told by the best one alone; the others wait until asked for."""

    def __init__(self, view: PageView, totals: Survey) -> None:
        self.view, self.totals = view, totals
        bounded = ((_bound(view, totals, group), group) for group in groups(view, Kinds(view)))
        self._bounded = sorted((pair for pair in bounded if pair[0] > 0), key=lambda pair: -pair[0])
        self._weighed: dict[tuple[tuple[Span, ...], bool], Pattern | None] = {}
        self._sides: dict[int, bool] = {}

    @cached_property
    def best(self) -> Pattern | None:
        """The best way, or None where nothing repeats."""
        found = list(self._found(_SURELY_LESS).values())
        return max(found, key=lambda pattern: pattern.score) if found else None

    @cached_property
    def ranked(self) -> list[Pattern]:
        """All ways that are of any use, best first."""
        return sorted(self._found(_NEGLIGIBLE).values(), key=lambda pattern: -pattern.score)

    def finer(self, best: Pattern) -> list[Pattern]:
        """Those of twice as many records as the best way and more, best first."""
        found = self._found(_FINE, best.score, 2 * len(best.records))
        return sorted(found.values(), key=lambda pattern: -pattern.score)

    def _found(self, share: float, best: float = 0.0, fewest: int = 2) -> dict[tuple[Span, ...], Pattern]:
        """The ways by their records, without those that surely score less than `share` of the best or have fewer
        records. `best` is the best score as far as it is known."""
        found: dict[tuple[Span, ...], Pattern] = {}
        for bound, group in self._bounded:
            least = share * best
            if bound < least:
                break
            if len(group) < fewest:
                continue
            led = leading(self.view, group)
            for records, leads in (
                (alone(self.view, group), False),
                (led, True),
                (shifted(self.view, led), True),
            ):
                if records and _may_reach(least, self.totals, records) and records not in found:
                    pattern = self._pattern(records, leads=leads)
                    if pattern is not None:
                        found[records] = pattern
                        best = max(best, pattern.score)
        for records in broken(self.view):
            pattern = self._pattern(records, leads=True)
            if pattern is not None:
                found[records] = pattern
        return found

    def _pattern(self, records: tuple[Span, ...], *, leads: bool) -> Pattern | None:
        key = (records, leads)
        if key not in self._weighed:
            self._weighed[key] = _weigh(self.view, self.totals, records, leads, self._sides)
        return self._weighed[key]


def _bound(view: PageView, totals: Survey, group: Sequence[int]) -> float:
    """No way to cut at this group scores more, whatever the part of its parents that each record takes."""
    ends, parents = view.ends, view.parents
    start = group[0]
    stop = max(ends[parents[start]], ends[parents[group[-1]]])
    size = totals.size[stop] - totals.size[start]
    if not size:
        return 0.0
    count = len(group)
    speaks = 0.25
    for weight, held in ((1.2, totals.dates), (0.6, totals.heads), (0.5, totals.links)):
        share = (held[stop] - held[start]) / count
        speaks += weight * share * share if share < 1.0 else weight
    return speaks * _worth(count, size)


def _may_reach(least: float, totals: Survey, records: Sequence[Span]) -> bool:
    """The same for records that are known: whether they may score so much."""
    starts, stops = zip(*records, strict=True)
    count = len(records)
    worth = _worth(count, _held(totals.size, starts, stops))
    if _ALL_SPEAKS * worth < least:
        return False
    speaks = 0.25
    for weight, held in ((1.2, totals.dates), (0.6, totals.heads), (0.5, totals.links)):
        share = _held(held, starts, stops) / count
        speaks += weight * share * share if share < 1.0 else weight
    return speaks * worth >= least


def _held(counts: list[int], starts: Sequence[int], stops: Sequence[int]) -> int:
    """What stands in the spans in all."""
    at = counts.__getitem__
    return sum(map(at, stops)) - sum(map(at, starts))


def _worth(count: int, size: int) -> float:
    """What so many records of so many characters in all are worth at most: the sum of n roots is at most the root of
    n times the sum."""
    return min(float((count * size) ** 0.5), 17.4 * count)


def finest(ways: Ways) -> Pattern | None:
    """The best pattern, or the one inside it whose records make up its records: entries under their month."""
    best = ways.best
    if best is None or best.led > 0.5:
        return best
    for other in ways.finer(best)[:200]:
        if other.score < _FINE * best.score:
            break
        count = len(other.records)
        if max(other.linked, other.dated) < 0.8 or count < 2 * len(best.records) or other.size < 15 * count:
            continue
        if best.led > 0.5 or not other.blocks:
            continue
        if other.size >= 0.65 * best.size and _inside(other.records, best.records):
            best = other
    return best


def _inside(inner: Sequence[Span], outer: Sequence[Span]) -> bool:
    """Whether nearly all of `inner` stand in one of `outer`, here more and there fewer: columns would be even."""
    position = 0
    held = [0] * len(outer)
    for start, stop in inner:
        while position < len(outer) and outer[position][1] <= start:
            position += 1
        if position < len(outer) and outer[position][0] <= start and stop <= outer[position][1]:
            held[position] += 1
    usual = max(Counter(held).values())
    return sum(held) >= 0.9 * len(inner) and usual < 0.8 * len(outer)


def _weigh(
    view: PageView, totals: Survey, spans: tuple[Span, ...], leads: bool, sides: dict[int, bool]
) -> Pattern | None:
    size, linked, dates, links, heads = totals.size, totals.linked, totals.dates, totals.links, totals.heads
    records: list[Span] = []
    worth = 0.0
    total = longest = bare_ones = text = 0
    until = -1
    dated: list[int] = []
    headed: list[int] = []
    tied: list[int] = []
    for span in spans:
        start, stop = span
        length = size[stop] - size[start]
        if length < 3 or start < until:
            continue
        until = stop
        records.append(span)
        total += length
        if length > longest:
            longest = length
        held = dates[stop] - dates[start]
        dated.append(held)
        headed.append(heads[stop] - heads[start])
        tied.append(links[stop] - links[start])
        left = (length if length < MAX_WORTH else MAX_WORTH) - 11 * held
        value = _ROOTS[left] if left > 1 else 1.0
        counted = length if length < 400 else 400
        if linked[stop] - linked[start] > 0.9 * length:
            bare_ones += 1
            value *= 0.3 if length < 25 else 0.7
            if not held:
                counted //= 6 if length < 25 else 2
        text += counted
        worth += value
    count = len(records)
    if count < 2 or longest > max(0.5, 1.6 / count) * total:
        return None
    date_share = _regular(dated)
    head_share = _regular(headed)
    link_share = 1 - tied.count(0) / count
    evenness = _usual(tied)[1] / count
    score = worth * (
        0.25 + 1.2 * date_share + 0.6 * head_share + 0.5 * link_share**2 * (0.5 + 0.5 * evenness)
    )
    if link_share < 0.3 and date_share < 0.5:
        score *= 0.3
    inline = bool(view.tags[records[0][0]]) and view.tags[records[0][0]] not in BLOCKS
    if leads:
        score *= 0.85 if inline else 0.94
    if _in_side(view, records[0][0], sides):
        score *= 0.3
    return Pattern(
        tuple(records),
        score,
        date_share,
        link_share,
        head_share,
        total,
        leads,
        text,
        bare_ones / count,
        not inline,
        view,
        totals,
    )


def _led_by_link(view: PageView, totals: Survey, span: Span) -> bool:
    """Whether a record's first words are a link, or its first heading holds one."""
    start, stop = span
    linked, size, heads, links = totals.linked, totals.size, totals.heads, totals.links
    if links[stop] == links[start]:
        return False
    if heads[stop] > heads[start]:
        heading = bisect_right(heads, heads[start], start, stop) - 1
        return linked[view.ends[heading]] > linked[heading]
    first = bisect_right(size, size[start], start, stop)
    return linked[first] > linked[start]


def _regular(held: Sequence[int]) -> float:
    """How regularly each record holds one (1.0), or each a few (less)."""
    most, times = _usual(held)
    if not times:
        return 0.0
    share = 1 - held.count(0) / len(held)
    usual = times / (share * len(held))
    return share**2 * (1.0 if most == 1 else 0.85 if most == 2 else 0.7) * (0.5 + 0.5 * usual)


def _usual(held: Sequence[int]) -> tuple[int, int]:
    """The number above 0 that comes most often, the first of equals, and how often; 0 and 0 where there is none."""
    most = max(held)
    if most <= 1:
        return most, held.count(1)
    return Counter(number for number in held if number).most_common(1)[0]


def _in_side(view: PageView, node: int, known: dict[int, bool]) -> bool:
    """Whether an element or one around it is named as what stands beside the matter; `known` are earlier answers."""
    path: list[int] = []
    found = False
    while node > 0:
        if node in known:
            found = known[node]
            break
        path.append(node)
        given = view.attributes[node]
        if given and _SIDE.search(f"{given.get('class', '')} {given.get('id', '')}"):
            found = True
            break
        node = view.parents[node]
    known.update(dict.fromkeys(path, found))
    return found
