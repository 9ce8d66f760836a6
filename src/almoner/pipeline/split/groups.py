"""Elements of a page that are alike, and the ways to cut the page at them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.view import PageView

Span = tuple[int, int]
"""Nodes from the first up to but not including the second."""

_VARYING = re.compile(
    r"\d|^(?:odd|even|first|last|active|alt|clearfix|current|selected|row|col|hentry|open|closed)$"
)
_DIGITS = re.compile(r"\d+")


class Kinds:
    """The names by which a page's own style tells its elements apart."""

    __slots__ = ("_kinds", "_names", "view")

    def __init__(self, view: PageView) -> None:
        self.view = view
        self._kinds: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}

    def kind(self, node: int) -> str:
        """The element's name and the first class of it that does not vary by position."""
        tag = self.view.tags[node]
        named = self.view.attributes[node].get("class")
        if not named:
            return tag
        known = self._kinds.get((tag, named))
        if known is None:
            known = self._kinds[tag, named] = f"{tag}.{_first_steady(named)}"
        return known

    def name(self, named: str) -> str:
        """All classes of an element, digits aside."""
        known = self._names.get(named)
        if known is None:
            known = self._names[named] = _DIGITS.sub("#", named)
        return known

    def make(self, node: int) -> str:
        """How an element begins: what tells a record's first row or paragraph from those that follow it."""
        tags, ends = self.view.tags, self.view.ends
        first = node + 1
        if first >= ends[node]:
            return ">"
        if not tags[first]:
            return ">text"
        second = ends[first]
        if second < ends[node] and tags[second]:
            return f">{self.kind(first)}+{self.kind(second)}"
        return f">{self.kind(first)}"


def _first_steady(named: str) -> str:
    for token in named.split():
        if not _VARYING.search(token):
            return token
    return _DIGITS.sub("#", named)


def groups(view: PageView, kinds: Kinds) -> Iterator[list[int]]:
    """Elements that may be the records' first or only elements: alike by path, or by name under one parent."""
    tags, parents, ends, aside = view.tags, view.parents, view.ends, view.tree.aside
    attributes = view.attributes
    gathered: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    paths: dict[tuple[int, str], int] = {}
    path_of = [0] * len(tags)
    kind_path_of = [0] * len(tags)
    hidden_until = 0
    for node in range(1, len(tags)):
        tag = tags[node]
        if not tag or node < hidden_until:
            continue
        if node in aside:
            hidden_until = ends[node]
            continue
        parent = parents[node]
        named = attributes[node].get("class")
        kind = kinds.kind(node) if named else tag
        path = paths.setdefault((path_of[parent], tag), len(paths) + 1)
        kind_path = paths.setdefault((-kind_path_of[parent] - 1, kind), len(paths) + 1)
        # Inline elements come and go (an unclosed font tag holds all that follows): they are no step of a path.
        if tag in BLOCKS:
            path_of[node], kind_path_of[node] = path, kind_path
            gathered[4, parent, kind + kinds.make(node)].append(node)
        else:
            path_of[node], kind_path_of[node] = path_of[parent], kind_path_of[parent]
        gathered[0, path].append(node)
        gathered[1, kind_path].append(node)
        gathered[2, parent, tag].append(node)
        if named:
            gathered[3, parent, kind].append(node)
            gathered[5, tag, kinds.name(named)].append(node)
    seen: set[tuple[int, int, int]] = set()
    for group in gathered.values():
        if len(group) > 1:
            key = (group[0], group[-1], len(group))
            if key not in seen:
                seen.add(key)
                yield group


def alone(view: PageView, group: Sequence[int]) -> tuple[Span, ...]:
    """Each element by itself as a record."""
    return tuple((node, view.ends[node]) for node in group)


def leading(view: PageView, group: Sequence[int]) -> tuple[Span, ...]:
    """Each element as the first of a record that runs on to the next one; () where nothing stands between."""
    ends, parents = view.ends, view.parents
    if view.tags[group[0]] == "dd":
        return ()  # a term leads its definition
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
    if not gaps or (view.tags[group[0]] not in BLOCKS and not _opens(view, group)):
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


def _stop(view: PageView, leader: int, limit: int) -> int:
    """Where the record that `leader` opens ends: before a heading that stands over more than it."""
    rank = HEADINGS.get(view.tags[leader], 7)
    node = view.ends[leader]
    while node < limit:
        other = HEADINGS.get(view.tags[node])
        if (other is not None and other < rank) or view.tags[node] == "footer":
            return node
        node = view.ends[node]
    return min(node, limit)
