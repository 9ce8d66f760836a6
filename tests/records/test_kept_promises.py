"""Promises that were kept: an editor says so, and readers see which later item tells of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.promises import kept, later_items, mark_kept, promises_of, proposals
from almoner.records.catalogue.relations import KeptPromise, Story
from almoner.records.catalogue.services import withdraw
from almoner.records.catalogue.stories import pin

MakeItem = Callable[..., Any]


@pytest.fixture
def told(make_item: MakeItem) -> tuple[Story, Item, Item, Item]:
    """A story: a promise, news of something else, and the report that was promised."""
    items = (
        make_item(
            "Ferry: an inquiry", licence="own", published="2025-04-01",
            text="The harbour trust will publish a report on evening crews by 30 June 2025.",
        ),
        make_item("Ferry: tickets are paid back", licence="own", published="2025-05-01", text="Paid."),
        make_item(
            "Harbour trust publishes its report on evening crews", licence="own", published="2025-06-20",
            text="The report is out.",
        ),
    )  # fmt: skip
    story = Story.objects.create()
    for item in items:
        pin(item, story)
    return (story, *items)


def test_machine_proposes_and_marks_nothing(told: tuple[Story, Item, Item, Item]) -> None:
    _, first, other, report = told
    [promise] = promises_of(first)
    assert later_items(first) == [other, report]
    assert proposals(promise, later_items(first)) == [report]
    assert not KeptPromise.objects.exists()


def test_editor_marks_it_readers_see_it_and_it_can_be_opened_again(
    told: tuple[Story, Item, Item, Item], admin_client: Client, client: Client
) -> None:
    story, first, _, report = told
    [promise] = promises_of(first)
    page = f"/newsroom/stories/{story.pk}/"
    shown = admin_client.get(page).content.decode()
    assert f'<optgroup label="Proposed"><option value="{report.pk}">' in shown
    said = {"promise": promise.sentence, "promised_in": first.pk}
    admin_client.post(page, said | {"kept_by": report.pk})
    public = client.get(story.get_absolute_url()).content.decode()
    assert f'<span class="tag">Kept</span> <a href="{report.get_absolute_url()}">' in public
    mark = KeptPromise.objects.get()
    assert mark.marked_by is not None
    admin_client.post(page, said | {"kept_by": ""})
    assert '<span class="tag">Kept' not in client.get(story.get_absolute_url()).content.decode()


def test_only_what_is_later_keeps_a_promise_and_only_one_that_is_made(
    told: tuple[Story, Item, Item, Item], alice: Any, now: datetime
) -> None:
    _, first, other, report = told
    [promise] = promises_of(first)
    for item, by in ((report, first), (first, first)):
        with pytest.raises(ValidationError, match="something later"):
            mark_kept(item, promise.sentence, by, alice, now=now)
    with pytest.raises(ValidationError, match="no longer says"):
        mark_kept(other, promise.sentence, report, alice, now=now)


def test_what_is_withdrawn_tells_of_no_promise(
    told: tuple[Story, Item, Item, Item], alice: Any, now: datetime
) -> None:
    _, first, _, report = told
    [promise] = promises_of(first)
    mark_kept(first, f" {promise.sentence}\r\n", report, alice, now=now)
    assert list(kept([first])) == [(first.pk, promise.sentence)]
    withdraw(report, reason="An error", now=now)
    assert kept([first]) == {}
