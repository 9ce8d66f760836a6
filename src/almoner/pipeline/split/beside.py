"""What stands between a headline and the running text: who wrote it, when, under which category."""

from __future__ import annotations

import re
from collections.abc import Iterator

from almoner.pipeline.model import Block, BlockKind, Link, Part, Place, Role
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Kinds, Span
from almoner.pipeline.split.shapes import DATE
from almoner.pipeline.split.units import Unit, units

_AUTHOR = re.compile(
    r"(?<![a-z])(?:author|byline|by-line|writer|contributor|reporter)s?(?![a-z])|itemprop-author",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"(?<![a-z])(?:categor(?:y|ies)|tags?|topics?|kicker|eyebrow|section-?name|label)(?![a-z])", re.IGNORECASE
)
_UPDATED = re.compile(r"updat|modif|edited|revised|reviewed", re.IGNORECASE)
_BY = re.compile(r"(?:written\s+|posted\s+)?by:?\s+(?=\S)", re.IGNORECASE)


def beside(view: PageView, start: int, stop: int, title: int) -> Iterator[tuple[Part, Span]]:
    """The lines about the article among the nodes from `start` up to `stop`, each with the nodes it stands in."""
    taken = -1
    for unit in units(view, Kinds(view), (start, stop)):
        if unit.start < taken or unit.start <= title < unit.stop or len(unit.text) > 160 or unit.heading == 1:
            continue
        marked = _marked(unit)
        if not marked:
            continue
        taken = unit.stop
        yield Part(Role.METADATA, block(view, unit, marked)), (unit.start, unit.stop)


def block(view: PageView, unit: Unit, marked: str) -> Block:
    """The unit as a block, with what the mark-up calls it."""
    moment = ""
    if unit.timed:
        moment = next(
            (
                view.attributes[node].get("datetime", "")
                for node in range(max(0, unit.start - 1), unit.stop)
                if view.tags[node] == "time"
            ),
            "",
        )
    href = view.href(unit.anchor) if unit.anchor >= 0 else ""
    return Block(
        BlockKind.PARAGRAPH,
        unit.text,
        Place(css=view.css(unit.start)),
        raw=unit.text,
        links=(Link(href, unit.text),) if href else (),
        datetime=moment,
        html=f"<p>{view.inline_html(list(range(unit.start, unit.stop)))}</p>",
        marked=marked,
    )


def _marked(unit: Unit) -> str:
    dated = unit.timed or DATE.search(unit.text) is not None
    if dated and len(unit.text) <= 120:
        return "updated" if _UPDATED.search(unit.text) or _UPDATED.search(unit.named) else "published"
    if len(unit.text) <= 100 and (_AUTHOR.search(unit.named) or _BY.match(unit.text)):
        return "author"
    if len(unit.text) <= 60 and _CATEGORY.search(unit.named):
        return "category"
    return ""
