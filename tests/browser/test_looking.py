"""The walk by keyboard finds what it is there for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import stumbles

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_walk_by_keyboard_names_traps_hidden_focus_and_odd_orders(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(
        "<a href='#main'>Skip to the content</a><main id='main'><button style='outline: none'>Mute</button>"
        "<button tabindex='2'>Early</button><textarea onkeydown='event.preventDefault()'></textarea>"
        "<button>Behind the trap</button></main>"
    )
    said = " / ".join(stumbles(page))
    assert "the first stop is no way past the menu" in said
    assert "has an order of its own: <button tabindex" in said
    assert 'shows no focus: <button style="outline: none"' in said
    assert "is not reached: <button>Behind the trap" in said
    page.set_content("<a href='#main'>Skip to the content</a><main id='main'><button>One</button></main>")
    assert stumbles(page) == []
    page.close()
