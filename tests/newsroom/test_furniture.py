"""What stands around our own pages of the newsroom: what Wagtail brings and we do not use is gone, and no
page calls anybody else."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item, Publisher
from tests.newsroom.conftest import MakeItem

PAGES = [
    "items/",
    "items/{item}/",
    "items/{item}/history/",
    "items/{item}/decide/",
    "items/{item}/withdraw/",
    "sources/",
    "sources/new/",
    "publishers/",
    "publishers/new/",
    "categories/",
    "categories/new/",
    "users/",
    "users/new/",
    "account/",
    "reports/site-history/",
    "site-pages/",
    "site-pages/add/",
    "pictures/",
    "pictures/new/",
]

SHUT = [
    "pages/",
    "pages/1/",
    "pages/add/wagtailcore/page/1/",
    "choose-page/",
    "choose-anchor-link/",
    "collections/",
    "groups/",
    "workflows/list/",
    "reports/locked/",
    "reports/aging-pages/",
    "api/main/pages/",
    "failwhale/",
    "test404/",
    "images/",
    "documents/",
    "snippets/",
]


@pytest.fixture
def lead(client: Client, alice: Person, make_item: MakeItem) -> Client:
    """Alice's browser, signed in, with an item to look at."""
    make_item("One", status="waiting", findings=("child_identifiable",))
    client.force_login(alice)
    return client


def of_what_there_is(path: str) -> str:
    """A page of the newsroom; of the only item, or of its publisher, where the path leaves room for one."""
    item = Item.objects.values_list("pk", flat=True).first()
    publisher = Publisher.objects.values_list("pk", flat=True).first()
    return f"/newsroom/{path.format(item=item, publisher=publisher)}"


@pytest.mark.parametrize("path", ["", *PAGES])
def test_page_names_no_other_origin_to_load_from(lead: Client, path: str) -> None:
    answer = lead.get(of_what_there_is(path))
    assert answer.status_code == 200
    page = answer.content.decode()
    loaded = re.findall(r'(?:src|data|action|poster|srcset)="(https?:)?//', page)
    loaded += re.findall(r'<link[^>]+href="(?:https?:)?//', page)
    assert loaded == []
    assert "wagtail.org" not in page
    assert "gravatar" not in page.lower()


@pytest.mark.parametrize("path", ["", *PAGES, "login/"])
def test_page_runs_no_script_of_its_own(lead: Client, path: str) -> None:
    answer = lead.get(of_what_there_is(path))
    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", answer.content.decode())
    assert scripts == []
    assert not re.search(r"\son[a-z]+=", answer.content.decode())


@pytest.mark.parametrize("path", ["", "login/", "items/"])
def test_page_keeps_the_newsrooms_policy(lead: Client, path: str) -> None:
    headers = lead.get(of_what_there_is(path)).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize("path", SHUT)
def test_what_is_not_used_is_not_there(lead: Client, path: str) -> None:
    assert lead.get(of_what_there_is(path)).status_code == 404


def test_menu_holds_ours_and_nothing_that_leads_nowhere(lead: Client) -> None:
    page = lead.get("/newsroom/").content.decode()
    props = page[page.index('id="wagtail-sidebar-props"') :]
    props = props[: props.index("</script>")]
    for label in ("Items", "Pages", "Sources", "Publishers", "Categories", "History", "Users"):
        assert f'"{label}"' in props
    assert "/newsroom/site-pages/" in props
    assert "/newsroom/pages/" not in props
    for label in ("Snippets", "Images", "Documents", "Reports", "Help", "Workflows", "Collections", "Groups"):
        assert f'"{label}"' not in props
    assert "/newsroom/items/" in props[props.index("SearchModule") :]


@pytest.mark.parametrize("path", ["items/{item}/", "publishers/{publisher}/"])
def test_browser_calls_a_records_page_by_its_name(
    client: Client, alice: Person, make_item: MakeItem, path: str
) -> None:
    make_item("One", publisher="One")
    client.force_login(alice)
    page = client.get(of_what_there_is(path)).content.decode()
    (title,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    assert " ".join(title.split()).startswith("One ")


def test_account_page_asks_for_no_picture(lead: Client) -> None:
    assert "avatar-avatar" not in lead.get("/newsroom/account/").content.decode()


def test_editors_see_what_they_may_use(desk: Client) -> None:
    page = desk.get("/newsroom/").content.decode()
    assert '"Items"' in page
    assert '"Users"' not in page
    for path in ("items/", "sources/new/", "publishers/new/", "categories/new/", "reports/site-history/"):
        assert desk.get(f"/newsroom/{path}").status_code == 200
    assert desk.get("/newsroom/users/").status_code == 302
