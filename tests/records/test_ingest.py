"""From readings to records: complete, once, and never more public than the source is trusted."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almoner.pipeline.findings import finding
from almoner.pipeline.model import (
    Briefing,
    Credit,
    Event,
    Item,
    Kind,
    Link,
    Mention,
    MentionKind,
    Place,
    Precision,
    When,
)
from almoner.records.catalogue import models as catalogue
from almoner.records.catalogue.moments import UNDATED
from almoner.records.catalogue.services import correct, withdraw
from almoner.records.ingest import recording, rows, services
from almoner.records.ingest.models import Document, Sighting, Snapshot, Source
from almoner.records.ingest.outcomes import ImportOutcome
from almoner.records.search.queries import search
from almoner.records.store import snapshot_folder
from tests.records.readings import a_day, a_reading, a_snapshot, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return services.source_named("A newsfeed")


@pytest.fixture
def trusted() -> Source:
    return services.source_named("A trusted newsfeed", trust="auto", licence="ogl")


def keep(
    source: Source, now: datetime, *items: Item, content: bytes = b"A page.", **fields: Any
) -> ImportOutcome:
    return services.keep(a_reading(*items, **fields), a_snapshot(content), source, now=now)


def counts() -> dict[str, int]:
    tables = (Snapshot, Document, Sighting, catalogue.Item, catalogue.ItemFinding, catalogue.ItemEvent)
    return {table.__name__: table.objects.count() for table in tables}


def test_import_keeps_every_field(source: Source, now: datetime) -> None:
    item = an_item(
        kind=Kind.CONSULTATION,
        title_is_printed=False,
        credit=Credit("Ofsted", "The Mirror", "A. Writer", "Bob", "Source: Ofsted"),
        published=a_day("2025-04-09"),
        updated=When("2025-04", Precision.MONTH, "April 2025"),
        added=When("2025-04-10T09:21+01:00", Precision.MINUTE, "10/04/2025 at 9:21 am"),
        categories=("Online Safety", "Drugs"),
        link="https://example.org/a",
        links=(
            Link("mailto:a@example.org", "Write"),
            Link("javascript:alert(1)", "No"),
            Link("/b", "Where?"),
        ),
        events=(Event("A course", "2025-05-01", "2025-05-02", "online"),),
        html="<p>Take care near open water.</p>",
        summary="Take care.",
        mentions=(
            Mention(
                MentionKind.GUIDANCE,
                "kcsie",
                "Keeping Children Safe in Education",
                "KCSIE",
                Place(4),
                "2024",
                3,
            ),
            Mention(MentionKind.PLACE, "E10000016", "Kent", "Kent", Place(5)),
        ),
        publisher="Safe Waters",
        section="Notices",
        private_names=("Charlie Brown",),
        findings=("weekday_mismatch",),
    )
    outcome = keep(source, now, item)
    row = catalogue.Item.objects.get()
    kept = {
        name: getattr(row, name)
        for name in (
            "kind", "title_is_printed", "credit_source", "credit_outlet", "credit_author", "credit_byline",
            "credit_as_printed", "published", "published_precision", "updated", "updated_precision",
            "updated_as_printed", "added", "added_precision", "link", "links", "html", "summary", "text",
            "section", "private_names", "status", "licence",
        )
    }  # fmt: skip
    assert kept == {
        "kind": "consultation", "title_is_printed": False, "credit_source": "Ofsted",
        "credit_outlet": "The Mirror", "credit_author": "A. Writer", "credit_byline": "Bob",
        "credit_as_printed": "Source: Ofsted", "published": "2025-04-09", "published_precision": "day",
        "updated": "2025-04", "updated_precision": "month", "updated_as_printed": "April 2025",
        "added": "2025-04-10T09:21+01:00", "added_precision": "minute", "link": "https://example.org/a",
        "links": [{"href": "mailto:a@example.org", "text": "Write"}],
        "html": "<p>Take care near open water.</p>", "summary": "Take care.",
        "text": "Take care near open water.", "section": "Notices", "private_names": ["Charlie Brown"],
        "status": "waiting", "licence": "unknown",
    }  # fmt: skip
    assert (row.publisher and row.publisher.slug, row.sorts_at) == (
        "safe-waters",
        datetime(2025, 4, 8, 23, 0, tzinfo=UTC),
    )
    assert [category.slug for category in row.categories.all()] == ["drugs", "online-safety"]
    assert list(row.topics.values_list("topic", "given_by")) == [
        ("water-safety", "words"),
        ("health", "narrower"),
    ]
    assert [(event.title, event.starts, event.mode) for event in row.events.all()] == [
        ("A course", "2025-05-01", "online")
    ]
    assert list(row.mentions.values_list("kind", "known", "name", "edition", "as_printed", "count")) == [
        ("guidance", "kcsie", "Keeping Children Safe in Education", "2024", "KCSIE", 3),
        ("place", "E10000016", "Kent", "", "Kent", 1),
    ]
    assert [(found.code, found.place) for found in row.findings.all()] == [("weekday_mismatch", "lines 3–9")]
    sighting = row.sightings.get()
    assert (sighting.document, sighting.first_line, sighting.last_line) == (outcome.document, 3, 9)
    snapshot = outcome.document.snapshot
    assert snapshot_folder().get(snapshot.sha256) == b"A page."


def test_import_keeps_what_makes_a_document_a_briefing(source: Source, now: datetime) -> None:
    document = keep(source, now, briefing=Briefing("Weekly briefing", "2024-11-18", "A. Writer")).document
    document.refresh_from_db()
    assert (document.briefing_title, str(document.briefing_date), document.briefing_author) == (
        "Weekly briefing",
        "2024-11-18",
        "A. Writer",
    )


def test_import_of_the_same_adds_nothing(source: Source, now: datetime) -> None:
    items = [an_item(str(number), findings=("date_missing",)) for number in range(3)]
    first = keep(source, now, *items)
    before = counts()
    again = keep(source, now, *items)
    assert (first.added, again.added, again.seen_again, again.document) == (3, 0, 3, first.document)
    assert counts() == before


def test_import_knows_a_document_however_its_path_is_written(source: Source, now: datetime) -> None:
    for path in ("page.txt", "./page.txt", os.path.abspath("page.txt"), "folder/../page.txt"):
        services.keep(a_reading(an_item()), a_snapshot(source=path), source, now=now)
    assert counts()["Document"] == 1


def test_import_makes_copies_one_item_with_several_sightings(
    source: Source, trusted: Source, now: datetime
) -> None:
    keep(source, now, an_item("A"), an_item("B"), an_item("A"))
    outcome = keep(trusted, now, an_item("“A” "), an_item("C"), content=b"Another page.")
    assert (outcome.added, outcome.seen_again) == (1, 1)
    seen = {item.title: item.sightings.count() for item in catalogue.Item.objects.all()}
    assert seen == {"A": 3, "B": 1, "C": 1}
    assert catalogue.Item.objects.get(title="A").status == "waiting"


def test_import_tells_items_apart_that_share_no_more_than_a_short_title(
    source: Source, now: datetime
) -> None:
    keep(
        source,
        now,
        an_item("Newsletter", "", link="https://example.org/1"),
        an_item("Newsletter", "", link="https://example.org/2"),
        an_item("Newsletter", "", link="https://example.org/2"),
        an_item("Newsletter", "", link="https://example.org/2", published=a_day("2025-01-01")),
    )
    assert counts()["Item"] == 3


def test_import_never_brings_back_what_was_withdrawn(trusted: Source, now: datetime) -> None:
    keep(trusted, now, an_item())
    withdraw(catalogue.Item.objects.get(), reason="A mistake.", now=now)
    keep(trusted, now, an_item(), content=b"Next week's page.")
    item = catalogue.Item.objects.get()
    assert (item.status, item.sightings.count()) == ("withdrawn", 2)


def test_import_knows_an_item_that_an_editor_has_corrected(source: Source, now: datetime) -> None:
    keep(source, now, an_item())
    correct(catalogue.Item.objects.get(), now=now, title="Safe by the water", text="Quite other words.")
    assert keep(source, now, an_item(), content=b"Next week's page.").added == 0


@pytest.mark.parametrize(
    ("findings", "status"),
    [
        ((), "published"),
        (("copy_of",), "published"),
        (("date_missing",), "waiting"),
        (("copy_of", "date_missing"), "waiting"),
        (("child_identifiable",), "waiting"),
    ],
)
def test_import_publishes_only_what_a_trusted_source_gives_without_findings(
    trusted: Source, source: Source, now: datetime, findings: tuple[str, ...], status: str
) -> None:
    outcome = keep(trusted, now, an_item(findings=findings))
    keep(source, now, an_item("Another", findings=findings))
    assert catalogue.Item.objects.get(title="Water safety").status == status
    assert catalogue.Item.objects.get(title="Another").status == "waiting"
    assert (outcome.published, outcome.waiting) == ((1, 0) if status == "published" else (0, 1))
    assert search("water").total == outcome.published


def test_import_lets_nothing_out_of_a_document_that_is_in_doubt_as_a_whole(
    trusted: Source, now: datetime
) -> None:
    outcome = keep(trusted, now, an_item(), findings=(finding("encoding_mended", "Not UTF-8.", Place(1, 1)),))
    assert (outcome.published, outcome.findings) == (0, 1)
    assert outcome.document.findings == [
        {"code": "encoding_mended", "message": "Not UTF-8.", "place": "line 1"}
    ]


def test_import_takes_a_name_in_other_case_or_spacing_for_the_same(source: Source, now: datetime) -> None:
    keep(
        source,
        now,
        an_item("A", publisher="Safe  Waters", categories=("Online Safety", "online safety", " ")),
    )
    keep(
        source, now, an_item("B", publisher="SAFE WATERS", categories=("Online-Safety", "儿童")), content=b"2"
    )
    assert [(row.name, row.slug) for row in catalogue.Publisher.objects.all()] == [
        ("Safe Waters", "safe-waters")
    ]
    assert {row.name: row.slug for row in catalogue.Category.objects.all()} == {
        "Online Safety": "online-safety",
        "Online-Safety": "online-safety-2",
        "儿童": "category",
    }
    assert catalogue.Item.objects.get(title="A").categories.count() == 1


def test_import_lets_a_source_say_who_its_publisher_is(now: datetime) -> None:
    source = services.source_named("S", publisher="The Trust")
    keep(source, now, an_item(publisher="Its web master"))
    item = catalogue.Item.objects.get()
    assert item.publisher == source.publisher


def test_source_keeps_what_is_not_said_anew() -> None:
    made = services.source_named("S", printed_publisher="Printed", trust="auto", licence="ogl")
    again = services.source_named("S", printed_publisher="Printed elsewhere")
    assert (again, str(again.publisher), again.trust, again.licence) == (made, "Printed", "auto", "ogl")
    changed = services.source_named("S", publisher="Said", licence="own")
    assert (str(changed.publisher), changed.trust, changed.licence) == ("Said", "auto", "own")


def test_import_names_one_bad_item_and_keeps_the_rest(source: Source, now: datetime) -> None:
    outcome = keep(source, now, an_item("A"), an_item(" ", "\n", place=Place(12, 12)), an_item("C"))
    assert [str(problem) for problem in outcome.problems] == [
        "page.txt: records: line 12: it has neither a title nor a text."
    ]
    assert list(Sighting.objects.values_list("item__title", "position")) == [("A", 1), ("C", 3)]


def test_import_survives_an_item_that_breaks_in_an_unforeseen_way(
    source: Source, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_on_b(read: Item) -> str:
        return rows.fingerprint(read.title, "") if read.title != "B" else read.no_such_field  # type: ignore[attr-defined]

    monkeypatch.setattr(rows, "_fingerprint", break_on_b)
    outcome = keep(source, now, an_item("A"), an_item("B"), an_item("C"))
    assert (outcome.added, len(outcome.problems)) == (2, 1)


def test_import_cuts_what_is_too_long_and_says_so(source: Source, now: datetime) -> None:
    long = "word " * 600
    address = "https://example.org/" + "a" * 2000
    outcome = keep(
        source,
        now,
        an_item(
            long,
            credit=Credit(*[long] * 5),
            section=long,
            link=address,
            published=When("2025-04-09", Precision.DAY, long),
            categories=(long,),
            publisher=long,
            events=(Event(long, long, long, long),),
            place=Place(css="a>" * 1000),
            findings=(finding("date_missing", long, Place(css="a>" * 1000)),),
        ),
        briefing=Briefing(long, long, long),
    )
    assert (outcome.added, outcome.problems) == (1, ())
    item = catalogue.Item.objects.get()
    item.clean_fields()
    for row in (
        *item.findings.all(),
        *item.events.all(),
        outcome.document,
        item.publisher,
        *item.categories.all(),
    ):
        assert row is not None
        row.clean_fields(exclude=["settled_by"])
    assert Counter(found.code for found in item.findings.all()) == {
        "date_missing": 1, "title_cut": 1, "text_cut": 6, "link_missing": 1,
    }  # fmt: skip
    assert item.title.endswith("…")
    assert item.link == ""


@pytest.mark.parametrize("value", ["", "31/02/2020", "2020-02-31", "0000-00-00", "2025-13", "soon", "99999"])
def test_import_keeps_the_words_of_a_date_that_does_not_exist(
    source: Source, now: datetime, value: str
) -> None:
    keep(source, now, an_item(published=When(value, Precision.DAY, "as printed")))
    item = catalogue.Item.objects.get()
    assert (item.published, item.published_as_printed, item.sorts_at) == ("", "as printed", UNDATED)
    assert [found.code for found in item.findings.all()] == ["date_implausible"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "/relative", "http://[", "mailto:a@b"]
)
def test_import_keeps_no_address_that_is_no_web_page(source: Source, now: datetime, link: str) -> None:
    keep(source, now, an_item(link=link))
    item = catalogue.Item.objects.get()
    assert (item.link, [found.code for found in item.findings.all()]) == ("", ["link_missing"])


def test_import_keeps_text_that_databases_refuse(source: Source, now: datetime) -> None:
    keep(source, now, an_item("A\x00B \ud800", "C\x00D", credit=Credit("\x00"), private_names=("\x00E",)))
    item = catalogue.Item.objects.get()
    assert (item.title, item.text, item.credit_source, item.private_names) == ("AB ?", "CD", "", ["E"])
    assert [found.code for found in item.findings.all()] == ["encoding_mended"]


@pytest.mark.parametrize(
    ("published", "added", "captured", "sorts_at"),
    [
        ("2025", "", "2025-04-01T12:00:00+00:00", datetime(2025, 1, 1, tzinfo=UTC)),
        ("2024-07", "", "2025-04-01T12:00:00+00:00", datetime(2024, 6, 30, 23, tzinfo=UTC)),
        ("2024-07-02", "2024-08-01", "2025-04-01T12:00:00+00:00", datetime(2024, 7, 1, 23, tzinfo=UTC)),
        ("", "2024-08-01T10:00+01:00", "2025-04-01T12:00:00+00:00", datetime(2024, 8, 1, 9, tzinfo=UTC)),
        ("", "", "2025-04-01T12:00:00+00:00", UNDATED),
        ("2031-01-01", "", "2025-04-01T12:00:00+00:00", datetime(2025, 4, 1, 12, tzinfo=UTC)),
        ("", "", "", UNDATED),
        ("2031-01-01", "", "2031-01-01T00:00:00+00:00", datetime(2025, 4, 10, 9, tzinfo=UTC)),
        ("2024", "", "1970-01-01T00:00:00+00:00", datetime(2024, 1, 1, tzinfo=UTC)),
        ("0001-01-01T00:00+01:00", "", "", UNDATED),
    ],
)
def test_import_sorts_by_what_is_known_and_never_into_the_future(
    source: Source, now: datetime, published: str, added: str, captured: str, sorts_at: datetime
) -> None:
    item = an_item(
        published=When(published, Precision.DAY, published) if published else None,
        added=When(added, Precision.DAY, added) if added else None,
    )
    services.keep(a_reading(item), a_snapshot(captured=captured), source, now=now)
    assert catalogue.Item.objects.get().sorts_at == sorts_at


def test_undated_item_stands_where_it_appeared_only_if_it_was_not_there_before(
    source: Source, now: datetime
) -> None:
    def sorts_at(content: bytes, briefing: Briefing | None = None) -> datetime:
        reading = replace(a_reading(an_item(content.decode(), "Words.")), briefing=briefing)
        services.keep(reading, a_snapshot(content), source, now=now)
        return catalogue.Item.objects.get(title=content.decode()).sorts_at

    source.adapter = "listing"
    assert sorts_at(b"There when it was first looked at") == UNDATED
    source.succeeded_at = now
    assert sorts_at(b"Appeared since") == now
    assert sorts_at(b"In an issue", Briefing("Weekly", "2014-03-03")) == datetime(2014, 3, 3, tzinfo=UTC)
    item = catalogue.Item.objects.get(title="There when it was first looked at")
    correct(item, now=now, published="2014")
    assert item.sorts_at == datetime(2014, 1, 1, tzinfo=UTC)
    correct(item, now=now, published="")
    assert item.is_undated


def test_import_asks_the_database_as_often_for_many_items_as_for_few(trusted: Source, now: datetime) -> None:
    def queries(number: int) -> int:
        items = [
            an_item(
                f"{number} {each}",
                publisher=f"Publisher {number} {each}",
                categories=(f"Category {number} {each}",),
                events=(Event("A course"),),
                mentions=(Mention(MentionKind.PLACE, "E10000016", "Kent", "Kent", Place(5)),),
                findings=("date_missing",) if each % 2 else (),
            )
            for each in range(number)
        ]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            keep(trusted, now, *items, content=str(number).encode())
        return len(captured)

    assert queries(3) == queries(20)


def test_import_that_breaks_halfway_leaves_nothing_half(
    source: Source, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts()
    with monkeypatch.context() as patch:
        patch.setattr(recording, "_save", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            keep(source, now, an_item())
    assert counts() == before
    assert keep(source, now, an_item()).added == 1


def test_import_asks_an_editor_about_other_words_under_a_known_title(trusted: Source, now: datetime) -> None:
    keep(trusted, now, an_item(text="Forty families were told."))
    withdraw(catalogue.Item.objects.get(), reason="A mistake.", now=now)
    outcome = keep(trusted, now, an_item(text="Forty-one families were told."), content=b"The page, mended.")
    again = catalogue.Item.objects.get(status="waiting")
    assert (outcome.published, outcome.waiting) == (0, 1)
    assert [found.code for found in again.findings.all()] == ["version_of"]
    assert "withdrawn" in again.findings.get().message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"published": a_day("2026-03-02")}, {"published": a_day("2026-04-02")}),
        ({"kind": Kind.COURSE}, {"kind": Kind.COURSE}),
        ({"title_is_printed": False}, {"title_is_printed": False}),
    ],
)
def test_import_lets_a_title_come_again_where_it_means_another_item(
    trusted: Source, now: datetime, first: dict[str, Any], second: dict[str, Any]
) -> None:
    keep(trusted, now, an_item(text="In March.", **first))
    keep(trusted, now, an_item(text="In April.", **second), content=b"The next page.")
    assert set(catalogue.Item.objects.values_list("status", flat=True)) == {"published"}
