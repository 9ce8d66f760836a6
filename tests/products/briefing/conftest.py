"""A weekly briefing, and a week in which enough happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from almoner.products.briefing.models import Briefing, Issue
from almoner.products.briefing.services.issues import start_issue
from almoner.records.catalogue.models import Item, ItemAudience, ItemDue, ItemEvent, ItemTopic

MakeItem = Callable[..., Item]
ON = date(2025, 4, 14)


@pytest.fixture
def weekly(db: None) -> Briefing:
    """A briefing with editions for schools and for licensing."""
    return Briefing.objects.create(
        key="weekly",
        name="Harbour weekly",
        audiences=["schools", "licensing"],
        sign_off="Until next week,\n\nAlice",
    )


@pytest.fixture
def tell(make_item: MakeItem, now: datetime) -> MakeItem:
    """Make a published item of this week, about a topic and for an audience if they are given, closing or taking place on days."""

    def make(
        title: str, *, topic: str = "", audience: str = "", closes: str = "", starts: str = "", **fields: Any
    ) -> Item:
        fields.setdefault("published", (now - timedelta(days=2)).date().isoformat())
        fields.setdefault("summary", f"In short: {title.lower()}.")
        item = make_item(title, **fields)
        item.topics.all().delete()
        item.audiences.all().delete()
        if audience:
            ItemAudience.objects.create(item=item, audience=audience, given_by="editor")
        if topic:
            ItemTopic.objects.create(item=item, topic=topic, given_by="editor")
        if closes:
            ItemDue.objects.create(item=item, what="closes", day=date.fromisoformat(closes), words=title)
        if starts:
            ItemEvent.objects.create(item=item, title=title, starts=starts)
        return item

    return make


@pytest.fixture
def week(tell: MakeItem) -> dict[str, Item]:
    """An item of every kind."""
    return {
        "news": tell(
            "Schools asked about attendance",
            topic="attendance",
            audience="schools",
            publisher="Harbour Trust",
        ),
        "guidance": tell("New guidance on handover", kind="guidance", topic="education"),
        "consultation": tell("Standards for taxis", kind="consultation", topic="taxi", closes="2025-04-25"),
        "figures": tell("Referrals rose by 4%", kind="statistics", topic="child-protection"),
        "course": tell("Training for leads", kind="course", starts="2025-05-14T16:00+01:00"),
        "resource": tell("A card for every cab", kind="resource", topic="taxi", audience="licensing"),
        "question": tell("What is a low-level concern?", kind="question"),
        "notice": tell("The office moves", kind="notice"),
    }


@pytest.fixture
def issue(weekly: Briefing, now: datetime) -> Issue:
    """The first issue, a draft with no entry."""
    return start_issue(weekly, ON, now=now)
