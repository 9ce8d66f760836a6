"""The links in a message that are one person's own: to leave, to see and change what they follow, to confirm.

A link holds whom it is for, what it is about, and a seal for its purpose alone (HMAC-SHA256 cut to 128 bits, RFC 2104):
a link to leave opens no other page. It holds no address and no topic. Links to leave do not run out: the law and RFC
8058 ask that they work for as long as somebody may find the message.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

MOST: Final = 40
"""Subscriptions that a link names: more would make it too long. Which are more is all of that reader's."""


class Purpose(StrEnum):
    """What a link is for; also its place among our addresses."""

    LEAVE = "leave"
    CHANGE = "change"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Token:
    """Whom a link is for (a subscriber's key), and the subscriptions (primary keys) that it is about; none for all."""

    key: str
    subscriptions: tuple[int, ...] = ()


def sealed(purpose: Purpose, token: Token) -> str:
    """A token as it stands in an address."""
    about = token.subscriptions if len(token.subscriptions) <= MOST else ()
    words = "-".join((token.key, *(f"{each:x}" for each in about)))
    return f"{words}-{_seal(purpose, words)}"


def opened(purpose: Purpose, words: str) -> Token | None:
    """What a token in an address says; None where it was not made here, or for something else."""
    said, _, seal = words.rpartition("-")
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not said or not any(_is_sealed(seal, purpose, said, key) for key in keys):
        return None
    key, *about = said.split("-")
    return Token(key, tuple(int(each, 16) for each in about))


def leave(key: str, subscriptions: Sequence[int]) -> str:
    """The page on which a reader confirms that they leave, and to which mail programs send the one click of RFC 8058."""
    return _address(Purpose.LEAVE, Token(key, tuple(subscriptions)))


def change(key: str) -> str:
    """The page with everything that a reader follows."""
    return _address(Purpose.CHANGE, Token(key))


def confirm(key: str) -> str:
    """The page on which somebody says that they asked for messages; the key is a request's."""
    return _address(Purpose.CONFIRM, Token(key))


def _address(purpose: Purpose, token: Token) -> str:
    return f"{settings.SITE_ADDRESS}/alerts/{purpose}/{sealed(purpose, token)}/"


def _is_sealed(seal: str, purpose: Purpose, words: str, key: str | bytes) -> bool:
    return constant_time_compare(seal.encode(), _seal(purpose, words, key).encode())


def _seal(purpose: Purpose, words: str, key: str | bytes | None = None) -> str:
    """The seal under a key; that of today where none is given."""
    digest = salted_hmac(
        f"almoner.alerts.links.{purpose}", words, secret=key or settings.SECRET_KEY, algorithm="sha256"
    ).digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()
