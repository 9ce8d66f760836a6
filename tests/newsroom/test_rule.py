"""Mending a source's rule: tried on captured pages, faults at their lines, kept with who and when, put back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from almoner.newsroom import decisions
from almoner.newsroom.sources.rule.outline import MOST, outline
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.parse import parse
from almoner.pipeline.run import read
from almoner.pipeline.sources import rules
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import correct, publish
from almoner.records.ingest.enums import AdapterName
from almoner.records.ingest.models import Document, RuleVersion, Source
from almoner.records.ingest.rules import keep_rule
from almoner.records.ingest.services import import_snapshot
from tests.pipeline.hostile import vectors
from tests.pipeline.sources.test_teaching import PAGE as PAGE_TO_LEARN_FROM

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PAGE = (EXAMPLES / "saltmarsh.html").read_text()
RULE = (EXAMPLES / "saltmarsh.toml").read_text()
ADDRESS = "https://www.saltmarsh.example/latest"


def capture(source: Source, page: str, now: datetime, address: str = ADDRESS) -> Document:
    """Take a page in as if it had been captured then."""
    snapshot = Snapshot(address, page.encode(), MediaType.HTML, address, now.isoformat())
    return import_snapshot(snapshot, source, now=now).document


@pytest.fixture
def source(db: None, now: datetime) -> Source:
    """A source with a page of today and one of last week."""
    made = Source.objects.create(name="Saltmarsh", address=ADDRESS, adapter=AdapterName.LISTING)
    capture(
        made,
        PAGE.replace("bus drivers", "ferry crews").replace("6/11/2026", "1/4/2025"),
        now - timedelta(days=7),
    )
    capture(made, PAGE, now)
    return made


def address(source: Source) -> str:
    return f"/newsroom/sources/{source.pk}/rule/"


def send(desk: Client, source: Source, action: str, rule: str, **fields: Any) -> Any:
    """Press a button of the page with this rule typed into it."""
    newest = source.rule_versions.first()
    sent = {"action": action, "rule": rule.replace("\n", "\r\n"), "newest": newest.pk if newest else ""}
    return desk.post(address(source), sent | fields)


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_page_of_a_source_leads_to_its_rule(desk: Client, source: Source) -> None:
    assert f'href="{address(source)}"' in desk.get(f"/newsroom/sources/{source.pk}/").content.decode()
    said = words(desk.get(address(source)))
    assert "3 items, as the page is read now" in said
    assert "What bus drivers can do" in said


def test_trying_shows_what_changes_and_saves_nothing(desk: Client, source: Source) -> None:
    page = send(desk, source, "try", RULE)
    said = words(page)
    assert "3 items, as this rule reads the page" in said
    assert "Beside a reading without a rule: 3 changed" in said
    assert "before: nothing now: Transport group" in said
    source.refresh_from_db()
    assert source.rule == ""
    assert not RuleVersion.objects.exists()


def test_trying_tells_which_kept_items_would_have_come_out_otherwise(desk: Client, source: Source) -> None:
    page = send(desk, source, "try", RULE)
    assert "In 1 earlier page, 3 items would come out otherwise, and 0 just so." in words(page)
    kept = Item.objects.get(title__startswith="What bus drivers")  # the publisher changed its title since
    assert f'href="/newsroom/items/{kept.pk}/"' in page.content.decode()


def test_fault_stands_at_its_line_and_is_not_saved(desk: Client, source: Source) -> None:
    wrong = RULE.replace('".issued"', '"..issued"').replace('"dmy"', '"ymd"')
    page = send(desk, source, "save", wrong)
    assert page.status_code == 422
    lines = wrong.split("\n")
    for key, start in (("select.date", "date ="), ("date_order", "date_order")):
        line = next(number for number, line in enumerate(lines, 1) if line.startswith(start))
        assert f'<span id="line-{line}" class="rule__wrong">{line}</span>' in page.content.decode()
        assert f'data-line="{line}">Line {line}</a>: <code>{key}</code>' in page.content.decode()
    assert "..issued" in page.content.decode()
    source.refresh_from_db()
    assert source.rule == ""


def test_rule_is_kept_with_who_and_when_and_the_next_check_looks_at_everything(
    desk: Client, editor: Person, source: Source
) -> None:
    Source.objects.filter(pk=source.pk).update(etag='"a"', last_modified="yesterday")
    page = send(desk, source, "save", RULE)
    assert page.status_code == 302
    source.refresh_from_db()
    assert (source.rule, source.etag, source.last_modified) == (RULE, "", "")
    assert RuleVersion.objects.get().saved_by == editor
    assert ModelLogEntry.objects.latest("pk").message == "Saved a rule for its pages"
    assert f"Saved by {editor}" in words(desk.get(address(source)))


def test_earlier_rule_is_put_back(desk: Client, source: Source) -> None:
    source.rule = "# from a list of sources\n" + RULE
    source.save()
    send(desk, source, "save", RULE)
    send(desk, source, "save", "")
    third, second, first = source.rule_versions.all()
    assert (third.text, second.text, first.text) == ("", RULE, "# from a list of sources\n" + RULE)
    assert (first.saved_by, ModelLogEntry.objects.latest("pk").message) == (None, "Took the rule away")
    page = desk.get(f"{address(source)}?version={first.pk}")
    assert "It is not in use: save it to put it back" in words(page)
    assert page.context["draft"].text == first.text
    send(desk, source, "save", first.text)
    source.refresh_from_db()
    assert source.rule == first.text


def test_what_waits_is_read_again_and_what_was_decided_stays(desk: Client, source: Source) -> None:
    waits, decided, corrected = Item.objects.order_by("pk")
    assert {item.status for item in (waits, decided, corrected)} == {"waiting"}
    publish([decided], now=timezone.now())
    correct(corrected, now=timezone.now(), credit_author="Bob")
    page = send(desk, source, "save_and_read", RULE)
    assert page.status_code == 302
    assert "2 items in the queue read again." in words(desk.get(page.headers["Location"]))
    for item in (waits, decided, corrected):
        item.refresh_from_db()
    assert waits.credit_author.endswith("group")
    assert (decided.credit_author, corrected.credit_author) == ("", "Bob")
    assert "group" not in waits.text


@pytest.mark.parametrize("version", ["0", "999999", "x", "9" * 40])
def test_version_of_nothing_is_not_found(desk: Client, source: Source, version: str) -> None:
    assert desk.get(f"{address(source)}?version={version}").status_code == 404


def test_rule_that_another_saved_meanwhile_is_not_overwritten_unseen(
    desk: Client, alice: Person, source: Source, now: datetime
) -> None:
    keep_rule(source, RULE, by=alice, now=now)
    page = desk.post(address(source), {"action": "save", "rule": RULE + "# mine\n", "newest": ""})
    assert "Another rule was saved meanwhile" in words(page)
    source.refresh_from_db()
    assert source.rule == RULE
    desk.post(
        address(source), {"action": "save", "rule": RULE + "# mine\n", "newest": page.context["newest"]}
    )
    source.refresh_from_db()
    assert source.rule.endswith("# mine\n")


def test_proposal_is_filled_in_and_what_stood_there_is_shown(desk: Client, source: Source) -> None:
    page = send(desk, source, "suggest", "# half a thought")
    made = page.context["draft"]
    assert made.rule is not None
    assert made.rule.select["record"].printed
    assert "# half a thought" in words(page)
    assert not RuleVersion.objects.exists()


def test_rule_for_another_address_says_so(desk: Client, source: Source) -> None:
    page = send(desk, source, "try", RULE.replace("saltmarsh.example/latest*", "elsewhere.example/*"))
    assert "The rule is not for the address of this page" in words(page)


def test_source_without_pages_says_what_to_do(desk: Client, db: None) -> None:
    empty = Source.objects.create(name="Empty", address=ADDRESS)
    assert "No page of this source is kept yet" in words(desk.get(address(empty)))
    assert send(desk, empty, "suggest", "").status_code == 200
    assert send(desk, empty, "save", RULE).status_code == 302


def test_rule_in_use_that_is_wrong_can_be_mended(desk: Client, source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(rule="page = 3")
    assert desk.get(address(source)).status_code == 422
    page = send(desk, source, "try", RULE)
    assert "The rule in use has faults" in words(page)
    assert "3 items, as this rule reads the page" in words(page)


def test_copy_that_is_damaged_is_said(desk: Client, source: Source, snapshot_folder: Path) -> None:
    for file in snapshot_folder.glob("*/*"):
        file.write_bytes(b"damaged")
    page = desk.get(address(source))
    assert page.status_code == 200
    assert "Restore it from a backup" in words(page)
    assert str(snapshot_folder) not in words(page)
    document = Document.objects.latest("pk")
    assert "Restore it" in words(desk.get(f"{address(source)}page/{document.key}/"))


@pytest.mark.parametrize("path", ["", "page/{key}/", "page/{key}/selectors/?node=1"])
def test_rule_is_for_those_who_may(
    client: Client, bob: Person, charlie: Person, source: Source, path: str
) -> None:
    document = Document.objects.latest("pk")
    for person in (None, charlie, bob):
        if person is not None:
            client.force_login(person)
        asked = address(source) + path.format(key=document.key)
        assert client.get(asked).status_code in {302, 403}
        assert client.post(asked, {"action": "save", "rule": RULE}).status_code in {302, 403}
    assert not RuleVersion.objects.exists()


def test_page_of_another_source_is_not_shown(desk: Client, source: Source) -> None:
    other = Source.objects.create(name="Other", address="https://other.example/")
    document = Document.objects.latest("pk")
    assert desk.get(f"{address(other)}page/{document.key}/").status_code == 404


def test_selectors_of_an_element_come_with_what_they_match(desk: Client, source: Source) -> None:
    document = Document.objects.latest("pk")
    tree = parse(Snapshot(ADDRESS, PAGE.encode(), MediaType.HTML, ADDRESS)).tree
    assert tree is not None
    node = next(number for number, given in enumerate(tree.attributes) if "issued" in given.get("class", ""))
    answer = desk.get(f"{address(source)}page/{document.key}/selectors/?node={node}")
    assert {"selector": "em.issued", "matches": 3} in answer.json()["selectors"]
    for wrong in ("", "x", "-1", "99999", "9" * 30):
        asked = f"{address(source)}page/{document.key}/selectors/?node={wrong}"
        assert desk.get(asked).status_code == 404


class Elements(HTMLParser):
    """What a page is made of: its elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name for name, _ in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    "vector", [*vectors.SCRIPTS, *vectors.HANDLERS, *vectors.ADDRESSES], ids=lambda vector: vector[:40]
)
def test_drawing_of_a_hostile_page_has_boxes_and_words_and_nothing_else(vector: str) -> None:
    page = f"<!doctype html><body><main class='\"><script>alert(1)</script>' id='x onclick=alert(1)'>{vector}"
    drawn = outline(parse(Snapshot("x", page.encode(), MediaType.HTML, ADDRESS))).drawn
    found = Elements(drawn).found
    assert {tag for tag, _ in found} <= {"div", "span", "br"}
    assert set().union(*(names for _, names in found)) <= {"id", "class", "role", "aria-level", "data-name"}


