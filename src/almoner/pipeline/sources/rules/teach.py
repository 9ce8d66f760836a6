"""A rule from one correction: where on the page the right words stand, said as a selector for all its items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.extract import extract
from almoner.pipeline.lines import dates
from almoner.pipeline.model import Item, Snapshot
from almoner.pipeline.page.view import PageView
from almoner.pipeline.parse import parse
from almoner.pipeline.sources.rules.apply import apply
from almoner.pipeline.sources.rules.candidates import for_all
from almoner.pipeline.sources.rules.compare import FIELDS, compare
from almoner.pipeline.sources.rules.load import InvalidRule, load
from almoner.pipeline.sources.rules.suggest import suggest

TAUGHT: Final = {"title": "title", "published": "date", "author": "author", "link": "link"}
"""Field of an item (`compare.FIELDS`) → the key of a rule that says where it stands."""
NODES: Final = 4
"""Elements that say the right words of which selectors are tried."""
SELECTORS: Final = 8
"""Selectors of each that are tried: each attempt reads the page again."""
LONGEST_DATE: Final = 80
"""Characters of an element that says a date and little else."""
_TABLE: Final = re.compile(r"^\[select\][ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What an editor corrected: the item's title as it was read, which field (a key of `TAUGHT`), and the right words;
    a time in ISO 8601."""

    title: str
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Taught:
    """A rule as TOML that reads the lesson's item rightly, the selector that does it, and how many of the page's items
    it reads otherwise in that field, and how many in others."""

    text: str
    selector: str
    otherwise: int
    beyond: int


def teach(snapshot: Snapshot, lesson: Lesson, text: str = "") -> Taught | None:
    """A rule that reads the item rightly, from the source's rule (`text`) or, where it has none, from how the page is
    read without one; None where the right words stand nowhere that has a name. Of several the one that changes least
    beyond the lesson's field. Raises `PipelineError` where the page cannot be read at all."""
    document = parse(snapshot)
    if document.tree is None:
        return None
    order = dates.page_order(block.text for block in document.blocks)

    def read(rule: str) -> tuple[Item, ...]:
        there, splitting = apply(load(rule), document, order)
        return tuple(extract(there, splitting, order))

    begun = text if text.strip() else suggest(snapshot, order).text
    before = read(begun)
    view = PageView(document.tree)
    found: list[tuple[int, int, Taught]] = []
    for printed in _selectors(view, lesson):
        made = _with(begun, TAUGHT[lesson.field], printed)
        try:
            after = read(made)
        except InvalidRule:
            continue
        if not any(_is_right(item, lesson) for item in after):
            continue
        pairs = compare(before, after)
        changed = [{change.field for change in pair.changes} for pair in pairs]
        otherwise = sum(lesson.field in fields for fields in changed)
        beyond = sum(bool(fields - {lesson.field, "text"}) for fields in changed)
        beyond += sum(pair.before is None or pair.after is None for pair in pairs)
        found.append((beyond, len(found), Taught(made, printed, otherwise, beyond)))
    return min(found)[2] if found else None


def _selectors(view: PageView, lesson: Lesson) -> Iterator[str]:
    nodes = [node for node, tag in enumerate(view.tags) if tag and _says(view, node, lesson)]
    innermost = [node for node in nodes if not any(node < other < view.ends[node] for other in nodes)]
    tried: set[str] = set()
    for node in innermost[:NODES]:
        for printed in for_all(view, [node])[:SELECTORS]:
            if printed not in tried:
                tried.add(printed)
                yield printed


def _says(view: PageView, node: int, lesson: Lesson) -> bool:
    if lesson.field == "link":
        return view.href(node) == lesson.words
    words = view.text(node)
    if lesson.field == "published":
        mention = dates.first(words) if len(words) <= LONGEST_DATE else None
        when = mention.when("on the page") if mention else None
        return when is not None and when.value[:10] == lesson.words[:10]
    return _plain(words) == _plain(lesson.words)


def _is_right(item: Item, lesson: Lesson) -> bool:
    said = FIELDS[lesson.field](item)
    if lesson.field == "title":
        return _plain(said) == _plain(lesson.words)
    right = (
        said[:10] == lesson.words[:10]
        if lesson.field == "published"
        else _plain(said) == _plain(lesson.words)
    )
    return right and _plain(item.title) == _plain(lesson.title)


def _with(rule: str, key: str, printed: str) -> str:
    """The rule with this selector in place of the one it had."""
    line = f"{key} = {json.dumps(printed, ensure_ascii=False)}  # taught by a correction"
    own = re.compile(rf"^{key}[ \t]*=.*$", re.MULTILINE)
    table = _TABLE.search(rule)
    if table is None:
        return f"{rule.rstrip()}\n\n[select]\n{line}\n"
    head, rest = rule[: table.end()], rule[table.end() :]
    end = match.start() if (match := re.search(r"^\[", rest, re.MULTILINE)) else len(rest)
    mine, others = rest[:end], rest[end:]
    if own.search(mine):
        return head + own.sub(lambda _: line, mine, count=1) + others
    return f"{head}\n{line}{mine}{others}"


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
