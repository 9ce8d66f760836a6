"""An editor takes a composed issue of the sample briefing to a published one: counted, looked at, at both widths."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from almoner.demo.briefing import create_sample_briefing
from almoner.demo.services import create_demo_data
from almoner.products.briefing.content import content_of
from almoner.products.briefing.models import Briefing, Issue, Question
from almoner.products.briefing.print_file import print_file
from almoner.products.briefing.services.issues import compose, start_issue
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from tests.browser.conftest import Visit, violations
from tests.browser.looking import SIZES, faults, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

MOST_ACTIONS = 40
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PICTURES = os.environ.get("ALMONER_PICTURES", "")
"""A folder for pictures of the issue (`make screens`); none are taken without it."""


@pytest.fixture
def composed(db: None) -> Issue:
    """The second issue of the sample briefing, composed from three months of sample content."""
    create_demo_data(now=MONDAY)
    create_sample_briefing()
    issue = start_issue(Briefing.objects.get(), date(2026, 11, 23), now=MONDAY)
    compose(issue, now=MONDAY)
    return issue


class Hands:
    """An editor's hands: every click, drag and filled field is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def press(self, within: Locator, name: str) -> None:
        """Press a button that changes the issue."""
        self.actions += 1
        with self.page.expect_navigation():
            within.get_by_role("button", name=re.compile(rf"^{name}")).first.click()

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.actions += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def open(self, within: Locator, name: str) -> None:
        """Open a form."""
        self.actions += 1
        within.locator("summary", has_text=name).first.click()

    def fill(self, within: Locator, label: str, words: str) -> None:
        """Type into a field."""
        self.actions += 1
        within.get_by_label(re.compile(rf"^{label}")).first.fill(words)

    def drag(self, entry: Locator, to: Locator) -> None:
        """Drag an entry before another, and wait until it is kept."""
        self.actions += 1
        to.evaluate("entry => entry.scrollIntoView({ block: 'center' })")
        held, aim = entry.bounding_box(), to.bounding_box()
        assert held is not None
        assert aim is not None
        self.page.mouse.move(held["x"] + 60, held["y"] + 20)
        self.page.mouse.down()
        self.page.mouse.move(aim["x"] + 60, aim["y"] + aim["height"] / 2, steps=8)
        self.page.mouse.move(aim["x"] + 60, aim["y"] + 4, steps=4)
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.mouse.up()


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def test_editor_takes_a_composed_issue_to_a_published_one_in_forty_actions(
    visit: Callable[..., Visit], alice: Person, composed: Issue
) -> None:
    assert Item.objects.count() >= 200
    begun = sign_in(visit, alice, SIZES["wide"])
    page = begun.open("/newsroom/")
    hands = Hands(page)
    page.locator(f'a[href="/newsroom/issues/{composed.pk}/"]').click()
    hands.actions += 1
    assert faults(page) == []
    picture(page, "composer")

    def part(kind: str) -> Locator:
        return page.locator(f'[data-section="{composed.sections.get(kind=kind).pk}"]')

    lead = part("lead").locator("[data-entry]").first
    hands.press(lead, "Print its text")
    hands.fill(lead, "Title", "A lead with a title of our own")
    hands.press(lead, "Save")
    news = part("news").locator("[data-entry]")
    second = news.nth(1).locator("h3").inner_text()
    hands.drag(news.nth(1), news.first)
    expect(part("news").locator("[data-entry]").first.locator("h3")).to_have_text(second)
    expect(page.locator("[data-said]")).to_have_text("Moved to News.")
    page.reload()
    expect(part("news").locator("[data-entry]").first.locator("h3")).to_have_text(second)
    hands.press(part("news").locator("[data-entry]").first, "↓")
    hands.press(part("news").locator("[data-entry]").nth(2), "Take out")
    note = part("notices").locator(".composer__note")
    hands.open(note, "Write a note")
    hands.fill(note, "Title", "We are away on Friday")
    hands.fill(note, "Words", "Ring the [numbers that are always answered](/help/).")
    hands.press(note, "Put it in")
    hands.follow("Put in an item")
    assert faults(page) == []
    hands.press(page.locator("main"), "Put in")
    for form in ("E-mail by night", "E-mail on a phone", "E-mail as plain text", "Print"):
        if form == "E-mail by night":
            hands.follow("Preview")
        if form != "Print":  # a headless browser has nothing to show a PDF with
            hands.follow(form)
            assert faults(page) == []
    hands.follow("Back to composing")
    hands.press(page.locator("main"), "Approve")
    hands.press(page.locator("main"), "Publish now")
    expect(page.get_by_text("Published. No mail server is set: no e-mail goes.")).to_be_visible()
    assert hands.actions <= MOST_ACTIONS
    assert Issue.objects.get(pk=composed.pk).state == "published"
    assert begun.foreign == begun.console == []
    _forms(visit, Issue.objects.get(pk=composed.pk), begun)


def _forms(visit: Callable[..., Visit], issue: Issue, desk: Visit) -> None:
    """Every form of the published issue, looked at as readers get it."""
    question = Question.objects.get().get_absolute_url()
    paths = [issue.get_absolute_url(), f"{issue.get_absolute_url()}for/schools/", "/briefing/weekly/",
             "/briefing/weekly/questions/", question, "/briefings/"]  # fmt: skip
    for size, scheme in (("wide", "light"), ("narrow", "dark")):
        reader = visit(
            viewport={"width": SIZES[size][0], "height": SIZES[size][1]},
            color_scheme=scheme,
            java_script_enabled=True,
        )
        for path in paths:
            page = reader.open(path)
            assert violations(page) == [], path
            width = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert width <= 0, path
            if path == paths[0]:
                expect(page.get_by_role("heading", name="A lead with a title of our own")).to_be_visible()
                picture(page, "issue" if size == "wide" else "issue-phone-dark")
            page.close()
        assert reader.foreign == []
    mail = desk.open(f"/newsroom/issues/{issue.pk}/preview/form/?as=light")
    assert "A lead with a title of our own" in mail.content()
    desk.console.clear()  # Chromium says that a frame may run no script, which the checks above try
    for form in ("dark", "bare", "narrow"):
        mail.goto(f"{desk.origin}/newsroom/issues/{issue.pk}/preview/form/?as={form}")
        picture(mail, f"issue-mail-{form}")
    mail.goto(f"{desk.origin}/newsroom/issues/{issue.pk}/preview/?as=plain")
    picture(mail, "issue-text")
    if PICTURES:
        document = pypdfium2.PdfDocument(print_file(content_of(issue)).content)
        document[0].render(scale=1.3).to_pil().save(Path(PICTURES) / "issue-print.png")
        document.close()
