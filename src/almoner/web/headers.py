"""Headers that keep readers safe. A view, such as the newsroom's, may set its own; the rest get these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADERS: Final = {
    # Nothing from elsewhere, nothing inline: a page can neither call out nor be made to run what it quotes.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), "
        "payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    # A device that is shared keeps no copy of what was read.
    "Cache-Control": "no-store",
}


def keep_from_search_engines(response: HttpResponseBase) -> None:
    """Mark a page that no search engine should know: what names a child or victim, or is gone."""
    response.headers["X-Robots-Tag"] = "noindex"


class ReaderSafety:
    """Middleware that adds `HEADERS` where a response does not have its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers added."""
        response = self._get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
