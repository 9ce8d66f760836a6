"""What a page of the newsroom shows in a frame: messages as mail programs would show them."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A message may style itself, and ask for nothing."""


def framed_message(html: str) -> HttpResponse:
    """The HTML of a message, for a frame on a page of ours: it runs nothing and asks for nothing."""
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = _POLICY
    return response
