"""One Chromium for all tests here, and a small service for it to read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from almoner.demo.works import create_sample_guidance
from almoner.products.alerts import links, sign_up
from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.enums import Follows, Pace, RequestKind
from almoner.products.alerts.models import Request, Subscriber
from almoner.products.alerts.services import save
from almoner.products.library.models import ReadingList
from almoner.products.library.services import set_entries
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item, ItemEvent
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.relations import StoryItem
from almoner.records.catalogue.services import withdraw
from almoner.records.ingest.models import LinkedAddress
from tests.web.documents import make_document

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE: Final = 30_000
"""Milliseconds until what should be on a page is given up: a machine that does other work may need many."""
ELSEWHERE: Final = "<!doctype html><title>Weather</title><h1>Weather</h1>"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser; the test is skipped, and says so, where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: scripts/browser.sh says how to get one")
    # Playwright runs an event loop in this thread, where Django would refuse to touch the database.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """A reader's browser, what it asked for beyond our origin, and what its console said."""

    context: BrowserContext
    origin: str
    path: str = ""
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """A new page at this path."""
        page = self.context.new_page()
        page.on("console", lambda message: self.console.append(f"{self.path}: {message.text}"))
        page.on("pageerror", lambda error: self.console.append(f"{self.path}: {error}"))
        self.go_on(page, path)
        return page

    def go_on(self, page: Page, path: str) -> None:
        """Show this path in the same page: where many are looked at, far cheaper than a new one for each."""
        self.path = path
        page.goto(self.origin + path)


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong on a page. What it finds right is not collected: that is most of the work."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return list(found.response["violations"])


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visit]]:
    """Begin a visit; arguments are those of a browser context."""
    contexts: list[BrowserContext] = []

    def begin(**options: Any) -> Visit:
        context = chromium.new_context(**options)
        contexts.append(context)
        started = Visit(context, live_server.url)

        def elsewhere(route: Route) -> None:
            started.foreign.append(route.request.url)
            route.fulfill(body=ELSEWHERE, content_type="text/html")

        # An expression, which the driver matches by itself: a function would be asked about each request.
        context.route(re.compile(f"^(?!{re.escape(live_server.url)}/)"), elsewhere)
        return started

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def pages(make_item: Callable[..., Item], now: datetime) -> dict[str, str]:
    """Every kind of public page, by name, with something on each."""
    lead = make_item(
        "Who may collect a child: a new duty for schools and colleges in England from September",
        kind="guidance",
        html="<h2>What changes</h2><p>Text with <a href='https://www.example.org/a'>a link</a>.</p>"
        "<ul><li>one</li><li>two</li></ul><table><tr><th>Year<td>Count<tr><td>2024<td>12</table>",
        text="What changes",
        summary="From September schools must keep a list of who may collect a child.",
        licence="own",
        publisher="Harbour Trust",
        credit_source="Department for Education",
        credit_as_printed="Source: Department for Education",
        published="2025-04-09",
        published_as_printed="Wednesday 9 April 2025",
        categories=("Education", "Law and guidance"),
        links=[{"href": "https://www.example.org/a", "text": "The guidance (PDF)"}],
        link="https://www.example.org/item",
    )
    ItemEvent.objects.create(
        item=lead, title="Briefing for heads", starts="2025-05-14T16:00+01:00", mode="online"
    )
    notice = make_item("Order your handbook", kind="notice", text="While stocks last.", licence="own")
    question = make_item(
        "Question of the Week",
        kind="question",
        text="Question: What is a low-level concern?\n\nAnswer: One that does not meet the threshold.",
        licence="own",
    )
    withheld = make_item(
        "Only a summary of this",
        kind="resource",
        summary="What it is about, in short.",
        text="Withheld.",
        link="https://www.example.org/withheld",
        categories=("Education",),
    )
    gone = make_item("Withdrawn")
    withdraw(gone, reason="No longer right.", now=now)
    for number in range(25):
        make_item(
            f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]} guide to taxi licensing, part {number}",
            kind="resource",
            summary="Checks before a licence is given.",
            publisher=f"Publisher {number % 12}",
            categories=(f"Category {number % 14}",),
            added=f"20{10 + number % 14}-08-17T09:21+01:00",
        )
    lost = make_item("Its page is gone", kind="guidance", link="https://www.example.org/gone", licence="own")
    LinkedAddress.objects.filter(items__item=lost).update(
        health="dead", reason="It is not there (404).", checked_at=now, worked_at=now
    )
    reading_list = ReadingList.objects.create(
        title="A lead’s first week", description="Where to begin.", is_public=True
    )
    set_entries(reading_list, [(lead, "Begin here: it changes in September."), (lost, "")])
    search = save("taxi", {}, name="", today=now.date())
    assert search is not None
    ferry = "The harbour trust said 40 children were stranded. It will publish a report by June 2026. " * 2
    told = [
        make_item("The ferry stops", text=f"{ferry}{more}", licence="own", published=f"2025-04-0{day}")
        for day, more in ((1, ""), (2, "It is sorry."))
    ]
    look_again(make_item("KCSIE 2025 is out", text="For schools."))
    relate_waiting()
    story = StoryItem.objects.get(item=told[0]).story
    briefing = make_document(
        [lead, notice, question, withheld],
        captured=now,
        briefing_title="Harbour Briefing, 7 April 2025",
        briefing_date=date(2025, 4, 7),
        briefing_author="Bob",
    )
    create_sample_guidance(now=now)
    subscriber = Subscriber.objects.create(
        address="dana@example.org", folded="dana@example.org", standing="confirmed", asked_at=now
    )
    subscriber.subscriptions.create(follows="topic", about="violence-against-women", began_at=now)
    row = subscriber.subscriptions.create(follows="publisher", about="harbour-trust", began_at=now)
    sign_up.ask(
        RequestKind.SIGN_UP,
        read_address("eve@example.org"),
        [sign_up.Choice(Follows.WORK, "safe-harbour", Pace.DAILY)],
        network="192.0.2.1",
        now=timezone.now(),
    )
    mine = f"/alerts/change/{links.sealed(links.Purpose.CHANGE, links.Token(subscriber.key))}/"
    leaving = links.sealed(links.Purpose.LEAVE, links.Token(subscriber.key, (row.pk,)))
    confirming = links.sealed(links.Purpose.CONFIRM, links.Token(Request.objects.get().key))
    redline = "/guidance/safe-harbour/2025/to/2026/"
    return {
        "front": "/",
        "guidance": "/guidance/",
        "work": "/guidance/safe-harbour/",
        "edition": "/guidance/safe-harbour/2025/",
        "redline": redline,
        "redline side by side": f"{redline}?view=side&kind=substantive&paragraph=94",
        "table of changes": f"{redline}table/",
        "checklist": f"{redline}checklist/?audience=Everyone+afloat",
        "news": "/news/",
        "news by month": "/news/archive/",
        "news of a month": "/news/2025/4/",
        "news narrowed": "/news/?kind=resource&category=education",
        "library": "/library/",
        "library narrowed": "/library/?category=education&letter=O&order=newest",
        "library empty": "/library/?year=1066",
        "briefings": "/briefings/",
        "briefing": f"/briefings/{briefing.key}/",
        "item": lead.get_absolute_url(),
        "story": story.get_absolute_url(),
        "thread": "/threads/kcsie/",
        "item withheld": withheld.get_absolute_url(),
        "item whose page is gone": lost.get_absolute_url(),
        "reading lists": "/library/lists/",
        "reading list": reading_list.get_absolute_url(),
        "library with nothing left": "/library/?kind=guidance&letter=B",
        "item withdrawn": gone.get_absolute_url(),
        "search": "/search/",
        "search found": "/search/?q=taxi",
        "search narrowed": "/search/?q=taxi&kind=resource&year=2012-",
        "search narrowed to nothing": "/search/?q=taxi&kind=news",
        "search nothing": "/search/?q=zzyzx",
        "saved search": f"/search/saved/{search.key}/",
        "feeds": "/feeds/",
        "messages by e-mail": "/alerts/",
        "messages asked for": "/alerts/asked/",
        "link to messages": "/alerts/link/",
        "messages to confirm": f"/alerts/confirm/{confirming}/",
        "messages of one's own": mine,
        "more messages": f"{mine}more/",
        "messages to leave": f"/alerts/leave/{leaving}/",
        "topics": "/topics/",
        "topic": "/topics/education/",
        "audiences": "/audiences/",
        "audience": "/audiences/schools/",
        "glossary": "/glossary/",
        "report a mistake": f"{lead.get_absolute_url()}mistake/",
        "write to the editors": "/write/",
        "news on other sites": "/embed/?kind=resource&items=3",
        "saved for later": "/saved/",
        "retention": "/retention/",
        "complaints": "/complaints/",
        "naming": "/naming/",
        "help": "/help/",
        "leaving": "/leaving/",
        "about": "/about/",
        "privacy": "/privacy/",
        "accessibility": "/accessibility/",
        "not found": "/there/is/nothing/",
    }
