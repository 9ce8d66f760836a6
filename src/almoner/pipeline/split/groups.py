"""Elements of a page that are alike, and the ways to cut the page at them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.view import PageView

Span = tuple[int, int]
"""Nodes from the first up to but not including the second."""

_VARYING = frozenset(
    "odd even first last active alt clearfix current selected row col hentry open closed".split()  # noqa: SIM905
)
_DIGITS = re.compile(r"\d+")


class Kinds:
    """The names by which a page's own style tells its elements apart."""

    __slots__ = ("known", "view")

    def __init__(self, view: PageView) -> None:
        self.view = view
        self.known: dict[tuple[str, str], str] = {}

    def kind(self, node: int) -> str:
        """The element's name and the first class of it that does not vary by position."""
        tag = self.view.tags[node]
        named = self.view.attributes[node].get("class")
        if not named:
            return tag
        known = self.known.get((tag, named))
        if known is None:
            known = self.known[tag, named] = f"{tag}.{_first_steady(named)}"
        return known

    def name(self, named: str) -> str:
        """All classes of an element, digits aside."""
        return _without_digits(named)


@lru_cache(maxsize=8192)
def _without_digits(named: str) -> str:
    """Pages of one site, and of one theme, name their elements alike."""
    return _DIGITS.sub("#", named)


@lru_cache(maxsize=8192)
def _first_steady(named: str) -> str:
    for token in named.split():
        if token not in _VARYING and _DIGITS.search(token) is None:
            return token
    return _without_digits(named)


def groups(view: PageView, kinds: Kinds) -> Iterator[list[int]]:
    """Elements that may be the records' first or only elements: alike by path, or by name under one parent."""
    tags, parents, ends, aside = view.tags, view.parents, view.ends, view.tree.aside
    attributes = view.attributes
    count = len(tags)
    known = kinds.known
    kind_of = [
        (known.get((tag, given["class"])) or kinds.kind(node)) if "class" in given else tag
        for node, (tag, given) in enumerate(zip(tags, attributes, strict=True))
    ]
    children: defaultdict[int, list[int]] = defaultdict(list)
    named_alike: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    paths, kind_paths = _Paths(), _Paths()
    onward, on_path = paths.onward, paths.groups
    kind_onward, on_kind_path = kind_paths.onward, kind_paths.groups
    path_of, kind_path_of = [0] * count, [0] * count
    hidden_until = 0
    for node in range(1, count):
        tag = tags[node]
        if not tag or node < hidden_until:
            continue
        if node in aside:
            hidden_until = ends[node]
            continue
        parent = parents[node]
        kind = kind_of[node]
        path, kind_path = path_of[parent], kind_path_of[parent]
        step = onward[path].get(tag) or paths.add(path, tag)
        kind_step = kind_onward[kind_path].get(kind) or kind_paths.add(kind_path, kind)
        on_path[step].append(node)
        on_kind_path[kind_step].append(node)
        children[parent].append(node)
        if kind is not tag:
            named_alike[tag][kinds.name(attributes[node]["class"])].append(node)
        # Inline elements come and go (an unclosed font tag holds all that follows): they are no step of a path.
        if tag in BLOCKS:
            path, kind_path = step, kind_step
        path_of[node], kind_path_of[node] = path, kind_path
    gathered = [(1, group) for group in on_path]
    gathered += [(2, group) for group in on_kind_path]
    gathered += [(5, group) for named in named_alike.values() for group in named.values()]
    for siblings in children.values():
        if len(siblings) > 1:
            gathered += _alike(view, kind_of, siblings)
    ordered = sorted((group[0], rank, group) for rank, group in gathered if len(group) > 1)
    seen: set[tuple[int, int, int]] = set()
    for first, _, group in ordered:
        key = (first, group[-1], len(group))
        if key not in seen:
            seen.add(key)
            yield group


