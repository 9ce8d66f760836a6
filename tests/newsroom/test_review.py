"""The review queue: its order, what is done with an item in one step, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from almoner.newsroom import decisions
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item, ItemFinding
from almoner.records.catalogue.relating import relate, relate_waiting
from almoner.records.catalogue.services import publish
from almoner.records.ingest.models import Sighting
from almoner.records.search.queries import search
from tests.newsroom.conftest import MakeItem

QUEUE = "/newsroom/review/"
READY = "/newsroom/review/ready/"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def do(desk: Client, item: Item, **pressed: Any) -> Any:
    """Press a button on an item's page as it stands now; where that leads."""
    item.refresh_from_db()
    sent = {"seen": item.changed_at.isoformat(), "rank": "0"} | pressed
    return desk.post(f"{QUEUE}{item.pk}/", sent, follow=True)


def shown(page: Any) -> str:
    """The title of the item on a page of the queue."""
    return str(page.context["item"].title)


def test_queue_goes_by_gravity_across_items_then_newest_first(
    desk: Client, make_item: MakeItem, now: datetime
) -> None:
    for title, days, findings in (
        ("Ready", 0, ()),
        ("Noted", 0, ("date_missing",)),
        ("Checked, older", 2, ("text_cut", "date_missing")),
        ("Checked, newer", 1, ("link_missing",)),
        ("Held", 9, ("child_identifiable", "text_cut")),
    ):
        make_item(title, status="waiting", findings=findings, sorts_at=now - timedelta(days=days))
    make_item("Out", findings=("text_cut",))
    page = desk.get(QUEUE, follow=True)
    seen = []
    while "item" in page.context:
        seen.append(shown(page))
        page = desk.get(f"{QUEUE}{page.context['item'].pk}/?skip", follow=True)
    assert seen == ["Held", "Checked, newer", "Checked, older", "Noted", "Ready"]
    back = desk.get(f"{QUEUE}{Item.objects.get(title='Noted').pk}/?back", follow=True)
    assert shown(back) == "Checked, older"


def test_page_shows_the_item_beside_its_page_with_what_was_read_and_why(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting]
) -> None:
    item = make_item(
        "Second", status="waiting", published="2025-04-03", published_as_printed="Thursday 3 April",
        publisher="Harbour Digest", credit_source="Office for Standards", title_is_printed=False,
    )  # fmt: skip
    see(item, ["First", "", "Words of the first.", "", "Second", "", "Words of the second."], 5, 7)
    page = " ".join(desk.get(f"{QUEUE}{item.pk}/").content.decode().split())
    assert "the first sentence stands in" in page
    assert "Printed as “Thursday 3 April”" in page
    assert "Office for Standards, via Harbour Digest" in page
    assert "Not known: title, summary, credit and link only" in page
    assert "newsroom-block--ours" in page.partition("Words of the second")[0].rpartition("<li")[2]
    assert "newsroom-block--ours" not in page.partition("Words of the first")[0].rpartition("<li")[2]


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_however_long_the_queue(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting], count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(count):
        item = make_item(
            f"Item {number}", status="waiting", text=f"Words {number}", findings=("text_cut",) * count
        )
        see(item, ["One", f"Two {number}"], 1, 1, path=f"{number}.txt")
    make_item("Ready", status="waiting")
    desk.get(f"{QUEUE}{item.pk}/")
    for address in (f"{QUEUE}{item.pk}/", READY, "/newsroom/"):
        with django_assert_max_num_queries(30):
            desk.get(address)


def test_approving_leads_to_the_next_one_and_is_undone(
    desk: Client, make_item: MakeItem, now: datetime
) -> None:
    one = make_item("One", text="Findable words", status="waiting", sorts_at=now)
    two = make_item("Two", status="waiting", sorts_at=now - timedelta(days=1))
    page = do(desk, one, approve="1", rank="3")
    assert shown(page) == "Two"
    assert search("findable").total == 1
    page = do(desk, two, undo="1")
    assert shown(page) == "One"
    one.refresh_from_db()
    assert (one.status, search("findable").total) == ("waiting", 0)
    assert "nothing to undo" in do(desk, one, undo="1").content.decode()


