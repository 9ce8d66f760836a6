"""Mending a rule in a real browser: by a click in the page, at both widths, and whatever the page holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Dialog, Page, expect

from almoner.records.accounts.models import Person
from almoner.records.ingest.enums import AdapterName
from almoner.records.ingest.models import Source
from tests.browser.conftest import Visit
from tests.browser.looking import SIZES, faults, sign_in
from tests.newsroom.test_rule import ADDRESS, PAGE, RULE, capture
from tests.pipeline.hostile import vectors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOSTILE = (*vectors.SCRIPTS, *vectors.HANDLERS, *vectors.ADDRESSES)


@pytest.fixture
def source(db: None) -> Source:
    """A source whose page is read wrongly without a rule."""
    made = Source.objects.create(name="Saltmarsh", address=ADDRESS, adapter=AdapterName.LISTING)
    capture(made, PAGE.replace("bus drivers", "ferry crews"), datetime(2026, 11, 2, 9, tzinfo=UTC))
    capture(made, PAGE, datetime(2026, 11, 9, 9, tzinfo=UTC))
    return made


def opened(
    visit: Callable[..., Visit], person: Person, source: Source, size: str = "wide"
) -> tuple[Visit, Page]:
    desk = sign_in(visit, person, SIZES[size])
    page = desk.open(f"/newsroom/sources/{source.pk}/rule/")
    page.wait_for_load_state("networkidle")
    return desk, page


@pytest.mark.parametrize("size", SIZES)
def test_rule_is_written_tried_and_saved(
    visit: Callable[..., Visit], alice: Person, source: Source, size: str
) -> None:
    desk, page = opened(visit, alice, source, size)
    assert faults(page) == []
    page.get_by_role("button", name="Propose one").click()
    expect(page.get_by_text("This was proposed.")).to_be_visible()
    page.get_by_label("The rule, as TOML").fill(RULE.replace('".issued"', '"..issued"'))
    page.get_by_role("button", name="Try").click()
    expect(page.get_by_text("1 fault. Nothing was saved.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Line 15").click()
    assert page.evaluate("document.activeElement.id") == "rule"
    assert page.evaluate("getSelection().toString()").startswith("date = ")
    page.get_by_label("The rule, as TOML").fill(RULE)
    page.get_by_role("button", name="Try").click()
    expect(page.get_by_role("heading", name="3 items, as this rule reads the page")).to_be_visible()
    expect(page.get_by_text("In 1 earlier page, 3 items would come out otherwise")).to_be_visible()
    assert faults(page) == []
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. It holds for what is read from now on")).to_be_visible()
    source.refresh_from_db()
    assert source.rule == RULE
    assert [said for said in desk.console if "422" not in said] == []
    assert desk.foreign == []


def test_element_is_chosen_by_a_click_in_the_page(
    visit: Callable[..., Visit], alice: Person, source: Source
) -> None:
    _, page = opened(visit, alice, source)
    frame = page.frame_locator("iframe[name=page]")
    expect(frame.locator(".item")).to_have_count(3)
    frame.get_by_text("27/10/2026").click()
    page.get_by_label("Chosen. It can be called").select_option("em.issued")
    page.get_by_role("button", name="is the date").click()
    page.get_by_role("button", name="What is around it").click()
    expect(page.locator("#picked option").first).to_contain_text("entry-body")
    assert page.get_by_label("The rule, as TOML").input_value() == '[select]\ndate = "em.issued"\n'
    page.get_by_role("button", name="is the text").click()
    frame.get_by_text("On the site since 30 October").click()
    page.get_by_role("button", name="is the date").click()
    rule = page.get_by_label("The rule, as TOML").input_value()
    assert rule.count("date =") == 1
    assert 'date = "span.stamp"' in rule
    assert 'text = "div.entry-body"' in rule


def test_item_is_shown_on_the_page(visit: Callable[..., Visit], alice: Person, source: Source) -> None:
    desk, page = opened(visit, alice, source)
    page.get_by_role("link", name=re.compile("^Show it on the page ?: .*Allotment")).click()
    marked = page.frame_locator("iframe[name=page]").locator(":target")
    expect(marked).to_contain_text("Allotment societies")
    assert desk.console == []


def test_hostile_page_runs_loads_and_leads_nowhere(
    visit: Callable[..., Visit], alice: Person, source: Source
) -> None:
    hostile = "<!doctype html><body><main><h1>News</h1>" + "".join(
        f"<article class='entry' id='e{number}'><h2>Ravens nest {number}</h2>{vector}</article>"
        for number, vector in enumerate(HOSTILE)
        if "<!--" not in vector and "</script" not in vector.rpartition("<script")[2]
    )
    hostile += "<img src=https://evil.example/p.png><img src=x onerror=alert(1)><script>alert(1)</script>"
    capture(source, hostile, datetime(2026, 11, 20, 9, tzinfo=UTC))
    desk, page = opened(visit, alice, source)
    dialogs: list[str] = []

    def ran(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", ran)
    frame = page.frame_locator("iframe[name=page]")
    expect(frame.get_by_text("Ravens nest 14")).to_be_visible()
    for link in frame.locator(".as-a").all()[:12]:
        link.click()
    page.get_by_role("button", name="Try").click()
    page.wait_for_load_state("networkidle")
    assert (dialogs, desk.foreign) == ([], [])
    assert all("Content Security Policy" not in said for said in desk.console)

    control = desk.context.new_page()  # the same page as it came: it does run, and does call out
    control.on("dialog", ran)
    control.set_content(hostile, wait_until="load")
    control.wait_for_timeout(200)
    assert "1" in dialogs
    assert any("evil.example" in asked for asked in desk.foreign)
