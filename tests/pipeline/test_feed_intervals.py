"""How often feeds ask to be fetched."""

from __future__ import annotations

import pytest

from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import read

SYNDICATION = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("<ttl>60</ttl>", "3600"),
        ("<ttl> 15 </ttl>", "900"),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", "3600"),
        ("<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", "21600"),
        ("<ttl>120</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", "7200"),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", "3600"),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>9999999999999999999999</ttl>", None),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("", None),
    ],
)
def test_a_feed_says_how_often_it_asks_to_be_fetched(head: str, seconds: str | None) -> None:
    content = f"<rss version='2.0' {SYNDICATION}><channel><title>A board</title>{head}</channel></rss>"
    document = read(Snapshot("A board", content.encode(), MediaType.XML)).document
    assert document.metadata.get("feed:interval") == seconds
