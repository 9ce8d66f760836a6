"""A comparison as JSON. `docs/redline.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from almoner.pipeline.editions.model import Comparison, Edition, Passage
from almoner.pipeline.editions.renumbering import in_sentences
from almoner.pipeline.editions.runs import joined, runs, runs_of


def redline_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as a JSON object: the editions, the changes, the renumbering, and the whole text in runs."""
    return {
        "old": _edition(comparison.old),
        "new": _edition(comparison.new),
        "alike": round(comparison.alike, 4),
        "findings": [
            {"code": found.code, "message": found.message, "place": str(found.place)}
            for found in comparison.findings
        ],
        "changes": list(_changes(comparison)),
        "renumbering": [{"old": was, "new": now} for was, now in comparison.renumbering],
        "renumbering_in_words": list(in_sentences(comparison)),
        "runs": [[op.value, text] for op, text in runs(comparison)],
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {"source": edition.source, "title": edition.title, "paragraphs": len(edition.paragraphs)}


def _changes(comparison: Comparison) -> Iterator[dict[str, Any]]:
    before = 0
    for passage in comparison.passages:
        if passage.change is not None:
            yield _change(comparison, passage, before)
        before += len(passage.match.news)


def _change(comparison: Comparison, passage: Passage, before: int) -> dict[str, Any]:
    change, match = passage.change, passage.match
    assert change is not None
    olds = [comparison.old.paragraphs[index] for index in match.olds]
    news = [comparison.new.paragraphs[index] for index in match.news]
    return {
        "kind": change.kind.value,
        "fate": match.fate.value,
        "moved": match.moved,
        "reason": change.reason,
        "weight": [list(swap) for swap in change.weight],
        "old": [one.address for one in olds],
        "new": [one.address for one in news],
        "under": (news or olds)[0].heading,
        "before": before,
        "words": [[op.value, text] for op, text in joined(runs_of(passage))],
    }
