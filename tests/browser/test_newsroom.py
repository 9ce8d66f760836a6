"""The newsroom in a real browser, on a real service: what an editor does there from the first link on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.looking import SIZES, faults, stumbles
from tests.servers import pattern
from tests.service import Service, surroundings

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ROOT = Path(__file__).parents[2]
PASSWORD = "horse battery staple tree"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data = tmp_path_factory.mktemp("newsroom") / "data"
    service = Service(pattern.put_into(data, pattern.DATABASE, pattern.STATIC)).start()
    filled = subprocess.run(
        [sys.executable, "-m", "tests.browser.newsroom_items"],
        cwd=ROOT, env=surroundings(service.data), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert filled.returncode == 0, filled.stderr
    yield service
    service.stop()


@pytest.fixture(scope="module")
def signed_in(service: Service, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of the administrator, who came in by the link that the service printed."""
    kept = tmp_path_factory.mktemp("cookies") / "state.json"
    context = chromium.new_context()
    page = context.new_page()
    page.goto(service.link())
    for name in ("new_password1", "new_password2"):
        page.locator(f"input[name={name}]").fill(PASSWORD)
    page.get_by_role("button", name="Set it and sign in").click()
    expect(page).to_have_url(f"{service.address}/newsroom/")
    context.storage_state(path=kept)
    context.close()
    return kept


class Desk:
    """An editor's browser. It notes whatever leaves the origin or complains."""

    def __init__(
        self, chromium: Browser, service: Service, cookies: Path | None, size: tuple[int, int]
    ) -> None:
        self.service = service
        viewport = {"width": size[0], "height": size[1]}
        self.context = chromium.new_context(storage_state=cookies, viewport=viewport)  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, address: str) -> None:
        parts = urlsplit(address)
        if (
            parts.scheme not in {"data", "blob"}
            and f"{parts.scheme}://{parts.netloc}" != self.service.address
        ):
            self.strangers.append(address)

    def open(self, path: str) -> Page:
        """Go to a page of the newsroom and let it settle."""
        self.page.goto(f"{self.service.address}/newsroom/{path}")
        self.page.wait_for_load_state("networkidle")
        return self.page

    def open_item(self, title: str) -> Page:
        """Go to an item's page by way of the list."""
        self.open("items/").get_by_role("link", name=title, exact=True).click()
        self.page.wait_for_load_state("networkidle")
        return self.page


def typed(page: Page, name: str) -> Locator:
    """The field of this name in the page's form."""
    return page.locator(f"main form [name={name}]")


@pytest.fixture
def desk(service: Service, chromium: Browser, signed_in: Path) -> Iterator[Desk]:
    desk = Desk(chromium, service, signed_in, SIZES["wide"])
    yield desk
    desk.context.close()
    assert desk.strangers == []
    assert desk.complaints == []


def test_link_that_was_used_does_not_let_in_again(
    service: Service, chromium: Browser, signed_in: Path
) -> None:
    desk = Desk(chromium, service, None, SIZES["wide"])
    desk.page.goto(service.link())
    expect(desk.page.get_by_role("heading", name="This link has ended")).to_be_visible()
    desk.page.get_by_role("link", name="Sign in with your password").click()
    desk.page.locator("input[name=username]").fill("admin@localhost")
    desk.page.locator("input[name=password]").fill(PASSWORD)
    desk.page.get_by_role("button", name="Sign in").click()
    expect(desk.page).to_have_url(f"{service.address}/newsroom/")
    assert desk.complaints == desk.strangers == []
    desk.context.close()


def test_editor_corrects_an_item(desk: Desk) -> None:
    page = desk.open_item("To correct")
    expect(page.get_by_text("Message about weekday_mismatch.")).to_be_visible()
    expect(page.get_by_text("Wednesday 3 April 2025")).to_be_visible()
    typed(page, "title").fill("Corrected")
    typed(page, "published").fill("2/4/2025")
    page.get_by_role("region", name="Categories").get_by_label("Online safety").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(typed(page, "published")).to_have_value("2 April 2025")
    expect(page.get_by_role("region", name="Categories").get_by_label("Online safety")).to_be_checked()
    page.get_by_role("link", name="History of this item").click()
    expect(page.get_by_text("Corrected: categories, published, title")).to_be_visible()


def test_editor_is_told_at_the_field_what_does_not_fit(desk: Desk) -> None:
    page = desk.open_item("Not ready")
    typed(page, "published").fill("last week")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("is no date that exists").first).to_be_visible()
    expect(typed(page, "published")).to_have_value("last week")


