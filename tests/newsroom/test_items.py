"""One item on the desk: correcting it, and what is decided about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from almoner.records.accounts.models import Person
from almoner.records.catalogue.classifying import classify_again
from almoner.records.catalogue.models import Item, ItemEvent
from almoner.records.catalogue.topics import topics_shown
from almoner.records.ingest.models import Document, LinkedAddress, Sighting
from almoner.records.search.queries import search
from tests.newsroom.conftest import MakeItem

FillIn = Callable[..., dict[str, Any]]
APPROVE = "/newsroom/bulk/catalogue/item/approve/"


def address(item: Item, *rest: object) -> str:
    return "/".join(["/newsroom/items", *map(str, (item.pk, *rest)), ""])


def settle(desk: Client, fill_in: FillIn, item: Item, **typed: Any) -> Any:
    """Press "Looked at" at the item's only finding, with this typed into the form; returns the answer."""
    sent = fill_in(desk.get(address(item)), **typed)
    return desk.post(address(item), sent | {"action-settle": str(item.findings.get().pk)})


def rows(name: str, *typed: dict[str, str]) -> dict[str, str]:
    """What a browser sends for a field of rows."""
    sent = {f"{name}-{at}-{key}": value for at, row in enumerate(typed) for key, value in row.items()}
    return sent | {f"{name}-count": str(len(typed))}


def actions(item: Item) -> list[str]:
    """The item's history, oldest first, in words."""
    entries = ModelLogEntry.objects.filter(object_id=item.pk, content_type__model="item").order_by("pk")
    return [" · ".join(filter(None, (entry.message, entry.comment))) for entry in entries]


def test_correction_goes_through_the_catalogue(
    desk: Client, make_item: MakeItem, fill_in: FillIn, editor: Person
) -> None:
    item = make_item("Taxi guidence", published="2025-03-01", text="Old words", html="<p>Old words</p>")
    page = desk.get(address(item))
    sent = fill_in(page, title="Taxi guidance", published="2025-02", text="New words")
    assert desk.post(address(item), sent).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.published, item.published_precision) == ("Taxi guidance", "2025-02", "month")
    assert (item.sorts_at.month, item.html) == (2, "")
    assert [hit.item for hit in search("new words").hits] == [item]
    assert actions(item) == [
        "Corrected: published, text, title · published: “1 March 2025” → “February 2025”\n"
        "text: “Old words” → “New words”\ntitle: “Taxi guidence” → “Taxi guidance”"
    ]
    assert ModelLogEntry.objects.get().user == editor


def test_change_notes_of_the_publisher_stand_beside_the_form(desk: Client, make_item: MakeItem) -> None:
    note = {"note": "Added a chapter on transport.", "when": "2025-04-09", "title": "", "link": ""}
    page = desk.get(address(make_item(change_notes=[note]))).content.decode()
    assert "What its publisher says it changed" in page
    assert re.search(r"9 April 2025</time></b><span>Added a chapter on transport.", page)


