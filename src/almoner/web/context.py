"""What every public page knows."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from almoner.demo.sources import SOURCES
from almoner.lib.helplines import FIRST_NUMBERS
from almoner.products.newsfeed.queries import publishes_from
from almoner.products.pages.queries import listed_pages
from almoner.web.shared import Shared

EXIT_ADDRESS = "https://www.bbc.co.uk/weather"
"""Where `Exit this page` leads: a page that anybody might have open."""

SAMPLE_ADDRESSES: Final = tuple(source.address for source in SOURCES)

_sampled: Final[Shared[bool]] = Shared()


def site(_request: HttpRequest) -> dict[str, Any]:
    """What `every_page` knows, for Django's list of context processors."""
    return every_page()


def every_page() -> dict[str, Any]:
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


def _shows_samples() -> bool:
    return _sampled.get(ask=lambda: publishes_from(SAMPLE_ADDRESSES))
