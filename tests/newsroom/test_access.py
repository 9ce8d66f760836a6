"""Nobody comes into the newsroom by a side door. Each test is named after its row in docs/faults.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from almoner.records.accounts.models import Person
from tests.newsroom.conftest import MakeItem

FillIn = Callable[..., dict[str, Any]]
OPEN: Final = frozenset(
    {
        "login/", "logout/", "password_reset/", "password_reset/done/", "password_reset/complete/",
        "jsi18n/", "sprite/", "icons/",
    }
)  # fmt: skip
"""What everybody may ask for: the door, and what pages are drawn with."""


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route below these patterns, as it is written."""
    for each in patterns:
        if isinstance(each.pattern, RoutePattern):
            here = before + str(each.pattern)
            yield from routes(each.url_patterns, here) if isinstance(each, URLResolver) else [here]
        elif isinstance(each, URLResolver):
            yield from routes(each.url_patterns, before)


def filled(route: str) -> str:
    """An address of this route: whatever it asks for is 1."""
    while "<" in route:
        start, _, rest = route.partition("<")
        route = start + "1" + rest.partition(">")[2]
    return route


def test_a2_every_page_of_the_newsroom_asks_who_is_there(
    client: Client, charlie: Person, make_item: MakeItem
) -> None:
    make_item("One")
    outsider = Client()
    outsider.force_login(charlie)
    every = {
        filled(route.removeprefix("newsroom/"))
        for route in routes(get_resolver().url_patterns)
        if route.startswith("newsroom/")
    }
    assert {"items/1/", "review/1/", "items/1/withdraw/", "sources/1/rule/", "users/"} <= every
    let_in = [
        (method, path)
        for path in sorted(every - OPEN)
        for browser in (client, outsider)
        for method in ("get", "post")
        if getattr(browser, method)(f"/newsroom/{path}").status_code in {200, 500}
        and not path.startswith(("password_reset/confirm", "link/"))
    ]
    assert let_in == []


def test_a3_fields_that_the_form_does_not_have_change_nothing(
    desk: Client, editor: Person, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("One", status="waiting")
    address = f"/newsroom/items/{item.pk}/"
    smuggled = {
        "status": "published",
        "key": "stolen",
        "corrected": "[]",
        "fingerprint": "x",
        "html": "<b>x</b>",
    }
    desk.post(address, fill_in(desk.get(address), title="Two") | smuggled)
    key, fingerprint = item.key, item.fingerprint
    item.refresh_from_db()
    assert (item.title, item.status, item.corrected) == ("Two", "waiting", ["title"])
    assert (item.key, item.fingerprint, item.html) == (key, fingerprint, "")
    desk.post(
        "/newsroom/account/",
        {
            "name_email-first_name": "Bob",
            "name_email-email": editor.email,
            "is_superuser": "on",
            "groups": "1",
        },
    )
    editor.refresh_from_db()
    assert not editor.is_superuser


@pytest.mark.parametrize("ended", ["role", "account", "signed out"])
def test_a5_who_lost_their_role_or_signed_out_is_refused_at_once(
    desk: Client, editor: Person, make_item: MakeItem, ended: str
) -> None:
    address = f"/newsroom/items/{make_item('One').pk}/"
    name = settings.SESSION_COOKIE_NAME
    kept = desk.cookies[name].value
    assert desk.get(address).status_code == 200
    if ended == "role":
        editor.groups.clear()
    elif ended == "account":
        Person.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        desk.post("/newsroom/logout/")
    again = Client()
    again.cookies[name] = kept
    assert again.get(address).status_code in {302, 403}


def test_a10_no_other_site_presses_a_button_or_frames_a_page(
    desk: Client, editor: Person, make_item: MakeItem
) -> None:
    item = make_item("One", status="waiting")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    for address, sent in (
        (f"/newsroom/items/{item.pk}/", {"title": "Two"}),
        (f"/newsroom/review/{item.pk}/", {"approve": "1"}),
        ("/newsroom/review/ready/", {"item": item.pk}),
    ):
        assert strict.post(address, sent, headers={"origin": "https://evil.example"}).status_code == 403
    item.refresh_from_db()
    assert (item.title, item.status) == ("One", "waiting")
    answer = desk.get(f"/newsroom/items/{item.pk}/")
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "access-control-allow-origin" not in answer.headers
