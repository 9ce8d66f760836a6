"""Plans and comments in the newsroom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from almoner.newsroom.items.plan import london_moment
from almoner.records.catalogue.models import Comment, Item, ItemPlan
from almoner.records.catalogue.plans import keep_plans
from almoner.records.search.queries import search
from tests.newsroom.conftest import MakeItem

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(item: Item, *rest: str) -> str:
    return "/".join(["/newsroom/items", str(item.pk), *rest, ""])


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        (datetime.fromisoformat("2026-01-05T09:00"), datetime(2026, 1, 5, 9, 0, tzinfo=UTC)),
        (datetime.fromisoformat("2026-07-01T00:30"), datetime(2026, 6, 30, 23, 30, tzinfo=UTC)),
        (datetime.fromisoformat("2026-03-29T00:59"), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (datetime.fromisoformat("2026-03-29T02:00"), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (datetime.fromisoformat("2026-10-25T01:30"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime.fromisoformat("2026-10-25T02:00"), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_hours_are_those_of_clocks_in_the_united_kingdom(local: datetime, moment: datetime) -> None:
    assert london_moment(local) == moment


def test_hour_that_the_clocks_leave_out_is_refused() -> None:
    with pytest.raises(ValidationError, match="clocks go forward"):
        london_moment(datetime.fromisoformat("2026-03-29T01:30"))


def test_plan_is_made_shown_kept_and_told(desk: Client, make_item: MakeItem) -> None:
    item = make_item("Rota", status="waiting")
    with time_machine.travel(NOW, tick=False):
        desk.post(at(item, "plan"), {"publish_at": "2026-03-30T09:00", "withdraw_at": "", "reason": ""})
        page = desk.get(at(item)).content.decode()
        assert "To be published: <b>30 March 2026 at 9am</b>" in page
        assert "Published 30 March 2026 at 9am" in desk.get("/newsroom/").content.decode()
        assert "0 items wait" not in page
        assert desk.get("/newsroom/review/", follow=True).redirect_chain[-1][0] == "/newsroom/"
        keep_plans(datetime(2026, 3, 30, 8, 0, tzinfo=UTC))
    item.refresh_from_db()
    assert item.status == "published"
    history = desk.get(at(item, "history")).content.decode()
    assert "Planned: to be published 30 March 2026 at 9am" in history
    assert "Published as planned" in history


def test_plan_is_taken_back_and_faults_are_told(desk: Client, make_item: MakeItem) -> None:
    item = make_item("Rota", status="waiting")
    with time_machine.travel(NOW, tick=False):
        refused = desk.post(at(item, "plan"), {"publish_at": "2026-03-29T01:30"}).content.decode()
        assert "The clocks go forward that night" in refused
        past = desk.post(at(item, "plan"), {"publish_at": "2026-03-01T01:30"}).content.decode()
        assert "This is past" in past
        desk.post(at(item, "plan"), {"publish_at": "2026-04-01T01:30"})
        assert ItemPlan.objects.get().publish_at == datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
        assert "2026-04-01T01:30" in desk.get(at(item, "plan")).content.decode()
        desk.post(at(item, "plan"), {"publish_at": "", "withdraw_at": ""})
    assert not ItemPlan.objects.exists()


def test_name_may_be_decided_about_before_the_plan(desk: Client, make_item: MakeItem) -> None:
    item = make_item(status="waiting", findings=("child_identifiable",))
    desk.post(at(item, "decide"), {"reason": "The family asked for it.", "stand": "1"})
    item.refresh_from_db()
    assert item.status == "waiting"
    with time_machine.travel(NOW, tick=False):
        desk.post(at(item, "plan"), {"publish_at": "2026-04-01T01:30"})
    keep_plans(NOW + timedelta(days=60))
    item.refresh_from_db()
    assert item.status == "published"


def test_comment_never_looks_like_what_the_source_said(desk: Client, make_item: MakeItem) -> None:
    item = make_item(text="The source’s words.", licence="ogl")
    desk.post(at(item, "comment"), {"written": "What it means for **you**.", "author": "Bob Hale"})
    page = Client().get(item.get_absolute_url()).content.decode()
    block = page[page.index('class="our-comment"') : page.index('class="source-words"')]
    for words in ("Comment by Bob Hale", "<strong>you</strong>", "Our words, not the source’s."):
        assert words in block
    feed = Client().get("/feeds/all.atom").content.decode()
    assert (
        feed.index("The source’s words.") < feed.index("Comment by Bob Hale") < feed.index("for &lt;strong")
    )
    desk.post(at(item, "comment"), {"written": ""})
    assert not Comment.objects.exists()
    assert "our-comment" not in Client().get(item.get_absolute_url()).content.decode()


def test_comment_on_what_may_not_be_shown_whole_is_still_ours(desk: Client, make_item: MakeItem) -> None:
    item = make_item(text="Not ours to show.", summary="In short.", licence="unknown")
    desk.post(at(item, "comment"), {"written": "Read it."})
    feed = Client().get("/feeds/all.atom").content.decode()
    assert "Not ours to show." not in feed
    assert "Read it." in feed
    assert "Not ours to show." not in Client().get(item.get_absolute_url()).content.decode()


def test_name_in_a_comment_is_asked_about_and_never_indexed(desk: Client, make_item: MakeItem) -> None:
    item = make_item()
    sent = {"written": "Ellie, 9, was abused by her stepfather at the club."}
    page = desk.post(at(item, "comment"), sent).content.decode()
    assert "This may name a child or a victim: Ellie." in page
    assert 'name="names_may_stand"' in page
    assert not Comment.objects.exists()
    desk.post(at(item, "comment"), sent | {"names_may_stand": "on"})
    item.refresh_from_db()
    assert item.private_names == ["Ellie"]
    assert not search("Ellie").hits
    assert "Ellie" not in Client().get("/feeds/all.atom").content.decode()


@pytest.mark.parametrize(
    "written", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=a>"]
)
def test_comment_runs_nothing(desk: Client, make_item: MakeItem, written: str) -> None:
    item = make_item()
    desk.post(at(item, "comment"), {"written": written})
    page = Client().get(item.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page
