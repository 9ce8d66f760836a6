"""Comparing two editions: once, and again when the engine or a text has changed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.core.exceptions import ValidationError

from almoner.pipeline.editions import model as pipeline
from almoner.pipeline.editions.compare import compare as compared
from almoner.pipeline.editions.compare import engine
from almoner.pipeline.editions.redline_json import redline_json
from almoner.pipeline.findings import finding
from almoner.pipeline.model import BlockKind, Place
from almoner.records.guidance.models import Comparison, Edition
from almoner.records.guidance.queries import in_order, paragraphs


def compare(old: Edition, new: Edition, *, now: datetime) -> Comparison:
    """What changed from one edition to the other: the comparison that is kept or, where there is none or the engine or a
    text has changed since, a new one in its place.

    Where `old` is the newer of the two, a finding says so, and where they are hardly editions of one document, too.
    `ValidationError` for an edition and itself.
    """
    if old.pk == new.pk:
        raise ValidationError(f"{old} is one edition: choose another one to compare it with.")
    kept = Comparison.objects.select_related("old__work", "new__work").filter(old=old, new=new).first()
    if kept is not None and holds(kept, old, new):
        return kept
    found = in_full(old, new)
    redline = redline_json(found)
    kinds = Counter(change["kind"] for change in redline["changes"])
    return Comparison.objects.update_or_create(
        old=old,
        new=new,
        defaults={
            "engine": engine(),
            "old_digest": old.digest,
            "new_digest": new.digest,
            "made_at": now,
            "alike": redline["alike"],
            "changes": len(redline["changes"]),
            "kinds": dict(kinds),
            "binding": sum(1 for change in redline["changes"] if change["weight"]),
            "redline": redline,
        },
    )[0]


def holds(kept: Comparison, old: Edition, new: Edition) -> bool:
    """Whether a comparison is what would come out now."""
    return (kept.engine, kept.old_digest, kept.new_digest) == (engine(), old.digest, new.digest)


def in_full(old: Edition, new: Edition) -> pipeline.Comparison:
    """The comparison with all it stands on, made anew: for Word files and other products that are made of it."""
    found = compared(_edition(old), _edition(new))
    if in_order(old, new):
        return found
    message = f"{old} came after {new}: this shows what going back would change."
    reversed_ = finding("editions_reversed", message, Place())
    return pipeline.Comparison(
        found.old, found.new, found.passages, found.renumbering, found.alike, (*found.findings, reversed_)
    )


def _edition(edition: Edition) -> pipeline.Edition:
    """An edition's rows as the pipeline reads them."""
    return pipeline.Edition(
        str(edition),
        edition.title or edition.work.title,
        tuple(
            pipeline.Paragraph(
                address=row.address,
                text=row.text,
                kind=BlockKind(row.kind),
                place=Place(),
                number=row.number,
                parts=tuple(row.parts),
                body=row.body,
                level=row.level,
                heading=row.heading,
                links=tuple(row.links),
            )
            for row in paragraphs(edition)
        ),
    )
