"""Items of a page that is a flow of lines: text, and pages whose tree shows nothing."""

from __future__ import annotations

from almoner.pipeline.model import Splitting
from almoner.pipeline.split.flow import cuts, evidence, path, templates
from almoner.pipeline.split.flow.weights import Weights
from almoner.pipeline.split.issues import issue_of
from almoner.pipeline.split.page import Page


def split(page: Page) -> Splitting | None:
    """The items of the page, each with the role of each of its lines; None where nothing speaks for one."""
    if not page.blocks:
        return None
    lines = evidence.look(page)
    if not any(line.is_prose or line.is_dated or line.listed or line.entry is not None for line in lines):
        return None
    periodical = issue_of(page) is not None or any(line.names_periodical for line in lines[:2])
    weights = Weights(lines, page.order, periodical=periodical)
    found = path.best(weights, templates.TEMPLATES)
    records = (cuts.cuts(page, lines, found) if found is not None else ()) or cuts.whole(lines)
    return Splitting(records) if records else None
