"""The newsroom's pages of sources and of publishers' changes in a real browser: usable by all, at both widths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item, ItemVersion
from almoner.records.catalogue.names import publishers_named
from almoner.records.ingest import running
from almoner.records.ingest.enums import Ending, State, Trigger
from almoner.records.ingest.imports import Import
from almoner.records.ingest.models import Run, Source
from tests.browser.conftest import Visit
from tests.browser.looking import SIZES, faults, looked_at, sign_in
from tests.newsroom.test_letters import arrive, message, newsletter
from tests.newsroom.test_sources import FEED, PAGE, Web, gather

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def shown(alice: Person, make_item: Callable[..., Item], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every page, by name, with something on each."""
    monkeypatch.setattr(running, "fetcher", Web)
    now = timezone.now()
    trust = publishers_named(["Harbour Trust"])["Harbour Trust"]
    watched = Source.objects.create(
        name="Harbour Trust news", address="https://harbour.example/rss", adapter="feed", publisher=trust,
        checked_at=now, succeeded_at=now, next_check_at=now + timedelta(hours=1), tried_at=now - timedelta(days=40),
    )  # fmt: skip
    for number in range(12):
        captured = now - timedelta(days=(number * number) % 29)
        published = (captured - timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M+00:00")
        gather(watched, make_item(f"Notice {number}", captured_at=captured, published=published))
    for number, (ending, problems) in enumerate(
        [
            (Ending.CHANGED, []),
            (
                Ending.FAILED,
                ["https://harbour.example/rss: fetch: gave no answer in 30 seconds. It is tried again."],
            ),
        ]
    ):
        Run.objects.create(
            source=watched, trigger=Trigger.SCHEDULE, started_at=now - timedelta(hours=number), requests=3, added=2,
            ended_at=now - timedelta(hours=number) + timedelta(seconds=4), ending=ending, problems=problems,
        )  # fmt: skip
    Source.objects.create(
        name="Northgate board: papers and minutes", address="https://northgate.example/papers", adapter="listing",
        failures=9, succeeded_at=now - timedelta(days=6), last_error="northgate: fetch: gave no answer.",
        next_check_at=now + timedelta(days=2), checked_at=now,
    )  # fmt: skip
    held = Source.objects.create(
        name="County archive", address="https://archive.example/feed", adapter="feed", state=State.HELD,
        state_reason="County archive: records: has 2,114 new items at once; up to 300 are taken in without asking.",
    )  # fmt: skip
    letters = arrive(newsletter(), message(3, "stranger@other.example"), message(4))
    item = make_item("Taxi guidance", text="Ask for two references.\nKeep them for a year.", licence="ogl")
    ItemVersion.objects.create(
        item=item, captured_at=now, was={"title": item.title, "text": item.text},
        now={"title": "Taxi and minibus guidance", "text": "Ask for three references.\nKeep them for six years."},
    )  # fmt: skip
    stopped = Import.objects.create(
        key="k" * 24, source_name="Newsletter to 2024", made_at=now, moved_at=now, total=30, done=12, state="stopped",
        fault="The disk or the database refused it.", counts={"new": 40, "again": 2, "documents": 12}, by=alice,
        problems=[{"name": "old.pdf", "stage": "parse", "why": "Is locked.", "advice": "Save it without."}],
    )  # fmt: skip
    return {
        "desk": "",
        "imports": "bringing/",
        "import": f"bringing/{stopped.pk}/",
        "bulk date": f"bulk/catalogue/item/give_date/?id={item.pk}",
        "list": "sources/",
        "broken": "sources/?broken=on",
        "source": f"sources/{watched.pk}/",
        "pause": f"sources/{watched.pk}/pause/",
        "let in": f"sources/{held.pk}/let-in/",
        "add": "sources/new/",
        "mail": "mail/",
        "message": f"mail/{letters[0].pk}/",
        "changed": f"items/{item.pk}/",
    }


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_sources_are_accessible_and_fit(
    visit: Callable[..., Visit], alice: Person, shown: dict[str, str], size: str
) -> None:
    desk = sign_in(visit, alice, SIZES[size])
    assert looked_at(desk, shown, by_keyboard=size == "wide") == {}


@pytest.mark.parametrize("size", SIZES)
def test_source_is_added_from_a_pasted_address(
    visit: Callable[..., Visit], alice: Person, shown: dict[str, str], size: str
) -> None:
    desk = sign_in(visit, alice, SIZES[size])
    page = desk.open("/newsroom/sources/new/")
    page.get_by_label("Address").fill("not an address")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("has a space")).to_be_visible()
    page.get_by_label("Address").fill(PAGE)
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("Taxi licensing: what to ask")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("textbox", name="Name").fill("Harbour Trust feed")
    page.get_by_role("button", name="Save and watch").click()
    expect(page.get_by_text("is watched. Its first check is due now.")).to_be_visible()
    assert Source.objects.get(name="Harbour Trust feed").address == FEED
    assert [said for said in desk.console if "422" not in said] == []


@pytest.mark.parametrize("size", SIZES)
def test_mailbox_is_added_and_a_message_let_in(
    visit: Callable[..., Visit], alice: Person, shown: dict[str, str], size: str
) -> None:
    desk = sign_in(visit, alice, SIZES[size])
    page = desk.open("/newsroom/sources/new/")
    page.get_by_label("Address").fill("imaps://news%40school.example@mail.example/Bulletins")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("textbox", name="Name").fill("Bulletins")
    page.get_by_role("textbox", name="Senders").fill("news@harbour.example\n@council.example unsigned")
    assert faults(page) == []
    page.get_by_role("button", name="Save and watch").click()
    expect(page.get_by_text("is watched. Its first check is due now.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Senders")).to_have_value(
        "news@harbour.example\n@council.example unsigned"
    )
    page.goto(f"{desk.origin}/newsroom/mail/")
    page.get_by_role("link", name="Helpline 3 opens").click()
    page.get_by_role("button", name="Let in this message").click()
    expect(page.get_by_text("Let in and read.")).to_be_visible()
    expect(page.get_by_role("link", name="Helpline 3 opens")).to_have_count(0)
