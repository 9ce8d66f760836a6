"""Pages that lists name, over several checks: which are asked for again, and what becomes of what they change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from almoner.pipeline.errors import Failed
from almoner.records.catalogue.enums import VersionState
from almoner.records.catalogue.models import Item, ItemVersion
from almoner.records.ingest import checks
from almoner.records.ingest.models import PageMark, Source
from almoner.records.ingest.queries import known_addresses
from almoner.records.ingest.watching import Gathering
from tests.pipeline.sources.site import NOW, Site
from tests.pipeline.sources.test_govuk import HOME, OFFICE, document, office, result
from tests.pipeline.sources.test_sitemap import MAP, listed, page
from tests.pipeline.sources.test_sitemap import site as trust

pytestmark = pytest.mark.django_db(transaction=True)
LATER = "2026-11-19T10:00:00.000+00:00"


def source(address: str, adapter: str, **fields: object) -> Source:
    values = {
        "name": "A source",
        "address": address,
        "adapter": adapter,
        "next_check_at": NOW,
        "trust": "auto",
    }
    return Source.objects.create(**{**values, **fields})


def sweep(site: Site, days: int = 0) -> None:
    site.asked.clear()
    now = NOW + timedelta(days=days)
    Gathering(site, lambda: now).run()


def test_a_document_is_asked_for_again_only_when_its_list_marks_it_as_changed() -> None:
    site = office(
        result("clubs"),
        result("hostels"),
        clubs=document("clubs"),
        hostels=document("hostels", "For hostels."),
    )
    source(OFFICE, "govuk")
    sweep(site)
    assert len(site.asked) == 3
    sweep(site, 2)
    assert len(site.asked) == 1
    site.pages[next(iter(site.pages))]["results"][0] = result("clubs", LATER)
    site.pages[f"{HOME}/api/content/guidance/clubs"] = document(
        "clubs", "What clubs must do about it from now on.", public_updated_at=LATER
    )
    sweep(site, 4)
    assert site.asked[1:] == [f"{HOME}/api/content/guidance/clubs"]
    assert Item.objects.count() == 2
    assert ItemVersion.objects.get().now["text"] == "What clubs must do about it from now on."


def test_a_change_that_the_publisher_notes_is_a_version_though_the_words_are_the_same() -> None:
    site = office(result("clubs"), clubs=document("clubs", public_updated_at="2026-11-01T09:00:00.000+00:00"))
    source(OFFICE, "govuk", trust="review")
    sweep(site)
    Item.objects.update(status="published")
    site.pages[next(iter(site.pages))]["results"][0] = result("clubs", LATER)
    changed = document("clubs", public_updated_at=LATER)
    changed["details"]["change_history"] = [{"note": "Replaced the file.", "public_timestamp": LATER}]
    site.pages[f"{HOME}/api/content/guidance/clubs"] = changed
    sweep(site, 2)
    version = ItemVersion.objects.get()
    assert (version.state, version.now["updated"][:10]) == (VersionState.WAITING, "2026-11-19")


def test_a_page_that_failed_is_tried_again_and_one_that_is_not_there_is_not() -> None:
    site = trust("tides", "boats")
    site.pages[f"{MAP[:-12]}/news/tides"] = Failed(MAP, "fetch", "an error.", status=500)
    del site.pages[f"{MAP[:-12]}/news/boats"]
    source(MAP, "sitemap")
    sweep(site)
    assert Item.objects.count() == 0
    site.pages[f"{MAP[:-12]}/news/tides"] = page("News of tides")
    sweep(site, 8)
    assert site.asked == [MAP, f"{MAP[:-12]}/news/tides"]
    assert Item.objects.get().title == "News of tides"


def test_what_is_held_as_a_flood_is_marked_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_NEW_AT_FIRST", 1)
    one = source(MAP, "sitemap")
    there = trust("tides", "boats")
    there.pages[f"{MAP[:-12]}/news/boats"] = page(
        "News of boats", "Crews that take children out to sea need a plan."
    )
    sweep(there)
    assert (Item.objects.count(), PageMark.objects.count()) == (0, 0)
    one.refresh_from_db()
    assert one.state == "held"


def test_fifty_thousand_addresses_are_looked_up_in_few_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    one = source(MAP, "sitemap")
    addresses = [f"https://trust.example/{number}" for number in range(50_000)]
    with django_assert_max_num_queries(20):
        assert known_addresses(one, addresses) == {}


def test_an_archive_is_passed_by_for_good() -> None:
    site = trust()
    site.pages[MAP] = listed(
        (f"{MAP[:-12]}/news/{number}", f"2026-01-01T{number:05}") for number in range(300)
    )
    source(MAP, "sitemap")
    sweep(site)
    assert len(site.asked) == 51
    assert PageMark.objects.count() == 301
    sweep(site, 2)
    assert site.asked == [MAP]
