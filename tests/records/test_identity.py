"""Which item is which when its names change."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from almoner.pipeline import model, run
from almoner.pipeline.model import Item
from almoner.pipeline.ports import Seen
from almoner.records.accounts.models import Person
from almoner.records.catalogue import models as catalogue
from almoner.records.catalogue.enums import VersionState
from almoner.records.catalogue.services import correct, dismiss, take_over, withdraw
from almoner.records.ingest import services
from almoner.records.ingest.identity import canonical
from almoner.records.ingest.models import ItemKey, Sighting, Source
from almoner.records.ingest.outcomes import Flood, ImportOutcome
from almoner.records.ingest.queries import known_entries
from almoner.records.ingest.recording import Found, record
from tests.records.readings import a_day, a_reading, a_snapshot, an_item
from tests.records.replay import Site, as_feed

pytestmark = pytest.mark.django_db
LONG = "Every school should review how it records concerns about a child, and who is told of them and when."
OTHER = (
    "A council is asking taxi drivers what would help them to notice a young person who is being exploited."
)


@pytest.fixture
def source() -> Source:
    return services.source_named("A newsfeed")


@pytest.fixture
def trusted() -> Source:
    return services.source_named("A trusted newsfeed", trust="auto", licence="ogl")


def keep(source: Source, now: datetime, *items: Item, most_new: int | None = None) -> ImportOutcome:
    content = repr((now, items)).encode()
    return record(Found(a_reading(*items), a_snapshot(content), source, most_new), now=now)


BEFORE = an_item(
    "On recording concerns", LONG, id="1", link="https://example.org/a", published=a_day("2026-03-02")
)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "2"},
        {"id": None},
        {"link": "http://www.example.org/a/?utm_source=x#top"},
        {"link": "https://example.org/news/a"},
        {"link": None},
        {"title": "On recording of concerns"},
        {"text": LONG.replace("review", "look again at")},
        {"published": None},
        {"published": a_day("2026-03-09")},
        {"id": "2", "link": "https://example.org/news/a"},
        {"id": "2", "title": "Recording concerns: what is new"},
        {"id": "2", "link": "https://example.org/news/a", "title": "Recording concerns: what is new"},
        {"id": "2", "link": "https://example.org/news/a", "text": LONG.replace("review", "look again at")},
        {
            "link": "https://example.org/news/a",
            "title": "Recording: new",
            "text": LONG.replace("review", "check"),
        },
    ],
)
def test_an_item_stays_the_same_when_some_of_its_names_change(
    source: Source, now: datetime, change: dict[str, object]
) -> None:
    keep(source, now, BEFORE)
    outcome = keep(source, now + timedelta(hours=1), replace(BEFORE, **change))  # type: ignore[arg-type]
    assert outcome.added == 0
    assert catalogue.Item.objects.get().sightings.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        an_item("What drivers notice", OTHER, id="1", link="https://example.org/b", published=a_day("2026-04-02")),
        an_item("What drivers notice", OTHER, id="2", link="https://example.org/a", published=a_day("2026-04-02")),
        an_item("What drivers notice", OTHER, id="2", link="https://example.org/b", published=a_day("2026-03-02")),
        an_item("On recording concerns", OTHER, id="2", link="https://example.org/b", published=a_day("2026-03-02")),
    ],
    ids=["a reused id", "a reused address", "nothing shared", "the same title and day"],
)  # fmt: skip
def test_another_item_is_not_taken_for_it(source: Source, now: datetime, other: Item) -> None:
    keep(source, now, BEFORE)
    assert keep(source, now + timedelta(hours=1), other).added == 1


def test_another_report_of_the_same_title_in_the_same_words_is_not_taken_for_it(
    source: Source, now: datetime
) -> None:
    keep(source, now, BEFORE)
    words = "A school should record who is told of a child and how it reviews them, and when every concern is about it."
    other = replace(BEFORE, id="2", link="https://example.org/b", text=words, published=None)
    assert keep(source, now + timedelta(hours=1), other).added == 1


def test_items_that_share_one_address_and_one_id_are_all_kept(source: Source, now: datetime) -> None:
    broken = [
        replace(BEFORE, title=f"{word} day", text=f"{word} " * 20) for word in ("Sports", "Open", "Training")
    ]
    assert keep(source, now, *broken).added == 3
    assert keep(source, now + timedelta(hours=1), *reversed(broken)).added == 0


def test_an_entry_listed_twice_is_one_item(source: Source, now: datetime) -> None:
    again = replace(BEFORE, text=LONG.replace("review", "check"))
    assert keep(source, now, BEFORE, again).added == 1
    assert Sighting.objects.count() == 2


def test_a_change_of_an_item_that_waits_is_taken_over_with_its_findings(
    source: Source, now: datetime
) -> None:
    keep(source, now, replace(BEFORE, findings=an_item(findings=("title_cut",)).findings))
    changed = replace(
        BEFORE, title="On recording all concerns", findings=an_item(findings=("text_cut",)).findings
    )
    assert keep(source, now + timedelta(hours=1), changed).changed == 1
    item = catalogue.Item.objects.get()
    version = item.versions.get()
    assert item.title == "On recording all concerns"
    assert [found.code for found in item.findings.all()] == ["text_cut"]
    assert (version.state, version.was["title"]) == (VersionState.APPLIED, "On recording concerns")


def test_a_change_of_a_published_item_waits_for_an_editor(source: Source, now: datetime) -> None:
    keep(source, now, BEFORE)
    catalogue.Item.objects.update(status="published")
    keep(source, now + timedelta(hours=1), replace(BEFORE, title="On recording all concerns"))
    item = catalogue.Item.objects.get()
    version = item.versions.get()
    assert (item.title, version.state) == ("On recording concerns", VersionState.WAITING)
    take_over(version, now=now)
    item.refresh_from_db()
    assert item.title == "On recording all concerns"


def test_a_change_that_is_taken_over_brings_what_it_mentions(source: Source, now: datetime) -> None:
    keep(source, now, BEFORE)
    keep(source, now + timedelta(hours=1), replace(BEFORE, title="On recording concerns in Kent"))
    mentions = catalogue.Item.objects.get().mentions.all()
    assert [(mention.kind, mention.known) for mention in mentions] == [("place", "E10000016")]


def test_a_change_that_an_editor_dismissed_stays_out(
    source: Source, now: datetime, django_user_model: type
) -> None:
    keep(source, now, BEFORE)
    catalogue.Item.objects.update(status="published")
    changed = replace(BEFORE, title="On recording all concerns")
    keep(source, now + timedelta(hours=1), changed)
    alice = Person.objects.create(email="alice@example.org")
    dismiss(catalogue.ItemVersion.objects.get(), alice, now)
    assert keep(source, now + timedelta(hours=2), changed).changed == 0
    assert catalogue.Item.objects.get().title == "On recording concerns"


def test_a_trusted_source_changes_its_published_items_itself_unless_there_are_findings(
    trusted: Source, now: datetime
) -> None:
    keep(trusted, now, BEFORE)
    keep(trusted, now + timedelta(hours=1), replace(BEFORE, title="On recording all concerns"))
    doubtful = replace(
        BEFORE, title="On Charlie", findings=an_item(findings=("child_identifiable",)).findings
    )
    keep(trusted, now + timedelta(hours=2), doubtful)
    item = catalogue.Item.objects.get()
    assert item.title == "On recording all concerns"
    assert [version.state for version in item.versions.all()] == [VersionState.WAITING, VersionState.APPLIED]


def test_what_an_editor_corrected_is_not_overwritten(source: Source, now: datetime) -> None:
    keep(source, now, BEFORE)
    correct(catalogue.Item.objects.get(), now=now, title="Recording concerns well")
    keep(
        source,
        now + timedelta(hours=1),
        replace(BEFORE, title="On recording all concerns", text=LONG + " Soon."),
    )
    item = catalogue.Item.objects.get()
    assert (item.title, item.text) == ("Recording concerns well", LONG + " Soon.")


def test_what_was_withdrawn_does_not_come_back_changed(source: Source, now: datetime) -> None:
    keep(source, now, BEFORE)
    withdraw(catalogue.Item.objects.get(), reason="A mistake.", now=now)
    keep(source, now + timedelta(hours=1), replace(BEFORE, title="On recording all concerns"))
    assert catalogue.Item.objects.get().status == "withdrawn"


def test_what_was_removed_does_not_come_back_as_new(source: Source, now: datetime) -> None:
    keep(source, now, BEFORE)
    catalogue.Item.objects.all().delete()
    assert ItemKey.objects.filter(item=None).exists()
    outcome = keep(source, now + timedelta(hours=1), replace(BEFORE, title="On recording all concerns"))
    assert (outcome.added, catalogue.Item.objects.count()) == (0, 0)


def test_an_excerpt_does_not_replace_the_whole(source: Source, now: datetime) -> None:
    keep(source, now, BEFORE)
    keep(source, now + timedelta(hours=1), replace(BEFORE, text=LONG[:40]))
    assert catalogue.Item.objects.get().text == LONG


def test_a_flood_is_refused_whole(source: Source, now: datetime) -> None:
    flood = [an_item(f"Item {number}", f"Number {number}.", id=str(number)) for number in range(30)]
    with pytest.raises(Flood, match="30 new items at once"):
        keep(source, now, *flood, most_new=20)
    assert not catalogue.Item.objects.exists()
    assert keep(source, now, *flood, most_new=30).added == 30


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://example.org/a", "https://www.example.org/a/", True),
        ("https://example.org/a?utm_source=x", "https://example.org/a#b", True),
        ("https://example.org/a?id=1", "https://example.org/a?id=2", False),
        ("https://example.org/a", "https://example.org/A", False),
        ("https://example.org:8443/a", "https://example.org/a", False),
    ],
)
def test_addresses_that_lead_to_the_same_page(one: str, other: str, same: bool) -> None:
    assert (canonical(one) == canonical(other)) is same


def test_a_publisher_s_change_notes_are_kept_newest_first_and_come_with_its_changes(
    source: Source, now: datetime
) -> None:
    def seen(day: str, *notes: tuple[str, str]) -> Item:
        changes = tuple(model.ChangeNote(note, a_day(when)) for note, when in notes)
        return an_item("Transport", LONG, id="a", updated=a_day(day), changes=changes)

    first, second = ("First published.", "2026-01-05"), ("Added a chapter.", "2026-02-03")
    record(Found(a_reading(seen("2026-01-05", first)), a_snapshot(b"1"), source), now=now)
    item = catalogue.Item.objects.get()
    assert [one["note"] for one in item.change_notes] == ["First published."]
    record(Found(a_reading(seen("2026-02-03", first, second)), a_snapshot(b"2"), source), now=now)
    item.refresh_from_db()
    assert [(one["note"], one["when"]) for one in item.change_notes] == [second, first]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300 if os.environ.get("ALMONER_SOAK") else 12))
def test_replay_of_a_source_that_changes_loses_nothing_and_doubles_nothing(
    source: Source, now: datetime, seed: int
) -> None:
    site = Site(seed)
    truth_of: dict[int, int] = {}
    seen: set[int] = set()
    for number in range(12):
        listed = site.check()
        keep(source, now + timedelta(hours=number), *(item for _, item in listed))
        sightings = Sighting.objects.order_by("-document_id", "position")[: len(listed)]
        for (truth, _), sighting in zip(listed, sightings, strict=True):
            assert truth_of.setdefault(sighting.item_id, truth) == truth, "two happenings in one item"
            seen.add(truth)
    assert catalogue.Item.objects.count() == len(seen), "a happening that is two items"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300 if os.environ.get("ALMONER_SOAK") else 8))
def test_replay_of_a_feed_whose_known_entries_are_passed_over_comes_to_the_same(
    source: Source, now: datetime, seed: int
) -> None:
    site = Site(seed)
    truth_of: dict[int, int] = {}
    seen: set[int] = set()
    passed = came_again = 0
    before: set[bytes] = set()
    for number in range(12):
        listed = site.check()
        as_they_stand = {as_feed([item]) for _, item in listed}
        came_again += len(as_they_stand & before)
        before = as_they_stand
        snapshot = model.Snapshot(
            "feed", as_feed([item for _, item in listed]), model.MediaType.XML, "https://feeds.example/news"
        )
        reading = run.read(snapshot, seen=Seen(partial(known_entries, source)))
        passed += len(reading.document.passed)
        outcome = record(Found(reading, snapshot, source), now=now + timedelta(hours=number))
        sightings = outcome.document.sightings.order_by("position")
        for (truth, _), sighting in zip(listed, sightings, strict=True):
            assert truth_of.setdefault(sighting.item_id, truth) == truth, "two happenings in one item"
            seen.add(truth)
    assert catalogue.Item.objects.count() == len(seen), "a happening that is two items"
    assert passed or not came_again
