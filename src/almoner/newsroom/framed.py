"""The newsroom's policy on what its pages may do, and that of messages which they show in a frame."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""No request leaves the origin and no inline script runs. Wagtail's furniture sets styles on elements."""
_OF_MESSAGES: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A message may style itself, and ask for nothing."""


def framed_message(html: str) -> HttpResponse:
    """The HTML of a message, for a frame on a page of ours: it runs nothing and asks for nothing."""
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = _OF_MESSAGES
    return response
