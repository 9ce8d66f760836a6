"""Briefings in the newsroom: from the list over the composer to publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from almoner.products.briefing.enums import IssueState
from almoner.products.briefing.models import Answer, Briefing, Entry, Issue, Question
from almoner.products.briefing.services.issues import compose
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from tests.products.briefing.conftest import issue, tell, week, weekly

__all__ = ["issue", "tell", "week", "weekly"]


@pytest.fixture
def draft(issue: Issue, week: dict[str, Item], now: datetime) -> Issue:
    """A composed issue."""
    compose(issue, now=now)
    return issue


def press(desk: Client, issue: Issue, do: str, **fields: Any) -> Any:
    return desk.post(f"/newsroom/issues/{issue.pk}/", {"do": do, **fields}, follow=True)


def shown(issue: Issue, kind: str) -> list[str]:
    return [str(one) for one in issue.entries.filter(section__kind=kind, removed=False)]


def test_editor_starts_the_next_issue_composed(
    desk: Client, weekly: Briefing, tell: Callable[..., Item]
) -> None:
    tell("New today", published=timezone.localdate().isoformat(), captured_at=timezone.now())
    page = desk.post("/newsroom/issues/", {"briefing": weekly.pk}, follow=True)
    assert page.status_code == 200
    assert "New today" in page.content.decode()
    assert "weekly" in desk.get("/newsroom/").content.decode()
    assert (
        desk.post("/newsroom/issues/", {"briefing": weekly.pk}, follow=True).redirect_chain
        == page.redirect_chain
    )
    assert Issue.objects.count() == 1


def test_entries_are_edited_moved_taken_out_and_put_back(desk: Client, draft: Issue) -> None:
    news = draft.entries.get(section__kind="news")
    page = press(
        desk, draft, "edit", entry=news.pk, title="Our title", words="Our words.", audience=["schools"]
    )
    assert "Our title" in page.content.decode()
    assert Entry.objects.get(pk=news.pk).audiences == ["schools"]
    lead = draft.sections.get(kind="lead")
    press(desk, draft, "move", entry=news.pk, section=lead.pk, place="0")
    assert shown(draft, "lead") == ["Our title", "New guidance on handover"]
    press(desk, draft, "down", entry=news.pk)
    assert shown(draft, "lead")[1] == "Our title"
    page = press(desk, draft, "remove", entry=news.pk)
    assert "Taken out" in page.content.decode()
    press(desk, draft, "compose")
    assert "Our title" not in shown(draft, "lead")
    press(desk, draft, "put_back", entry=news.pk)
    assert shown(draft, "lead")[1] == "Our title"
    note = press(
        desk, draft, "add_note", section=lead.pk, title="A note", words="See [here](https://a.example/)."
    )
    assert "do not say where it leads" in note.content.decode()


def test_section_is_called_otherwise_in_this_issue_alone(desk: Client, draft: Issue, client: Client) -> None:
    news = draft.sections.get(kind="news")
    press(desk, draft, "approve")
    page = press(desk, draft, "section_heading", section=news.pk, heading=" From   <the> police ")
    assert "From &lt;the&gt; police" in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == IssueState.DRAFT  # what was approved is another issue now
    press(desk, draft, "section_heading", section=news.pk, heading="x" * 200)
    assert draft.sections.get(kind="news").heading == "x" * 120
    press(desk, draft, "section_heading", section=news.pk, heading="")
    assert draft.sections.get(kind="news").heading == news.get_kind_display()


def test_wrong_steps_are_refused_in_words_and_change_nothing(desk: Client, draft: Issue) -> None:
    news = draft.entries.get(section__kind="news")
    assert desk.post(f"/newsroom/issues/{draft.pk}/", {"do": "explode"}).status_code == 400
    page = desk.post(
        f"/newsroom/issues/{draft.pk}/", {"do": "edit", "entry": news.pk, "link": "javascript:1"}
    )
    assert "Begin it with https://" in page.content.decode()
    assert desk.post(f"/newsroom/issues/{draft.pk}/", {"do": "publish"}).status_code == 400
    assert desk.post(f"/newsroom/issues/{draft.pk}/", {"do": "remove", "entry": "x"}).status_code == 404
    told = desk.post(
        f"/newsroom/issues/{draft.pk}/", {"do": "publish"}, headers={"accept": "application/json"}
    )
    assert (told.status_code, told.json()) == (400, {"fault": "Approve it first."})


def test_words_that_two_editors_type_at_once_are_not_lost(desk: Client, draft: Issue) -> None:
    news = draft.entries.get(section__kind="news")
    seen = news.stamp
    press(desk, draft, "edit", entry=news.pk, title="First", words="Of the first.", seen=seen)
    page = desk.post(
        f"/newsroom/issues/{draft.pk}/",
        {"do": "edit", "entry": news.pk, "title": "Second", "words": "Of the second.", "seen": seen},
    )
    assert page.status_code == 400
    said = page.content.decode()
    assert "Somebody has changed this entry meanwhile" in said
    assert "Of the first." in said
    assert "Of the second.</textarea>" in said
    assert Entry.objects.get(pk=news.pk).title == "First"


def test_items_are_chosen_from_what_is_left_or_by_search(
    desk: Client, draft: Issue, tell: Callable[..., Item]
) -> None:
    for number in range(12):
        tell(f"Extra {number}")
    compose(draft, now=draft.until)
    page = desk.get(f"/newsroom/issues/{draft.pk}/items/").content.decode()
    assert page.count("Put in<") == 5
    old = tell("Lanterns of old", published="2019-01-01")
    found = desk.post(f"/newsroom/issues/{draft.pk}/items/", {"words": "lanterns"}).content.decode()
    assert "Lanterns of old" in found
    desk.post(f"/newsroom/issues/{draft.pk}/items/", {"item": old.key})
    assert "Lanterns of old" in shown(draft, "news")


def test_own_text_of_an_item_is_taken_over_where_its_licence_allows(
    desk: Client, draft: Issue, week: dict[str, Item]
) -> None:
    entry = draft.entries.get(item=week["news"])
    assert press(desk, draft, "take_over", entry=entry.pk).status_code == 400
    Item.objects.filter(pk=week["news"].pk).update(licence="own", html="<h2>Part</h2><ul><li>one</li></ul>")
    press(desk, draft, "take_over", entry=entry.pk)
    assert Entry.objects.get(pk=entry.pk).words == "## Part\n\n- one"


def test_issue_is_approved_scheduled_reopened_and_published(desk: Client, draft: Issue) -> None:
    def state() -> str:
        return Issue.objects.get(pk=draft.pk).state

    press(desk, draft, "approve")
    assert state() == IssueState.APPROVED
    press(desk, draft, "schedule", day="2999-03-29", clock="07:30")
    assert state() == IssueState.SCHEDULED
    assert "Scheduled" in desk.get("/newsroom/").content.decode()
    assert (
        desk.post(f"/newsroom/issues/{draft.pk}/", {"do": "schedule", "day": "x", "clock": "y"}).status_code
        == 400
    )
    press(desk, draft, "reopen")
    assert state() == IssueState.DRAFT
    press(desk, draft, "approve")
    page = press(desk, draft, "publish").content.decode()
    assert "Published." in page
    assert 'value="remove"' not in page
    assert (
        "Published an issue" in desk.get(f"/newsroom/briefings/{draft.briefing_id}/history/").content.decode()
    )


def test_every_form_can_be_previewed_and_a_test_goes_to_the_editor_alone(
    desk: Client, draft: Issue, editor: Person
) -> None:
    for form in ("light", "dark", "narrow", "plain", "bare", "print"):
        assert desk.get(f"/newsroom/issues/{draft.pk}/preview/?as={form}&for=schools").status_code == 200
        framed = desk.get(f"/newsroom/issues/{draft.pk}/preview/form/?as={form}")
        assert framed.status_code == 200
        assert framed["X-Frame-Options"] == "SAMEORIGIN"
        assert "script" not in framed["Content-Security-Policy"]
    assert b"style=" not in desk.get(f"/newsroom/issues/{draft.pk}/preview/form/?as=bare").content
    assert desk.get(f"/newsroom/issues/{draft.pk}/preview/?as=film").status_code == 404
    desk.post(f"/newsroom/issues/{draft.pk}/preview/")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([editor.email], "Test: Your weekly briefing, 14 April")
    assert "invalid" not in sent.body


def test_plan_is_written_and_kept_from_what_would_break_addresses(desk: Client, draft: Issue) -> None:
    page = desk.get(f"/newsroom/briefings/{draft.briefing_id}/")
    assert "Sections" in page.content.decode()
    typed = {"name": "Weekly", "key": "other", "description": "", "rhythm": "weekly", "colour": "moss",
             "plan": ["lead", "news"], "audiences": [], "sign_off": ""}  # fmt: skip
    refused = desk.post(f"/newsroom/briefings/{draft.briefing_id}/", typed)
    assert "no longer lead to them" in refused.content.decode()
    desk.post(f"/newsroom/briefings/{draft.briefing_id}/", typed | {"key": "weekly"})
    kept = Briefing.objects.get()
    assert (kept.colour, kept.plan, kept.audiences) == ("moss", ["lead", "news"], [])


def test_answers_are_decided_about(desk: Client, weekly: Briefing) -> None:
    asked = Question.objects.create(briefing=weekly, asked="Why?")
    first, second = (
        Answer.objects.create(question=asked, words=words, at=timezone.now()) for words in ("A", "B")
    )
    assert "2 answers of readers" in desk.get("/newsroom/").content.decode()
    desk.post("/newsroom/issues/answers/", {"answer": first.pk, "state": "shown"})
    desk.post("/newsroom/issues/answers/", {"answer": second.pk, "state": "refused"})
    assert list(asked.answers.values_list("state", flat=True)) == ["shown", "refused"]


def test_those_who_may_not_change_issues_see_none_of_it(
    client: Client, draft: Issue, charlie: Person, bob: Person
) -> None:
    for person in (charlie, bob):
        client.force_login(person)
        for path in ("", f"{draft.pk}/", f"{draft.pk}/items/", f"{draft.pk}/preview/", "answers/"):
            assert client.get(f"/newsroom/issues/{path}").status_code in {302, 403}
        client.post(f"/newsroom/issues/{draft.pk}/", {"do": "approve"})
    assert Issue.objects.get().state == IssueState.DRAFT


def test_a_note_that_is_refused_is_not_lost(desk: Client, draft: Issue) -> None:
    lead = draft.sections.get(kind="lead")
    typed = {"title": "From the office", "words": "Our drop-in opens.", "link": "no address"}
    refused = press(desk, draft, "add_note", section=lead.pk, **typed)
    assert refused.status_code == 400
    form = refused.content.decode().split(f'id="note-title-{lead.pk}"')[1].split("</form>")[0]
    assert all(words in form for words in typed.values())
