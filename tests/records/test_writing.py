"""Items that editors write themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import correct, publish, settle
from almoner.records.catalogue.writing import Written, write
from almoner.records.search.queries import search

pytestmark = pytest.mark.django_db
TEXT = (
    "Training for taxi drivers is on Monday 9 April 2025.\n\n"
    "**Drivers** should read [the rota](https://harbour.example/rota).\n\nThe consultation closes on 3 May 2026."
)
NAMED = "Ellie, 9, was abused by her stepfather at the club."


@pytest.fixture
def ours(now: datetime) -> Callable[..., Item]:
    def make(text: str = TEXT, title: str = "Taxi training moves", **named: str) -> Item:
        return write(Written(title, "news", text=text, **named), ours="Harbour Digest", now=now)

    return make


def codes(item: Item) -> list[str]:
    return [found.code for found in item.findings.filter(settled_at=None)]


def test_what_is_written_is_read_like_what_is_gathered(ours: Callable[..., Item]) -> None:
    item = ours(author="Alice")
    item.refresh_from_db()
    assert (item.status, item.licence, str(item.publisher)) == ("waiting", "own", "Harbour Digest")
    assert "<strong>Drivers</strong>" in item.html
    assert "**" not in item.text
    assert item.links == [{"href": "https://harbour.example/rota", "text": "the rota"}]
    assert codes(item) == ["weekday_mismatch"]
    assert item.topics.exists()
    assert item.shows_full_text


def test_promised_link_that_is_not_there_is_a_finding(ours: Callable[..., Item]) -> None:
    assert "link_missing" in codes(ours("The full standards can be accessed here."))


def test_it_is_dated_when_it_goes_out(ours: Callable[..., Item], now: datetime) -> None:
    item, dated = ours(), ours(title="Dated by hand")
    correct(dated, now=now, published="2025-04-01")
    later = now + timedelta(days=3)
    publish([item, dated], now=later)
    item.refresh_from_db()
    dated.refresh_from_db()
    assert (item.published, item.published_precision) == ("2025-04-13T10:00+01:00", "minute")
    assert item.sorts_at == later
    assert dated.published == "2025-04-01"
    assert {hit.item for hit in search("taxi training").hits} == {item, dated}


def test_correction_is_read_again_and_what_was_settled_stays(
    ours: Callable[..., Item], now: datetime, bob: Any
) -> None:
    item = ours()
    settle(item.findings.get(), bob, now)
    correct(item, now=now, written=f"{TEXT}\n\nThe new form can be found here https://harbour.example/form.")
    item.refresh_from_db()
    assert codes(item) == []
    assert [link["href"] for link in item.links][-1] == "https://harbour.example/form"
    correct(item, now=now, written="Drivers meet on Friday 9 April 2025.")
    assert codes(item) == ["weekday_mismatch"]
    item.refresh_from_db()
    assert item.text == "Drivers meet on Friday 9 April 2025."


def test_name_of_a_child_holds_it_until_somebody_decided(
    ours: Callable[..., Item], now: datetime, bob: Any
) -> None:
    item = ours(NAMED)
    item.refresh_from_db()
    assert item.private_names == ["Ellie"]
    assert publish([item], now=now).held
    assert publish([item], now=now, decided_by=bob, reason="Her family asked for it.").published
    item.refresh_from_db()
    with pytest.raises(ValidationError, match="may name a child or a victim: Jonah"):
        correct(item, now=now, written=f"{NAMED}\n\nJonah, 7, was abused by his stepfather too.")
    item.refresh_from_db()
    assert "Jonah" not in item.text
    correct(
        item,
        now=now,
        written=f"{NAMED}\n\nJonah, 7, was abused by his stepfather too.",
        private_names=["Ellie", "Jonah"],
    )
    item.refresh_from_db()
    assert item.private_names == ["Ellie", "Jonah"]
    assert not search("Jonah").hits


def test_name_that_comes_into_a_draft_opens_the_question_again(
    ours: Callable[..., Item], now: datetime, bob: Any
) -> None:
    item = ours(NAMED)
    settle(item.findings.get(), bob, now, "Her family asked for it.")
    correct(item, now=now, summary="About a club.")
    assert codes(item) == []
    correct(item, now=now, written=f"{NAMED}\n\nJonah, 7, was abused by his stepfather too.")
    assert codes(item) == ["child_identifiable"]
    assert publish([item], now=now).held


def test_summary_follows_the_text_until_an_editor_writes_one(
    ours: Callable[..., Item], now: datetime
) -> None:
    item = ours("The pier is shut. It opens in May.")
    assert item.summary.startswith("The pier is shut.")
    correct(item, now=now, written="The pier is open.")
    assert item.summary == "The pier is open."
    correct(item, now=now, summary="Our own words.", written="The pier is shut again.")
    correct(item, now=now, written="The pier is gone.")
    item.refresh_from_db()
    assert (item.summary, item.text) == ("Our own words.", "The pier is gone.")


def test_same_words_may_be_written_twice(ours: Callable[..., Item]) -> None:
    assert ours().pk != ours().pk


def test_title_alone_is_enough(ours: Callable[..., Item]) -> None:
    item = ours("")
    assert (item.text, item.html, codes(item)) == ("", "", [])
