"""An editor's session: thirty new items of six sources, twelve with something wrong, reviewed and published by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from almoner.pipeline.model import MediaType, Snapshot
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.ingest.services import import_snapshot, source_named
from tests.browser.conftest import Visit
from tests.browser.looking import SIZES, faults, sign_in
from tests.browser.queue_pages import CAPTURED, FAULTS, SITES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

MOST_PRESSES = 60
PICTURES = os.environ.get("ALMONER_PICTURES", "")
"""A folder for pictures of the session (`make screens`); none are taken without it."""


@pytest.fixture
def gathered(db: None, now: datetime) -> None:
    """What the six sources gave, read, kept and related."""
    for site in SITES:
        media = MediaType.XML if site.is_feed else MediaType.HTML
        snapshot = Snapshot(site.address, site.content, media, site.address, CAPTURED)
        source = source_named(site.name, publisher=site.name, licence="permission")
        import_snapshot(snapshot, source, now=datetime.fromisoformat(CAPTURED))
    while relate_waiting():
        pass


class Hands:
    """An editor's hands: every press and click beyond typing is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.seen: list[tuple[str, str]] = []

    def press(self, key: str) -> None:
        """Press a key that leads to another page, or saves."""
        self.presses += 1
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def fill(self, key: str, words: str, end: str = "Enter") -> None:
        """Go to a field by its key, type over what stands there, and save."""
        self.presses += 1
        self.page.keyboard.press(key)
        self.page.keyboard.insert_text(words)
        self.press(end)

    def click(self, name: str) -> None:
        """Click a link or a button."""
        self.presses += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).or_(
                self.page.get_by_role("button", name=name)
            ).first.click()

    def look(self) -> list[str]:
        """Read the item: its title and its findings, which are noted as shown."""
        title = self.page.locator(".review__title").inner_text()
        found = open_findings(self.page)
        self.seen += [(title, name) for name in found]
        return found


ANSWERS: dict[str, tuple[str, ...]] = {
    "Weekday does not match date": (),
    "Organisation unknown, nearly the name of a known one": (),
    "No title, first sentence used": ("What it is about, in a few words", "Enter"),
    "Promised link missing": ("https://www.example.org/the-page-that-was-promised", "Enter"),
    "Text cut": ("Three village halls share one safeguarding lead. She is at the end of a phone.", "Control+Enter"),
    "Date in the future, before 1990, or one that does not exist": ("30 November 2026", "Enter"),
    "Edition older than the one in force": ("Our schools follow the edition that is in force.", "Control+Enter"),
    "Figures that do not add up, or stand on different bases": (
        "There were 130 reports this year: 70 from schools and 60 from clubs.", "Control+Enter",
    ),
}  # fmt: skip
"""What the editor does about a finding by its key: presses it, or types and saves."""


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"session-{name}.png")


def test_thirty_items_with_twelve_faults_take_sixty_presses(
    visit: Callable[..., Visit], gathered: None, alice: Person
) -> None:
    begun = sign_in(visit, alice, SIZES["wide"])
    page = begun.open("/newsroom/")
    picture(page, "1-desk")
    hands = Hands(page)
    hands.click("Review them")
    expect(page.get_by_role("heading", name="The page it was taken from")).to_be_visible()
    assert faults(page) == []
    pictures = {"Man": "2-name", "Life": "3-weekday", "School": "4-copy"}
    while (found := hands.look()) and page.url.find("/review/") > 0:
        begins = page.locator(".review__title").inner_text().partition(" ")[0]
        if begins in pictures:
            picture(page, pictures.pop(begins))
        if "A child or victim may be identifiable" in found:
            assert page.get_by_role("button", name="Approve").count() == 0
            hands.press("1")
            continue
        if "Same text as another item" in found:
            hands.press("m")
            continue
        typed = ANSWERS[found[0]]
        if typed:
            hands.fill("1", *typed)
        else:
            hands.press("1")
        assert found[0] not in open_findings(page)
        hands.press("a")
    hands.press("r")
    expect(page.get_by_role("checkbox")).to_have_count(18)
    picture(page, "5-ready")
    assert faults(page) == []
    hands.press("a")
    expect(page.get_by_text("18 items published.")).to_be_visible()

    assert hands.presses <= MOST_PRESSES
    assert Item.objects.count() == 30
    shown = dict(hands.seen)
    for title, code in FAULTS.items():
        item = Item.objects.get(findings__code=code, corrected=[]) if code == "copy_of" else planted(title)
        assert [name for each, name in shown.items() if each.startswith(title)], title
        assert item.status == "withdrawn" or item.corrections.exists(), title
    assert set(Item.objects.values_list("status", flat=True)) == {"published", "withdrawn"}
    assert begun.foreign == begun.console == []


def planted(title: str) -> Item:
    """The item in which a fault was planted, whatever an editor made of its title."""
    by_history = Item.objects.filter(corrections__was__title__startswith=title)
    return by_history.first() or Item.objects.get(title__startswith=title)


def open_findings(page: Page) -> list[str]:
    """The findings that are open on the page."""
    return [each.inner_text().partition(" ")[2] for each in page.locator(".newsroom-finding h3").all()]
