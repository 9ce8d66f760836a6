"""Which addresses may be dialled: plain web addresses, to machines on the public internet.

Two questions, asked at different times. Of an address as written: is it one that every program reads alike
(`web_address`)? Of a machine that a name led to, just before the connection: is it public (`why_not_public`)?
The ranges are our own list, after IANA's special-purpose registries (RFC 6890): Python's `is_global` lets
through NAT64 and other forms in which an IPv4 address is wrapped.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from almoner.pipeline.errors import AddressRefused

STAGE: Final = "fetch"
ADVICE: Final = "Give the public web address of the page or feed, as a browser shows it."

_PRIVATE_4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_PUBLIC_6: Final = IPv6Network("2000::/3")
_PRIVATE_6: Final = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20")
)
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_6TO4: Final = IPv6Network("2002::/16")

_NOT_PLAIN: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9_.-]{0,251}[a-z0-9])?\.?|[0-9a-f:.]{2,45}", re.ASCII)
_BAD_PORTS: Final = frozenset({1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
                               6668, 6669, 6679, 6697, 10080})  # fmt: skip
"""Ports of other protocols that browsers refuse as well (WHATWG Fetch, 2.9)."""
LONGEST: Final = 4_000
"""Characters in an address."""
_KEPT: Final = 4_096
"""Addresses that are not taken apart again: those of sources are asked for day and night."""


@dataclass(frozen=True)
class WebAddress:
    """An address in one spelling: scheme and host in lower case, the host as ASCII, no fragment, no user name."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"

    @cached_property
    def origin(self) -> str:
        """Scheme, host and port: what robots.txt and a connection hold for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return f"{self.scheme}://{host}{'' if usual else f':{self.port}'}"


@lru_cache(maxsize=_KEPT)
def web_address(address: str, *, source: str = "") -> WebAddress:
    """`address` taken apart, if every program would take it apart alike.

    `AddressRefused`, naming `source` (the address itself by default), for other schemes, user names and
    passwords, backslashes, spaces and control characters, ports of other protocols, and hosts that are none.
    """

    def refused(why: str) -> AddressRefused:
        return AddressRefused(
            source or address[:200], STAGE, f"the address {why}.", advice=ADVICE, permanent=True
        )

    if len(address) > LONGEST:
        raise refused(f"has over {LONGEST:,} characters")
    if _NOT_PLAIN.search(address):
        raise refused("has a space, a backslash or a control character in it")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise refused("cannot be read") from error
    if parts.scheme not in ("http", "https"):
        raise refused("does not begin with https:// or http://")
    if "@" in parts.netloc:
        raise refused("has a user name or password in it")
    try:
        host = (host if host.isascii() else host.encode("idna").decode("ascii")).lower()
    except UnicodeError as error:
        raise refused("has a host that cannot be read") from error
    if not _HOST.fullmatch(host) or ".." in host:
        raise refused("has no host that can be reached")
    if port is None:
        port = 443 if parts.scheme == "https" else 80
    if port in _BAD_PORTS or not (port in (80, 443) or 1024 <= port < 65536):
        raise refused(f"has port {port}, where no web pages are")
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return WebAddress(parts.scheme, host.rstrip("."), port, _ascii(target))


def _ascii(target: str) -> str:
    """Characters beyond ASCII as percent-encoded UTF-8 (RFC 3987, 3.1)."""
    if target.isascii():
        return target
    return "".join(
        c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode(errors="replace")) for c in target
    )


def why_not_public(machine: str) -> str:
    """Why the machine with this IP address must not be dialled, in words; "" if it is public.

    IPv4 addresses wrapped in IPv6 (mapped, RFC 4291; NAT64, RFC 6052; 6to4, RFC 3056) count as what they wrap.
    """
    try:
        address = ipaddress.ip_address(machine)
    except ValueError:
        return "is no address of a machine"
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return "belongs to a local network"
        wrapped = _wrapped(address)
        if wrapped is None:
            return "" if address in _PUBLIC_6 and not _within(address) else "is not on the public internet"
        address = wrapped
    return "is not on the public internet" if any(address in network for network in _PRIVATE_4) else ""


def _within(address: IPv6Address) -> bool:
    return any(address in network for network in _PRIVATE_6)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    number = int(address)
    if address in _MAPPED or address in _NAT64:
        return IPv4Address(number & 0xFFFFFFFF)
    if address in _6TO4:
        return IPv4Address(number >> 80 & 0xFFFFFFFF)
    return None
