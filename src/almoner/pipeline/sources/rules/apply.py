"""A rule on a document: in place of splitting, with the generic splitting for all that the rule leaves open."""

from __future__ import annotations

from dataclasses import replace

from almoner.pipeline.findings import finding
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import Document, Finding, Place, Splitting
from almoner.pipeline.sources.rules import pages, texts
from almoner.pipeline.sources.rules.rule import PageKind, Rule
from almoner.pipeline.split import split


def apply(rule: Rule, document: Document, order: Order) -> tuple[Document, Splitting]:
    """The document as the rule knows it, and its items.

    What the rule does not say, and what it says but no longer finds, is answered by the generic reading; for the
    latter the document has the finding `rule_unmatched`.
    """
    known = replace(document, defaults=rule.defaults, language=document.language or rule.defaults.language)
    if rule.page is PageKind.ANY:
        found, splitting = known, split(known, order)
    elif document.records or (rule.page is not PageKind.TEXT and known.tree is None):
        found, splitting = (
            replace(known, findings=(*known.findings, _other(rule, document))),
            split(known, order),
        )
    elif rule.page is PageKind.TEXT or known.tree is None:
        found, splitting = texts.read(rule, known, order)
    else:
        found, splitting = pages.read(rule, known, known.tree, order)
    return found, replace(splitting, publisher=rule.publisher or splitting.publisher)


def _other(rule: Rule, document: Document) -> Finding:
    return finding(
        "rule_unmatched",
        f"The rule “{rule.name}” is for a page of the kind “{rule.page}”, and this came as {document.media_type}. "
        "The generic reading was used.",
        Place(),
    )
