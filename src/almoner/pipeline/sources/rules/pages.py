"""A rule on a page: its selectors decide which elements are records and fields; the rest is read generically."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import (
    Block,
    BlockKind,
    Cut,
    Decision,
    Document,
    Finding,
    Link,
    Part,
    Place,
    Role,
    Splitting,
    Tree,
)
from almoner.pipeline.page.blocks import blocks, placed
from almoner.pipeline.page.view import PageView
from almoner.pipeline.sources.rules.rule import PageKind, Rule
from almoner.pipeline.split import split
from almoner.pipeline.split.given import Given
from almoner.pipeline.split.groups import Span, alone, leading

_MARKED: Final = {"date": "published", "updated": "updated", "author": "author", "category": "category"}
_MARKED_FIRST: Final = ("title", *_MARKED)
_FIELDS: Final = ("title", "link", "date", "updated", "author", "category", "text")
MAX_MATCHES: Final = 50
MAX_TEXTS: Final = 2_000
"""Matches of a field's selector in one record that are looked at: a selector that fits half a page is a mistake."""
MAX_VALUE: Final = 300
"""What is longer is no author and no category."""


def read(rule: Rule, document: Document, tree: Tree, order: Order) -> tuple[Document, Splitting]:
    """The page with the findings of the rule, and its items."""
    view = PageView(tree)
    records = _records(rule, view)
    document, view = _cleared(rule, document, view, records)
    given = Given(records) if records else Given(article=True) if rule.page is PageKind.ARTICLE else None
    splitting = split(document, order, given)
    if not splitting.cuts and given is not None:
        splitting = split(document, order)
    reader = _Reader(
        view, {name: rule.select[name].find(view) for name in _FIELDS if name in rule.select}, order
    )
    cuts = reader.read(splitting.cuts, records, whole=rule.page is PageKind.ARTICLE)
    wanted = next((name for name in ("record", "starts") if name in rule.select), None)
    unmatched = [] if wanted is None or records else [wanted]
    unmatched += [name for name in reader.chosen if not reader.filled[name] and cuts]
    follows = _first_link(view, rule.select["next"].find(view)) if "next" in rule.select else None
    return (
        replace(
            document,
            findings=(*document.findings, *(_unmatched(rule, name, len(cuts)) for name in unmatched)),
        ),
        replace(splitting, cuts=cuts, next_page=follows or splitting.next_page),
    )


def _records(rule: Rule, view: PageView) -> tuple[Span, ...]:
    """The spans that the rule says are records; one inside another is part of it."""
    name = next((name for name in ("record", "starts") if name in rule.select), "")
    found: list[int] = []
    for node in rule.select[name].find(view) if name else ():
        if not found or node >= view.ends[found[-1]]:
            found.append(node)
    if not found:
        return ()
    return (leading(view, found) if name == "starts" else ()) or alone(view, found)


def _cleared(
    rule: Rule, document: Document, view: PageView, records: Sequence[Span]
) -> tuple[Document, PageView]:
    """The document without what the rule removes, and with what it calls a record though it looks like furniture."""
    tree = view.tree
    removed = rule.select["remove"].find(view) if "remove" in rule.select else []
    shown: set[int] = set()
    for start, _ in records:
        node = start
        while node >= 0:
            if node in tree.aside:
                shown.add(node)
            node = view.parents[node]
    if not removed and not shown:
        return document, view
    aside = (tree.aside - shown) | frozenset(removed)
    tree = replace(tree, aside=aside)
    view = PageView(tree)
    return replace(document, tree=tree, blocks=blocks(view, 0, len(tree.tags), aside)), view


def _unmatched(rule: Rule, name: str, count: int) -> Finding:
    of = f"in none of the {count} record(s)" if name in _FIELDS else "nowhere on the page"
    selector = rule.select[name].printed
    return finding(
        "rule_unmatched",
        f"The rule “{rule.name}” no longer fits: {name} = “{selector}” stands {of}. The generic reading was used.",
        Place(css="body"),
    )


