"""Editions from a list of texts."""

from __future__ import annotations

from collections.abc import Sequence

from almoner.pipeline.editions.model import Edition
from almoner.pipeline.editions.paragraphs import edition as of_document
from almoner.pipeline.model import Block, BlockKind, Document, MediaType, Place


def edition(texts: Sequence[str], source: str = "an edition") -> Edition:
    """Each text as a paragraph; one that begins with "# " as a heading."""
    blocks = [
        Block(BlockKind.HEADING, text[2:], Place(n, n), level=1)
        if text.startswith("# ")
        else Block(BlockKind.PARAGRAPH, text, Place(n, n))
        for n, text in enumerate(texts, 1)
    ]
    return of_document(Document(source, MediaType.TEXT, tuple(blocks)))