def _alike(
    view: PageView, kind_of: Sequence[str], siblings: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """The children of one element by tag, by kind and by how they begin, which tells a record's first row or
    paragraph from those that follow it."""
    tags, ends = view.tags, view.ends
    by_tag: defaultdict[str, list[int]] = defaultdict(list)
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    by_start: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for node in siblings:
        tag = tags[node]
        kind = kind_of[node]
        by_tag[tag].append(node)
        if kind is not tag:
            by_kind[kind].append(node)
        if tag in BLOCKS:
            end = ends[node]
            first = kind_of[node + 1] if node + 1 < end else ">"
            second = ends[node + 1] if first and first != ">" else end
            by_start[kind, first, kind_of[second] if second < end else ""].append(node)
    yield from ((0, group) for group in by_start.values())
    yield from ((3, group) for group in by_tag.values())
    yield from ((4, group) for group in by_kind.values())


class _Paths:
    """Ways down from the root, numbered: the steps that lead on from each, and the nodes at its end."""

    __slots__ = ("groups", "onward")

    def __init__(self) -> None:
        self.onward: list[dict[str, int]] = [{}]
        self.groups: list[list[int]] = [[]]

    def add(self, path: int, step: str) -> int:
        """A path that nobody went yet."""
        number = self.onward[path][step] = len(self.onward)
        self.onward.append({})
        self.groups.append([])
        return number


def alone(view: PageView, group: Sequence[int]) -> tuple[Span, ...]:
    """Each element by itself as a record."""
    return tuple(zip(group, map(view.ends.__getitem__, group), strict=True))


def leading(view: PageView, group: Sequence[int]) -> tuple[Span, ...]:
    """Each element as the first of a record that runs on to the next one; () where nothing stands between."""
    tags, ends, parents = view.tags, view.ends, view.parents
    opening = tags[group[0]]
    if opening == "dd":
        return ()  # a term leads its definition
    records: list[Span] = []
    gaps = False
    longest = 0
    for node, following in zip_longest(group, group[1:], fillvalue=-1):
        end = ends[node]
        parent = parents[node]
        beside = following >= 0 and parents[following] == parent
        limit = following if beside else ends[parent]
        if not beside and longest:
            limit = min(limit, node + 2 * longest + 8)
        # The record ends before a heading that stands over more than it.
        rank = HEADINGS.get(tags[node], 7)
        stop = end
        while stop < limit:
            tag = tags[stop]
            if tag and (tag == "footer" or HEADINGS.get(tag, rank) < rank):
                break
            stop = ends[stop]
        else:
            stop = limit if limit < stop else stop
        if beside and stop - node > longest:
            longest = stop - node
        gaps = gaps or stop > end
        records.append((node, stop))
    if not gaps or (opening not in BLOCKS and not _opens(view, group)):
        return ()
    return tuple(records)


def shifted(view: PageView, records: Sequence[Span]) -> tuple[Span, ...]:
    """The records, each with the element before it: a date that stands over its title. () if that is not theirs."""
    parents, ends = view.parents, view.ends
    before: list[int] = []
    for number, (start, _) in enumerate(records):
        parent = parents[start]
        previous = start - 1
        while parents[previous] != parent and previous > parent:
            previous = parents[previous]
        floor = records[number - 1][0] if number and parents[records[number - 1][0]] == parent else parent
        if previous <= parent or previous <= floor or not view.tags[previous] or ends[previous] > start:
            return ()
        before.append(previous)
    if len({view.tags[node] for node in before}) > 1:
        return ()
    found = []
    for number, (_, stop) in enumerate(records):
        limit = before[number + 1] if number + 1 < len(before) else stop
        found.append((before[number], min(stop, limit)))
    return tuple(found)


def broken(view: PageView) -> Iterator[tuple[Span, ...]]:
    """Runs of lines apart by empty ones: what stands between two `<br><br>` under one parent."""
    tags, ends, parents = view.tags, view.ends, view.parents
    breaks: defaultdict[int, int] = defaultdict(int)
    for node, tag in enumerate(tags):
        if tag == "br":
            breaks[parents[node]] += 1
    for parent, count in breaks.items():
        if count < 4:
            continue
        records: list[Span] = []
        start = node = parent + 1
        empty = 0
        while node < ends[parent]:
            if tags[node] == "br":
                empty += 1
            elif tags[node] == "hr":
                empty = 2
            elif tags[node] or not view.texts[node].isspace():
                if empty >= 2:
                    records.append((start, node))
                    start = node
                empty = 0
            node = ends[node]
        records.append((start, ends[parent]))
        if len(records) > 1:
            yield tuple(records)


def _opens(view: PageView, group: Sequence[int]) -> bool:
    """Whether inline elements stand where lines begin, and are not just links or bold words within a text."""
    opening = 0
    for node in group:
        before = node - 1
        while before > view.parents[node] and not view.tags[before] and view.texts[before].isspace():
            before -= 1
        opening += before == view.parents[node] or view.tags[before] == "br" or view.tags[before] in BLOCKS
    return opening >= 0.6 * len(group)
