"""A page's items by the shapes that repeat in its tree."""

from __future__ import annotations

from almoner.pipeline.model import Document, Splitting


def split_page(document: Document) -> Splitting | None:
    """The items of a page; None where its tree shows neither a list nor one article."""
    if document.tree is None:
        return None
    return None
