"""The screenshots of README and docs: `make screens`, `python -m scripts.screens ADDRESS`, or `… day`.

Without an address a service with sample content is started in a temporary folder, its newsroom is pictured
too, and it is stopped again; the pictures of an editor's session come from its test. With the address of a running demo service only the public pages are taken. `day` lives the day of eighty sources
(`tests/day`) and takes its pages.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "images"
LARGEST: Final = 300_000
"""Bytes of a picture."""
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")


@dataclass(frozen=True)
class Screen:
    """A picture: its file's name, the page, how wide and high, in which scheme of colours, and which button is pressed
    first."""

    name: str
    path: str
    width: int = 1280
    height: int = 900
    scheme: str = "light"
    press: str = ""


PUBLIC: Final = (
    Screen("front", "/"),
    Screen("news", "/news/"),
    Screen("library", "/library/"),
    Screen("library-dark", "/library/", scheme="dark"),
    Screen("item", "/news/ first"),
    Screen("briefing", "/briefings/ first"),
    Screen("help", "/help/"),
    Screen("guidance", "/guidance/safe-harbour/"),
    Screen("redline", "/guidance/safe-harbour/2025/to/2026/?kind=binding"),
    Screen("redline-side", "/guidance/safe-harbour/2025/to/2026/?view=side&kind=binding"),
    Screen("redline-phone", "/guidance/safe-harbour/2025/to/2026/?kind=binding", 390, 844),
    Screen("phone", "/", 390, 844),
    Screen("phone-dark", "/briefings/ first", 390, 844, "dark"),
)
NEWSROOM: Final = (
    Screen("newsroom", "/newsroom/"),
    Screen("newsroom-items", "/newsroom/items/"),
    Screen("newsroom-sources", "/newsroom/sources/"),
    Screen("newsroom-rule", "/newsroom/sources/1/rule/", press="Propose one"),
)
DAY: Final = tuple(
    Screen(f"day-{name}{suffix}", path, width, height)
    for name, path in (
        ("news", "/news/"),
        ("library", "/library/"),
        ("sources", "/newsroom/sources/"),
        ("queue", "/newsroom/items/?status=waiting"),
    )
    for suffix, width, height in (("", 1280, 720), ("-phone", 390, 720))
)


def main(address: str = "") -> int:
    """Take all pictures; 1 if there is no browser, or a picture is too large."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.stderr.write("screens: no Chromium found; scripts/browser.sh says how to get one\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        if address == "day":
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([sys.executable, "-m", "tests.day", "show", folder], cwd=ROOT, check=True)  # noqa: S603
                with _service(folder) as (started, link):
                    editor = _reader(browser, DAY[0])
                    _sign_in(editor, link)
                    sizes = [_take(_reader(browser, screen, editor), started, screen) for screen in DAY]
        elif address:
            sizes = [_take(_reader(browser, screen), address.rstrip("/"), screen) for screen in PUBLIC]
        else:
            with tempfile.TemporaryDirectory() as folder, _service(folder, "--demo") as (started, link):
                sizes = [_take(_reader(browser, screen), started, screen) for screen in PUBLIC]
                editor = _reader(browser, NEWSROOM[0])
                _sign_in(editor, link)
                sizes += [_take(editor, started, screen) for screen in NEWSROOM]
        browser.close()
    if not address:
        _session()
    return int(max(sizes) > LARGEST)


def _session() -> None:
    """The pictures of an editor's session, of an issue that is composed and of a page that is written, which their own
    tests take."""
    tests = tuple(f"tests/browser/test_newsroom_{name}.py" for name in ("session", "issues", "pages"))
    words = [sys.executable, "-m", "pytest", "-q", *tests]
    surroundings = {**os.environ, "ALMONER_PICTURES": str(FOLDER)}
    subprocess.run(words, cwd=ROOT, env=surroundings, check=True)  # noqa: S603
    taken = ("session-*", "issue*", "composer", "newsroom-page", "newsroom-picture-with-an-item")
    for file in (file for name in taken for file in FOLDER.glob(f"{name}.png")):
        Image.open(file).convert("RGB").save(file, optimize=True)


def _reader(browser: Browser, screen: Screen, signed_in: Page | None = None) -> Page:
    return browser.new_context(
        storage_state=signed_in.context.storage_state() if signed_in else None,
        viewport={"width": screen.width, "height": screen.height},
        color_scheme="dark" if screen.scheme == "dark" else "light",
    ).new_page()


def _take(page: Page, address: str, screen: Screen) -> int:
    """Take one picture and return its size."""
    path, _, first = screen.path.partition(" ")
    page.goto(address + path)
    if first:
        page.locator(".card :is(h2, h3) a").first.click()
        page.wait_for_load_state()
    if screen.press:
        page.get_by_role("button", name=screen.press).click()
        page.wait_for_load_state("networkidle")
    file = FOLDER / f"{screen.name}.png"
    Image.open(BytesIO(page.screenshot())).convert("RGB").save(file, optimize=True)
    size = file.stat().st_size
    sys.stderr.write(f"screens: {file.relative_to(ROOT)}, {size // 1000} kB\n")
    return size


def _sign_in(page: Page, link: str) -> None:
    """Come in by a one-time link, which asks for a password."""
    page.goto(link)
    password = os.urandom(12).hex()
    for field in page.locator("input[type=password]").all():
        field.fill(password)
    page.locator("main [type=submit], form [type=submit]").first.click()
    page.wait_for_load_state()


@contextmanager
def _service(folder: str, *words: str) -> Iterator[tuple[str, str]]:
    """A service on what is in `folder` for as long as it is needed: its address and a one-time link."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    almoner = (sys.executable, "-m", "almoner", "run")
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "ALMONER_DATA": folder,
        "ALMONER_ADDRESS": address,
        "ALMONER_GATHERING": "elsewhere",
    }
    running = subprocess.Popen(  # noqa: S603
        [*almoner, *words, "--port", port], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(f"{address}/help/")
        said = subprocess.run(  # noqa: S603
            [*almoner, "--new-link"], env=environment, capture_output=True, text=True, check=True
        ).stdout
        found = re.search(r"https?://\S+/newsroom/\S+", said)
        if found is None:
            raise RuntimeError(f"no one-time link in: {said}")
        yield address, found[0]
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"nothing answers at {address}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
