"""Whatever stands in a field, of what is gathered or of what the lowest of editors types, runs, loads and leads nowhere: in
a real browser with the Content-Security-Policy switched off, so that what is shown has to hold by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from typing import Final

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from playwright.sync_api import Dialog, Page

from almoner.newsroom import decisions, proposals
from almoner.newsroom.models import Draft
from almoner.products.library.models import ReadingList
from almoner.products.library.services import set_entries
from almoner.products.pages.models import OfficePage, Picture
from almoner.products.pages.pictures import Drawn
from almoner.products.pages.services import keep_sizes
from almoner.records.accounts.models import Person
from almoner.records.catalogue.comments import comment
from almoner.records.catalogue.models import Category, Item, ItemEvent, ItemFinding, Publisher
from almoner.records.catalogue.relations import Story, StoryItem
from almoner.records.catalogue.services import publish, settle, withdraw
from almoner.records.catalogue.writing import Written, write
from almoner.records.guidance.models import Edition, Note
from almoner.records.ingest.models import Source
from almoner.records.search.services import rebuild
from tests.browser.conftest import Visit
from tests.browser.looking import SIZES, sign_in
from tests.pipeline.hostile.vectors import VECTORS
from tests.records.guidance.conftest import add, newer, older, work

__all__ = ["add", "newer", "older", "work"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ALL: Final = "\n\n".join(VECTORS).replace("\x00", "")
SHORT: Final = 290
"""Characters that every short field takes."""
LEADS: Final = """() => [...document.querySelectorAll("*")].flatMap(element => [...element.attributes]
    .filter(each => /^on/i.test(each.name) && /alert/.test(each.value)
        || /^\\s*(java|vb)script:|^data:text/i.test(each.value.replace(/[\\s\\x00-\\x1f]/g, ""))
        && /href|src|action|data|values|to/i.test(each.name))
    .map(each => `${element.tagName} ${each.name}=${each.value}`))"""
"""What would run on a click."""
READER: Final = """async address => {
    const feed = await (await fetch(address)).json();
    const page = document.body.appendChild(document.createElement("div"));
    for (const item of feed.items) page.insertAdjacentHTML("beforeend", item.content_html ?? "");
    return feed.items.length;
}"""
"""A feed reader that believes whatever we send."""


def packs() -> Iterator[str]:
    """All the vectors, as few words as fit into a short field at a time."""
    pack = ""
    for vector in VECTORS:
        plain = " ".join(vector.replace("\x00", "").split())[:SHORT]
        if len(pack) + len(plain) >= SHORT:
            yield pack
            pack = ""
        pack += plain
    yield pack


def fill_with(row: models.Model, words: str, *names: str) -> None:
    """Write these words into fields, past every form."""
    type(row)._default_manager.filter(pk=row.pk).update(**dict.fromkeys(names, words))


@pytest.fixture
def hostile(
    make_item: Callable[..., Item], alice: Person, bob: Person, older: Edition, newer: Edition, now: datetime
) -> dict[str, str]:
    """Hostile words in every field, and by name the pages on which they stand."""
    items = []
    for number, pack in enumerate(packs()):
        item = make_item(
            pack,
            text=ALL,
            licence="ogl",
            status="published" if number % 2 else "waiting",
            publisher="Harbour Digest",
            kind="guidance" if number % 4 == 1 else "news",
        )
        fill_with(
            item, pack, "summary", "credit_source", "credit_outlet", "credit_author", "credit_byline",
            "credit_as_printed",
        )  # fmt: skip
        fill_with(item, pack[:110], "section", "published_as_printed")
        ItemEvent.objects.create(item=item, title=pack, starts="2025-05-14", mode=pack[:40])
        if number % 4:
            ItemFinding.objects.create(item=item, code="link_missing", message=pack, place=pack[:40])
        items.append(item)
    first, second, third = items[:3]
    Item.objects.filter(pk__in=[first.pk, second.pk]).update(
        summary=ALL,
        private_names=["<img src=x onerror=alert(1)>"],
        links=[{"href": "https://example.org/", "text": "<script>alert(1)</script>"}],
        change_notes=[{"note": ALL[:900], "when": "2025-04-01", "title": VECTORS[0], "link": ""}],
    )
    with pytest.raises(ValidationError):
        decisions.correct(first, {"links": [{"href": "javascript:alert(1)", "text": ""}]}, bob, now)
    proposals.propose(second, {"title": VECTORS[0], "summary": ALL[:4000], "section": VECTORS[15]}, bob, now)
    decisions.correct(first, {"text": f"{ALL} again", "credit_author": VECTORS[0]}, bob, now)
    Draft.objects.create(
        item=first, by=alice, key="1", at=now, typed={"title": [ALL[:400]], "summary": [ALL]}
    )
    settle(third.findings.get(), bob, now, reason=next(packs()))
    withdraw(third, reason=VECTORS[15], now=now)
    ours = write(Written(VECTORS[0], "news", ALL, VECTORS[15]), ours="Almoner", now=now)
    publish([ours], now=now)
    rebuild()
    pack = next(packs())
    readings = ReadingList.objects.create(title=pack[:190], description=ALL, is_public=True)
    set_entries(readings, [(second, pack), (ours, VECTORS[15])])
    source = Source.objects.create(name=pack[:100], address="https://hostile.example/feed", adapter="feed")
    fill_with(source, pack[:200], "last_error", "state_reason")
    fill_with(source, f"# {' '.join(ALL.split())}", "rule")
    publisher = Publisher.objects.get(name="Harbour Digest")
    fill_with(publisher, pack[:190], "name")
    second.categories.add(Category.objects.create(name=pack[:90], slug="hostile"))
    paragraph = newer.paragraphs.get(text__contains="must keep a list")
    Note.objects.create(edition=newer, address=paragraph.address, meaning=ALL, to_do=ALL, written_at=now)
    story = Story.objects.create()
    StoryItem.objects.bulk_create(StoryItem(item=item, story=story) for item in (second, ours))
    comment(second, ALL, author=VECTORS[15], now=now, names_may_stand=True)
    fill_with(bob, pack[:100], "first_name")
    page = hostile_page(pack)
    newsroom = "/newsroom/"
    return {
        "page of the office": page.get_absolute_url(),
        "pages": f"{newsroom}site-pages/",
        "page written": f"{newsroom}site-pages/edit/{page.pk}/",
        "preview of a page": f"{newsroom}site-pages/history/{page.pk}/revisions/{page.latest_revision_id}/view/",
        "history of a page": f"{newsroom}site-pages/history/{page.pk}/",
        "pictures": f"{newsroom}pictures/",
        "picture": f"{newsroom}pictures/{Picture.objects.get().pk}/",
        "front": "/",
        "newsfeed": "/news/",
        "library": "/library/",
        "search": "/search/?q=alert",
        "item": second.get_absolute_url(),
        "item of ours": ours.get_absolute_url(),
        "reading lists": "/library/lists/",
        "reading list": readings.get_absolute_url(),
        "feeds": "/feeds/",
        "redline": f"/guidance/{newer.work.slug}/{older.slug}/to/{newer.slug}/",
        "desk": newsroom,
        "items": f"{newsroom}items/",
        "found": f"{newsroom}items/?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "edit": f"{newsroom}items/{first.pk}/",
        "draft taken up": f"{newsroom}items/{first.pk}/?draft=1",
        "proposal": f"{newsroom}items/{second.pk}/",
        "withdrawn": f"{newsroom}items/{third.pk}/",
        "edit ours": f"{newsroom}items/{ours.pk}/",
        "history": f"{newsroom}items/{first.pk}/history/",
        "preview": f"{newsroom}items/{ours.pk}/preview/",
        "preview of its page": f"{newsroom}items/{ours.pk}/preview/page/",
        "preview of its feed": f"{newsroom}items/{ours.pk}/preview/feed/",
        "preview of its message": f"{newsroom}items/{ours.pk}/preview/message/",
        "decide": f"{newsroom}items/{first.pk}/decide/",
        "withdraw": f"{newsroom}items/{first.pk}/withdraw/",
        "comment": f"{newsroom}items/{second.pk}/comment/",
        "review": f"{newsroom}review/{first.pk}/",
        "ready": f"{newsroom}review/ready/?more",
        "write": f"{newsroom}writing/",
        "stories": f"{newsroom}stories/",
        "sources": f"{newsroom}sources/",
        "source": f"{newsroom}sources/{source.pk}/",
        "rule": f"{newsroom}sources/{source.pk}/rule/",
        "publishers": f"{newsroom}publishers/",
        "publisher": f"{newsroom}publishers/{publisher.pk}/",
        "categories": f"{newsroom}categories/",
        "lists": f"{newsroom}reading-lists/",
        "list": f"{newsroom}reading-lists/{readings.pk}/",
        "notes": f"{newsroom}guidance/editions/{newer.pk}/changes/",
        "users": f"{newsroom}users/",
        "all history": f"{newsroom}reports/site-history/",
    }


def hostile_page(pack: str) -> OfficePage:
    """A page of the office, and a picture on it, with hostile words wherever words may stand."""
    picture = Picture.objects.create(title=pack[:110], credit=pack[:190])
    keep_sizes(picture, [Drawn(480, 240, "jpg", b"\xff\xd8\xff")])
    # Of what is sent to it, the editor of running text keeps words alone (`tests/newsroom/test_pages.py`).
    text = f"<p>{escape(ALL)}</p>"
    line = {"name": pack[:110], "number": VECTORS[0][:20], "what_for": pack, "when": pack[:190]}
    blocks: list[tuple[str, object]] = [
        ("heading", {"words": pack[:110], "level": "2"}),
        ("text", text),
        ("quote", {"words": ALL, "who": pack}),
        ("callout", {"heading": pack, "words": text}),
        ("helplines", {"known": "none", "own": [line]}),
        ("document", {"item": pack, "note": pack}),
        ("picture", {"picture": picture.pk, "alternative": pack, "decorative": False, "caption": pack}),
        ("links", {"links": [{"words": pack, "address": each, "note": pack} for each in VECTORS]}),
        ("table", {"caption": pack, "rows": f"{pack}\n{ALL}"}),
    ]
    body = json.dumps([{"type": name, "value": value, "id": name} for name, value in blocks])
    page = OfficePage(title=pack[:110], slug="hostile", lead=pack, place="menu", names_reason=pack, body=body)
    page.save()
    page.save_revision().publish()
    return page


def test_d4_d5_hostile_words_run_load_and_lead_nowhere_in_any_page(
    visit: Callable[..., Visit], alice: Person, hostile: dict[str, str]
) -> None:
    desk = sign_in(visit, alice, SIZES["wide"], bypass_csp=True)
    ran: list[str] = []
    leads: dict[str, list[str]] = {}
    shown: dict[str, bool] = {}
    page = desk.context.new_page()

    def note(dialog: Dialog) -> None:
        if dialog.type == "beforeunload":  # the newsroom's own: something typed is not saved
            dialog.accept()
            return
        ran.append(page.url)
        dialog.dismiss()

    page.on("dialog", note)
    for name, path in hostile.items():
        answer = page.goto(desk.origin + path)
        assert answer is not None
        assert answer.status in {200, 422}, name  # a rule with a fault
        shown[name] = "alert(1)" in page.content()
        leads[name] = page.evaluate(LEADS)
    page.goto(f"{desk.origin}/feeds/")
    assert page.evaluate(READER, "/feeds/all.json") > 0
    leads["a feed reader"] = page.evaluate(LEADS)
    page.wait_for_timeout(200)  # what a handler does comes a moment later
    assert [name for name, any_of_it in shown.items() if not any_of_it] == []
    assert {name: found for name, found in leads.items() if found} == {}
    assert (ran, desk.foreign) == ([], [])
    _control(page, desk, ran)


def _control(page: Page, desk: Visit, ran: list[str]) -> None:
    """The same words, let through: they run, call out and would lead elsewhere, and that is seen."""
    page.goto(f"{desk.origin}/feeds/")
    page.evaluate(
        "words => document.body.insertAdjacentHTML('beforeend', words)", "<hr>".join(VECTORS[14:45])
    )
    leads = page.evaluate(LEADS)
    page.evaluate(
        "words => document.body.insertAdjacentHTML('beforeend', words)", "<img src=https://evil.example/a>"
    )
    page.wait_for_timeout(200)
    assert ran
    assert any("javascript:" in lead for lead in leads)
    assert any("evil.example" in asked for asked in desk.foreign)
