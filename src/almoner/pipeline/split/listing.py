"""A page's items by the shapes that repeat in its tree."""

from __future__ import annotations

import re

from almoner.pipeline.model import Cut, Decision, Document, Splitting
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split import around, cards, contexts, shapes, story

_ARTICLE_TYPE = re.compile(
    r"\b(?:news|blog|report|tech|scholarly)?-?(?:article|posting|blogposting|newsarticle)\b", re.IGNORECASE
)
_ISSUE = re.compile(r"\b(?:briefing|bulletin|newsletter|digest|round[\s-]?up|e-?news)\b", re.IGNORECASE)
MIN_TYPED = 1_000
"""Characters outside its records that make a page an article that says it is one."""
MIN_STORY = 400
"""Characters of running text outside a page's comments that make it an article."""


def split_page(document: Document) -> Splitting | None:
    """The items of a page; None where its tree shows neither a list nor one article."""
    if document.tree is None:
        return None
    view = PageView(document.tree)
    totals = shapes.survey(view)
    prose = story.prose_of(view)
    ranked = shapes.patterns(view, totals)
    told = story.find(view, prose)
    pattern = shapes.finest(ranked) if ranked else None
    if pattern is not None and _is_list(view, document, pattern, told, prose):
        return _list(view, totals, ranked, pattern)
    if not totals.size[-1] or _is_periodical(document, view):
        return None
    if pattern is not None and pattern.dated >= 0.6 and told.prose:
        # Dated records that are not the page's list are readers' comments: the story stands outside them.
        outside = story.without(prose, pattern.records)
        if outside[-1] >= MIN_STORY:
            prose = outside
            told = story.find(view, prose)
    return Splitting((story.cut(document, view, totals, prose, told),))


def _is_periodical(document: Document, view: PageView) -> bool:
    """Whether the page is an issue of something, so that its headings may open items of their own."""
    levels = [
        tag for node, tag in enumerate(view.tags) if tag in {"h2", "h3"} and node not in view.tree.aside
    ]
    named = next((view.text(node) for node, tag in enumerate(view.tags) if tag == "h1"), document.title or "")
    return len(levels) >= 3 and len(named) < 100 and _ISSUE.search(named) is not None


def _list(
    view: PageView, totals: shapes.Survey, ranked: list[shapes.Pattern], best: shapes.Pattern
) -> Splitting:
    root = around.region(view, totals, best.records)
    inside = (root, view.ends[root])
    placed: list[tuple[int, Cut]] = []
    lists = around.further(ranked, best, inside)
    for pattern in lists:
        names, head = contexts.headers(view, pattern.records)
        records = [record for record in pattern.records if record[0] != head]
        cuts = cards.read(view, records, contexts.over(view, records), names)
        placed.extend(cuts)
    # A list with dates is a feed, and what stands around it is no item; a catalogue explains itself.
    if best.dated < 0.5:
        without = set(view.tree.aside).union(*(range(*span) for pattern in lists for span in pattern.records))
        placed.extend(around.sections(view, inside, without))
    placed.sort(key=lambda pair: pair[0])
    return Splitting(
        tuple(cut for _, cut in placed),
        decisions=(Decision("split", f"a list of {len(best.records)}", _why(best)),),
    )


def _is_list(
    view: PageView, document: Document, pattern: shapes.Pattern, told: story.Story, prose: list[int]
) -> bool:
    """Whether the records are what the page is about, rather than its running text."""
    row = view.tags[pattern.records[0][0]] in {"tr", "dt"}
    evidence = max(pattern.dated, pattern.led, 0.8 * pattern.linked if row else 0.0)
    if evidence < 0.5:
        return False
    start, stop = told.container, view.ends[told.container]
    within = sum(start <= first < stop for first, _ in pattern.records) >= 0.5 * len(pattern.records)
    inside = sum(prose[last] - prose[first] for first, last in pattern.records)
    outside = told.prose - inside if within else told.prose
    typed = _says_article(document)
    if typed:
        outside = max(outside, prose[-1] - inside)
    count = len(pattern.records)
    if typed and not row and (outside >= MIN_TYPED or (pattern.dated < 0.5 and inside > 150 * count)):
        return False
    if pattern.dated >= 0.6 and max(pattern.linked, pattern.headed) >= 0.6:
        # A few dated cards below a story lead on to other stories.
        below = count <= 6 and not row and prose[pattern.records[0][0]] - prose[start] > 0.9 * outside
        share = 1.5 if typed else 0.6 if below or count == 2 else 0.25
        return max(pattern.worth, 60 * count) > share * outside
    weight = (1.5 if typed else 0.7) * (1 if within else 3)
    if pattern.bare > 0.8:
        weight = max(weight, 4.0 if typed else 2.0)
    return pattern.worth > weight * outside


def _says_article(document: Document) -> bool:
    """Whether the page's head says that it is one article."""
    said = document.metadata
    kind = f"{said.get('og:type', '')} {said.get('jsonld:type', '')}"
    return "article:published_time" in said or _ARTICLE_TYPE.search(kind) is not None


def _why(pattern: shapes.Pattern) -> str:
    return (
        f"{len(pattern.records)} parts of one shape: a date in {pattern.dated:.0%}, a link in {pattern.linked:.0%}, "
        f"a heading in {pattern.headed:.0%} of them"
    )
