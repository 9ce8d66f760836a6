"""The newsroom's pages of guidance in a real browser: usable by all, at both widths, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from almoner.records.accounts.models import Person
from almoner.records.catalogue.mentions import look_again
from almoner.records.catalogue.models import Item
from almoner.records.guidance.audiences import tell_audiences
from almoner.records.guidance.editions import set_status, take_back
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, Note, Work
from almoner.records.guidance.proposals import propose_waiting
from tests.browser.conftest import Visit
from tests.browser.looking import SIZES, looked_at, sign_in
from tests.records.guidance.conftest import add, newer, older, work

__all__ = ["add", "newer", "older", "work"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def shown(newer: Edition, make_item: Callable[..., Item], now: datetime) -> dict[str, str]:
    """Every page, by name, with something on each."""
    Work.objects.filter(pk=newer.work_id).update(known="kcsie")
    look_again(make_item("KCSIE 2024 comes into force on 2 September 2024"))
    propose_waiting(now)
    take_back(set_status(newer, EditionStatus.WITHDRAWN, "2024-12", now=now), now=now)
    tell_audiences(newer, "part-1", ["all staff"])
    return {
        "list": "guidance/",
        "add": "guidance/new/",
        "work": f"guidance/{newer.work_id}/",
        "history": f"guidance/{newer.work_id}/history/",
        "add edition": f"guidance/{newer.work_id}/editions/new/",
        "edition": f"guidance/editions/{newer.pk}/",
        "changes": f"guidance/editions/{newer.pk}/changes/",
    }


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_guidance_are_accessible_and_fit(
    visit: Callable[..., Visit], alice: Person, shown: dict[str, str], size: str
) -> None:
    desk = sign_in(visit, alice, SIZES[size])
    assert looked_at(desk, shown, by_keyboard=size == "wide") == {}


def test_note_beside_a_change_is_written_by_keyboard(
    visit: Callable[..., Visit], alice: Person, shown: dict[str, str]
) -> None:
    page = sign_in(visit, alice, SIZES["narrow"]).open(f"/newsroom/{shown['changes']}")
    first = page.locator("#change-1")
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    first.get_by_label("What it means").focus()
    page.keyboard.type("It binds now.")
    page.keyboard.press("Tab")
    page.keyboard.type("Keep a list.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()
    expect(page.locator("#change-1").get_by_label("What to do")).to_have_value("Keep a list.")
    assert page.url.endswith("#change-1")
    assert Note.objects.get().written_by == alice