def test_saving_unchanged_changes_nothing(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item(
        "Taxi guidance",
        categories=("Licensing",),
        publisher="Harbour Digest",
        links=[
            {"href": "https://example.org/a", "text": "the report"},
            {"href": "https://example.org/b", "text": ""},
        ],
        private_names=["A Name"],
        summary="Two\nlines",
        text=" Not  tidy \n",
    )
    before = Item.objects.filter(pk=item.pk).values().get()
    page = desk.get(address(item))
    sent = fill_in(page) | {
        **rows(
            "links",
            {"href": "https://example.org/a", "text": "the report"},
            {"href": "https://example.org/b"},
        ),
        "private_names": "A Name",
        "summary": "Two\r\nlines",
    }
    desk.post(address(item), sent)
    assert Item.objects.filter(pk=item.pk).values().get() == before
    assert actions(item) == []


def test_topics_say_why_and_are_corrected(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item("Stalking: a leaflet")
    classify_again(item)
    page = desk.get(address(item))
    form = page.context["form"]
    assert form.initial["topics"] == ["stalking"]
    assert form.fields["topics"].choices[0] == ("stalking", "Stalking and harassment")
    assert "Stalking and harassment: “stalking” in the title." in page.content.decode()
    desk.post(address(item), fill_in(page, topics=["sport"]))
    assert [topic.id for topic in topics_shown(Item.objects.get(pk=item.pk))] == ["sport"]
    assert "topics: “Stalking and harassment” → “Sport”" in desk.get(
        f"/newsroom/items/{item.pk}/history/"
    ).content.decode().replace("&quot;", '"')


def test_lists_are_corrected_line_by_line(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item("One", categories=("Licensing",))
    make_item("Two", categories=("Attendance",))
    page = desk.get(address(item))
    wanted = {name: key for key, name in page.context["form"].fields["categories"].choices}
    links = rows(
        "links",
        {"href": "https://example.org/a", "text": "the report"},
        {},
        {"href": "mailto:help@example.org"},
    )
    names = "First Person\n  Second Person \n"
    sent = fill_in(page, private_names=names, categories=[wanted["Attendance"]]) | links
    desk.post(address(item), sent)
    item.refresh_from_db()
    assert item.links == [
        {"href": "https://example.org/a", "text": "the report"},
        {"href": "mailto:help@example.org", "text": ""},
    ]
    assert item.private_names == ["First Person", "Second Person"]
    assert [category.name for category in item.categories.all()] == ["Attendance"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("published", "3 April", "is no date that exists"),
        ("published", "31 February 2025", "is no date that exists"),
        ("links", "javascript:alert(1)", "A link begins with"),
        ("title", "", "required"),
        ("link", "not an address", "valid URL"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_saved(
    desk: Client, make_item: MakeItem, fill_in: FillIn, field: str, value: str, words: str
) -> None:
    item = make_item("One", status="waiting", published="2025-01-01")
    page = desk.get(address(item))
    sent = fill_in(page, **{"summary": "A new summary", field: value, "action-approve": "1"})
    sent |= rows("links", {"href": value}) if field == "links" else {}
    answer = desk.post(address(item), sent)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert words in str(answer.context["form"].errors[field])
    assert "A new summary" in answer.content.decode()
    item.refresh_from_db()
    assert (item.summary, item.status, item.published) == ("", "waiting", "2025-01-01")


def test_somebody_elses_change_is_not_overwritten_unseen(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("One")
    mine = fill_in(desk.get(address(item)), title="Mine")
    desk.post(address(item), fill_in(desk.get(address(item)), title="Theirs", summary="Theirs too"))
    answer = desk.post(address(item), mine)
    page = answer.content.decode()
    assert "while you had it open" in page
    assert "Theirs" in page
    assert "Mine" in page
    assert Item.objects.get().title == "Theirs"
    desk.post(address(item), fill_in(answer))
    item.refresh_from_db()
    assert (item.title, item.summary) == ("Mine", "Theirs too")


@pytest.mark.parametrize(
    ("choice", "text"), [("mine", "Mine"), ("theirs", "Theirs"), ("both", "Theirs\n\nMine")]
)
def test_both_editors_words_can_stand(
    desk: Client, make_item: MakeItem, fill_in: FillIn, choice: str, text: str
) -> None:
    item = make_item("One", text="Before")
    mine = fill_in(desk.get(address(item)), text="Mine", section="Mine alone")
    desk.post(address(item), fill_in(desk.get(address(item)), text="Theirs"))
    answer = desk.post(address(item), mine)
    assert [stand.name for stand in answer.context["form"].stands] == ["text"]
    desk.post(address(item), fill_in(answer) | {"merge-text": choice})
    item.refresh_from_db()
    assert (item.text, item.section) == (text, "Mine alone")


def test_correction_is_put_back_whole(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item("One", text="word " * 400, categories=("Licensing",), published="2025-03-01")
    classify_again(item)
    page = desk.get(address(item))
    sent = fill_in(page, title="Two", text="Short", categories=[], topics=["sport"], published="")
    desk.post(address(item), sent | rows("events", {"title": "Briefing", "starts": "14 May 2025 at 4pm"}))
    correction = item.corrections.get()
    assert "Put back what stood there" in desk.get(address(item)).content.decode()
    desk.post(address(item, "put-back", correction.pk))
    item.refresh_from_db()
    assert (item.title, item.text, item.published) == ("One", "word " * 400, "2025-03-01")
    assert [category.name for category in item.categories.all()] == ["Licensing"]
    assert list(topics_shown(item)) == []
    assert not item.events.exists()
    assert actions(item)[-1].startswith("Put back: ")


def test_what_was_typed_and_not_saved_is_kept_for_its_editor(
    desk: Client, make_item: MakeItem, fill_in: FillIn, alice: Person
) -> None:
    item = make_item("One")
    sent = fill_in(desk.get(address(item)), title="<b>Half a ti")
    assert "Kept for you" in desk.post(address(item, "draft"), sent).json()["said"]
    assert Item.objects.get().title == "One"
    assert "did not save it" in desk.get(address(item)).content.decode()
    taken_up = desk.get(f"{address(item)}?draft={sent['draft']}")
    assert taken_up.context["form"]["title"].value() == "<b>Half a ti"
    assert "<b>Half" not in taken_up.content.decode()
    other = Client()
    other.force_login(alice)
    assert "did not save it" not in other.get(address(item)).content.decode()
    desk.post(address(item), fill_in(taken_up, title="Half a title"))
    assert "did not save it" not in desk.get(address(item)).content.decode()


def test_draft_is_dropped_or_refused(desk: Client, make_item: MakeItem) -> None:
    item = make_item("One")
    assert desk.post(address(item, "draft"), {"draft": "a", "text": "x" * 1_000_001}).status_code == 413
    assert desk.post(address(item, "draft"), {"draft": "../a", "text": "x"}).status_code == 400
    desk.post(address(item, "draft"), {"draft": "a", "text": "x"})
    desk.post(address(item, "draft"), {"drop": "a"})
    assert not item.drafts.exists()
    assert desk.get(f"{address(item)}?draft=a").context["form"]["title"].value() == "One"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9 April 2025", "2025-04-09"),
        ("9/4/2025", "2025-04-09"),
        ("Wednesday 9 April 2025", "2025-04-09"),
        ("April 2025", "2025-04"),
        ("2025", "2025"),
        ("9 April 2025 at 9:21am", "2025-04-09T09:21+01:00"),
        ("9 April 2025, 16:30", "2025-04-09T16:30+01:00"),
    ],
)
def test_dates_are_typed_as_people_write_them(
    desk: Client, make_item: MakeItem, fill_in: FillIn, typed: str, kept: str
) -> None:
    item = make_item("One")
    desk.post(address(item), fill_in(desk.get(address(item)), published=typed))
    item.refresh_from_db()
    assert item.published == kept
    page = desk.get(address(item))
    desk.post(address(item), fill_in(page))
    assert item.corrections.count() == 1


def test_approving_publishes_and_is_written_down(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item("One", status="waiting", findings=("date_missing",))
    page = desk.get(address(item))
    answer = desk.post(address(item), fill_in(page, title="Better") | {"action-approve": "1"})
    assert answer.headers["Location"] == "/newsroom/items/?status=waiting"
    item.refresh_from_db()
    assert (item.status, item.title) == ("published", "Better")
    assert actions(item) == ["Corrected: title · title: “One” → “Better”", "Approved"]


def test_item_that_may_name_a_child_is_not_approved_by_the_way(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("One", status="waiting", findings=("child_identifiable",))
    page = desk.get(address(item))
    assert "action-approve" not in page.content.decode()
    desk.post(address(item), fill_in(page) | {"action-approve": "1"})
    desk.post(address(item), fill_in(page) | {"action-settle": str(item.findings.get().pk)})
    desk.post(f"{APPROVE}?id={item.pk}")
    item.refresh_from_db()
    assert item.status == "waiting"
    assert item.findings.get().settled_at is None
    assert actions(item) == []


@pytest.mark.parametrize("reason", ["", "   ", "fine", "x" * 301])
def test_decision_about_a_child_needs_a_reason(desk: Client, make_item: MakeItem, reason: str) -> None:
    item = make_item("One", status="waiting", findings=("child_identifiable",))
    answer = desk.post(address(item, "decide"), {"reason": reason})
    assert "reason" in answer.context["form"].errors
    item.refresh_from_db()
    assert item.status == "waiting"


def test_decision_about_a_child_publishes_and_is_written_down(
    desk: Client, make_item: MakeItem, editor: Person
) -> None:
    item = make_item("One", status="waiting", findings=("child_identifiable", "date_missing"))
    desk.post(address(item, "decide"), {"reason": "The family asked for the name to stand."})
    item.refresh_from_db()
    assert item.status == "published"
    held = item.findings.get(code="child_identifiable")
    assert (held.settled_by, held.settled_reason) == (editor, "The family asked for the name to stand.")
    assert item.findings.get(code="date_missing").settled_at is None
    assert actions(item) == ["Decided that it may be published: The family asked for the name to stand."]


def test_decision_shows_the_names_it_is_about(desk: Client, make_item: MakeItem) -> None:
    item = make_item(
        "Kim Doe found", status="waiting", findings=("child_identifiable",),
        text="Said <b>Kim\nDoe</b>.\n\nkim doe and Kimberley, Kim and (O'Neil & Co).",
        private_names=["Kim", "Kim Doe", "O'Neil & Co", "<i>Nobody</i>", " "],
    )  # fmt: skip
    page = desk.get(address(item, "decide")).content.decode()
    assert "<mark>Kim Doe</mark> found" in page
    assert "&lt;b&gt;<mark>Kim<br>Doe</mark>&lt;/b&gt;" in page
    assert (
        "<mark>kim doe</mark> and Kimberley, <mark>Kim</mark> and (<mark>O&#x27;Neil &amp; Co</mark>)" in page
    )
    assert "<li><mark>&lt;i&gt;Nobody&lt;/i&gt;</mark></li>" in page
    assert f'href="{address(item, "withdraw")}"' in page


def test_decision_without_a_name_says_so(desk: Client, make_item: MakeItem) -> None:
    item = make_item("One", status="waiting", findings=("child_identifiable",), text="Some <b>words</b>")
    page = desk.get(address(item, "decide")).content.decode()
    assert "No name is noted" in page
    assert "Some &lt;b&gt;words" in page
    assert "<mark>" not in page


def test_withdrawal_needs_a_reason_and_can_be_undone(desk: Client, make_item: MakeItem) -> None:
    item = make_item("One", text="Findable words")
    desk.post(address(item, "withdraw"), {"reason": " "})
    assert Item.objects.get().status == "published"
    desk.post(address(item, "withdraw"), {"reason": "The source took it down."})
    assert search("findable").total == 0
    assert "The source took it down." in desk.get(address(item)).content.decode()
    desk.post(address(item, "restore"))
    item.refresh_from_db()
    assert (item.status, item.withdrawn_reason) == ("waiting", "")
    assert actions(item) == ["Withdrawn: The source took it down.", "Put back into the queue"]


def test_settled_finding_stays_readable(
    desk: Client, make_item: MakeItem, editor: Person, fill_in: FillIn
) -> None:
    item = make_item("One", status="waiting", findings=("link_missing",))
    settle(desk, fill_in, item)
    assert item.findings.get().settled_by == editor
    page = " ".join(desk.get(address(item)).content.decode().split())
    assert "No open finding" in page
    assert "1 settled" in page
    assert actions(item) == ["Settled: Promised link missing"]


def test_history_shows_reasons_and_what_was_changed(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("One", categories=("Licensing",), link="https://example.org/a", private_names=["A Name"])
    typed = {"title": "<b>Two</b>", "link": "", "categories": [], "private_names": "Another Name"}
    desk.post(address(item), fill_in(desk.get(address(item)), **typed))
    desk.post(address(item, "withdraw"), {"reason": "It was <taken> down."})
    page = desk.get(address(item, "history")).content.decode()
    assert "Withdrawn: It was &lt;taken&gt; down." in page
    assert "title: “One” → “&lt;b&gt;Two&lt;/b&gt;”" in page
    assert "address: “https://example.org/a” → (empty)" in page
    assert "categories: “Licensing” → (empty)" in page
    assert "private names" in page
    assert "Another Name" not in page
    assert "Withdrawn: It was &lt;taken&gt; down." in desk.get("/newsroom/").content.decode()


def test_history_of_a_long_text_begins_where_it_differs(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("One", text=f"{'same ' * 400}old words{' same' * 400}")
    text = item.text.replace("old words", "new words")
    desk.post(address(item), fill_in(desk.get(address(item)), text=text))
    (line,) = actions(item)
    was, now = line.partition(" · text: ")[2].split(" → ")
    assert was.startswith("“…")
    assert was.replace("old words", "new words") == now
    assert "new words" in now
    assert len(now) < 130


def test_title_as_it_was_printed_stays_beside_a_corrected_one(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("Taxi <guidence>")
    assert "Printed: " not in desk.get(address(item)).content.decode()
    for title in ("Taxi guidanse", "Taxi guidance"):
        desk.post(address(item), fill_in(desk.get(address(item)), title=title))
    assert "Printed: Taxi &lt;guidence&gt;" in desk.get(address(item)).content.decode()


def test_title_that_was_not_printed_is_not_called_so(
    desk: Client, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("Taxi drivers met", title_is_printed=False)
    desk.post(address(item), fill_in(desk.get(address(item)), title="Taxi guidance"))
    assert "First read as: Taxi drivers met" in desk.get(address(item)).content.decode()


def test_settling_saves_what_was_typed(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item("One", status="waiting", findings=("link_missing",))
    settle(desk, fill_in, item, title="Typed meanwhile")
    item.refresh_from_db()
    assert (item.title, item.status) == ("Typed meanwhile", "waiting")
    assert item.findings.get().settled_at is not None


def test_settling_waits_until_what_was_typed_fits(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item("One", status="waiting", findings=("link_missing",))
    answer = settle(desk, fill_in, item, title="Typed meanwhile", published="last week")
    assert "is no date that exists" in str(answer.context["form"].errors["published"])
    assert "Typed meanwhile" in answer.content.decode()
    item.refresh_from_db()
    assert (item.title, item.findings.get().settled_at) == ("One", None)


@pytest.mark.parametrize("key", ["of another", "0", "x", "²"])
def test_finding_of_another_item_is_not_settled(
    desk: Client, make_item: MakeItem, fill_in: FillIn, key: str
) -> None:
    item, other = (make_item(name, status="waiting", findings=("link_missing",)) for name in "AB")
    key = str(other.findings.get().pk) if key == "of another" else key
    sent = fill_in(desk.get(address(item))) | {"action-settle": key}
    assert "no longer there" in desk.post(address(item), sent, follow=True).content.decode()
    assert item.findings.get().settled_at is other.findings.get().settled_at is None


def test_several_are_approved_only_where_nothing_is_open(desk: Client, make_item: MakeItem) -> None:
    ready, noted = (
        make_item("Ready", status="waiting"),
        make_item("Noted", status="waiting", findings=("date_missing",)),
    )
    held = make_item("Held", status="waiting", findings=("child_identifiable",))
    gone = make_item("Gone", status="withdrawn")
    query = "&".join(f"id={item.pk}" for item in (ready, noted, held, gone))
    asked = " ".join(desk.get(f"{APPROVE}?{query}").content.decode().split())
    assert asked.index("Readers will see") < asked.index("Ready") < asked.index("These stay as they are")
    assert asked.index("These stay as they are") < asked.index("Noted")
    desk.post(f"{APPROVE}?{query}")
    states = dict(Item.objects.values_list("title", "status"))
    assert states == {"Ready": "published", "Noted": "waiting", "Held": "waiting", "Gone": "withdrawn"}
    assert actions(ready) == ["Approved"]


def test_whole_lists_are_not_approved_unread(desk: Client, make_item: MakeItem) -> None:
    item = make_item("Ready", status="waiting")
    desk.post(f"{APPROVE}?id=all")
    item.refresh_from_db()
    assert item.status == "waiting"


@pytest.mark.parametrize("path", ["add/", "new/", "1/delete/", "delete/1/", "copy/1/"])
def test_items_are_neither_added_nor_deleted(desk: Client, client: Client, alice: Person, path: str) -> None:
    client.force_login(alice)
    assert client.get(f"/newsroom/items/{path}").status_code == 404


def test_outsiders_see_and_change_nothing(client: Client, charlie: Person, make_item: MakeItem) -> None:
    item = make_item("One", status="waiting", findings=("link_missing",))
    client.force_login(charlie)
    for path in ("", "withdraw/", "decide/", "history/"):
        assert client.get(f"/newsroom/items/{item.pk}/{path}").status_code == 302
    client.post(address(item, "withdraw"), {"reason": "I do not like it."})
    client.post(address(item), {"title": "One", "action-settle": str(item.findings.get().pk)})
    item.refresh_from_db()
    assert (item.status, item.findings.get().settled_at) == ("waiting", None)


def test_member_of_staff_without_rights_changes_nothing(
    client: Client, bob: Person, make_item: MakeItem
) -> None:
    from django.contrib.auth.models import Permission

    bob.user_permissions.add(Permission.objects.get(codename="access_admin"))
    item = make_item("One")
    client.force_login(bob)
    client.post(address(item, "withdraw"), {"reason": "I do not like it."})
    client.post(address(item), {"title": "Mine"})
    item.refresh_from_db()
    assert (item.status, item.title) == ("published", "One")


def test_copy_of_the_source_marks_the_item(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting]
) -> None:
    item = make_item("Second heading", findings=("link_missing", "text_cut"))
    item.findings.filter(code="link_missing").update(place="line 9")
    item.findings.filter(code="text_cut").update(place="lines 7–9")
    lines = ["A newsletter", "", "First heading", "", "Some words of the first.", "", "Second heading", "",
             "Some words of the second & last."]  # fmt: skip
    seen = see(item, lines, 7, 9)
    page = desk.get(address(item, "copy", seen.pk)).content.decode()
    ours = page[page.index('id="item"') :]
    assert "Some words of the first" not in ours
    assert "second &amp; last" in ours
    assert page.index("Some words of the first") < page.index("Text cut") < page.index("second &amp; last")
    assert page.index("second &amp; last") < page.index("Promised link missing")


@pytest.mark.parametrize("title", ["", "This week"])
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/srv/almoner/secret folder/week.txt", "week.txt"),
        ("C:\\secret folder\\week.txt", "week.txt"),
        ("https://example.org/secret folder/", "https://example.org/secret folder/"),
        ("-", "-"),
    ],
)
def test_file_is_called_by_its_name_and_not_where_it_lies(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting], path: str, shown: str, title: str
) -> None:
    item = make_item("One")
    seen = see(item, ["Some words"], 1, 1, path=path)
    Document.objects.update(title=title)
    for address_ in (address(item), address(item, "copy", seen.pk)):
        page = desk.get(address_).content.decode()
        assert re.search(f">{re.escape(shown)}[<,]", page)
        assert path == shown or "secret folder" not in page


def test_copy_as_it_came_is_saved_never_shown(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting]
) -> None:
    item = make_item("One")
    seen = see(item, ["<script>alert(1)</script>"], 1, 1)
    answer = desk.get(address(item, "copy", seen.pk, "bytes"))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_copy_that_is_gone_is_said(
    desk: Client, make_item: MakeItem, see: Callable[..., Sighting], snapshot_folder: Any
) -> None:
    item = make_item("One")
    seen = see(item, ["Some words"], 1, 1)
    for file in snapshot_folder.rglob("*.gz"):
        file.unlink()
    page = desk.get(address(item, "copy", seen.pk))
    assert page.status_code == 200
    assert "Restore it from a backup" in page.content.decode()
    assert str(snapshot_folder) not in page.content.decode()
    assert desk.get(address(item, "copy", seen.pk, "bytes")).status_code == 404


def test_hostile_words_stay_words(
    desk: Client, make_item: MakeItem, fill_in: FillIn, see: Callable[..., Sighting]
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    item = make_item(
        hostile, status="waiting", summary=hostile, text=hostile, credit_source=hostile,
        publisher=hostile, categories=(hostile,), findings=("link_missing", "child_identifiable"),
    )  # fmt: skip
    item.findings.update(message=hostile, place=hostile)
    see(item, [hostile], 1, 1, path=hostile)
    sighting = item.sightings.get()
    key = str(item.findings.get(code="link_missing").pk)
    desk.post(address(item), fill_in(desk.get(address(item))) | {"action-settle": key})
    paths = [
        "/newsroom/",
        "/newsroom/items/",
        "/newsroom/publishers/",
        "/newsroom/categories/",
        f"{APPROVE}?id={item.pk}",
    ]
    paths += [
        address(item, *rest) for rest in ((), ("decide",), ("withdraw",), ("copy", sighting.pk), ("history",))
    ]
    for path in paths:
        page = desk.get(path).content.decode()
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_events_are_corrected_field_by_field(desk: Client, make_item: MakeItem, fill_in: FillIn) -> None:
    item = make_item(kind="event")
    ItemEvent.objects.create(item=item, title="Briefing", starts="2025-05-14T16:00", mode="online")
    page = desk.get(address(item))
    assert 'value="14 May 2025 at 4pm"' in page.content.decode()
    first = {"title": "Briefing", "starts": "14 May 2025 at 4pm", "mode": "online"}
    second = {"title": "Course, two days", "starts": "2 June 2025", "ends": "3/6/2025"}
    desk.post(address(item), fill_in(page) | rows("events", first))
    assert not item.corrections.exists()
    desk.post(address(item), fill_in(page) | rows("events", first, {}, second))
    assert list(item.events.values_list("starts", "ends", "title", "mode")) == [
        ("2025-05-14T16:00+01:00", "", "Briefing", "online"),
        ("2025-06-02", "2025-06-03", "Course, two days", ""),
    ]
    item.refresh_from_db()
    assert item.corrected == ["events"]
    assert "Corrected: events" in desk.get(f"{address(item)}history/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mode": "online"}, "Event 1: Title is missing."),
        ({"title": "Briefing", "starts": "soon"}, "Event 1: “soon” is no date that exists."),
    ],
)
def test_row_that_is_no_event_is_said_and_nothing_is_lost(
    desk: Client, make_item: MakeItem, fill_in: FillIn, typed: dict[str, str], said: str
) -> None:
    item = make_item(kind="event")
    ItemEvent.objects.create(item=item, title="Briefing")
    answer = desk.post(address(item), fill_in(desk.get(address(item))) | rows("events", typed))
    assert said in " ".join(answer.context["form"].errors["events"])
    assert item.events.get().title == "Briefing"


def test_page_says_whether_the_items_address_still_works(
    desk: Client, make_item: MakeItem, now: datetime
) -> None:
    item = make_item(link="https://www.example.org/gone")
    assert "Its address:" not in desk.get(address(item)).content.decode()
    LinkedAddress.objects.update(health="dead", reason="It is not there (404).", checked_at=now)
    page = desk.get(address(item)).content.decode()
    assert "Its address: no longer works. It is not there (404)." in page
    listed = desk.get("/newsroom/items/?link=dead").context["object_list"]
    assert [each.pk for each in listed] == [item.pk]
    assert "the publisher’s page no longer works" in desk.get("/newsroom/").content.decode()


def test_undated_items_get_a_date_together(desk: Client, editor: Person, make_item: MakeItem) -> None:
    undated = [make_item(f"Leaflet {at}", status="waiting", findings=("date_missing",)) for at in range(2)]
    dated = make_item("Dated", status="waiting", published="2020")
    asked = "/newsroom/bulk/catalogue/item/give_date/?" + "&".join(
        f"id={item.pk}" for item in (*undated, dated)
    )
    page = desk.get(asked).content.decode()
    assert "These items have no date" in page
    assert "1 of the chosen one stays as it is" in page
    assert "Look at the year" in desk.post(asked, {"published": "2999"}).content.decode()
    answer = desk.post(asked, {"published": "May 2014"}, follow=True).content.decode()
    assert "2 items have a date, as given by you." in answer
    for item in undated:
        item.refresh_from_db()
        assert (item.published, item.corrected) == ("2014-05", ["published"])
        assert item.corrections.get().by == editor
        assert item.findings.get().settled_by == editor
    dated.refresh_from_db()
    assert dated.published == "2020"
