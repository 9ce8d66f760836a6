"""Addresses in links: made absolute, and kept only where following them is safe."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
MAX_LENGTH: Final = 8_000
"""Longer addresses are data or an attack, and are dropped."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = {9: None, 10: None, 13: None}
_HARD: Final = ("/.", ";", "?#")
"""An address with one of these is not joined on just by writing it behind the site's."""
_EDGES = "".join(map(chr, range(33)))


def absolute(href: str, base: str) -> str:
    """`href` as an absolute address, or as it stands where `base` is empty; "" if it must not be followed.

    What a browser ignores in an address (line ends and tabs anywhere, control characters at the ends) is
    taken out first, so that "java\\nscript:" is seen for what it is.
    """
    href = href.strip(_EDGES)
    if not href.isprintable():
        href = href.translate(_IGNORED)
    if not href or len(href) > MAX_LENGTH:
        return ""
    scheme = _SCHEME.match(href)
    if scheme is not None:
        return href if scheme[1].lower() in SAFE_SCHEMES and has_host_or_none(href) else ""
    if not base:
        return href if has_host_or_none(href) else ""
    try:
        # Most links on a page begin with "/", and what they join on to is always the same.
        plain = (
            href[0] == "/"
            and href[1:2] != "/"
            and href[-1] not in "?#"
            and not any(map(href.__contains__, _HARD))
        )
        joined = _origin(base) + href if plain else urljoin(base, href)
    except ValueError:
        return ""
    return joined if has_host_or_none(joined) else ""


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    """The address of the root of the site that `base` is on. Raises `ValueError` where it is no address."""
    return urljoin(base, "/").removesuffix("/")


def has_host_or_none(address: str) -> bool:
    """Whether the address can be taken apart: one with half a bracket, or with a host of characters that stand for
    others, leads nowhere, and whoever asks for its host would stumble over it."""
    if "[" not in address and "]" not in address and address.isascii():
        return True
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