@dataclass(slots=True)
class _Reader:
    """Puts what the rule chooses into the records' parts. `filled` counts the records in which each field was found."""

    view: PageView
    chosen: Mapping[str, list[int]]
    order: Order
    filled: Counter[str] = field(default_factory=Counter)

    def read(self, cuts: Sequence[Cut], records: Sequence[Span], *, whole: bool) -> tuple[Cut, ...]:
        if not self.chosen:
            return tuple(cuts)
        nodes = {self.view.css(node): node for node, tag in enumerate(self.view.tags) if tag}
        stops = dict(records)
        starts = [nodes.get(cut.place.css or "", 0) for cut in cuts]
        found = []
        for number, (cut, start) in enumerate(zip(cuts, starts, strict=True)):
            following = starts[number + 1] if number + 1 < len(starts) else len(self.view.tags)
            # A generic record may run on past its first element, but not out of what holds it.
            near = min(following, self.view.ends[max(0, self.view.parents[start])])
            stop = stops.get(start) or max(near, self.view.ends[start])
            span = (0, len(self.view.tags)) if whole else (start, stop)
            found.append(self._cut(cut, span, nodes))
        return tuple(found)

    def _cut(self, cut: Cut, span: Span, nodes: Mapping[str, int]) -> Cut:
        picked = {name: self._within(name, span) for name in self.chosen}
        found = {name: self._parts(name, picked[name]) for name in picked if name not in {"link", "text"}}
        taken = [node for parts in found.values() for node, _ in parts]
        fields = {name: [part for _, part in parts] for name, parts in found.items() if parts}
        link = _first_link(self.view, picked.get("link", ()))
        self.filled["link"] += link is not None
        if link is None and "title" in fields:
            link = _first_link(self.view, [found["title"][0][0]])
        if text := self._text(picked.get("text", ()), taken):
            fields["text"] = text
        for name in fields:
            self.filled[name] += 1
        kept = self._kept(cut, span, nodes, fields, taken)
        parts = [part for name in _MARKED_FIRST for part in fields.get(name, ())]
        said = ", ".join(fields) or "nothing"
        made = Decision("rule", f"chose {said}", "the rule's selectors fit here", cut.place)
        return replace(
            cut,
            parts=(*parts, *kept, *fields.get("text", ())),
            link=link or cut.link,
            decisions=(*cut.decisions, made),
        )

    def _within(self, name: str, span: Span) -> list[int]:
        nodes = self.chosen[name]
        found = nodes[bisect_left(nodes, span[0]) : bisect_left(nodes, span[1])]
        return found[: MAX_TEXTS if name == "text" else MAX_MATCHES]

    def _parts(self, name: str, nodes: Sequence[int]) -> list[tuple[int, Part]]:
        """The elements that fill a field, each with its part: the first that can, and all that are a category."""
        found: list[tuple[int, Part]] = []
        for node in nodes:
            part = self._part(name, node)
            if part is not None:
                found.append((node, part))
                if name != "category":
                    break
        return found

    def _part(self, name: str, node: int) -> Part | None:
        view = self.view
        text = view.text(node)
        moment = view.attributes[node].get("datetime", "")
        place = Place(css=view.css(node))
        if name == "title":
            href = _first_link(view, [node])
            links = (Link(href, text),) if href else ()
            block = Block(BlockKind.HEADING, text, place, raw=text, level=3, links=links)
            return Part(Role.TITLE, block) if text else None
        if name in {"date", "updated"}:
            mention = dates.first(text[:MAX_VALUE], self.order) or dates.first(moment)
            if mention is None:
                return None
            text = mention.as_printed
        if not text or len(text) > MAX_VALUE:
            return None
        block = Block(
            BlockKind.PARAGRAPH, text, place, raw=view.text(node), datetime=moment, marked=_MARKED[name]
        )
        return Part(Role.METADATA, block)

    def _text(self, nodes: Sequence[int], taken: Sequence[int]) -> list[Part]:
        """The running text in these elements, without what fills other fields."""
        found: list[Part] = []
        end = -1
        for node in nodes:
            if node >= end:
                end = self.view.ends[node]
                without = (self.view.tree.aside - {node}).union(taken)
                found.extend(Part(Role.BODY, block) for block in blocks(self.view, node, end, without))
        return found

    def _kept(
        self,
        cut: Cut,
        span: Span,
        nodes: Mapping[str, int],
        fields: Mapping[str, object],
        taken: Sequence[int],
    ) -> list[Part]:
        """The generic reading's parts for all that the rule does not say, and the text without what it took."""
        kept: list[Part] = []
        text: set[str | None] = set()
        changed = False
        for part in cut.parts:
            node = nodes.get(part.block.place.css or "", -1)
            whole = any(chosen <= node < self.view.ends[chosen] for chosen in taken)
            inside = any(node < chosen < self.view.ends[node] for chosen in taken) if node >= 0 else False
            if part.role is Role.BODY:
                changed = changed or whole or inside
                text.add(part.block.place.css)
            elif whole or (inside and part.role is Role.TITLE and "title" in fields):
                continue
            elif self._replaced(part, fields):
                changed = True
                text.add(part.block.place.css)
            else:
                kept.append(part)
        if "text" in fields:
            return kept
        if not changed:
            return [*kept, *(part for part in cut.parts if part.role is Role.BODY)]
        other = {nodes[css] for part in kept if (css := part.block.place.css or "") in nodes}
        again = placed(self.view, *span, without=self.view.tree.aside | {*taken} | other)
        kept.extend(Part(Role.BODY, block) for _, block in again if block.place.css in text)
        return kept

    def _replaced(self, part: Part, fields: Mapping[str, object]) -> bool:
        """Whether the rule found elsewhere what the generic reading took this part for."""
        if part.role is Role.TITLE:
            return "title" in fields
        marked = {mark: name for name, mark in _MARKED.items()}.get(part.block.marked)
        return part.role is Role.METADATA and marked in fields


def _first_link(view: PageView, nodes: Sequence[int]) -> str | None:
    """Where the first of these leads: a link, an element with one in it, or one in a link."""
    for node in nodes:
        inside = (
            other for other in range(node, view.ends[node]) if view.tags[other] == "a" and view.href(other)
        )
        found = next(inside, -1)
        above = node
        while found < 0 and above >= 0:
            if view.tags[above] in {"a", "link"} and view.href(above):
                found = above
            above = view.parents[above]
        if found >= 0 and not view.href(found).startswith(("#", "mailto:", "tel:")):
            return view.href(found)
    return None
