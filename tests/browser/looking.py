"""What is looked at on every page of the newsroom: what axe finds, its width, and the way through it by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from almoner.records.accounts.models import Person
from tests.browser.conftest import Visit, violations

SIZES: Final = {"wide": (1280, 900), "narrow": (390, 844)}
WAGTAILS_OWN: Final = {"aria-allowed-role": 'role="alert"'}
"""What axe finds in Wagtail's own templates: rule → words of the element. On ours it finds nothing."""
AT_ONCE: Final = 20
"""Presses of the Tab key between two looks at whether the end was reached."""

_BEGIN: Final = """() => {
  // Without transitions, what focus looks like stands there at once.
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important; scroll-behavior: auto !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]";
  const seen = element => element.checkVisibility({ checkVisibilityCSS: true });
  const look = element => [element, element.parentElement, element.nextElementSibling].filter(Boolean).map(each => {
    const style = getComputedStyle(each);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor].join();
  }).join();
  const stops = [...document.querySelectorAll("main :is(" + wanted + ")")].filter(
    each => seen(each) && !each.disabled && each.tabIndex >= 0 && each.type !== "hidden");
  const walk = window.walk = { stops, before: new Map(stops.map(each => [each, look(each)])), order: [], faults: [], first: null, ended: false };
  walk.called = element => element.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
  document.activeElement?.blur();
  document.addEventListener("focusin", ({ target }) => {
    if (walk.first === target) walk.ended = true;
    walk.first ??= target;
    if (walk.ended || !walk.before.has(target)) return;
    walk.order.push(target);
    const box = target.getBoundingClientRect();
    if (!box.width || !box.height || box.bottom < 0 || box.top > innerHeight)
      walk.faults.push("has focus where nobody sees it: " + walk.called(target));
    if (look(target) === walk.before.get(target)) walk.faults.push("shows no focus: " + walk.called(target));
  });
}"""
_ENDED: Final = "() => window.walk.ended || (window.walk.first && document.activeElement === document.body)"
_END: Final = """() => {
  const { stops, order, faults, first, called } = window.walk;
  const reached = each => order.includes(each) || (each.type === "radio" && order.some(
    other => other.type === "radio" && other.name === each.name && other.form === each.form));
  for (const each of stops) {
    if (!reached(each)) faults.push("is not reached: " + called(each));
    if (each.tabIndex > 0) faults.push("has an order of its own: " + called(each));
  }
  order.slice(1).forEach((each, at) => {
    if (order[at].compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING) faults.push("comes too late: " + called(each));
  });
  if (!/skip/i.test(first?.textContent ?? "")) faults.push("the first stop is no way past the menu");
  return faults;
}"""


def sign_in(visit: Callable[..., Visit], person: Person, size: tuple[int, int], **options: bool) -> Visit:
    """A browser of this size in which this person is signed in; `options` are those of a browser context."""
    client = Client()
    client.force_login(person)
    visited = visit(viewport={"width": size[0], "height": size[1]}, **options)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    visited.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": visited.origin}]
    )
    return visited


def faults(page: Page) -> list[str]:
    """What axe finds on a page, less what is Wagtail's own, and whether it has to be scrolled sideways."""
    page.wait_for_load_state("networkidle")
    said = [
        f"{fault['id']}: {node['target']} {node.get('failureSummary')}"
        for fault in violations(page)
        for node in fault["nodes"]
        if not (fault["id"] in WAGTAILS_OWN and WAGTAILS_OWN[fault["id"]] in node["html"])
    ]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*said, *([f"{width} pixels too wide"] if width > 0 else [])]


def stumbles(page: Page) -> list[str]:
    """What goes wrong on the way through a page by the Tab key: what of the page's own is not reached, comes out of
    order, or does not show that it has focus; and whether the menu can be skipped."""
    page.evaluate(_BEGIN)
    for _ in range(2 + page.locator(":is(a, button, input, select, textarea, summary)").count() // 10):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate(_ENDED):
            break
    said: list[str] = page.evaluate(_END)
    return said


def looked_at(desk: Visit, pages: Mapping[str, str], *, by_keyboard: bool) -> dict[str, list[str]]:
    """The faults of those pages of the newsroom that have any, by name. Nothing foreign is asked for, and the console
    stays silent."""
    found: dict[str, list[str]] = {}
    for name, path in pages.items():
        page = desk.open(f"/newsroom/{path}")
        found[name] = faults(page) + (stumbles(page) if by_keyboard else [])
        page.close()
    assert desk.console == []
    assert desk.foreign == []
    return {name: said for name, said in found.items() if said}
