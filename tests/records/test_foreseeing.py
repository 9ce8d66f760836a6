"""What an import would bring is what it brings."""

from __future__ import annotations

from datetime import datetime

import pytest

from almoner.pipeline import run
from almoner.pipeline.fetch.files import given
from almoner.records.catalogue.models import Item
from almoner.records.ingest.foreseeing import Outlook, gravest
from almoner.records.ingest.models import Document, Snapshot, Source
from almoner.records.ingest.services import keep, source_named

pytestmark = pytest.mark.django_db
FEED = """<rss version="2.0"><channel><title>Harbour Trust</title><link>https://harbour.example/</link>
<item><title>Rota of the pier</title><link>https://harbour.example/1</link><description>Who watches when.</description></item>
<item><title>Life jackets</title><link>https://harbour.example/2</link><description>Where they hang now.</description></item>
</channel></rss>"""
EXPORT = """<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour Trust</title><link>https://harbour.example</link><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Rota of the pier</title><link>https://harbour.example/1</link><wp:post_id>1</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><content:encoded><![CDATA[Who watches when.]]></content:encoded></item>
<item><title>A draft</title><link>https://harbour.example/9</link><wp:post_id>9</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>draft</wp:status><content:encoded><![CDATA[Not yet.]]></content:encoded></item>
</channel></rss>"""
TABLE = "Title,Link,Date\nLife jackets,https://harbour.example/2,9 April 2025\nTide tables,https://harbour.example/3,8 April 2025\n"
FILES = {"archive.xml": FEED, "export.xml": EXPORT, "library.csv": TABLE, "feed-again.rss": FEED + "\n"}


def test_what_is_foreseen_is_what_is_kept_and_nothing_is_written(now: datetime) -> None:
    outlook, foreseen = Outlook(), {}
    for name, text in FILES.items():
        snapshot = given(name, text.encode())
        source = Source(name="Our site")
        foreseen[name] = outlook.look(run.read(snapshot), snapshot, source, now=now)
    for model in (Source, Item, Snapshot):
        assert not model.objects.exists()
    assert [item.title for item in foreseen["archive.xml"].new] == ["Rota of the pier", "Life jackets"]

    source = source_named("Our site")
    for name, text in FILES.items():
        snapshot = given(name, text.encode())
        came = keep(run.read(snapshot), snapshot, source, now=now)
        assert (len(foreseen[name].new)) == came.added, name
    assert sum(len(each.new) for each in foreseen.values()) == Item.objects.count()

    again = Outlook()
    for name, text in FILES.items():
        snapshot = given(name, text.encode())
        seen = again.look(run.read(snapshot), snapshot, source, now=now)
        assert (seen.new, seen.changed) == ((), 0)
    assert Document.objects.count() == len(FILES)


def test_findings_are_told_gravest_first_and_of_the_document_too(now: datetime) -> None:
    snapshot = given("export.xml", EXPORT.encode())
    seen = Outlook().look(run.read(snapshot), snapshot, Source(name="Our site"), now=now)
    assert "entries_unpublished" in seen.findings
    seen.findings["child_identifiable"] = 2
    assert gravest(seen.findings)[0] == ("A child or victim may be identifiable", 2)