def test_name_of_a_child_is_answered_before_anything_is_published(
    desk: Client, make_item: MakeItem, editor: Person
) -> None:
    item = make_item("One", status="waiting", findings=("child_identifiable",), private_names=["Kim Doe"])
    page = desk.get(f"{QUEUE}{item.pk}/").content.decode()
    assert "Why may Kim Doe stand?" in page
    assert 'name="approve"' not in page
    for pressed in (
        {"approve": "1"},
        {"decide": "1", "reason": "ok"},
        {"settle": str(item.findings.get().pk)},
    ):
        do(desk, item, **pressed)
        item.refresh_from_db()
        assert item.status == "waiting", pressed
    do(desk, item, decide="1", reason="The family asked for the name to stand.")
    item.refresh_from_db()
    assert (item.status, item.findings.get().settled_by) == ("published", editor)
    do(desk, item, undo="1")
    item.refresh_from_db()
    assert (item.status, item.findings.get().settled_at) == ("waiting", None)
    do(desk, item, keep_back="1")
    item.refresh_from_db()
    assert item.status == "withdrawn"


def test_weekday_is_mended_in_one_step_and_put_back(desk: Client, make_item: MakeItem) -> None:
    item = make_item("One", status="waiting", published="2025-04-03")
    message = "“Wednesday 3 April 2025” was a Thursday, not a Wednesday."
    finding = ItemFinding.objects.create(item=item, code="weekday_mismatch", message=message)
    assert "Wednesday 2 April 2025 was meant" in desk.get(f"{QUEUE}{item.pk}/").content.decode()
    do(desk, item, fix=f"{finding.pk}-0")
    item.refresh_from_db()
    finding.refresh_from_db()
    assert (item.published, finding.settled_at is None) == ("2025-04-02", False)
    do(desk, item, undo="1")
    item.refresh_from_db()
    finding.refresh_from_db()
    assert (item.published, finding.settled_at) == ("2025-04-03", None)


@pytest.mark.parametrize(
    ("code", "typed", "field", "value"),
    [
        ("title_missing", "A title", "title", "A title"),
        ("date_missing", "9 April 2025", "published", "2025-04-09"),
        ("text_cut", "Whole\r\n\r\nnow", "text", "Whole\n\nnow"),
        ("link_missing", "https://example.org/a", "link", "https://example.org/a"),
    ],
)
def test_field_that_a_finding_is_about_is_filled_in_where_it_stands(
    desk: Client, make_item: MakeItem, code: str, typed: str, field: str, value: str
) -> None:
    item = make_item("One", text="Cut of", status="waiting", findings=(code,))
    do(desk, item, write=str(item.findings.get().pk), value=typed)
    item.refresh_from_db()
    assert getattr(item, field) == value
    assert item.findings.get().settled_at is not None


def test_what_does_not_fit_is_said_and_stays_in_its_field(desk: Client, make_item: MakeItem) -> None:
    item = make_item("One", status="waiting", findings=("date_missing",))
    page = do(desk, item, write=str(item.findings.get().pk), value=f"some day {HOSTILE}").content.decode()
    assert "is no date that exists" in page
    assert "some day &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert item.findings.get().settled_at is None


def test_item_that_changed_meanwhile_is_not_approved_unseen(
    desk: Client, make_item: MakeItem, alice: Person, now: datetime
) -> None:
    item = make_item("One", status="waiting")
    sent = {"seen": item.changed_at.isoformat(), "approve": "1"}
    decisions.correct(item, {"title": "Other words"}, alice, now + timedelta(minutes=1))
    page = desk.post(f"{QUEUE}{item.pk}/", sent).content.decode()
    assert "changed while you looked" in page
    assert "Other words" in page
    assert Item.objects.get().status == "waiting"


