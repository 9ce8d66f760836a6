"""Reads of what readers wrote."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from almoner.products.feedback.enums import About, Outcome
from almoner.products.feedback.models import ReaderNote


def open_notes() -> QuerySet[ReaderNote]:
    """What nobody has looked at yet: what may harm somebody first, then the oldest."""
    harm_first = Case(When(about=About.HARM, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        ReaderNote.objects.filter(outcome=Outcome.OPEN)
        .select_related("item")
        .order_by(harm_first, "written_at", "pk")
    )


def settled_notes() -> QuerySet[ReaderNote]:
    """What was looked at, the latest first."""
    return (
        ReaderNote.objects.exclude(outcome=Outcome.OPEN)
        .select_related("item", "settled_by")
        .order_by("-settled_at", "-pk")
    )
