"""Pages that the office wrote: where they stand, when they are gone, and what is on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from almoner.products.pages import receivers
from almoner.products.pages.models import FormerPage, OfficePage, Picture
from almoner.products.pages.pictures import draw
from almoner.products.pages.services import keep_plans, keep_sizes
from almoner.records.catalogue.models import Item
from almoner.records.search import own_texts
from almoner.records.search.models import OwnText
from almoner.web.page_cache import pages as kept_pages

NOW = datetime(2026, 11, 20, tzinfo=UTC)
Publish = Callable[..., OfficePage]


@pytest.fixture
def publish(db: None) -> Publish:
    """Put a page before readers; `body` is a list of (block, value)."""

    def page(title: str = "How to reach us", body: Any = (), **fields: Any) -> OfficePage:
        fields = {"slug": title.lower().replace(" ", "-"), "live": False} | fields
        made = OfficePage(title=title, **fields)
        made.body = made.body.stream_block.normalize(list(body))
        made.save()
        made.save_revision().publish()
        made.refresh_from_db()
        return made

    return page


@pytest.fixture
def picture(db: None) -> Picture:
    out = BytesIO()
    Image.new("RGB", (600, 300), "teal").save(out, "JPEG")
    made = Picture.objects.create(title="Office", credit="Photograph: Harbour Trust")
    keep_sizes(made, draw(out.getvalue(), "office.jpg"))
    return made


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_draft_is_nowhere_and_a_published_page_where_it_was_put(client: Client, publish: Publish) -> None:
    OfficePage.objects.create(title="A draft", slug="draft", live=False)
    assert client.get("/pages/draft/").status_code == 404
    assert "A draft" not in text_of(client, "/")
    publish("Foot page", place="foot")
    publish("Menu page", place="menu")
    publish("Hidden page", place="nowhere")
    front = text_of(client, "/")
    menu, foot = front.split("<footer", 1)
    assert "Menu page" in menu
    assert "Foot page" not in menu
    assert "Menu page" in foot
    assert "Foot page" in foot
    assert "Hidden page" not in front
    shown = text_of(client, "/pages/hidden-page/")
    assert "Exit this page" in shown
    assert "Printed from" in shown


def test_page_leads_to_its_parts_and_these_back(client: Client, publish: Publish) -> None:
    whole = publish("Who we are")
    part = publish("Our board", under=whole, lead="Six people.")
    publish("Not yet", under=whole).unpublish()
    shown = text_of(client, whole.get_absolute_url())
    assert 'href="/pages/our-board/">Our board</a>: Six people.' in shown
    assert "Not yet" not in shown
    assert 'href="/pages/who-we-are/">Who we are</a>' in text_of(client, part.get_absolute_url())
    whole.under = part
    with pytest.raises(ValidationError, match="below itself"):
        whole.full_clean()
    deepest = publish("Third", under=part)
    with pytest.raises(ValidationError, match="at most 3 deep"):
        OfficePage(title="Fourth", slug="fourth", under=deepest).full_clean()


def test_withdrawn_page_says_so_and_stands_in_no_list(client: Client, publish: Publish) -> None:
    page = publish()
    assert "/pages/how-to-reach-us/" in text_of(client, "/sitemap-pages.xml")
    page.unpublish()
    gone = client.get("/pages/how-to-reach-us/")
    assert gone.status_code == 410
    assert "This page was withdrawn" in gone.content.decode()
    assert gone["X-Robots-Tag"] == "noindex"
    assert "how-to-reach-us" not in text_of(client, "/")
    assert "how-to-reach-us" not in text_of(client, "/sitemap-pages.xml")


def test_former_addresses_lead_on_for_ever(client: Client, publish: Publish) -> None:
    page = publish()
    for slug in ("contact", "reach-us"):
        page.slug = slug
        page.save_revision().publish()
    for former in ("how-to-reach-us", "contact"):
        answer = client.get(f"/pages/{former}/")
        assert (answer.status_code, answer["Location"]) == (301, "/pages/reach-us/")
    with pytest.raises(ValidationError, match="was the address of"):
        OfficePage(title="Other", slug="contact").full_clean()
    page.slug = "contact"
    page.full_clean()
    page.save_revision().publish()
    assert client.get("/pages/contact/").status_code == 200
    page.unpublish()
    assert client.get("/pages/reach-us/").status_code == 410


def test_address_of_a_draft_that_nobody_saw_is_not_kept(client: Client, db: None) -> None:
    page = OfficePage.objects.create(title="One", slug="one", live=False)
    page.slug = "two"
    page.save()
    assert client.get("/pages/one/").status_code == 404
    assert not page.former.exists()


def test_what_the_office_says_of_itself_stands_under_about(client: Client, publish: Publish) -> None:
    publish("Who we are", slug="about", body=[("heading", {"words": "Since 1990", "level": "2"})])
    about = text_of(client, "/about/")
    assert about.index("Who we are") < about.index("Since 1990") < about.index("What it does")
    assert client.get("/pages/about/")["Location"] == "/about/"
    assert text_of(client, "/").count('href="/about/"') == 1, "it is not led to twice"
    assert text_of(client, "/sitemap-pages.xml").count("/about/<") == 1


def test_kept_pages_are_forgotten_with_what_is_published_or_withdrawn(
    client: Client, publish: Publish, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PAGES_KEPT = 30
    with django_capture_on_commit_callbacks(execute=True):
        page = publish("Menu page", place="menu")
    try:
        assert "Menu page" in text_of(client, "/")
        assert client.get("/pages/menu-page/").status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            page.unpublish()
        assert "Menu page" not in text_of(client, "/")
        assert client.get("/pages/menu-page/").status_code == 410
    finally:
        kept_pages.forget()


def test_page_comes_and_goes_at_its_moment(client: Client, publish: Publish, now: datetime) -> None:
    page = OfficePage.objects.create(
        title="Open day",
        slug="open-day",
        live=False,
        go_live_at=datetime.now(tz=now.tzinfo) + timedelta(days=2),
    )
    page.save_revision().publish()
    leaving = publish("Old hours", expire_at=datetime.now(tz=now.tzinfo) + timedelta(days=1))
    at = datetime.now(tz=now.tzinfo)
    assert keep_plans(at) == 0
    assert client.get("/pages/open-day/").status_code == 404
    assert keep_plans(at + timedelta(days=1, minutes=1)) == 1
    assert client.get(leaving.get_absolute_url()).status_code == 410
    page.refresh_from_db()
    revision = page.latest_revision
    revision.content["go_live_at"] = revision.approved_go_live_at = None
    revision.approved_go_live_at = at - timedelta(minutes=1)
    revision.save()
    assert keep_plans(at) == 1
    assert client.get("/pages/open-day/").status_code == 200


def test_draft_of_a_page_takes_nothing_from_what_readers_see(
    client: Client, publish: Publish, picture: Picture
) -> None:
    page = publish(
        "Hours",
        [("picture", {"picture": picture, "alternative": "Door", "decorative": False, "caption": ""})],
    )
    page.slug, page.body = "opening-hours", ()
    page.save_revision()
    size = picture.sizes.all()[0]
    assert client.get(f"/pictures/{picture.key}-{size.width}.{size.form}").status_code == 200
    assert not FormerPage.objects.exists()


def searched(client: Client, words: str, **chosen: str) -> str:
    page = unescape(client.post("/search/", {"q": words, **chosen}).content.decode())
    return page.partition('id="by-us"')[2].partition("</section>")[0]


def test_page_is_found_by_its_words_while_readers_see_it(client: Client, publish: Publish) -> None:
    page = publish("How to reach us", [("text", "<p>Ring the harbour office.</p>")], lead="Any weekday.")
    for words in ("ringing", '"harbour office"', "reach weekdays -boat", "harb"):
        found = searched(client, words)
        assert '<a href="/pages/how-to-reach-us/">How to reach us</a>' in found, words
        assert "a page of ours" in found
    assert not searched(client, "harbour -office")
    assert not searched(client, "harbour", kind="guidance")
    page.title, page.body = "How to write to us", ()
    page.save_revision()
    assert searched(client, "harbour")
    page.latest_revision.publish()
    assert not searched(client, "harbour")
    assert "How to write to us" in searched(client, "write")
    page.refresh_from_db()
    page.unpublish()
    assert not searched(client, "write")


def test_page_that_nothing_leads_to_is_found_by_nobody(client: Client, publish: Publish) -> None:
    publish("Only for members", place="nowhere")
    assert not searched(client, "members")


def test_page_is_not_found_by_a_name_that_may_stand_on_it(client: Client, publish: Publish) -> None:
    words = [("text", "<p>The review is about Jordan Ashby, aged 9, and his school.</p>")]
    publish("A review", words, private_names=["Jordan Ashby"])
    assert searched(client, "review school")
    assert not searched(client, "Jordan")
    assert not searched(client, "Ashby")


def test_pages_stand_before_issues_and_take_no_query_of_their_own(
    client: Client, publish: Publish, django_assert_max_num_queries: Any
) -> None:
    client.post("/search/", {"q": "harbour"})
    with django_assert_max_num_queries(100) as before:
        client.post("/search/", {"q": "harbour"})
    for number in range(5):
        publish(f"Harbour {number}")
    own_texts.keep(
        "issue 1", rank=own_texts.ISSUE, title="Harbour news", what="issue 1", address="/briefing/", shown_at=NOW,
        texts=["Harbour"],
    )  # fmt: skip
    with django_assert_max_num_queries(100) as after:
        found = searched(client, "harbour")
    assert len(after.captured_queries) == len(before.captured_queries)
    assert found.count("a page of ours") == 3
    assert found.index("Harbour news") > found.rindex("a page of ours")


def test_pages_that_were_there_before_they_could_be_searched_for_are_found(
    client: Client, publish: Publish
) -> None:
    publish("Harbour office")
    OwnText.objects.all().delete()
    assert not searched(client, "harbour")
    receivers.fill()
    assert searched(client, "harbour")


def test_every_block_is_shown_plainly(
    client: Client, publish: Publish, picture: Picture, make_item: Callable[..., Item]
) -> None:
    item = make_item("Annual report", publisher="Harbour Trust")
    withdrawn = make_item("Old report", status="waiting")
    page = publish(
        body=[
            ("heading", {"words": "Numbers", "level": "3"}),
            ("text", '<p>Write <a href="/write/">here</a> or <a href="javascript:alert(1)">there</a>.</p>'),
            ("quote", {"words": "They answered.", "who": "A head teacher"}),
            ("callout", {"heading": "In danger?", "words": "<p>Call <b>999</b>.</p><script>x()</script>"}),
            (
                "helplines",
                {
                    "known": "Wales",
                    "own": [{"name": "Our line", "number": "01234 567", "what_for": "Staff", "when": ""}],
                },
            ),
            ("document", {"item": f"https://example.org/items/{item.key}/", "note": "For governors"}),
            ("document", {"item": withdrawn.key, "note": "Nobody sees this"}),
            (
                "picture",
                {"picture": picture, "alternative": "The <door>", "decorative": False, "caption": "In May"},
            ),
            ("links", {"links": [{"words": "Council", "address": "https://example.org/", "note": "Forms"}]}),
            ("table", {"caption": "Hours", "rows": "Day | From\nMonday | 9am\nFriday"}),
        ]
    )
    raw = client.get(page.get_absolute_url()).content.decode()
    for words in (
        "<h3>Numbers</h3>",
        '<a href="/write/" rel="noopener noreferrer">here</a>',
        "A head teacher",
        "Live Fear Free",
        'href="tel:01234567"',
        f'<a href="{item.get_absolute_url()}">Annual report</a>',
        'alt="The &lt;door&gt;"',
        f'src="/pictures/{picture.key}-600.jpg"',
        "Photograph: Harbour Trust",
        '<a href="https://example.org/" rel="noopener noreferrer external">Council</a>',
        '<th scope="row">Friday</th><td></td>',
    ):
        assert words in raw, words
    for words in ("javascript:", "x()", "Nobody sees this", "Old report"):
        assert words not in raw, words


def test_picture_is_given_while_a_page_that_readers_see_has_it(
    client: Client, publish: Publish, picture: Picture, admin_client: Client
) -> None:
    address = f"/pictures/{picture.key}-480.jpg"
    assert client.get(address).status_code == 404
    assert admin_client.get(address).status_code == 200
    page = publish(
        body=[("picture", {"picture": picture, "alternative": "", "decorative": True, "caption": ""})]
    )
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content[:3] == b"\xff\xd8\xff"
    for other in (
        f"/pictures/{picture.key}-481.jpg",
        f"/pictures/{picture.key}-480.png",
        "/pictures/x-480.jpg",
    ):
        assert client.get(other).status_code == 404
    assert 'alt=""' in text_of(client, page.get_absolute_url())
    page.unpublish()
    assert client.get(address).status_code == 404


def test_page_that_names_a_child_is_kept_from_search_engines(client: Client, publish: Publish) -> None:
    page = publish(private_names=["Ann Example"])
    assert client.get(page.get_absolute_url())["X-Robots-Tag"] == "noindex"
    assert "how-to-reach-us" not in text_of(client, "/sitemap-pages.xml")


def test_page_takes_no_more_queries_for_more_blocks(
    client: Client, publish: Publish, django_assert_max_num_queries: Any
) -> None:
    page = publish(body=[("heading", {"words": f"Part {number}", "level": "2"}) for number in range(30)])
    for number in range(8):
        publish(f"Part {number}", under=page)
    with django_assert_max_num_queries(6):
        client.get(page.get_absolute_url())
