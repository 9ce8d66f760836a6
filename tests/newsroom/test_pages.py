"""Pages in the newsroom: who may put one before readers, what is asked first, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from almoner.newsroom.pages.forms import free_slug
from almoner.newsroom.pages.views import has_words_of
from almoner.products.pages.models import FormerPage, OfficePage, PageFault, Picture
from almoner.products.pages.pictures import draw
from almoner.products.pages.services import keep_plans, keep_sizes, names_on
from almoner.records.accounts.models import Person
from almoner.records.ingest import running
from almoner.records.ingest.models import LinkedAddress
from tests.newsroom.test_writing import Web

PAGES = "/newsroom/site-pages/"
NAMED = "<p>The boy, named in court as Jordan Ashby, aged 9, was hurt at his school.</p>"
PUBLISH = {"action-publish": "1"}
SignIn = Callable[[str], Client]


@pytest.fixture
def picture(db: None) -> Picture:
    made = Picture.objects.create(title="Office")
    keep_sizes(made, draw(jpeg(), "a.jpg"))
    return made


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG")
    return out.getvalue()


def form(*blocks: tuple[str, Any], **typed: Any) -> dict[str, Any]:
    """What a browser sends for a page."""
    fields = {
        "title": "How to reach us", "slug": "reach-us", "lead": "", "place": "foot", "under": "", "position": "10",
        "names_reason": "", "go_live_at": "", "expire_at": "",
    }  # fmt: skip
    sent: dict[str, Any] = nested_form_data(fields | typed | {"body": streamfield(list(blocks))})
    return sent


def text(html: str) -> tuple[str, Any]:
    return "text", rich_text(html, features=["bold", "italic", "ol", "ul", "link"])


def page() -> OfficePage:
    return OfficePage.objects.get()


def edit(desk: Client, *blocks: tuple[str, Any], **typed: Any) -> str:
    answer = desk.post(f"{PAGES}edit/{page().pk}/", form(*blocks, **typed), follow=True)
    return unescape(answer.content.decode())


def test_contributor_writes_and_an_editor_publishes(sign_in: SignIn) -> None:
    contributor = sign_in("Contributors")
    contributor.post(f"{PAGES}add/", form(text("<p>Ring the bell.</p>")) | PUBLISH)
    assert not page().live
    assert Client().get("/pages/reach-us/").status_code == 404
    assert "action-publish" not in contributor.get(f"{PAGES}edit/{page().pk}/").content.decode()
    edit(contributor, text("<p>Ring twice.</p>"), **PUBLISH)
    assert not page().live
    editors = sign_in("Editors")
    edit(editors, text("<p>Ring twice.</p>"), **PUBLISH)
    assert page().live
    assert "Ring twice." in Client().get("/pages/reach-us/").content.decode()
    edit(contributor, text("<p>Do not ring.</p>"))
    assert page().has_unpublished_changes
    assert "Ring twice." in Client().get("/pages/reach-us/").content.decode()
    unpublish = f"{PAGES}unpublish/{page().pk}/"
    contributor.post(unpublish)
    assert page().live
    editors.post(unpublish)
    assert Client().get("/pages/reach-us/").status_code == 410
    history = editors.get(f"{PAGES}history/{page().pk}/").content.decode()
    assert "Published" in history
    assert "Unpublished" in history


def test_search_of_the_newsroom_tells_of_pages_that_readers_see(sign_in: SignIn) -> None:
    bob = sign_in("Publishers")
    bob.post(f"{PAGES}add/", form(text("<p>Ring the harbour office.</p>")) | PUBLISH)
    bob.post(f"{PAGES}add/", form(text("<p>Harbour tours.</p>"), title="A draft", slug="draft"))
    found = told(bob, "/newsroom/items/?q=harbour")
    assert '<a href="/pages/reach-us/">How to reach us</a>' in found
    assert "a page of ours" in found
    assert "/pages/draft/" not in found
    assert "a page of ours" not in told(bob, "/newsroom/items/")


@pytest.fixture
def not_published(sign_in: SignIn) -> Client:
    """Bob, who planned a page whose address another page had when its moment came."""
    bob = sign_in("Publishers")
    tomorrow = timezone.localtime() + timedelta(days=1)
    bob.post(f"{PAGES}add/", form(text("<p>Ring the bell.</p>"), slug="old") | PUBLISH)
    edit(bob, text("<p>Ring twice.</p>"), slug="new", go_live_at=f"{tomorrow:%Y-%m-%d %H:%M}", **PUBLISH)
    assert "Page · Published" in bob.get("/newsroom/").content.decode()
    OfficePage.objects.create(title="The other", slug="new")
    assert keep_plans(tomorrow + timedelta(minutes=1)) == 0
    return bob


def told(client: Client, address: str) -> str:
    return " ".join(unescape(client.get(address).content.decode()).split())


def test_page_that_could_not_be_published_stands_on_the_desk_with_the_reason_until_it_is_settled(
    not_published: Client, bob: Person
) -> None:
    page = OfficePage.objects.get(slug="old")
    assert "Ring the bell." in Client().get("/pages/old/").content.decode()
    desk = told(not_published, "/newsroom/")
    assert "Page not published as planned: Another page has this address." in desk
    assert "You planned it for" in desk
    assert f'href="{PAGES}edit/{page.pk}/"' in desk
    said = told(not_published, f"{PAGES}edit/{page.pk}/")
    assert "Another page has this address." in said
    assert "Ring twice." in said
    assert "Not published as planned" in told(not_published, f"{PAGES}history/{page.pk}/")
    assert keep_plans(timezone.now() + timedelta(days=3)) == 0
    not_published.post(f"{PAGES}settle/{page.pk}/")
    assert "not published as planned" not in told(not_published, "/newsroom/")


def test_page_that_is_published_at_last_leaves_the_desk(not_published: Client) -> None:
    page = OfficePage.objects.get(slug="old")
    sent = form(text("<p>Ring twice.</p>"), slug="newer", **PUBLISH)
    not_published.post(f"{PAGES}edit/{page.pk}/", sent)
    assert "Ring twice." in Client().get("/pages/newer/").content.decode()
    assert "not published as planned" not in told(not_published, "/newsroom/")


def test_planned_page_never_takes_the_former_address_of_another(sign_in: SignIn) -> None:
    sign_in("Publishers")
    first, planned = (OfficePage.objects.create(title=name, slug=name, live=False) for name in ("one", "two"))
    planned.slug = "known"
    revision = planned.save_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    FormerPage.objects.create(slug="known", page=first)
    assert keep_plans(timezone.now()) == 0
    assert PageFault.objects.get().reason == "This was the address of “one”, and leads there."
    assert FormerPage.objects.get().page == first


def test_nobody_without_a_role_settles_what_went_wrong(not_published: Client, charlie: Person) -> None:
    stranger = Client()
    stranger.force_login(charlie)
    stranger.post(f"{PAGES}settle/{OfficePage.objects.get(slug='old').pk}/")
    assert PageFault.objects.exists()


@pytest.mark.parametrize("address", ["", "add/", "preview/"])
def test_pages_are_for_those_with_a_role(sign_in: SignIn, bob: Person, address: str) -> None:
    sign_in("Contributors")
    stranger = Client()
    stranger.force_login(bob)
    assert stranger.get(PAGES + address).status_code in {302, 403}
    assert Client().get(PAGES + address).status_code in {302, 403}


@pytest.mark.parametrize(
    "address",
    [
        "/newsroom/snippets/",
        "/newsroom/snippets/choose/pages/officepage/",
        "/newsroom/pages/",
        "/newsroom/choose-page/",
        f"{PAGES}delete/1/",
        f"{PAGES}usage/1/",
        f"{PAGES}copy/1/",
    ],
)
def test_what_wagtail_brings_for_other_sites_stays_shut(admin_client: Client, address: str) -> None:
    OfficePage.objects.create(pk=1, title="One", slug="one")
    assert admin_client.get(address).status_code == 404
    admin_client.post(address)
    assert OfficePage.objects.exists()


def test_four_eyes_let_nobody_publish_their_own_page(
    settings: Settings, sign_in: SignIn, alice: Person, bob: Person
) -> None:
    settings.FOUR_EYES = True
    publisher = sign_in("Publishers")
    refused = publisher.post(f"{PAGES}add/", form(text("<p>Bob’s.</p>")) | PUBLISH)
    assert "somebody else approves it here" in unescape(refused.content.decode())
    assert not OfficePage.objects.exists()
    publisher.post(f"{PAGES}add/", form(text("<p>Bob’s.</p>")))
    assert "somebody else approves it here" in edit(publisher, text("<p>Bob’s.</p>"), **PUBLISH)
    assert has_words_of(page(), bob)
    other = Client()
    other.force_login(alice)
    first = page().latest_revision.content["body"]
    assert "somebody else approves it here" in edit(other, text("<p>Bob’s and hers.</p>"), **PUBLISH)
    assert page().latest_revision.content["body"] == first, "nothing was saved"
    sent = opened(other)
    other.post(f"{PAGES}edit/{page().pk}/", sent | PUBLISH)
    assert page().live, "she changed nothing: it is another's words that she puts before readers"
    assert not has_words_of(page(), bob), "what readers see already waits for nobody"


def opened(desk: Client) -> dict[str, Any]:
    """What a browser sends that opened the page and changed nothing."""
    stands = page().get_latest_revision_as_object()
    blocks = [(block.block_type, rich_text(block.value.source)) for block in stands.body]
    sent = form(*blocks)
    return sent | {f"body-{at}-id": block.id for at, block in enumerate(stands.body)}


def test_name_of_a_child_has_to_be_answered_before_readers_see_the_page(sign_in: SignIn) -> None:
    editors = sign_in("Editors")
    editors.post(f"{PAGES}add/", form(text(NAMED)))
    assert names_on(page()).inside == ("Jordan Ashby",)
    said = edit(editors, text(NAMED), **PUBLISH)
    assert "seems to be named: Jordan Ashby" in said
    assert "ask a publisher" in said
    assert not page().live
    publishers = sign_in("Publishers")
    assert "May the name stand?" in edit(publishers, text(NAMED), **PUBLISH)
    assert "Say in a few words" in edit(publishers, text(NAMED), names_may_stand="on", **PUBLISH)
    assert not page().live
    edit(publishers, text(NAMED), names_may_stand="on", names_reason="The family asked.", **PUBLISH)
    assert page().live
    assert page().private_names == ["Jordan Ashby"]
    assert Client().get("/pages/reach-us/")["X-Robots-Tag"] == "noindex"
    in_title = edit(publishers, text(NAMED), title="Jordan Ashby", names_may_stand="on", **PUBLISH)
    assert "in its title, lead or address" in in_title
    assert page().title == "How to reach us"


def test_picture_needs_words_or_to_be_called_decoration(sign_in: SignIn, picture: Picture) -> None:
    desk = sign_in("Editors")
    bare = {"picture": picture.pk, "alternative": " ", "caption": ""}
    refused = desk.post(f"{PAGES}add/", form(("picture", bare)))
    assert "Say what it shows" in refused.content.decode()
    both = bare | {"alternative": "The door", "decorative": "on"}
    assert "one of the two" in desk.post(f"{PAGES}add/", form(("picture", both))).content.decode()
    assert not OfficePage.objects.exists(), "not even as a draft"
    desk.post(f"{PAGES}add/", form(("picture", bare | {"decorative": "on"})) | PUBLISH)
    assert 'alt=""' in Client().get("/pages/reach-us/").content.decode()


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (("links", {"links": ["javascript:alert(1)"]}), "no web address"),
        (("links", {"links": ["//evil.example/"]}), "no web address"),
        (("document", {"item": "no-such-item", "note": ""}), "leads to no item"),
        (("table", {"caption": "Hours", "rows": "Day | From"}), "a line below it"),
        (("helplines", {"known": "first", "own": ["12<b>"]}), "Digits and spaces"),
    ],
)
def test_block_that_leads_nowhere_is_refused(sign_in: SignIn, block: tuple[str, Any], said: str) -> None:
    name, value = block
    if "links" in value:
        links = [{"words": "Here", "address": address, "note": ""} for address in value["links"]]
        value = {"links": streamlist(links)}
    elif "own" in value:
        lines = [{"name": "Ours", "number": number, "what_for": "All", "when": ""} for number in value["own"]]
        value = value | {"own": streamlist(lines)}
    answer = sign_in("Editors").post(f"{PAGES}add/", form((name, value)))
    assert said in unescape(answer.content.decode())
    assert not OfficePage.objects.exists()


def streamlist(values: list[dict[str, Any]]) -> dict[str, Any]:
    """A list of blocks as a browser sends it."""
    rows = {
        str(at): {"value": value, "deleted": "", "order": str(at), "type": "item", "id": ""}
        for at, value in enumerate(values)
    }
    return {"count": str(len(values)), **rows}


def test_mark_up_that_is_slipped_in_stands_there_as_words(sign_in: SignIn) -> None:
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    line = {
        "key": "a", "text": "Words <img src=x onerror=alert(1)>", "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [], "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
    }  # fmt: skip
    slipped = json.dumps({"blocks": [line], "entityMap": {"0": link}})
    sign_in("Editors").post(f"{PAGES}add/", form(("text", slipped)) | PUBLISH)
    shown = Client().get("/pages/reach-us/").content.decode()
    assert "Words" in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "javascript:" not in shown
    assert "javascript:" not in page().latest_revision.content["body"]


def test_links_that_do_not_work_are_told_and_hold_nothing_up(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "fetcher", Web)
    desk = sign_in("Editors")
    words = (
        '<p><a href="https://council.gov.uk/gone">a</a> <a href="https://council.gov.uk/there">b</a> '
        '<a href="/no-such-page/">c</a> <a href="/help/#first">d</a> <a href="/pages/none/">e</a></p>'
    )
    said = unescape(desk.post(f"{PAGES}add/", form(text(words)) | PUBLISH, follow=True).content.decode())
    assert "Some links did not work: /no-such-page/, /pages/none/, https://council.gov.uk/gone" in said
    assert page().live
    assert set(LinkedAddress.objects.values_list("health", flat=True)) == {"failing", "works"}
    beside = unescape(desk.get(f"{PAGES}edit/{page().pk}/").content.decode())
    assert "How it reads:" in beside
    assert "Did not work." in beside


def test_preview_shows_what_is_typed_and_may_be_framed_by_us(sign_in: SignIn) -> None:
    desk = sign_in("Contributors")
    desk.post(f"{PAGES}add/", form(text("<p>First.</p>")))
    address = f"{PAGES}preview/{page().pk}/"
    assert desk.post(address, form(text("<p>Second, not saved.</p>"))).json()["is_valid"]
    shown = desk.get(address)
    assert "Second, not saved." in shown.content.decode()
    assert "Preview, for editors only." in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


def test_address_is_made_of_the_title_where_none_is_typed(sign_in: SignIn) -> None:
    desk = sign_in("Contributors")
    for title in ("Who we are", "Who we are", "⁂"):
        desk.post(f"{PAGES}add/", form(title=title, slug=""))
    assert set(OfficePage.objects.values_list("slug", flat=True)) == {"who-we-are", "who-we-are-2", "page"}
    FormerPage.objects.create(slug="once", page=OfficePage.objects.all()[0])
    assert free_slug("Once") == "once-2"


def test_pictures_are_uploaded_and_hostile_ones_refused(sign_in: SignIn) -> None:
    desk = sign_in("Contributors")
    for name, content, said in (
        ("a.jpg", b"<svg onload=alert(1)>", "It is an SVG"),
        ("a.png", jpeg(), "it is a JPEG file"),
        ("a.jpg", jpeg() + b"<script>", "something else besides a picture"),
    ):
        sent = {"title": "Office", "credit": "", "file": SimpleUploadedFile(name, content)}
        assert said in unescape(desk.post("/newsroom/pictures/new/", sent).content.decode())
    assert not Picture.objects.exists()
    sent = {"title": "Office", "credit": "Ours", "file": SimpleUploadedFile("a.jpg", jpeg())}
    assert desk.post("/newsroom/pictures/new/", sent).status_code == 302
    made = Picture.objects.get()
    assert made.sizes.count() == 1
    assert str(made.uploaded_by) == str(Person.objects.get(email="charlie@example.org"))
    assert f"/pictures/{made.key}-20.jpg" in desk.get("/newsroom/pictures/").content.decode()
    desk.post(f"/newsroom/pictures/{made.pk}/", {"title": "Door", "credit": ""})
    assert Picture.objects.get().title == "Door"
    chooser = desk.get("/newsroom/pictures/choose/").json()
    assert "Door" in chooser["html"]
    sent = {"picture_chooser-create-title": "x"}
    assert desk.post("/newsroom/pictures/choose/create/", sent).status_code == 200
    assert Client().get("/newsroom/pictures/choose/").status_code == 302