WORDS = (
    "The harbour board has agreed that every ferry carrying a school party will have a named member of crew. "
    * 3
)


def test_near_copy_that_waits_says_so_and_is_merged_and_parted(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting]
) -> None:
    first = make_item("Ferries", text=WORDS, publisher="Harbour Board", published="2025-04-01")
    copy = make_item("Ferries again", text=f"{WORDS} It said.", status="waiting", published="2025-04-02")
    seen = see(copy, ["Ferries again"], 1, 1)
    while relate_waiting():
        pass
    finding = copy.findings.get()
    assert (finding.code, "Ferries" in finding.message) == ("copy_of", False)
    relate(copy)
    assert copy.findings.count() == 1
    assert "nearly the same" in desk.get(f"{QUEUE}{copy.pk}/").content.decode()
    do(desk, copy, merge=str(first.pk))
    copy.refresh_from_db()
    seen.refresh_from_db()
    assert (copy.status, seen.item) == ("withdrawn", first)
    do(desk, copy, undo="1")
    copy.refresh_from_db()
    seen.refresh_from_db()
    assert (copy.status, seen.item) == ("waiting", copy)
    decisions.correct(copy, {"text": "Nothing of the kind."}, Person.objects.first(), copy.changed_at)  # type: ignore[arg-type]
    relate(copy)
    assert not copy.findings.exists()


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_only_what_waits_is_merged_and_never_into_what_was_withdrawn(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting], now: datetime, status: str
) -> None:
    item, other = make_item("One", status="waiting"), make_item("Two", status="withdrawn")
    see(item, ["One"], 1, 1)
    if status == "published":
        publish([item], now=now)
        other = make_item("Three")
    do(desk, item, merge=str(other.pk))
    assert item.sightings.count() == 1


def test_all_that_are_ready_are_published_together_and_nothing_else(
    desk: Client, make_item: MakeItem
) -> None:
    ready = [make_item(f"Ready {number}", status="waiting", summary=HOSTILE) for number in range(3)]
    noted = make_item("Noted", status="waiting", findings=("date_missing",))
    page = desk.get(READY).content.decode()
    assert "3 items wait without an open finding" in page
    assert "<script>alert" not in page
    desk.post(READY, {"item": [ready[0].pk, ready[1].pk, noted.pk, "x", "9" * 30]})
    assert sorted(Item.objects.filter(status="published").values_list("title", flat=True)) == [
        "Ready 0",
        "Ready 1",
    ]
    answer = desk.post(READY, {"item": [ready[2].pk, noted.pk]}, headers={"accept": "application/json"})
    assert answer.json() == {"published": 1, "left": 1}


def test_queue_is_for_editors(client: Client, charlie: Person, bob: Person, make_item: MakeItem) -> None:
    item = make_item("One", status="waiting")
    for person in (None, charlie, bob):
        if person is not None:
            client.force_login(person)
        for path in (QUEUE, READY, f"{QUEUE}{item.pk}/"):
            assert client.get(path).status_code in {302, 403}
        sent = {"seen": item.changed_at.isoformat(), "approve": "1", "item": item.pk}
        for path in (READY, f"{QUEUE}{item.pk}/"):
            assert client.post(path, sent).status_code in {302, 403}
    item.refresh_from_db()
    assert item.status == "waiting"


@pytest.mark.parametrize(
    "field", ["title", "summary", "text", "credit_source", "published_as_printed", "section"]
)
def test_words_of_a_page_run_nothing_in_an_editors_browser(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting], field: str
) -> None:
    item = make_item(**{"title": "One", "status": "waiting", "findings": ("text_cut",), field: HOSTILE})
    ItemFinding.objects.update(message=HOSTILE)
    see(item, [HOSTILE], 1, 1)
    for path in (f"{QUEUE}{item.pk}/", READY, f"/newsroom/items/{item.pk}/", "/newsroom/"):
        page = desk.get(path).content.decode()
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
