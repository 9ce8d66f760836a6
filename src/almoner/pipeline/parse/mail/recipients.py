"""Whom a message went to. Their addresses never reach an item, nor links with which one could act in their name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final
from urllib.parse import unquote

from almoner.pipeline.parse.mail.fields import Head
from almoner.pipeline.parse.mail.mailboxes import addresses_in

WITHHELD: Final = "address-withheld"

_FIELDS: Final = (
    "to", "cc", "bcc", "resent-to", "resent-cc", "resent-from", "delivered-to", "x-delivered-to", "x-original-to", "envelope-to",
    "x-envelope-to", "x-forwarded-to", "x-forwarded-for", "x-rcpt-to", "x-receiver", "apparently-to", "x-apparently-to",
)  # fmt: skip
_FOR: Final = re.compile(r"\bfor\s+<([^<>\s]+@[^<>\s]+)>")
_AT: Final = re.compile(r"@|%40|&#0{0,3}64;|&#x0{0,3}40;|&commat;", re.IGNORECASE)
_BEFORE: Final = re.compile(r"[\w.+%~'-]{1,64}")
_AFTER: Final = re.compile(r"[\w.-]{1,250}")
_ANCHOR: Final = re.compile(
    r"<a\b[^<>]{0,9000}>((?:(?!</a\b|<a\b).){0,600})</a\s*>", re.IGNORECASE | re.DOTALL
)
_TAG: Final = re.compile(r"<[^<>]*>")
_PERSONAL: Final = re.compile(
    r"\b(?:un-?subscribe|opt[\s-]?out|(?:manage|update|change|edit)\s+(?:your\s+|my\s+|email\s+|subscription\s+){0,3}(?:preferences|subscriptions?|settings|profile|details)"
    r"|(?:view|read|open|see)\s+(?:this\s+|it\s+|the\s+)?(?:e-?mail\s+|message\s+|newsletter\s+|version\s+)?(?:in|on)\s+(?:your|a|the)\s+(?:web\s*)?browser"
    r"|(?:view\s+)?(?:online|web|browser)\s+version|forward\s+(?:this\s+)?(?:e-?mail\s+)?to\s+a\s+friend|dad-?danysgrifio)\b",
    re.IGNORECASE,
)
_PRINTED: Final = re.compile(r"[<(\[]?https?://[^\s<>()\[\]]+[>)\]]?")
MAX_ADDRESSES: Final = 100_000
"""Addresses in one text; it ends before the next."""


class Recipients:
    """The addresses of one message that are nobody's business."""

    def __init__(self, addresses: Iterable[str] = (), public: Iterable[str] = ()) -> None:
        self.addresses = frozenset(map(_plain, addresses)) - frozenset(map(_plain, public))

    def and_also(self, addresses: Iterable[str]) -> Recipients:
        """These and others."""
        return Recipients((*self.addresses, *addresses))

    def out_of_text(self, text: str) -> str:
        """Plain `text` without their addresses and without the links that are theirs alone."""
        lines = self._withheld(text).split("\n")
        for number, line in enumerate(lines):
            if len(line) <= 1_000 and _PERSONAL.search(line):
                lines[number] = _PRINTED.sub("", line)
                if number + 1 < len(lines) and _PRINTED.fullmatch(lines[number + 1].strip()):
                    lines[number + 1] = ""
        return "\n".join(lines)

    def out_of_markup(self, markup: str) -> str:
        """The same for mark-up: such a link keeps its words and leads nowhere."""
        return _ANCHOR.sub(_unlinked, self._withheld(markup))

    def _withheld(self, text: str) -> str:
        if not self.addresses:
            return text
        pieces: list[str] = []
        position = 0
        for count, at in enumerate(_AT.finditer(text)):
            if count >= MAX_ADDRESSES:
                return "".join((*pieces, text[position : max(position, at.start() - 64)]))
            # Matched backwards, letter by letter: looking forward for one from each letter would be slow.
            before = _BEFORE.match(text[max(position, at.start() - 64) : at.start()][::-1])
            after = _AFTER.match(text, at.end())
            if before is None or after is None:
                continue
            domain = after[0].rstrip(".-")
            if f"{_plain(before[0][::-1])}@{domain.lower()}" in self.addresses:
                pieces += (text[position : at.start() - before.end()], WITHHELD)
                position = at.end() + len(domain)
        return "".join((*pieces, text[position:]))


def recipients(head: Head, public: Iterable[str]) -> Recipients:
    """Whom the message with this header went to, as far as any field says. `public` are the sender's and the list's
    own addresses, which may stand in its text."""
    found: list[str] = []
    for name in _FIELDS:
        for value in head.all(name):
            found.extend(addresses_in(value.decode("utf-8", "replace")))
    for value in head.all("received"):
        found.extend(_FOR.findall(value.decode("utf-8", "replace")))
    return Recipients(found, public)


def _plain(address: str) -> str:
    return unescape(unquote(address)).lower()


def _unlinked(anchor: re.Match[str]) -> str:
    words = " ".join(unescape(_TAG.sub(" ", anchor[1])).split())
    return anchor[1] if _PERSONAL.search(words) else anchor[0]
