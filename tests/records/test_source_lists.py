"""Sources brought in and given out as files, and the catalogue that comes with Almoner."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError

from almoner.pipeline.errors import NotText
from almoner.pipeline.fetch.addresses import web_address
from almoner.pipeline.registry import ADAPTERS
from almoner.records.catalogue.enums import Licence
from almoner.records.ingest import care
from almoner.records.ingest.enums import State
from almoner.records.ingest.models import Source
from almoner.records.ingest.source_lists import NOT_TRIED, as_opml, bring_in, catalogue

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Wales">
<outline text="Harbour &amp; Trust" xmlUrl="https://harbour.example/feed" type="rss"/>
<outline text="Inside" xmlUrl="file:///etc/passwd"/>
<outline text="Only a link" url="https://harbour.example/"/>
</outline></body></opml>"""


def test_the_catalogue_names_sources_of_all_four_nations_that_can_be_watched() -> None:
    entries = catalogue()
    assert len(entries) >= 80
    assert (
        len({entry["name"] for entry in entries})
        == len({entry["address"] for entry in entries})
        == len(entries)
    )
    for entry in entries:
        assert str(web_address(entry["address"])) == entry["address"]
        assert entry["adapter"] in ADAPTERS
        assert entry["licence"] in Licence.values
        assert entry["publisher"]
        assert entry["topics"]
        assert entry["audiences"]
    regions = " ".join(entry["region"] for entry in entries)
    assert all(nation in regions for nation in ("England", "Wales", "Scotland", "Northern Ireland"))


def test_the_catalogue_watches_each_host_by_the_adapter_that_is_made_for_it() -> None:
    by_host = {"www.gov.uk": "govuk", "www.legislation.gov.uk": "legislation"}
    adapters = [(urlsplit(entry["address"]), entry["adapter"]) for entry in catalogue()]
    for place, adapter in adapters:
        assert adapter == by_host.get(place.hostname or "", adapter)
        assert adapter not in by_host.values() or place.hostname in by_host
        if adapter == "govuk":
            assert not place.path.endswith(".atom")
        if adapter == "legislation":
            assert place.path.endswith("/data.feed")
    used = Counter(adapter for _, adapter in adapters)
    assert used["govuk"] >= 20
    assert used["legislation"] >= 3


def test_the_catalogue_waits_until_somebody_has_looked() -> None:
    outcome = bring_in(None, "catalogue")
    assert (outcome.added, outcome.refused) == (len(catalogue()), [])
    assert set(Source.objects.values_list("state", "state_reason", "next_check_at", "tried_at")) == {
        (State.PAUSED, NOT_TRIED, None, None)
    }
    assert bring_in(None, "catalogue").known == outcome.added


def test_opml_brings_in_its_feeds_and_says_what_it_refuses() -> None:
    outcome = bring_in(OPML, "my.opml")
    assert (outcome.added, outcome.known) == (1, 0)
    assert len(outcome.refused) == 1
    assert outcome.refused[0].startswith(
        "my.opml: Inside: not added: the address does not begin with https://"
    )
    source = Source.objects.get()
    assert (source.name, source.adapter, source.host) == ("Harbour & Trust", "feed", "harbour.example")


def test_opml_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(NotText, match=r"my\.opml"):
        bring_in(b"\x89PNG\r\n\x1a\n" + bytes(100), "my.opml")
    assert bring_in(b"<opml><body><outline", "my.opml").added == 0


def test_what_goes_out_comes_in_again_the_same() -> None:
    bring_in(None, "catalogue")
    columns = ("name", "address", "adapter", "publisher__name", "licence", "region", "topics", "audiences")
    before = list(Source.objects.values_list(*columns))
    text = as_opml()
    Source.objects.all().delete()
    bring_in(text.encode(), "out.opml")
    assert list(Source.objects.values_list(*columns)) == before


def test_watching_begins_at_once_and_ends_with_a_reason() -> None:
    bring_in(OPML, "my.opml")
    source = Source.objects.get()
    care.watch_from(source, NOW)
    assert (source.state, source.state_reason, source.next_check_at) == (State.ACTIVE, "", NOW)
    care.pause(source, " It has nothing for us. ")
    assert (source.state, source.state_reason, source.next_check_at) == (
        State.PAUSED,
        "It has nothing for us.",
        None,
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"adapter": "files"}, "adapter"), ({"address": "https://user@harbour.example/"}, "address")],
)
def test_watching_needs_an_adapter_and_a_plain_address(fields: dict[str, str], wrong: str) -> None:
    values = {"name": "S", "adapter": "feed", "address": "https://harbour.example/"}
    source = Source.objects.create(**{**values, **fields})
    with pytest.raises(ValidationError) as caught:
        care.watch_from(source, NOW)
    assert set(caught.value.message_dict) == {wrong}
