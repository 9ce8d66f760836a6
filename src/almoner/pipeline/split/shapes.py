"""Which parts of a page's tree repeat like the records of a list.

The thought is MDR's (Liu, Grossman and Zhai, "Mining data records in web pages", KDD 2003) and DEPTA's: a list
shows as neighbours of one shape. Where they compare the tags of neighbouring subtrees, this counts what a
record must hold (a date, a heading, a link of its own) for every way to cut the tree at its repeated
elements, and keeps the way in which each piece holds most regularly one of each.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.view import PageView

Span = tuple[int, int]
"""Nodes from the first up to but not including the second."""

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"(?<![\d/])\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)(?!\d)|(?<!\d)\d{{4}}[/-]\d\d?[/-]\d\d?(?!\d)"
    rf"|\b{_MONTHS}\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\b\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of\s+)?{_MONTHS}\b\.?,?[\s-]*\d{{2,4}}"
    rf"|\b\d+\s+(?:minute|hour|day|week|month|year)s?\s+ago\b",
    re.IGNORECASE,
)
MAX_DATE_LINE: Final = 100
"""A date in a longer run of text is part of a story, not what a record prints about itself."""
_VARYING = re.compile(
    r"\d|^(?:odd|even|first|last|active|alt|clearfix|current|selected|row|col|hentry|open|closed)$"
)
_DIGITS = re.compile(r"\d+")
_SIDE = re.compile(
    r"sidebar|side-bar|related|recommend|widget|popular|trending|most-read|also-like|carousel-nav",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Survey:
    """Running totals over a page's nodes, so that any span's sums cost two look-ups. Furniture counts nothing."""

    size: list[int] = field(default_factory=lambda: [0])
    linked: list[int] = field(default_factory=lambda: [0])
    dates: list[int] = field(default_factory=lambda: [0])
    links: list[int] = field(default_factory=lambda: [0])
    heads: list[int] = field(default_factory=lambda: [0])


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to cut: the records, and how well they look like a list's."""

    records: tuple[Span, ...]
    score: float
    dated: float
    linked: float
    headed: float
    size: int
    leads: bool
    """Whether each record opens with the repeated element and runs on to the next one."""


def survey(view: PageView) -> Survey:
    """Count once over the page."""
    found = Survey()
    aside = view.tree.aside
    size = linked = dates = links = heads = 0
    hidden_until = link_until = time_until = 0
    for node, tag in enumerate(view.tags):
        if node >= hidden_until:
            if not tag:
                text = view.texts[node].strip()
                length = len(text)
                if length:
                    size += length
                    if node < link_until:
                        linked += length
                    if 5 < length <= MAX_DATE_LINE and node >= time_until and DATE.search(text):
                        dates += 1
            elif node in aside:
                hidden_until = view.ends[node]
            elif tag == "a":
                href = view.attributes[node].get("href", "")
                if len(href) > 1 and href[0] != "#" and not href.startswith(("javascript:", "mailto:")):
                    links += 1
                link_until = max(link_until, view.ends[node])
            elif tag == "time":
                dates += node >= time_until
                time_until = view.ends[node]
            elif tag in HEADINGS:
                heads += 1
        found.size.append(size)
        found.linked.append(linked)
        found.dates.append(dates)
        found.links.append(links)
        found.heads.append(heads)
    return found


def patterns(view: PageView, totals: Survey) -> list[Pattern]:
    """The ways to cut the page into records, best first."""
    found: dict[tuple[Span, ...], Pattern] = {}
    for group in _groups(view):
        for records, leads in _cuts(view, group):
            if records not in found:
                pattern = _weigh(view, totals, records, leads)
                if pattern is not None:
                    found[records] = pattern
    ranked = sorted(found.values(), key=lambda pattern: -pattern.score)
    return ranked


def finest(ranked: Sequence[Pattern], totals: Survey) -> Pattern:
    """The best pattern, or the one inside it whose records make up its records: entries under their month."""
    best = ranked[0]
    for other in ranked[1:200]:
        if other.score < 0.2 * best.score:
            break
        if (
            max(other.linked, other.dated) < 0.8
            or len(other.records) < 2 * len(best.records)
            or other.size < 15 * len(other.records)
        ):
            continue
        if other.size >= 0.65 * best.size and _inside(other.records, best.records):
            best = other
    return best


def _inside(inner: Sequence[Span], outer: Sequence[Span]) -> bool:
    """Whether nearly all of `inner` stand in one of `outer`."""
    position = within = 0
    for start, stop in inner:
        while position < len(outer) and outer[position][1] <= start:
            position += 1
        if position < len(outer) and outer[position][0] <= start and stop <= outer[position][1]:
            within += 1
    return within >= 0.9 * len(inner)


def kind_of(view: PageView, node: int) -> str:
    """The element's name and the class by which the page's style knows it, without what varies by position."""
    tag = view.tags[node]
    named = view.attributes[node].get("class")
    if named:
        for token in named.split():
            if not _VARYING.search(token):
                return f"{tag}.{token}"
        return f"{tag}.{_DIGITS.sub('#', named)}"
    return tag


def _make(view: PageView, node: int) -> str:
    """How an element begins: what tells a record's first row or paragraph from those that follow it."""
    first = node + 1
    if first >= view.ends[node]:
        return ">"
    if not view.tags[first]:
        return ">text"
    second = view.ends[first]
    return f">{kind_of(view, first)}" + (
        f"+{kind_of(view, second)}" if second < view.ends[node] and view.tags[second] else ""
    )


