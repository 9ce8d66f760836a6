"""The sample briefing: a weekly of which one issue has come out, and enough news for the next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from almoner.demo.services import approve, source_of
from almoner.demo.wire import WIRE, wire, written
from almoner.pipeline.model import Kind
from almoner.products.briefing.enums import AnswerState
from almoner.products.briefing.models import Answer, Briefing, Issue, Question
from almoner.products.briefing.services.entries import add_item, add_note, move, take_over
from almoner.products.briefing.services.issues import approve as approve_issue
from almoner.products.briefing.services.issues import compose, describe, publish, start_issue
from almoner.records.catalogue.enums import Due
from almoner.records.catalogue.models import Item, ItemDue, ItemEvent
from almoner.records.catalogue.queries import waiting
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.ingest.services import import_snapshot

KEY: Final = "weekly"
CAME_OUT: Final = datetime(2026, 11, 16, 7, 30, tzinfo=UTC)
"""When the first issue came out. Fixed, as the dates of the sample content are."""
READ: Final = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
_LEAD: Final = "Charity trustees: what a serious incident report is for"
_OPENING: Final = (
    "This issue is composed from the sample content of a new service: its publishers, places and people are invented. "
    "It shows what an issue can hold, and where everything of it leads."
)
_SIGN_OFF: Final = "Until next week, take care of yourselves, too.\n\nThe editors"
_ASKED: Final = "Who rings back when the person who raised a worry has gone home?"
_ANSWER: Final = (
    "Whoever took the call stays the one who rings back, and says by when. Where shifts change, the log names the next "
    "person, and that person says so to whoever raised it.\n\n"
    "- Write the time of the next call into the log, not “soon”.\n"
    "- If nobody answers, try once more before the end of the day, and write that down, too."
)
_ANSWERS: Final = (
    ("In our school the office holds a list by day of the week. It took one term to get it right.", ""),
    (
        "We agreed on a text message at the end of each shift: who has what, and what was promised.",
        "A night manager",
    ),
)


def create_sample_briefing() -> Issue | None:
    """Add the wire's three months, the briefing, its first issue and its question; None where there is a briefing."""
    if Briefing.objects.exists():
        return None
    _add_wire()
    briefing = Briefing.objects.create(
        key=KEY,
        name="Almoner weekly",
        description="What changed this week for everybody who looks after somebody: on one page, in ten minutes.",
        audiences=["schools", "charities", "licensing"],
        sign_off=_SIGN_OFF,
    )
    question = Question.objects.create(
        briefing=briefing,
        asked=_ASKED,
        words="A reader runs a small night shelter. Worries are raised in the evening, and the people change at seven.",
        answer=_ANSWER,
    )
    issue = start_issue(briefing, date(2026, 11, 16), now=CAME_OUT)
    compose(issue, now=CAME_OUT)
    _edit(issue)
    approve_issue(issue, None, now=CAME_OUT)
    publish(issue, now=CAME_OUT)
    Answer.objects.bulk_create(
        Answer(question=question, words=words, name=name, at=CAME_OUT, state=AnswerState.SHOWN)
        for words, name in _ANSWERS
    )
    return issue


def _add_wire() -> None:
    """The wire's items, each with the kind and the day that an editor would give it, published."""
    arrived = import_snapshot(wire(), source_of(WIRE), now=READ)
    items = {item.title: item for item in waiting().filter(sightings__document=arrived.document)}
    for one in written():
        item = items[one.title]
        item.kind = one.kind
        if one.day and one.kind == Kind.CONSULTATION:
            ItemDue.objects.create(item=item, what=Due.CLOSES, day=one.day, words=one.title)
        elif one.day:
            ItemEvent.objects.get_or_create(
                item=item, defaults={"title": one.title, "starts": one.day.isoformat()}
            )
    Item.objects.bulk_update(items.values(), ["kind"])
    approve([arrived.document.pk], READ)
    while relate_waiting():
        pass


def _edit(issue: Issue) -> None:
    """What an editor would do with it: another lead, in blocks, opening words, something to do."""
    sections = {one.kind: one for one in issue.sections.all()}
    for proposed in list(sections["lead"].entries.select_related("issue")):
        move(proposed, sections["guidance"], 0, now=CAME_OUT)
    lead = Item.objects.filter(title=_LEAD).first()
    if lead is not None:
        take_over(add_item(issue, lead, section=sections["lead"], now=CAME_OUT), now=CAME_OUT)
    describe(
        issue,
        title=issue.title,
        on=issue.on,
        words=_OPENING,
        sign_off=issue.sign_off,
        telling="",
        now=CAME_OUT,
    )
    words = "Try the number on your poster from a telephone that is not yours, after five. Somebody should answer."
    add_note(sections["to_do"], "Ring your own safeguarding number", words, now=CAME_OUT)
