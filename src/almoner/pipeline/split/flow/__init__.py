"""Items of a page that is a flow of lines: text, and pages whose tree shows nothing."""

from __future__ import annotations

from almoner.pipeline.lines import headings
from almoner.pipeline.model import Splitting
from almoner.pipeline.split.flow import cuts, evidence, issue, path, templates
from almoner.pipeline.split.flow.page import Page
from almoner.pipeline.split.flow.spacing import spacing
from almoner.pipeline.split.flow.weights import Weights


def split(page: Page) -> Splitting | None:
    """The items of the page, each with the role of each of its lines; None where nothing speaks for one."""
    if not page.blocks:
        return None
    lines = evidence.look(page)
    if not any(line.is_prose or line.is_dated or line.listed or line.entry is not None for line in lines):
        return None
    briefing = issue.briefing(page)
    periodical = briefing is not None or any(headings.names_periodical(line.text) for line in lines[:2])
    weights = Weights(page, lines, spacing(lines), periodical=periodical)
    found = path.best(weights, templates.TEMPLATES)
    if found is None:
        return None
    records = cuts.cuts(page, lines, found)
    if not records:
        return None
    return Splitting(records, title=briefing.title if briefing else None, briefing=briefing)
