"""Answers that say 200 and are no content: bot checks, consent pages, error pages.

Taken for content, such a page would withdraw everything that a source had. The signs are few and plain; a page
that is about such things is told apart by its length and by what was expected at the address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from almoner.pipeline.model import MediaType

_HEAD: Final = 65_536
_SHORT: Final = 60_000
_TITLE: Final = re.compile(rb"<title[^>]{0,200}>\s{0,200}([^<]{1,300})", re.IGNORECASE)
_BOT_CHECK: Final = re.compile(
    rb"just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|"
    rb"are you (?:a robot|human)|security check|request unsuccessful|pardon our interruption|ddos.guard|"
    rb"access (?:to this page has been )?denied|please wait\W*$|human verification|bot detection|client challenge",
    re.IGNORECASE,
)
_CONSENT: Final = re.compile(
    rb"^before you continue|cookie consent|^consent\b|^(?:your )?privacy choices|^we value your privacy",
    re.IGNORECASE,
)
_ERROR: Final = re.compile(
    rb"\b(?:404|page|file) (?:error\W*)?(?:was |is |can(?:no|')t be |could not be )?(?:not )?found\b|^\W*(?:error )?(?:404|500|502|503)\b|"
    rb"^(?:sorry\W+)?we (?:can't|cannot|couldn't) find|scheduled maintenance|under maintenance|"
    rb"down for maintenance|^maintenance(?: mode)?\W*$|service unavailable|^site unavailable|bad gateway",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(rb"\s{0,200}(?:<!doctype html|<html\b)", re.IGNORECASE)


def wall(content: bytes, headers: Mapping[str, str], expected: MediaType | None) -> str:
    """What stands in the way, in words; "" where nothing does. `expected` is what the source is known to give."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "a check for robots"
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf")
    if not _PAGE.match(head):
        return ""
    found = _TITLE.search(head)
    title = found[1].strip() if found else b""
    if len(content) < _SHORT:
        for pattern, name in ((_BOT_CHECK, "a check for robots"), (_CONSENT, "a page that asks for consent"),
                              (_ERROR, "an error page")):  # fmt: skip
            if pattern.search(title):
                return name
    if expected in (MediaType.XML, MediaType.JSON):
        return "a web page instead of a feed or data"
    return ""
