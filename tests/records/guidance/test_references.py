"""An item means the edition that it names, else the one in force on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.pipeline.model import Mention, MentionKind
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item, ItemFinding
from almoner.records.guidance.editions import set_status
from almoner.records.guidance.enums import Decision, EditionStatus
from almoner.records.guidance.models import Edition, Proposal, Work
from almoner.records.guidance.proposals import attach, dismiss, propose_waiting, waiting
from almoner.records.guidance.queries import items_about, status_rows
from almoner.records.guidance.references import concerns
from almoner.records.guidance.works import add_work, known_as
from almoner.records.ingest.recording import Found, record
from almoner.records.ingest.services import source_named
from tests.records.guidance.conftest import NEWER, OLDER
from tests.records.readings import HERE, a_day, a_reading, a_snapshot, an_item

TODAY = date(2025, 4, 10)
MakeItem = Callable[..., Item]


@pytest.fixture
def kcsie(db: None, add: Callable[..., Edition]) -> Work:
    """A work that the taxonomy knows, with two editions kept."""
    work = add_work("Keeping Children Safe in Education", short_title="KCSIE", nations="E")
    add("2023", OLDER.replace("club", "school"), "2023-09-01", work=work)
    add("2024", NEWER.replace("club", "school"), "2024-09-02", work=work)
    return work


@pytest.fixture
def tell(make_item: MakeItem) -> MakeItem:
    """An item whose mentions are found in its words."""

    def make(title: str, day: datetime | None = None, **fields: Any) -> Item:
        item = make_item(title=title, **fields)
        if day is not None:
            Item.objects.filter(pk=item.pk).update(sorts_at=day)
            item.refresh_from_db()
        look_again(item)
        return item

    return make


def test_work_finds_the_name_that_items_know_it_by(kcsie: Work) -> None:
    assert (kcsie.known, known_as("Harbour safety for clubs")) == ("kcsie", "")
    assert add_work("Another title", slug=kcsie.slug).pk == kcsie.pk


@pytest.mark.parametrize(
    ("title", "day", "edition", "superseded_by"),
    [
        ("What KCSIE 2023 asks of governors", datetime(2025, 3, 1, tzinfo=UTC), "2023", "2024"),
        ("What KCSIE asks of governors", datetime(2024, 1, 5, tzinfo=UTC), "2023", "2024"),
        ("What KCSIE asks of governors", datetime(2025, 3, 1, tzinfo=UTC), "2024", None),
        ("What KCSIE 2022 asked of governors", datetime(2025, 3, 1, tzinfo=UTC), None, None),
        ("What KCSIE asked of governors", datetime(2015, 3, 1, tzinfo=UTC), None, None),
    ],
)
def test_item_concerns_the_edition_it_means(
    title: str, day: datetime, edition: str | None, superseded_by: str | None, kcsie: Work, tell: MakeItem
) -> None:
    item = tell(title, day)
    (found,) = concerns([item], TODAY)[item.pk]
    by = found.standing.by
    assert (found.work, found.edition and found.edition.name) == (kcsie, edition)
    assert (by.name if by is not None else None) == superseded_by
    assert list(items_about(kcsie)) == [item]


def test_concerns_of_many_items_cost_as_many_queries_as_of_one(kcsie: Work, tell: MakeItem) -> None:
    items = [tell(f"What KCSIE asks of governors, part {number}") for number in range(3)]
    counts = []
    for some in (items[:1], items):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            concerns(some, TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_calendar_holds_what_was_not_taken_back(kcsie: Work, now: datetime) -> None:
    newest = kcsie.editions.first()
    assert newest is not None
    set_status(newest, EditionStatus.WITHDRAWN, "2026-08-31", now=now)
    told = [(row.edition.name, row.status, row.since) for row in status_rows(kcsie, since=date(2024, 1, 1))]
    assert told == [("2024", "in_force", "2024-09-02"), ("2024", "withdrawn", "2026-08-31")]


def test_announcement_is_proposed_once_and_never_attached_by_itself(
    kcsie: Work, tell: MakeItem, now: datetime
) -> None:
    item = tell("KCSIE 2025 for information")
    tell("What KCSIE 2024 asks of governors")
    assert propose_waiting(now) == 2
    assert propose_waiting(now) == 0
    (found,) = waiting()
    assert (found.work, found.item, found.year, found.status) == (kcsie, item, "2025", "information")
    assert found.why == "KCSIE 2025 for information"
    assert not Edition.objects.filter(item=item).exists()
    look_again(item)
    propose_waiting(now)
    assert Proposal.objects.count() == 1


def test_work_that_is_added_later_finds_what_was_announced_before(
    tell: MakeItem, now: datetime, db: None
) -> None:
    tell("Working Together to Safeguard Children 2023 published")
    assert propose_waiting(now) == 0
    add_work("Working Together to Safeguard Children")
    assert propose_waiting(now) == 1
    assert waiting().count() == 1


def test_editor_attaches_a_proposal_or_dismisses_it(
    kcsie: Work, tell: MakeItem, alice: Any, now: datetime, newer: Edition
) -> None:
    tell("KCSIE 2024 comes into force on 2 September 2024")
    tell("KCSIE 2023 published")
    propose_waiting(now)
    dismissed, attached = waiting().order_by("year")
    edition = kcsie.editions.get(name="2024")
    with pytest.raises(ValidationError, match="no edition of"):
        attach(attached, newer, now=now, by=alice)
    attach(attached, edition, now=now, by=alice)
    dismiss(dismissed, now=now, by=alice)
    edition.refresh_from_db()
    assert (edition.item, edition.statuses.count(), waiting().count()) == (attached.item, 1, 0)
    assert (dismissed.decision, dismissed.decided_by) == (Decision.DISMISSED, alice)


def cite(year: str, title: str) -> Any:
    """An item of March 2027 that cites this edition of KCSIE."""
    words = f"All staff must read KCSIE {year} before they start."
    mention = Mention(MentionKind.GUIDANCE, "kcsie", "KCSIE", f"KCSIE {year}", HERE, year)
    return an_item(title, words, published=a_day("2027-03-01"), mentions=(mention,))


def test_superseded_editions_in_new_items_are_found_by_what_is_kept(
    kcsie: Work, add: Callable[..., Edition], now: datetime
) -> None:
    add("2026", OLDER + "\n5. New.\n", "2026-09-01", work=kcsie)
    record(
        Found(a_reading(cite("2025", "Old"), cite("2026", "New")), a_snapshot(), source_named("A week")),
        now=now,
    )
    (found,) = ItemFinding.objects.filter(code="edition_superseded")
    assert found.item.title == "Old"
    assert "that of 2026 is in force from 1 September 2026" in found.message
