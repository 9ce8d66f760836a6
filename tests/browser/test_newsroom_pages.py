"""Writing pages of the office in a real browser: usable by all, at both widths, and readable without scripts.

Forms and lists are Wagtail's; of what axe finds there, `looking.WAGTAILS_OWN` alone is passed over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from almoner.products.pages.models import ItemPicture, OfficePage, PageFault, Picture
from almoner.products.pages.pictures import draw
from almoner.products.pages.services import keep_sizes
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from tests.browser.conftest import Visit
from tests.browser.looking import SIZES, faults, sign_in, stumbles
from tests.products.test_pictures import photograph

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


PICTURES = os.environ.get("ALMONER_PICTURES", "")
"""A folder for pictures of them (`make screens`); none are taken without it."""


@pytest.fixture
def page(db: None, alice: Person) -> OfficePage:
    """A page with a block of each kind, in front of readers, of which a later plan went wrong."""
    picture = Picture.objects.create(title="The hall", credit="Photograph: Harbour Trust")
    keep_sizes(picture, draw(photograph(), "hall.jpg"))
    made = OfficePage(title="How to reach us", slug="reach-us", lead="On any weekday.", live=False)
    made.body = made.body.stream_block.normalize(
        [
            ("heading", {"words": "By telephone", "level": "2"}),
            ("text", "<p>Ring <b>before noon</b>, or write.</p><ul><li>The office</li></ul>"),
            ("quote", {"words": "They answered.", "who": "A head teacher"}),
            ("callout", {"heading": "In danger?", "words": "<p>Call 999.</p>"}),
            ("helplines", {"known": "all", "own": [{"name": "Our line", "number": "01632 960000", "what_for": "Staff", "when": "Mornings"}]}),
            ("picture", {"picture": picture, "alternative": "The hall", "decorative": False, "caption": "In May"}),
            ("links", {"links": [{"words": "Guidance", "address": "/guidance/", "note": "All of it"}]}),
            ("table", {"caption": "Hours", "rows": "Day | Open\nMonday | 9 to 5"}),
        ]
    )  # fmt: skip
    made.save()
    made.save_revision(user=alice).publish()
    PageFault.objects.create(
        page=made,
        planned_for=timezone.now(),
        planned_by=alice,
        reason="Another page has this address.",
    )
    return made


@pytest.fixture
def shown(page: OfficePage, make_item: Callable[..., Item]) -> dict[str, str]:
    """Every page of the newsroom about them, by name."""
    item = make_item("Ours", written_here=True, text="What we say.")
    picture = Picture.objects.get()
    ItemPicture.objects.create(item=item, picture=picture, alternative="The hall")
    return {
        "desk": "",
        "pages": "site-pages/",
        "new page": "site-pages/add/",
        "page": f"site-pages/edit/{page.pk}/",
        "history": f"site-pages/history/{page.pk}/",
        "unpublish": f"site-pages/unpublish/{page.pk}/",
        "pictures": "pictures/",
        "new picture": "pictures/new/",
        "picture": f"pictures/{picture.pk}/",
        "picture with an item": f"items/{item.pk}/picture/",
    }


@pytest.mark.parametrize("size", SIZES)
def test_pages_about_pages_are_accessible_and_fit(
    visit: Callable[..., Visit], alice: Person, shown: Mapping[str, str], size: str
) -> None:
    desk = sign_in(visit, alice, SIZES[size])
    at = desk.context.new_page()
    found: dict[str, list[str]] = {}
    for name, path in shown.items():
        desk.go_on(at, f"/newsroom/{path}")
        if said := faults(at) + (stumbles(at) if size == "wide" else []):
            found[name] = said
    assert found == {}
    desk.go_on(at, f"/newsroom/{shown['page']}")
    expect(at.get_by_role("alert").get_by_text("Another page has this address.")).to_be_visible()
    expect(at.get_by_label("What it shows")).to_have_value("The hall")
    at.evaluate("document.querySelector('label[for=id_lead]').remove()")
    assert any("#id_lead" in said for said in faults(at))  # the blocks and fields were really looked at
    assert desk.foreign == []


def test_page_is_readable_without_scripts(visit: Callable[..., Visit], page: OfficePage) -> None:
    for size in SIZES.values():
        reader = visit(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
        shown = reader.open("/pages/reach-us/")
        for words in (
            "By telephone",
            "before noon",
            "A head teacher",
            "In danger?",
            "01632 960000",
            "9 to 5",
        ):
            expect(shown.get_by_text(words, exact=True)).to_be_visible()
        picture = shown.get_by_alt_text("The hall")
        picture.scroll_into_view_if_needed()
        box, inside = picture.bounding_box(), shown.locator("main").bounding_box()
        assert box is not None
        assert inside is not None
        assert box["width"] <= inside["width"] <= size[0]
        assert box["height"] <= size[1]
        assert reader.foreign == []


@pytest.mark.skipif(not PICTURES, reason="pictures for the docs are taken by `make screens`")
def test_pictures_of_the_docs(visit: Callable[..., Visit], alice: Person, shown: Mapping[str, str]) -> None:
    PageFault.objects.all().delete()
    desk = sign_in(visit, alice, SIZES["wide"])
    for name in ("page", "picture with an item"):
        at = desk.open(f"/newsroom/{shown[name]}")
        at.wait_for_load_state("networkidle")
        assert at.screenshot(path=Path(PICTURES) / f"newsroom-{name.replace(' ', '-')}.png")
