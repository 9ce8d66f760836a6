"""What every public page knows."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from almoner.demo.sources import SOURCES
from almoner.lib.helplines import FIRST_NUMBERS
from almoner.products.newsfeed.queries import publishes_from
from almoner.products.pages.queries import listed_pages
from almoner.web.page_cache import pages

EXIT_ADDRESS = "https://www.bbc.co.uk/weather"
"""Where `Exit this page` leads: a page that anybody might have open."""

SAMPLE_ADDRESSES: Final = tuple(source.address for source in SOURCES)


def site(_request: HttpRequest) -> dict[str, Any]:
    """The service's name and address, who to write to, where leaving leads, the numbers to call first, the
    office's own pages, and whether sample content is published (asked only where a page asks)."""
    return {
        "site_name": settings.SITE_NAME,
        "site_address": settings.SITE_ADDRESS,
        "contact": settings.CONTACT,
        "exit_address": EXIT_ADDRESS,
        "first_numbers": FIRST_NUMBERS,
        "office_pages": SimpleLazyObject(listed_pages),
        "shows_samples": SimpleLazyObject(_shows_samples),
    }


_known: dict[int, tuple[float, bool]] = {}
"""The last answer of `_shows_samples`, by the generation of the kept pages, and when its time is over."""


def _shows_samples() -> bool:
    """Whether sample content is published. Pages that are not kept know it as long as they would be."""
    generation, now = pages.generation, time.monotonic()
    until, shows = _known.get(generation, (0.0, False))
    if until <= now:
        shows = publishes_from(SAMPLE_ADDRESSES)
        _known.clear()
        _known[generation] = (now + settings.PAGES_KEPT, shows)
    return shows
