"""Reads of briefings: those that were gathered from others, and our own."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from almoner.pipeline.taxonomy.audiences import audiences
from almoner.products.briefing.enums import AnswerState, IssueState
from almoner.products.briefing.models import Answer, Briefing, Issue, Question
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.ingest.models import Document

_SHOWN = Q(sightings__item__status=Status.PUBLISHED)


def briefings() -> QuerySet[Document]:
    """Documents that are issues of a briefing and have something published in them, newest first.

    Each carries `shown`, how many of its items readers may see.
    """
    return (
        Document.objects.exclude(briefing_title="")
        .select_related("snapshot__source__publisher")
        .annotate(shown=Count("sightings__item", filter=_SHOWN, distinct=True))
        .filter(shown__gt=0)
        .order_by("-briefing_date", "-pk")
    )


def blocks(briefing: Document) -> list[Item]:
    """The published items of a briefing in the order they stand in it, whole."""
    items = (
        published().select_related("publisher").prefetch_related("categories", "events").defer("fingerprint")
    )
    sightings = briefing.sightings.filter(item__status=Status.PUBLISHED).prefetch_related(
        Prefetch("item", queryset=items)
    )
    return [sighting.item for sighting in sightings.order_by("position")]


def issues(briefing: Briefing | None = None) -> QuerySet[Issue]:
    """The published issues of one briefing of ours or of all, newest first."""
    found = (
        Issue.objects.filter(state=IssueState.PUBLISHED).select_related("briefing").order_by("-published_at")
    )
    return found if briefing is None else found.filter(briefing=briefing)


def own_briefings() -> QuerySet[Briefing]:
    """The briefings of ours that have come out at least once, by name."""
    return Briefing.objects.filter(Exists(issues().filter(briefing=OuterRef("pk"))))


def followable(briefings: QuerySet[Briefing]) -> list[tuple[str, str, str]]:
    """What readers can have sent to them: of each of these briefings the edition for all, and those of their own that it
    has. Key, audience ("" for all) and name."""
    known = audiences()
    return [
        (briefing.key, code, f"{briefing.name} for {known[code].in_a_sentence}" if code else briefing.name)
        for briefing in briefings
        for code in ("", *briefing.audiences)
        if not code or code in known
    ]


def questions(briefing: Briefing) -> QuerySet[Question]:
    """The questions that a briefing has asked in a published issue, newest first, each with how many answers are
    `shown`."""
    asked = briefing.questions.filter(told_in__issue__state=IssueState.PUBLISHED, told_in__removed=False)
    shown = Count("answers", filter=Q(answers__state=AnswerState.SHOWN), distinct=True)
    return asked.annotate(shown=shown).distinct().order_by("-pk")


def answers(question: Question) -> QuerySet[Answer]:
    """What readers answered, as far as it is shown, in the order in which it came."""
    return question.answers.filter(state=AnswerState.SHOWN)