def test_frame_lets_nothing_run_load_or_leave(desk: Client, source: Source) -> None:
    document = Document.objects.latest("pk")
    answer = desk.get(f"{address(source)}page/{document.key}/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-same-origin;" in policy
    assert "script" not in policy
    assert "Transport group" in answer.content.decode()


def test_items_are_found_in_the_drawing_by_their_anchors() -> None:
    reading = read(Snapshot("x", PAGE.encode(), MediaType.HTML, ADDRESS), rule=rules.load(RULE))
    drawn = outline(reading.document)
    for item in reading.items:
        anchor = drawn.anchor(item)
        assert item.title in drawn.drawn.partition(f"id={anchor} ")[2].partition("Open")[2][:300]
    lines = read(Snapshot("x", b"One thing happened\n\n9 April 2025\n\nIt was so.\n", MediaType.TEXT))
    assert all(outline(lines.document).anchor(item) for item in lines.items)


def test_very_long_page_is_cut_and_says_so() -> None:
    page = "<!doctype html><body>" + "<p>word" * MOST
    drawn = outline(parse(Snapshot("x", page.encode(), MediaType.HTML, ADDRESS)))
    assert drawn.cut
    assert drawn.drawn.count("<div") <= MOST


def test_correction_of_one_item_teaches_its_source_and_shows_what_else_would_change(
    desk: Client, editor: Person, now: datetime
) -> None:
    source = Source.objects.create(name="Harbour board", adapter=AdapterName.LISTING)
    page = PAGE_TO_LEARN_FROM.content.decode()
    for week, shown in enumerate((page.replace("April", "March"), page)):
        capture(source, shown, now + timedelta(days=week), PAGE_TO_LEARN_FROM.address)
    item = Item.objects.get(
        title="Notice 4 of the harbour board", sightings__document__snapshot__captured_at__gt=now
    )
    decisions.correct(item, {"title": "Lamps along the water"}, editor, now)
    page_ = desk.get(f"/newsroom/items/{item.pk}/").content.decode()
    link = re.search(r'href="([^"]+correction=\d+)"', page_)
    assert link
    learnt = desk.get(link[1].replace("&amp;", "&"))
    shown = learnt.content.decode()
    assert "Learnt from the correction" in shown
    assert "headline" in learnt.context["draft"].text
    titles = [pair.after.title for pair in learnt.context["trial"].pairs if pair.after]
    assert titles[:2] == ["Ferries stop at night", "Lamps along the water"]
    assert len(learnt.context["past"].different) == 4
    source.refresh_from_db()
    assert source.rule == ""
    for wrong in ("0", "x", "9" * 30):
        assert desk.get(f"/newsroom/sources/{source.pk}/rule/?correction={wrong}").status_code == 404
