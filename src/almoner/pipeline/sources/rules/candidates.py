"""Selectors that might stand for a set of elements, the sturdiest first.

Names that makers of pages give (classes, ids) outlast a redesign of what stands around them; positions do not, and
are never proposed. Names with digits in them, or that look machine-made, change with each release of a site.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from almoner.pipeline.page.view import PageView
from almoner.pipeline.sources.rules import selector

LEVELS: Final = 6
"""Ancestors that are asked for a name to stand before a record's."""
MOST: Final = 60
_NAME = re.compile(r"-?[A-Za-z_][A-Za-z_-]*\Z")
_MACHINE_MADE = re.compile(
    r"[a-z][A-Z][a-z]?[A-Z]|\b(?:css|sc|jss|emotion)-|__[A-Za-z]{5}\Z|[bcdfghjkmnpqrstvwxz]{6}"
)
_PASSING = re.compile(
    r"(?:^|[-_])(?:first|last|odd|even|active|current|hidden|visible|open|closed|sticky|clearfix|js|no-js)(?:[-_]|\Z)"
)


def names(view: PageView, node: int) -> list[str]:
    """The sturdy names of an element as selectors: its classes, then its itemprop."""
    given = view.attributes[node]
    classes = [f".{name}" for name in dict.fromkeys(given.get("class", "").split()) if _sturdy(name)]
    prop = given.get("itemprop", "")
    return [*classes, *([f'[itemprop="{prop}"]'] if _NAME.match(prop) else [])]


def for_all(view: PageView, nodes: Sequence[int]) -> list[str]:
    """Selectors that match every one of these elements, sturdiest first; they may match others too."""
    tags = {view.tags[node] for node in nodes}
    shared = [name for name in names(view, nodes[0]) if all(name in names(view, node) for node in nodes[1:])]
    tag = tags.pop() if len(tags) == 1 else ""
    own = [f"{tag}{name}" for name in shared]
    own += [f"{tag}{one}{other}" for one, other in itertools.combinations(shared[:4], 2)]
    own += [tag] if tag else []
    around = list(_around(view, nodes))
    found = [*own, *(f"{before} {name}" for before in around for name in own[:4] + own[-1:])]
    return list(dict.fromkeys(found))[:MOST]


def _around(view: PageView, nodes: Sequence[int]) -> Iterator[str]:
    """What can stand before them: their parents' shared name, then the names of what holds them all."""
    parents = sorted({view.parents[node] for node in nodes})
    if parents[0] < 0:
        return
    tag = view.tags[parents[0]]
    if all(view.tags[parent] == tag for parent in parents):
        shared = [
            name for name in names(view, parents[0]) if all(name in names(view, one) for one in parents)
        ]
        yield from (f"{tag}{name} >" for name in shared[:2])
        yield f"{tag} >"
    last = max(view.ends[node] for node in nodes)
    above, level = parents[0], 0
    while above >= 0 and level < LEVELS:
        if view.ends[above] >= last:
            own = view.attributes[above].get("id", "")
            if _sturdy(own):
                yield f"#{own}"
            yield from (f"{view.tags[above]}{name}" for name in names(view, above)[:2])
            if view.tags[above] in {"main", "article"}:
                yield view.tags[above]
            level += 1
        above = view.parents[above]


def matching(view: PageView, nodes: Sequence[int]) -> list[tuple[float, str]]:
    """The selectors for these elements with how well each fits (F1 of what it matches), best and sturdiest first."""
    wanted = set(nodes)
    found = []
    for place, printed in enumerate(for_all(view, nodes)):
        matched = set(selector.parse(printed).find(view))
        fit = 2 * len(wanted & matched) / (len(wanted) + len(matched))
        found.append((round(fit, 3), -place, printed))
    return [(fit, printed) for fit, _, printed in sorted(found, reverse=True)]


def _sturdy(name: str) -> bool:
    return (
        1 < len(name) <= 40
        and _NAME.match(name) is not None
        and not _MACHINE_MADE.search(name)
        and not _PASSING.search(name)
    )
