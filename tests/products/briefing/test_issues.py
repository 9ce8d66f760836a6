"""An issue from its draft to its publication."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.lib.message import CHANGE, LEAVE, Message
from almoner.products.briefing import tasks
from almoner.products.briefing.enums import IssueState
from almoner.products.briefing.models import Briefing, Entry, Issue, Question
from almoner.products.briefing.services import entries, issues
from almoner.products.briefing.services.issues import approve, compose, london, publish, publish_due, schedule
from almoner.records import rounds
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.services import withdraw
from almoner.records.catalogue.signals import issue_published
from tests.products.briefing.conftest import ON

MakeItem = Callable[..., Item]


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    """What was told when an issue was published."""
    told: list[dict[str, Any]] = []

    def hear(**named: Any) -> None:
        told.append(named)

    issue_published.connect(hear)
    yield told
    issue_published.disconnect(hear)


def shown(issue: Issue) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in issue.entries.filter(removed=False).order_by("section__position", "position"):
        found.setdefault(entry.section.kind, []).append(str(entry))
    return found


def test_composed_issue_has_a_place_for_every_kind(
    issue: Issue, week: dict[str, Item], now: datetime
) -> None:
    Question.objects.create(briefing=issue.briefing, asked="Who holds your keys?")
    assert compose(issue, now=now) == 9
    assert shown(issue) == {
        "lead": ["New guidance on handover"],
        "to_do": ["Answer: Standards for taxis"],
        "news": ["Schools asked about attendance"],
        "consultations": ["Standards for taxis"],
        "research": ["Referrals rose by 4%"],
        "courses": ["Training for leads"],
        "resources": ["A card for every cab"],
        "question": ["Who holds your keys?"],
        "notices": ["The office moves"],
    }
    assert issue.entries.get(section__kind="resources").audiences == ["licensing"]
    assert all(entry.why for entry in issue.entries.all())


def test_composing_again_leaves_an_editors_work_alone(
    issue: Issue, week: dict[str, Item], now: datetime
) -> None:
    compose(issue, now=now)
    news = issue.entries.get(item=week["news"])
    entries.edit(news, title="Our title", words="Our words", now=now)
    entries.remove(issue.entries.get(item=week["notice"]), now=now)
    before = shown(issue)
    assert compose(issue, now=now) == 0
    assert shown(issue) == before
    assert issue.entries.get(pk=news.pk).words == "Our words"


def test_withdrawn_items_leave_drafts_and_pages(issue: Issue, week: dict[str, Item], now: datetime) -> None:
    compose(issue, now=now)
    withdraw(week["notice"], reason="No longer right.", now=now)
    compose(issue, now=now)
    assert "notices" not in shown(issue)


def test_next_issue_tells_nothing_again_but_how_a_story_goes_on(
    weekly: Briefing, issue: Issue, tell: MakeItem, now: datetime
) -> None:
    ferry = "The harbour trust said 40 children were stranded on the ferry in the storm. " * 3
    first = tell("The ferry stops", text=ferry, published="2025-04-07")
    compose(issue, now=now)
    approve(issue, None, now=now)
    publish(issue, now=now)
    later = now + timedelta(days=7)
    again = tell(
        "The ferry stops again", text=f"{ferry} It runs again.", published="2025-04-15", captured_at=later
    )
    relate_waiting()
    second = issues.start_issue(weekly, date(2025, 4, 21), now=later)
    assert (second.number, second.since) == (2, now)
    compose(second, now=later)
    assert not second.entries.filter(item=first).exists()
    entry = second.entries.filter(item=again).first()
    if entry is not None:  # it may stand as a copy of the first
        assert "goes on from issue 1" in entry.why.lower()


def test_what_names_a_child_is_never_proposed(issue: Issue, tell: MakeItem, now: datetime) -> None:
    tell("A case", private_names=["Ada Lark"])
    assert compose(issue, now=now) == 0


def test_only_an_approved_issue_is_published_and_only_once(
    issue: Issue, week: dict[str, Item], now: datetime, heard: list[dict[str, Any]]
) -> None:
    with pytest.raises(ValidationError, match="Nothing stands"):
        approve(issue, None, now=now)
    compose(issue, now=now)
    with pytest.raises(ValidationError, match="Approve it first"):
        publish(issue, now=now)
    approve(issue, None, now=now)
    assert publish(issue, now=now)
    assert not publish(issue, now=now)
    assert len(heard) == 1
    assert (heard[0]["briefing"], heard[0]["issue"]) == ("weekly", issue.key)
    assert set(heard[0]["messages"]) == {"", "schools", "licensing"}
    message: Message = heard[0]["messages"][""]
    assert message.subject == "Your weekly briefing, 14 April"
    assert message.telling == "New guidance on handover"
    assert all(place in form for place in (LEAVE, CHANGE) for form in (message.html, message.text))
    with pytest.raises(ValidationError, match="stays as it is"):
        compose(issue, now=now)


def test_issue_whose_message_fails_is_not_published(
    issue: Issue, week: dict[str, Item], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose(issue, now=now)
    approve(issue, None, now=now)
    schedule(issue, date(2025, 4, 14), time(7), now=now)

    def broken(_: Issue) -> dict[str, Message]:
        raise RuntimeError("no letter")

    monkeypatch.setattr(issues, "messages_of", broken)
    assert publish_due(now=now + timedelta(days=7)) == 0
    issue.refresh_from_db()
    assert (issue.state, issue.published_at) == (IssueState.SCHEDULED, None)
    assert "no letter" in issue.problem


def test_scheduled_issue_comes_out_at_its_time_and_not_before(
    issue: Issue, week: dict[str, Item], now: datetime, heard: list[dict[str, Any]]
) -> None:
    compose(issue, now=now)
    approve(issue, None, now=now)
    with pytest.raises(ValidationError, match="time is over"):
        schedule(issue, date(2025, 4, 10), time(9), now=now)
    at = schedule(issue, date(2025, 4, 14), time(7, 30), now=now)
    assert at == datetime(2025, 4, 14, 6, 30, tzinfo=UTC)
    assert publish_due(now=at - timedelta(seconds=1)) == 0
    assert publish_due(now=at) == 1
    assert publish_due(now=at) == 0
    assert len(heard) == 1


def test_change_after_approval_needs_another(issue: Issue, week: dict[str, Item], now: datetime) -> None:
    compose(issue, now=now)
    approve(issue, None, now=now)
    schedule(issue, ON, time(7), now=now)
    entries.edit(issue.entries.get(item=week["news"]), title="Other", words="", now=now)
    assert publish_due(now=now + timedelta(days=30)) == 0
    issue.refresh_from_db()
    assert (issue.state, issue.publish_at) == (IssueState.DRAFT, None)


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2026, 3, 29), time(1, 30), "2026-03-29T01:30"),  # the clock leaves this out: 02:30 in London
        (date(2026, 3, 29), time(7), "2026-03-29T06:00"),
        (date(2026, 10, 25), time(1, 30), "2026-10-25T00:30"),  # twice: the first
        (date(2026, 10, 25), time(7), "2026-10-25T07:00"),
    ],
)
def test_times_of_the_clock_in_london_are_one_moment_each(day: date, clock: time, utc: str) -> None:
    assert london(day, clock) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_entries_are_moved_shifted_put_in_and_taken_out(
    issue: Issue, week: dict[str, Item], now: datetime
) -> None:
    compose(issue, now=now)
    sections = {one.kind: one for one in issue.sections.all()}
    note = entries.add_note(sections["news"], "A word", "Of ours, with [a link](/help/).", now=now)
    entries.move(note, sections["news"], 0, now=now)
    assert shown(issue)["news"] == ["A word", "Schools asked about attendance"]
    entries.shift(Entry.objects.get(pk=note.pk), 1, now=now)
    assert shown(issue)["news"][1] == "A word"
    entries.shift(Entry.objects.get(pk=note.pk), 1, now=now)
    assert shown(issue)["guidance"] == ["A word"]
    removed = issue.entries.get(item=week["resource"])
    entries.remove(removed, now=now)
    assert "resources" not in shown(issue)
    entries.add_item(issue, week["resource"], now=now)
    assert shown(issue)["resources"] == ["A card for every cab"]
    entries.remove(Entry.objects.get(pk=note.pk), now=now)
    assert not Entry.objects.filter(pk=note.pk).exists()
    with pytest.raises(ValidationError):
        entries.edit(removed, title="", words="", link="javascript:alert(1)", now=now)


def test_composing_asks_as_often_for_thirty_items_as_for_three(
    issue: Issue, tell: MakeItem, now: datetime
) -> None:
    counts = []
    for count in (3, 30):
        for number in range(count):
            tell(f"News {count} {number}", topic="taxi", publisher=f"P{number}", kind="resource")
        issue.entries.all().delete()
        with CaptureQueriesContext(connection) as queries:
            compose(issue, now=now)
        counts.append(len(queries) - 2 * issue.entries.count())
    assert counts[1] <= counts[0] + 2


def test_service_publishes_what_is_due(
    issue: Issue, week: dict[str, Item], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()

    def look_once(*, now: datetime) -> int:
        stop.set()
        return publish_due(now=now)

    compose(issue, now=now)
    approve(issue, None, now=now)
    schedule(issue, ON, time(7), now=now)
    monkeypatch.setattr(tasks, "publish_due", look_once)
    monkeypatch.setattr(rounds, "begin", lambda name, work: work(stop))  # ours, not a thread of its own
    monkeypatch.setattr(connection, "close", lambda: None)
    tasks.start_watching()
    issue.refresh_from_db()
    assert issue.state == IssueState.PUBLISHED
