"""Items that cite an edition which another has replaced, by the editions that are kept here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from almoner.pipeline.extract.findings.editions import superseded, words_around
from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy.entries import Edition, editions
from almoner.records.catalogue.columns import cut
from almoner.records.catalogue.models import ItemFinding
from almoner.records.guidance.references import known_editions
from almoner.records.ingest.rows import ItemRows

CODE: Final = "edition_superseded"


def with_edition_findings(new: Sequence[Sequence[ItemRows]]) -> list[list[ItemRows]]:
    """The rows of new items of several sources; of those that cite an edition of a work that is kept,
    `edition_superseded` is found anew by the editions kept. No query where none is cited."""
    asked = {work for rows in new for row in rows for work in _cited(row)}
    kept = known_editions(asked) if asked else {}
    known = {**editions(), **kept}
    return [
        [replace(row, findings=_found(row, known)) if _cited(row) & kept.keys() else row for row in rows]
        for rows in new
    ]


def _cited(row: ItemRows) -> set[str]:
    return {one.id for one in row.read.mentions if one.kind is MentionKind.GUIDANCE and one.edition}


def _found(row: ItemRows, known: Mapping[str, Sequence[Edition]]) -> tuple[ItemFinding, ...]:
    text = f"{row.read.title}\n\n{row.read.text}"
    others = [found for found in row.findings if found.code != CODE]
    return (
        *others,
        *(
            ItemFinding(
                item=row.item,
                code=CODE,
                message=cut(ItemFinding, "message", found.message),
                place=cut(ItemFinding, "place", str(found.place)),
            )
            for found in superseded(row.read, known, lambda one: words_around(text, one.as_printed))
        ),
    )
