"""What several sources gave, kept together."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.records.catalogue.models import Item, Publisher
from almoner.records.catalogue.names import publishers_named
from almoner.records.ingest.models import Sighting, Snapshot
from almoner.records.ingest.outcomes import Flood, ImportOutcome
from almoner.records.ingest.recording import Found, record_all
from almoner.records.ingest.services import source_named
from tests.records.readings import a_reading, a_snapshot, an_item

pytestmark = pytest.mark.django_db


def found(number: int, *titles: str, most_new: int | None = None) -> Found:
    items = [an_item(title, f"{title}: what schools should know.", id=title) for title in titles]
    content = f"{number} {titles}".encode()
    return Found(a_reading(*items), a_snapshot(content), source_named(f"Feed {number}"), most_new)


def test_keeping_takes_as_many_queries_for_three_sources_as_for_one(now: datetime) -> None:
    record_all([found(9, "Guidance on reporting")], now=now)
    counts = []
    for some in ([found(1, "On attendance")], [found(number, f"On topic {number}") for number in (2, 3, 4)]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            record_all(some, now=now)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Item.objects.count() == 5


def test_the_same_words_from_two_sources_kept_together_are_one_item(now: datetime) -> None:
    came = record_all([found(1, "On attendance", "On visits"), found(2, "On attendance")], now=now)
    assert [(one.added, one.seen_again) for one in came if isinstance(one, ImportOutcome)] == [(2, 0), (0, 1)]
    assert Item.objects.get(title="On attendance").sightings.count() == 2


def test_names_of_one_source_say_nothing_about_items_of_another(now: datetime) -> None:
    record_all([found(1, "On attendance")], now=now)
    other = an_item("What drivers notice", "Drivers see much that others do not.", id="On attendance")
    second = Found(a_reading(other), a_snapshot(b"other"), source_named("Feed 2"))
    record_all([found(1, "On attendance", "On visits"), second], now=now)
    assert Item.objects.count() == 3


def test_a_flood_among_others_leaves_them_and_what_it_shared_with_them(now: datetime) -> None:
    flood, kept = record_all(
        [found(1, "On attendance", "On visits", most_new=1), found(2, "On attendance", most_new=1)], now=now
    )
    assert isinstance(flood, Flood)
    assert isinstance(kept, ImportOutcome)
    assert (kept.added, Item.objects.count(), Sighting.objects.count(), Snapshot.objects.count()) == (
        1,
        1,
        1,
        1,
    )


def test_a_document_that_is_known_adds_nothing_beside_one_that_is_not(now: datetime) -> None:
    record_all([found(1, "On attendance")], now=now)
    again, fresh = record_all([found(1, "On attendance"), found(2, "On visits")], now=now)
    assert isinstance(again, ImportOutcome)
    assert isinstance(fresh, ImportOutcome)
    assert (again.added, again.seen_again, fresh.added) == (0, 1, 1)


@pytest.mark.parametrize("printed", ["OFSTED", "ofsted", "  Ofsted "])
def test_a_publisher_is_found_however_its_name_is_spelt(printed: str) -> None:
    first = publishers_named(["Ofsted"])["Ofsted"]
    assert publishers_named([printed, "Ofqual"])[printed] == first
    assert Publisher.objects.count() == 2


def test_a_publisher_with_other_letters_is_found_in_capitals() -> None:
    first = publishers_named(["Café Bäume"])["Café Bäume"]
    assert publishers_named(["CAFÉ BÄUME"]) == {"CAFÉ BÄUME": first}


def test_publishers_whose_slugs_are_alike_get_slugs_of_their_own() -> None:
    publishers_named(["Kent Council"])
    publishers_named(["Kent: Council", "Kent - Council", "Kent/Council"])
    slugs = set(Publisher.objects.values_list("slug", flat=True))
    assert slugs == {"kent-council", "kent-council-2", "kent-council-3", "kentcouncil"}
