"""Our own briefings as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, TestCase
from django.utils import timezone
from pytest_django import Settings

from almoner.products.briefing import receivers
from almoner.products.briefing.models import Answer, Briefing, Issue, Question
from almoner.products.briefing.services.issues import approve, compose, publish, reopen, withdraw
from almoner.products.briefing.services.questions import WAITING
from almoner.records.accounts.models import Attempt, Person
from almoner.records.catalogue import services
from almoner.records.catalogue.models import Item
from almoner.records.search.models import OwnText
from tests.products.briefing.conftest import issue, tell, week, weekly

__all__ = ["issue", "tell", "week", "weekly"]
PAGE = "/briefing/weekly/1/"


@pytest.fixture
def out(issue: Issue, week: dict[str, Item], now: datetime) -> Issue:
    """The first issue, published, with a question of ours."""
    Question.objects.create(briefing=issue.briefing, asked="Who holds your keys?", answer="We do.")
    compose(issue, now=now)
    approve(issue, None, now=now)
    publish(issue, now=now)
    return issue


def test_draft_is_seen_by_editors_alone(client: Client, issue: Issue, alice: Person) -> None:
    for path in (
        PAGE,
        f"{PAGE}issue.pdf",
        f"{PAGE}days.ics",
        "/briefing/weekly/",
        "/briefing/weekly/questions/",
    ):
        assert client.get(path).status_code == 404
    client.force_login(alice)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert b"Only editors see this page" in page.content


def test_front_page_leads_to_our_newest_issue(client: Client, out: Issue) -> None:
    panel = client.get("/").content.decode().partition('<h2 id="briefing">Latest briefing</h2>')[2]
    assert f'<a href="{out.get_absolute_url()}">{out.title}</a>' in panel
    assert "New guidance on handover" in panel


def test_issue_is_a_page_with_editions_and_an_archive(client: Client, out: Issue) -> None:
    page = client.get(PAGE).content.decode()
    for said in (
        "New guidance on handover",
        "What to do this week",
        "A card for every cab",
        "Until next week,",
    ):
        assert said in page
    schools = client.get(f"{PAGE}for/schools/").content.decode()
    assert "for schools and colleges" in schools
    assert "A card for every cab" not in schools
    assert client.get(f"{PAGE}for/police/").status_code == 404
    assert "Harbour weekly, 14 April 2025" in client.get("/briefing/weekly/").content.decode()
    assert PAGE in client.get("/briefings/").content.decode()
    assert client.get("/briefing/weekly/99/").status_code == 404
    assert client.get("/briefing/weekly/99999999999999999999/").status_code == 404


def test_issue_comes_as_print_calendar_and_feed(client: Client, out: Issue) -> None:
    printed = client.get(f"{PAGE}issue.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")
    days = client.get(f"{PAGE}days.ics").content.decode()
    assert days.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20250514T150000Z" in days
    assert "DTSTART;VALUE=DATE:20250425" in days
    feed = client.get("/briefing/weekly/issues.atom").content.decode()
    assert feed.count("<entry>") == 1
    assert f"{PAGE}</id>" in feed
    assert "A card for every cab" in feed


def test_what_is_withdrawn_is_gone_from_an_issue(client: Client, out: Issue, week: dict[str, Item]) -> None:
    Item.objects.filter(pk=week["notice"].pk).update(status="withdrawn")
    assert "The office moves" not in client.get(PAGE).content.decode()


def question_page() -> str:
    return Question.objects.get().get_absolute_url()


def test_readers_answer_without_a_name_and_an_editor_decides(client: Client, out: Issue) -> None:
    assert "Who holds your keys?" in client.get("/briefing/weekly/questions/").content.decode()
    page = client.post(question_page(), {"words": "The caretaker.", "name": ""})
    assert b"An editor reads your answer" in page.content
    assert b"The caretaker." not in client.get(question_page()).content
    answer = Answer.objects.get()
    assert (answer.name, answer.state) == ("", "waiting")
    Answer.objects.update(state="shown")
    shown = client.get(question_page()).content.decode()
    assert "The caretaker." in shown
    assert "Without a name" in shown
    assert "We do." in shown


def test_answers_are_slowed_down_by_address_and_kept_with_no_trace_of_it(client: Client, out: Issue) -> None:
    codes = [client.post(question_page(), {"words": f"Answer {n}"}).status_code for n in range(5)]
    assert codes == [200, 200, 200, 400, 400]
    assert Answer.objects.count() == 3
    assert "127.0.0.1" not in str([*Answer.objects.values(), *Attempt.objects.values()])


@pytest.mark.parametrize("words", ["", "   ", "\x00", "a" * 2001])
def test_answer_that_is_none_is_refused_and_kept_in_the_form(client: Client, out: Issue, words: str) -> None:
    page = client.post(question_page(), {"words": words, "name": "Bob"})
    assert page.status_code == 400
    assert b'value="Bob"' in page.content
    assert not Answer.objects.exists()


def test_answers_to_a_closed_question_or_too_many_are_refused(client: Client, out: Issue) -> None:
    asked = Question.objects.get()
    Answer.objects.bulk_create(Answer(question=asked, words="x", at=timezone.now()) for _ in range(WAITING))
    assert client.post(question_page(), {"words": "One more"}).status_code == 400
    Question.objects.update(is_open=False)
    assert client.post(question_page(), {"words": "One more"}).status_code == 400
    assert b"<textarea" not in client.get(question_page()).content


def test_question_is_seen_once_an_issue_has_asked_it(client: Client, out: Issue) -> None:
    hidden = Question.objects.create(briefing=out.briefing, asked="Next week's?")
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_issue_page_asks_as_often_for_many_entries_as_for_few(
    client: Client,
    weekly: Briefing,
    issue: Issue,
    tell: Callable[..., Item],
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(30):
        tell(f"News {number}", publisher=f"P{number}", kind=("news", "course", "resource")[number % 3])
    compose(issue, now=now)
    approve(issue, None, now=now)
    publish(issue, now=now + timedelta(hours=1))
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def search(client: Client, words: str, **chosen: str) -> str:
    page = client.post("/search/", {"q": words, **chosen}).content.decode()
    return page.partition('id="by-us"')[2].partition("</section>")[0]


def test_issues_are_found_by_what_readers_see_of_them(
    client: Client, out: Issue, week: dict[str, Item], now: datetime
) -> None:
    link = f'href="{PAGE}"'
    for words in ("handover guidance", '"new guidance" handovers', "attend", "Referrals -taxi", "KEYS"):
        assert (link in search(client, words)) == ("taxi" not in words), words
    assert not search(client, "handover of nothing at all")
    assert not search(client, "handover", kind="guidance")
    services.withdraw(week["guidance"], reason="An error", now=now)
    assert not search(client, "handover guidance")
    services.correct(
        week["news"], now=now, title="Schools asked about lateness", summary="In short: they are late."
    )
    assert not search(client, "schools attendance")
    assert link in search(client, "schools lateness")


def test_found_issue_is_told_with_the_name_that_its_briefing_has_now(client: Client, out: Issue) -> None:
    assert "issue 1 of Harbour weekly" in search(client, "handover")
    out.briefing.name = "The harbour’s week"
    out.briefing.save()
    assert "issue 1 of The harbour’s week" in search(client, "handover")


def test_draft_is_found_by_nobody(client: Client, issue: Issue, week: dict[str, Item], now: datetime) -> None:
    compose(issue, now=now)
    assert not search(client, "handover guidance")


def test_withdrawn_issue_says_so_and_is_nowhere(client: Client, out: Issue, settings: Settings) -> None:
    settings.PAGES_KEPT = 30
    forms = (PAGE, f"{PAGE}for/schools/", f"{PAGE}issue.pdf", f"{PAGE}days.ics")
    assert {client.get(path).status_code for path in forms} == {200}
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert withdraw(out)
    assert not withdraw(out)
    for path in forms:
        page = client.get(path)
        assert page.status_code == 410
        assert b"handover" not in page.content
    for path in ("/briefing/weekly/", "/briefing/weekly/issues.atom", "/", "/briefings/", "/sitemap.xml"):
        assert PAGE.encode() not in client.get(path).content
    assert not search(client, "handover guidance")
    with pytest.raises(ValidationError):
        reopen(out, now=timezone.now())


def test_issue_that_never_came_out_is_not_withdrawn(issue: Issue) -> None:
    with pytest.raises(ValidationError):
        withdraw(issue)


def test_issues_that_came_out_before_they_could_be_searched_for_are_found(client: Client, out: Issue) -> None:
    OwnText.objects.all().delete()
    assert not search(client, "handover")
    receivers.fill()
    assert search(client, "handover")
