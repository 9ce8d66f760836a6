"""The session or the network ends while an editor types: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from tests.browser.conftest import Visit
from tests.browser.looking import SIZES, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_d2_words_typed_after_the_session_or_the_network_ended_stay_until_they_are_saved(
    visit: Callable[..., Visit], alice: Person, make_item: Callable[..., Item]
) -> None:
    item = make_item("One", status="waiting")
    desk = sign_in(visit, alice, SIZES["wide"])
    page = desk.open(f"/newsroom/items/{item.pk}/")
    page.wait_for_load_state("networkidle")
    status, summary = page.locator("[data-draft]"), page.locator("#w-editor-form [name=summary]")
    save = page.get_by_role("button", name="Save", exact=True).last

    desk.context.set_offline(True)
    summary.fill("Typed without a network")
    expect(status).to_contain_text("does not answer")
    save.click()
    expect(status).to_contain_text("still on this page")
    desk.context.set_offline(False)

    desk.context.clear_cookies()
    summary.fill("Typed without a session")
    expect(status).to_contain_text("You are signed out")
    save.click()
    expect(summary).to_have_value("Typed without a session")

    client = Client()
    client.force_login(alice)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    desk.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": desk.origin}])
    desk.open(f"/newsroom/items/{item.pk}/").close()  # the other tab, which brings another token
    save.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    item.refresh_from_db()
    assert item.summary == "Typed without a session"
