"""What one editor writes, another does not overwrite unseen, whatever either presses. Each test is named after its row
in docs/faults.md."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from almoner.newsroom import decisions
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.signals import item_published
from tests.newsroom.conftest import MakeItem

FillIn = Callable[..., dict[str, Any]]


def page(item: Item, *rest: object) -> str:
    """Where an item, or what is done with it, stands in the newsroom."""
    return "/newsroom/items/" + "".join(f"{part}/" for part in (item.pk, *rest))


def test_d1_put_back_from_an_older_page_overwrites_nobody(
    desk: Client, editor: Person, alice: Person, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("One", summary="First")
    decisions.correct(item, {"summary": "Second"}, editor, now)
    listed = desk.get(page(item)).context["corrections"][0]
    decisions.correct(item, {"summary": "Hers"}, alice, now + timedelta(minutes=1))
    answer = desk.post(page(item, "put-back", listed.pk), {"seen": listed.pk}, follow=True)
    item.refresh_from_db()
    assert item.summary == "Hers"
    assert "somebody corrected it again meanwhile" in answer.content.decode()
    latest = answer.context["corrections"][0]
    desk.post(page(item, "put-back", listed.pk), {"seen": latest.pk})
    item.refresh_from_db()
    assert item.summary == "First"


def test_d1_undo_in_the_queue_leaves_what_somebody_else_wrote(
    desk: Client, alice: Person, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("One", status="waiting", findings=("title_missing",))
    address = f"/newsroom/review/{item.pk}/"
    seen = desk.get(address).context["seen_at"]
    desk.post(address, {"seen": seen, "write": item.findings.get().pk, "value": "Mine"})
    decisions.correct(item, {"title": "Hers"}, alice, now + timedelta(minutes=1))
    answer = desk.post(address, {"undo": "1"}, follow=True)
    item.refresh_from_db()
    assert item.title == "Hers"
    assert "changed while you had it open" in answer.content.decode()


@pytest.mark.parametrize("field", ["title", "text"])
def test_d1_what_changed_meanwhile_is_not_published_unseen(
    desk: Client, alice: Person, make_item: MakeItem, fill_in: FillIn, now: datetime, field: str
) -> None:
    item = make_item("One", status="waiting", text="Words")
    opened = fill_in(desk.get(page(item)), summary="Mine")
    decisions.correct(item, {field: "Hers"}, alice, now)
    answer = desk.post(page(item), opened | {"action-approve": "1"}, follow=True)
    item.refresh_from_db()
    assert (item.status, item.summary, getattr(item, field)) == ("waiting", "Mine", "Hers")
    assert "not published: it was changed while you had it open" in answer.content.decode()
    desk.post(page(item), fill_in(answer) | {"action-approve": "1"})
    item.refresh_from_db()
    assert item.status == "published"


def test_d2_pressing_publish_twice_publishes_once(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item("One", status="waiting")
    sent = fill_in(desk.get(page(item)), summary="Mine") | {"action-approve": "1"}
    heard: list[list[Item]] = []

    def hear(items: list[Item], **_: object) -> None:
        heard.append(items)

    item_published.connect(hear)
    try:
        desk.post(page(item), sent)
        desk.post(page(item), sent)
    finally:
        item_published.disconnect(hear)
    assert heard == [[item]]
    entries = ModelLogEntry.objects.for_instance(item).filter(action="almoner.approve")
    assert entries.count() == 1


def test_d2_what_was_typed_before_the_session_ended_is_offered_again(
    desk: Client, editor: Person, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("One")
    sent = fill_in(desk.get(page(item)), summary="Half a sente")
    desk.post(page(item, "draft"), sent)
    desk.logout()
    assert desk.post(page(item), sent).status_code == 302
    item.refresh_from_db()
    assert item.summary == ""
    desk.force_login(editor)
    assert (
        desk.get(f"{page(item)}?draft={sent['draft']}").context["form"]["summary"].value() == "Half a sente"
    )


def test_two_windows_of_one_editor_keep_what_is_typed_in_each(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("One", status="waiting", summary="What stood there")
    first = fill_in(desk.get(page(item)), summary="Typed in the first")
    second = fill_in(desk.get(page(item)), summary="Typed in the second")
    assert "another window" not in desk.post(page(item, "draft"), first).json()["said"]
    assert "typed here in another window" in desk.post(page(item, "draft"), second).json()["said"]
    offered = desk.get(page(item)).content.decode()
    assert offered.count("Take it up again") == 2
    taken_up = desk.get(f"{page(item)}?draft={first['draft']}")
    assert taken_up.context["form"]["summary"].value() == "Typed in the first"

    desk.post(page(item), fill_in(taken_up))  # with it goes what was taken up, and nothing else
    assert [draft.typed["summary"] for draft in item.drafts.all()] == [["Typed in the second"]]
    answer = desk.post(page(item), second)
    shown = answer.content.decode()
    assert "You changed this in another window" in shown
    assert "Keep those of the other window" in shown
    item.refresh_from_db()
    assert item.summary == "Typed in the first"
    desk.post(page(item), fill_in(answer) | {"merge-summary": "both"})
    item.refresh_from_db()
    assert item.summary.split() == ["Typed", "in", "the", "first", "Typed", "in", "the", "second"]
    assert not item.drafts.exists()