def _groups(view: PageView) -> Iterator[list[int]]:
    """Elements that may be the records' first or only elements: alike by path, or by name under one parent."""
    tags, parents, aside = view.tags, view.parents, view.tree.aside
    by_path: dict[int, list[int]] = defaultdict(list)
    by_kind_path: dict[int, list[int]] = defaultdict(list)
    by_parent: dict[tuple[int, str], list[int]] = defaultdict(list)
    by_parent_kind: dict[tuple[int, str], list[int]] = defaultdict(list)
    by_make: dict[tuple[int, str], list[int]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    paths: dict[tuple[int, str], int] = {}
    path_of = [0] * len(tags)
    kind_path_of = [0] * len(tags)
    hidden_until = 0
    for node in range(1, len(tags)):
        if node < hidden_until or not tags[node]:
            continue
        if node in aside:
            hidden_until = view.ends[node]
            continue
        parent, tag = parents[node], tags[node]
        kind = kind_of(view, node)
        path = paths.setdefault((path_of[parent], tag), len(paths) + 1)
        kind_path = paths.setdefault((-kind_path_of[parent] - 1, kind), len(paths) + 1)
        # Inline elements come and go (an unclosed font tag holds all that follows): they are no step of a path.
        inline = tag not in BLOCKS
        path_of[node] = path_of[parent] if inline else path
        kind_path_of[node] = kind_path_of[parent] if inline else kind_path
        by_path[path].append(node)
        by_kind_path[kind_path].append(node)
        by_parent[parent, tag].append(node)
        by_parent_kind[parent, kind].append(node)
        named = view.attributes[node].get("class")
        if named:
            by_name[tag, _DIGITS.sub("#", named)].append(node)
        by_make[parent, kind + _make(view, node)].append(node)
    seen: set[tuple[int, ...]] = set()
    for groups in (by_parent, by_parent_kind, by_make, by_name, by_kind_path, by_path):
        for group in groups.values():
            if len(group) > 1:
                key = (group[0], group[-1], len(group))
                if key not in seen:
                    seen.add(key)
                    yield group


def _cuts(view: PageView, group: Sequence[int]) -> Iterator[tuple[tuple[Span, ...], bool]]:
    ends, parents = view.ends, view.parents
    yield tuple((node, ends[node]) for node in group), False
    records: list[Span] = []
    gaps = False
    longest = 0
    for position, node in enumerate(group):
        following = group[position + 1] if position + 1 < len(group) else -1
        if following >= 0 and parents[following] == parents[node]:
            stop = _stop(view, node, following)
            longest = max(longest, stop - node)
        else:
            limit = ends[parents[node]]
            if longest:
                limit = min(limit, node + 2 * longest + 8)
            stop = _stop(view, node, limit)
        gaps = gaps or stop > ends[node]
        records.append((node, stop))
    if gaps:
        yield tuple(records), True


def _stop(view: PageView, leader: int, limit: int) -> int:
    """Where the record that `leader` opens ends: before a heading that stands over more than it."""
    rank = HEADINGS.get(view.tags[leader], 7)
    node = view.ends[leader]
    while node < limit:
        other = HEADINGS.get(view.tags[node])
        if (other is not None and other < rank) or (view.tags[node] == "footer"):
            return node
        node = view.ends[node]
    return min(node, limit) if node > limit else node


def _weigh(view: PageView, totals: Survey, spans: tuple[Span, ...], leads: bool) -> Pattern | None:
    size, dates, links, heads = totals.size, totals.dates, totals.links, totals.heads
    records: list[Span] = []
    worth = 0.0
    dated: Counter[int] = Counter()
    headed: Counter[int] = Counter()
    tied: Counter[int] = Counter()
    total = 0
    for start, stop in spans:
        length = size[stop] - size[start]
        if length < 8:
            continue
        records.append((start, stop))
        total += length
        inner = totals.linked[stop] - totals.linked[start]
        held = dates[stop] - dates[start]
        value = max(1, min(length, 300) - 11 * held) ** 0.5
        if inner > 0.9 * length:
            value *= 0.3 if length < 25 else 0.7
        worth += value
        dated[held] += 1
        headed[heads[stop] - heads[start]] += 1
        tied[links[stop] - links[start]] += 1
    count = len(records)
    if count < 2:
        return None
    date_share = _regular(dated, count)
    head_share = _regular(headed, count)
    link_share = 1 - tied[0] / count
    evenness = max((times for held, times in tied.items() if held), default=0) / count
    score = worth * (
        0.25 + 1.2 * date_share + 0.6 * head_share + 0.5 * link_share**2 * (0.5 + 0.5 * evenness)
    )
    if link_share < 0.3 and date_share < 0.5:
        score *= 0.3
    if _in_side(view, records[0][0]):
        score *= 0.3
    return Pattern(tuple(records), score, date_share, link_share, head_share, total, leads)


def _regular(counted: Counter[int], count: int) -> float:
    """How regularly each record holds one (1.0), or each a few (less)."""
    share = 1 - counted[0] / count
    if not share:
        return 0.0
    most = max((held for held in counted if held), key=lambda held: counted[held])
    return share**2 * (1.0 if most == 1 else 0.85 if most == 2 else 0.7)


def _in_side(view: PageView, node: int) -> bool:
    while node > 0:
        given = view.attributes[node]
        if given and _SIDE.search(f"{given.get('class', '')} {given.get('id', '')}"):
            return True
        node = view.parents[node]
    return False
