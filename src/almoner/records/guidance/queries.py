"""Reads of guidance that every face shares."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet

from almoner.pipeline.model import BlockKind, MentionKind
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.stories import unfolded
from almoner.records.guidance.models import Comparison, Edition, Note, Paragraph, StatusRow, Work


def works() -> QuerySet[Work]:
    """All works by title, with their publisher, their editions (newest first) and these editions' statuses."""
    return Work.objects.select_related("publisher").prefetch_related(Prefetch("editions", editions()))


def editions() -> QuerySet[Edition]:
    """All editions, newest first, with their statuses and their work."""
    return Edition.objects.select_related("work").prefetch_related("statuses")


def edition_before(edition: Edition) -> Edition | None:
    """The edition of the same work that came before; None for the first."""
    older = [one for one in editions().filter(work=edition.work_id) if in_order(one, edition)]
    return older[0] if older else None


def in_order(old: Edition, new: Edition) -> bool:
    """Whether the first of two editions came before the second."""
    return (old.sorts_on, old.pk) < (new.sorts_on, new.pk)


def paragraphs(edition: Edition) -> QuerySet[Paragraph]:
    """An edition's paragraphs in reading order."""
    return Paragraph.objects.filter(edition=edition).order_by("position")


def headings(edition: Edition) -> QuerySet[Paragraph]:
    """An edition's headings in reading order."""
    return paragraphs(edition).filter(kind=BlockKind.HEADING.value)


def notes(edition: Edition) -> dict[tuple[str, bool], Note]:
    """What editors say beside changes that came with an edition, by the paragraph's address and whether it is gone."""
    return {(note.address, note.is_gone): note for note in Note.objects.filter(edition=edition)}


def status_rows(work: Work | None = None, *, since: date | None = None) -> QuerySet[StatusRow]:
    """What was said of editions and not taken back, of one work or all, in the order of the days: the calendar of dates
    in force. From the day `since` on, where one is given."""
    rows = (
        StatusRow.objects.filter(taken_back_at=None).select_related("edition__work").order_by("begins", "pk")
    )
    if work is not None:
        rows = rows.filter(edition__work=work)
    return rows if since is None else rows.filter(begins__gte=since)


def comparisons(work: Work | None = None) -> QuerySet[Comparison]:
    """What was compared within one work or all, newest editions first, without the redlines themselves."""
    found = Comparison.objects.defer("redline").select_related("old", "new__work", "new__work__publisher")
    if work is not None:
        found = found.filter(old__work=work, new__work=work)
    return found.order_by("-new__sorts_on", "-old__sorts_on", "-pk")


def items_about(work: Work) -> QuerySet[Item]:
    """The published items that mention a work, newest first, without copies."""
    if not work.known:
        return Item.objects.none()
    mentioned = published().filter(mentions__kind=MentionKind.GUIDANCE.value, mentions__known=work.known)
    return unfolded(Item.objects.filter(pk__in=mentioned.values("pk")))