def test_editor_approves_an_item_and_readers_see_it(desk: Desk) -> None:
    page = desk.open_item("To approve")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Published: To approve")).to_be_visible()
    expect(page.get_by_role("link", name="To approve", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Open it again").click()
    page.get_by_role("link", name="The page that readers see").click()
    expect(page.get_by_role("heading", name="To approve")).to_be_visible()


def test_editor_withdraws_an_item_with_a_reason(desk: Desk) -> None:
    page = desk.open_item("To withdraw")
    page.get_by_role("link", name="Withdraw…").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("This field is required.").first).to_be_visible()
    typed(page, "reason").fill("The source took it down.")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Withdrawn. Readers no longer see it.")).to_be_visible()
    expect(page.get_by_text("Reason: The source took it down.")).to_be_visible()
    page.get_by_role("button", name="Put it back into the queue").click()
    expect(page.get_by_role("heading", name="Waiting for an editor")).to_be_visible()


def test_editor_decides_about_a_child_apart_and_with_a_reason(desk: Desk) -> None:
    page = desk.open_item("To decide about")
    expect(page.get_by_role("button", name="Save and publish")).to_have_count(0)
    page.get_by_role("link", name="Decide about it").click()
    expect(page.get_by_text("Message about child_identifiable.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Kim Doe")).to_be_visible()
    expect(page.locator(".newsroom-text mark")).to_have_text("Kim Doe")
    expect(page.get_by_role("link", name="Withdraw…")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert faults(page) == []
    typed(page, "reason").fill("ok")
    page.get_by_role("button", name="Publish it, for this reason").click()
    expect(page.get_by_text("at least 10 characters").first).to_be_visible()
    typed(page, "reason").fill("The family asked for the name to stand.")
    page.get_by_role("button", name="Publish it, for this reason").click()
    expect(page.get_by_text("Decided and published.")).to_be_visible()
    page.get_by_text("1 settled").click()
    expect(page.get_by_text("The family asked for the name to stand.")).to_be_visible()
    page.get_by_role("link", name="History of this item").click()
    expect(page.get_by_role("cell", name="Decided that it may be published")).to_be_visible()


def test_editor_settles_a_finding(desk: Desk) -> None:
    page = desk.open_item("To settle")
    typed(page, "credit_outlet").fill("Pressed Enter")
    typed(page, "credit_outlet").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("heading", name="1 finding to look at")).to_be_visible()
    typed(page, "title").fill("Settled")
    page.get_by_role("button", name=re.compile("^Looked at ?: Promised link missing$")).click()
    expect(page.get_by_text("Saved. Settled: Promised link missing")).to_be_visible()
    expect(typed(page, "title")).to_have_value("Settled")
    expect(page.get_by_role("heading", name="No open finding")).to_be_visible()


def test_editor_approves_several_at_once_but_none_with_a_finding(desk: Desk) -> None:
    page = desk.open("items/?status=waiting")
    for title in ("Ready one", "Ready two", "Not ready"):
        page.get_by_role("row", name=title).get_by_role("checkbox").check()
    page.get_by_role("link", name="Approve selected items").click()
    expect(page.get_by_text("These stay as they are.")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("2 items published.")).to_be_visible()
    page = desk.open("items/?status=waiting")
    expect(page.get_by_role("link", name="Ready one")).to_have_count(0)
    expect(page.get_by_role("link", name="Not ready")).to_be_visible()


def test_editor_searches_and_filters_the_list(desk: Desk) -> None:
    page = desk.open("items/")
    page.get_by_role("searchbox").or_(page.get_by_label("Search term")).first.fill("not rea")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="Not ready")).to_be_visible()


def test_editor_compares_with_the_copy_of_the_source(desk: Desk) -> None:
    page = desk.open_item("Not ready")
    page.get_by_role("link", name="Copy of the source").click()
    expect(page.locator("#item")).to_contain_text("Not ready")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the").click()
    assert "What is said about: not ready." in Path(download.value.path()).read_text()


@pytest.mark.parametrize("size", SIZES)
def test_newsroom_pages_are_accessible_fit_and_are_walked_by_keyboard(
    service: Service, chromium: Browser, signed_in: Path, size: str
) -> None:
    desk = Desk(chromium, service, signed_in, SIZES[size])
    page = desk.open_item("Not ready")
    item = urlsplit(page.url).path.removeprefix("/newsroom/")
    page.get_by_role("link", name="Copy of the source").click()
    copy = urlsplit(page.url).path.removeprefix("/newsroom/")
    number = item.split("/")[1]
    paths = [
        "", "items/", "items/?status=waiting&finding=text_cut", item, copy, f"{item}withdraw/", f"{item}decide/",
        f"{item}history/", f"bulk/catalogue/item/approve/?id={number}", "sources/", "sources/new/", "categories/new/",
        "writing/", "bringing/", f"{item}plan/", f"{item}comment/", f"{item}preview/",
    ]  # fmt: skip
    found = {}
    for path in paths:
        page = desk.open(path)
        found[path] = faults(page) + (stumbles(page) if size == "wide" else [])
    desk.context.close()
    for path in ("login/", "link/MQ/no-such-token/"):
        stranger = Desk(chromium, service, None, SIZES[size])
        found[path] = faults(stranger.open(path))
        stranger.context.close()
    assert {path: said for path, said in found.items() if said} == {}
    assert desk.strangers == desk.complaints == []
