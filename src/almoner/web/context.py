"""What every public page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from almoner.web.helplines import FIRST_NUMBERS

EXIT_ADDRESS = "https://www.bbc.co.uk/weather"
"""Where `Exit this page` leads: a page that anybody might have open."""


def site(_request: HttpRequest) -> dict[str, Any]:
    """The service's name and address, who to write to, where leaving leads, and the numbers to call first."""
    return {
        "site_name": settings.SITE_NAME,
        "site_address": settings.SITE_ADDRESS,
        "contact": settings.CONTACT,
        "exit_address": EXIT_ADDRESS,
        "first_numbers": FIRST_NUMBERS,
    }
