"""A page's items by the shapes that repeat in its tree."""

from __future__ import annotations

import re
from dataclasses import replace

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Cut, Decision, Document, Finding, Place, Splitting
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split import around, boxes, cards, contexts, paging, shapes, story, verdict
from almoner.pipeline.split.given import Given
from almoner.pipeline.split.groups import Span

_ISSUE = re.compile(r"\b(?:briefing|bulletin|newsletter|digest|round[\s-]?up|e-?news)\b", re.IGNORECASE)
MAX_RECORDS = 4_000
"""So many records of a page become items; the rest is left out, and that is said."""
MIN_STORY = 400
"""Characters of running text outside a page's comments that make it an article."""


def split_page(document: Document) -> Splitting | None:
    """The items of a page; None where its tree shows neither a list nor one article."""
    if document.tree is None:
        return None
    view = PageView(document.tree)
    totals = shapes.survey(view)
    prose = totals.prose
    ways = shapes.Ways(view, totals)
    told = story.find(view, totals, prose)
    pattern = shapes.finest(ways)
    if pattern is not None and verdict.is_list(view, document, pattern, told, prose):
        return _list(document, view, totals, ways, pattern, told)
    if not totals.size[-1] or _is_periodical(document, view):
        return None
    if pattern is not None and pattern.dated >= 0.6 and told.prose:
        # Dated records that are not the page's list are readers' comments: the story stands outside them.
        outside = story.without(prose, pattern.records)
        if outside[-1] >= MIN_STORY:
            prose = outside
            told = story.find(view, totals, prose)
    return _article(document, view, totals, ways, prose, told)


def split_as_given(document: Document, given: Given) -> Splitting | None:
    """The items of a page whose records are known beforehand; None where it shows nothing there."""
    if document.tree is None:
        return None
    view = PageView(document.tree)
    if given.records:
        names, head = contexts.headers(view, given.records)
        records = [record for record in given.records if record[0] != head]
        cuts = cards.read(view, records, contexts.over(view, records), names) if records else []
        return Splitting(tuple(cut for _, cut in cuts))
    totals = shapes.survey(view)
    if not given.article or not totals.size[-1]:
        return None
    told = story.find(view, totals, totals.prose)
    return _article(document, view, totals, shapes.Ways(view, totals), totals.prose, told)


def _article(
    document: Document,
    view: PageView,
    totals: shapes.Survey,
    ways: shapes.Ways,
    prose: list[int],
    told: story.Story,
) -> Splitting:
    whole = totals.size[-1]
    scant = told.prose < min(verdict.STORY, (0.2 if verdict.says_article(document) else 0.3) * whole)
    return Splitting((story.cut(document, view, totals, prose, told, ways, scant=scant),))


def _is_periodical(document: Document, view: PageView) -> bool:
    """Whether the page is an issue of something, so that its headings may open items of their own."""
    levels = [
        tag for node, tag in enumerate(view.tags) if tag in {"h2", "h3"} and node not in view.tree.aside
    ]
    named = next((view.text(node) for node, tag in enumerate(view.tags) if tag == "h1"), document.title or "")
    return len(levels) >= 3 and len(named) < 100 and _ISSUE.search(named) is not None


def _list(
    document: Document,
    view: PageView,
    totals: shapes.Survey,
    ways: shapes.Ways,
    best: shapes.Pattern,
    told: story.Story,
) -> Splitting:
    root = around.region(view, totals, best.records)
    inside = (root, view.ends[root])
    if best.dated < 0.5:
        idle = boxes.idle(view, totals, *inside)
        view = PageView(replace(view.tree, aside=view.tree.aside | idle))
    placed: list[tuple[int, Cut]] = []
    left: list[Span] = []
    lists = around.further(ways.ranked, best, inside)
    for pattern in lists:
        names, head = contexts.headers(view, pattern.records)
        records = [record for record in pattern.records if record[0] != head]
        room = max(0, MAX_RECORDS - len(placed))
        records, beyond = records[:room], records[room:]
        left.extend(beyond)
        if records:
            placed.extend(cards.read(view, records, contexts.over(view, records), names))
    # A list of links with dates is a feed, and what stands around it is no item; a catalogue explains itself.
    if best.dated < 0.5 or best.linked < 0.5:
        without = set(view.tree.aside).union(*(range(*span) for pattern in lists for span in pattern.records))
        for part in around.described(view, inside, told):
            placed.extend(around.sections(view, part, without))
    placed.sort(key=lambda pair: pair[0])
    found = tuple(cut for _, cut in placed)
    decisions = [Decision("split", f"a list of {len(best.records)}", _why(best))]
    next_page, why = paging.following(document, view)
    if next_page:
        decisions.append(Decision("split", f"next page: {next_page}", why))
    return Splitting(
        # Front pages show a headline more than once; rows without one are each a record in their own right.
        around.each_once(found) if best.headed >= 0.5 else found,
        decisions=tuple(decisions),
        next_page=next_page or None,
        findings=(_left_out(view, left),) if left else (),
    )


def _left_out(view: PageView, records: list[Span]) -> Finding:
    why = f"The page was not read whole: {len(records):,} records after the first {MAX_RECORDS:,} were left out."
    return finding("text_cut", why, Place(css=view.css(records[0][0])))


def _why(pattern: shapes.Pattern) -> str:
    return (
        f"{len(pattern.records)} parts of one shape: a date in {pattern.dated:.0%}, a link in {pattern.linked:.0%}, "
        f"a heading in {pattern.headed:.0%} of them"
    )
