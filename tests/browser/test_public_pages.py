"""The public pages in a real browser: accessible, quiet, whole without scripts, and quick to leave."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Begin = Callable[..., Any]
EXIT: Final = "https://www.bbc.co.uk/weather"
NOT_THERE: Final = ("item withdrawn", "not found")
WIDE: Final = {"width": 1280, "height": 900}
NARROW: Final = {"width": 390, "height": 844}
SMALLEST: Final = {"width": 320, "height": 640}
"""A page 1280 wide, enlarged four times."""

WATCH_FOR_COVER: Final = """
    new MutationObserver(() => {
        const cover = document.querySelector(".govuk-exit-this-page-overlay");
        if (!cover) return;
        const { width, height } = cover.getBoundingClientRect();
        const main = getComputedStyle(document.querySelector("main")).display;
        console.info(`covered ${width} x ${height}, main ${main}, title ${document.title}`);
    }).observe(document, { childList: true, subtree: true });
"""
"""Says in the console when the page is covered: once it is, the browser answers no more questions."""


def faults(page: Page) -> list[str]:
    """What axe finds wrong, and where."""
    return [f"{each['id']} at {node['target']}" for each in violations(page) for node in each["nodes"]]


def test_pages_are_accessible_quiet_and_never_scroll_sideways(visit: Begin, pages: dict[str, str]) -> None:
    reader = visit(reduced_motion="reduce")
    page = reader.open("/")
    for name, path in pages.items():
        reader.go_on(page, path)
        for viewport, scheme in ((WIDE, "light"), (SMALLEST, None), (NARROW, "dark")):
            page.set_viewport_size(viewport)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], f"{name} at {viewport['width']}"
            if scheme:
                page.emulate_media(color_scheme=scheme)
                assert faults(page) == [], f"{name}, {scheme}"
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
    assert reader.foreign == []
    quiet = [line for line in reader.console if not any(line.startswith(pages[name]) for name in NOT_THERE)]
    assert quiet == []
    for line in set(reader.console) - set(quiet):  # Chromium says itself that a page was a 404 or 410
        assert "Failed to load resource" in line


def test_everything_works_without_scripts(visit: Begin, pages: dict[str, str]) -> None:
    page = visit(java_script_enabled=False).open("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Library").click()
    page.get_by_role("region", name="Category").get_by_text("8 more").click()
    page.get_by_role("link", name="Education 2").click()
    page.get_by_role("link", name="Only a summary of this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Only a summary of this")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("taxi licence")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="25 items")).to_be_visible()
    assert page.url.endswith("/search/")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("Page 2 of 3")).to_be_visible()
    page.get_by_role("button", name="Publisher 0 3").click()
    expect(page.get_by_role("heading", name="3 items")).to_be_visible()
    page.get_by_role("button", name="Remove Publisher: Publisher 0").click()
    expect(page.get_by_role("heading", name="25 items")).to_be_visible()
    page.get_by_role("link", name="Get help now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")


def test_going_back_from_an_item_shows_what_was_found(visit: Begin, pages: dict[str, str]) -> None:
    page = visit().open("/search/")
    page.get_by_role("combobox").fill("taxi")
    page.get_by_role("combobox").press("Enter")
    page.locator(".card a").first.click()
    page.wait_for_url("**/items/**")
    page.go_back()
    expect(page.get_by_role("heading", name="25 items")).to_be_visible()


def test_suggestions_are_reached_by_keyboard(visit: Begin, pages: dict[str, str]) -> None:
    reader = visit(viewport=NARROW)
    page = reader.open("/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially("who may")
    chosen = page.get_by_role("option", name="Who may collect a child")
    expect(chosen).to_be_visible()
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("1 suggestion")
    assert faults(page) == []
    box.press("Escape")
    expect(chosen).to_be_hidden()
    expect(box).to_have_value("who may")
    box.press_sequentially(" ")
    expect(chosen).to_be_visible()
    box.press("ArrowDown")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    box.press("Enter")
    page.wait_for_url(f"**{pages['item']}")
    assert reader.foreign == reader.console == []


def test_browser_remembers_nothing_unless_asked_and_forgets_at_once(
    visit: Begin, pages: dict[str, str]
) -> None:
    reader = visit(viewport=NARROW)
    page = reader.open("/news/")
    expect(page.get_by_role("button", name="Save for later")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    page.goto(f"{reader.origin}/saved/")
    page.get_by_role("button", name="Let this browser remember").click()
    page.goto(f"{reader.origin}/news/")
    page.evaluate("localStorage.setItem('almoner.visit', '2020-01-01T00:00:00Z'); sessionStorage.clear()")
    page.reload()
    expect(page.get_by_text("since your last visit on 1 January 2020")).to_be_visible()
    expect(page.get_by_text("New to you").first).to_be_visible()
    title = str(page.locator(".card h3 a").first.text_content()).strip()
    page.get_by_role("button", name=f"Save for later {title}").press("Enter")
    expect(page.get_by_role("button", name=f"Saved. Take it off {title}")).to_be_focused()
    assert faults(page) == []
    page.goto(f"{reader.origin}/saved/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Switch it off and wipe it").click()
    expect(page.get_by_text("What was remembered here is wiped")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    page.goto(f"{reader.origin}/news/")
    expect(page.get_by_role("button", name="Save for later")).to_have_count(0)
    assert reader.foreign == []


def test_block_for_other_sites_is_accessible_and_its_frame_shows(visit: Begin, pages: dict[str, str]) -> None:
    reader = visit(viewport=NARROW, java_script_enabled=True)
    page = reader.open("/embed/news/?kind=resource&items=3")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.goto(f"{reader.origin}{pages['news on other sites']}")
    expect(page.frame_locator("iframe").get_by_role("listitem")).to_have_count(3)
    assert reader.console == []


def test_exit_button_leaves_and_cannot_be_gone_back_to(visit: Begin, pages: dict[str, str]) -> None:
    reader = visit()
    page = reader.open("/")
    page.goto(reader.origin + pages["item"])
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(EXIT)
    assert reader.foreign == [EXIT]
    page.go_back()
    assert page.url == f"{reader.origin}/"


def test_exit_covers_the_page_at_once(visit: Begin, pages: dict[str, str]) -> None:
    reader = visit(viewport=WIDE)
    reader.context.add_init_script(WATCH_FOR_COVER)
    page = reader.open(pages["item"])
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(EXIT)
    assert reader.console == [f"{pages['item']}: covered 1280 x 900, main none, title Loading"]


def test_shift_three_times_leaves(visit: Begin, pages: dict[str, str]) -> None:
    reader = visit()
    page = reader.open(pages["help"])
    for _ in range(2):
        page.keyboard.press("Shift")
    expect(page.get_by_text("Shift, press 1 more time to exit.")).to_be_attached()
    page.keyboard.press("Shift")
    page.wait_for_url(EXIT)


def test_exit_button_is_a_plain_link_without_scripts(visit: Begin, pages: dict[str, str]) -> None:
    page = visit(java_script_enabled=False).open(pages["news"])
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(EXIT)


def test_exit_button_stays_in_sight(visit: Begin, pages: dict[str, str]) -> None:
    page = visit(viewport=NARROW).open(pages["library"])
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 1000")
    expect(page.get_by_role("button", name="Exit this page")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Get help now").first).to_be_in_viewport(ratio=1)


def test_keyboard_skips_to_the_content_and_its_focus_is_not_covered(
    visit: Begin, pages: dict[str, str]
) -> None:
    page = visit(viewport=NARROW).open(pages["news"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    bar = page.locator(".safety").bounding_box()
    assert bar is not None
    for _ in range(25):
        page.keyboard.press("Tab")
        top, inside = page.evaluate(
            "[document.activeElement.getBoundingClientRect().top, !!document.activeElement.closest('main')]"
        )
        if inside:
            assert top >= bar["height"]


def test_print_drops_the_furniture_and_says_where_it_is_from(visit: Begin, pages: dict[str, str]) -> None:
    reader = visit()
    for name in ("news", "item", "briefing", "help", "library"):
        page = reader.open(pages[name])
        page.emulate_media(media="print")
        for furniture in (".safety", ".masthead nav", ".foot nav"):
            expect(page.locator(furniture)).to_be_hidden()
        expect(page.get_by_text("Printed from")).to_contain_text(pages[name])
        expect(page.locator("main" if name == "help" else ".foot")).to_contain_text("0800 1111")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        page.close()
