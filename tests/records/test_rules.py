"""A source's rule is used for its documents, and one that is none stops them."""

from __future__ import annotations

from datetime import datetime

import pytest

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.model import MediaType, Snapshot
from almoner.records.catalogue.models import Item
from almoner.records.ingest import services
from almoner.records.ingest.models import Source
from tests.pipeline.sources.test_rules import LISTING, PAGE

pytestmark = pytest.mark.django_db

RULE = LISTING + '[select]\nrecord = "li.card"\ntitle = ".name"\ndate = ".day"\n'


@pytest.fixture
def source() -> Source:
    source = services.source_named("Fernleigh")
    source.rule = RULE
    return source


def days(source: Source, address: str, now: datetime) -> set[str]:
    snapshot = Snapshot("page.html", PAGE.encode(), MediaType.HTML, address=address)
    services.import_snapshot(snapshot, source, now=now)
    return set(Item.objects.values_list("published", flat=True))


@pytest.mark.parametrize("address", ["", "https://fernleigh.example/news?page=2"])
def test_documents_of_a_source_are_read_with_its_rule(address: str, source: Source, now: datetime) -> None:
    now = now.replace(year=2026)
    assert days(source, address, now) == {"2026-03-03", "2026-03-04", "2026-03-05"}


def test_rule_for_other_addresses_is_not_used(source: Source, now: datetime) -> None:
    now = now.replace(year=2026)
    assert days(source, "https://fernleigh.example/about", now) == {"2026-03-12", "2026-03-13", "2026-03-14"}


def test_rule_that_is_none_stops_the_import_and_keeps_nothing(source: Source, now: datetime) -> None:
    source.rule = "record = li"
    with pytest.raises(PipelineError, match="the rule of “Fernleigh”, line 1"):
        days(source, "", now)
    assert not Item.objects.exists()
