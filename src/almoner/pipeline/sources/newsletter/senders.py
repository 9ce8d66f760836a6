"""The senders a source lets in, as an editor writes them down: one a line.

news@trust.example                       signed by trust.example or the domain above it
@trust.example                           anybody there
news@trust.example signed-by mail.example    signed by a service that sends for them
news@trust.example unsigned              without a signature: anybody can write under this name
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ADDRESS: Final = re.compile(r"[^\s@,;:<>\"]{0,200}@([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+)")
_DOMAIN: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+")


class InvalidSender(ValueError):
    """A line that is no sender; its words say which and what to write."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody whose messages are let in: an address, or `@` and a domain; `signer` is the domain that signs for
    them, "" for their own; `unsigned` where they do not sign."""

    address: str
    signer: str = ""
    unsigned: bool = False

    def __str__(self) -> str:
        return self.address + (
            f" signed-by {self.signer}" if self.signer else " unsigned" if self.unsigned else ""
        )

    @property
    def domain(self) -> str:
        """The domain of the address."""
        return self.address.partition("@")[2]

    def is_for(self, address: str) -> bool:
        """Whether this is the sender of a message from `address`."""
        return address == self.address or (self.address.startswith("@") and address.endswith(self.address))

    def may_be_signed_by(self, domain: str) -> bool:
        """Whether a signature of `domain` speaks for them. A domain below theirs does not by itself: under gov.uk
        stands more than one body."""
        if self.signer:
            return domain == self.signer
        return (
            bool(domain) and "." in domain and (domain == self.domain or self.domain.endswith(f".{domain}"))
        )


def senders(lines: Iterable[str]) -> tuple[Sender, ...]:
    """The senders in these lines, empty ones passed over. `InvalidSender` for the first that is none."""
    return tuple(_sender(line) for line in lines if line.strip())


def _sender(line: str) -> Sender:
    words = line.lower().split()
    address, rest = words[0], words[1:]
    if _ADDRESS.fullmatch(address):
        if not rest:
            return Sender(address)
        if rest == ["unsigned"]:
            return Sender(address, unsigned=True)
        if len(rest) == 2 and rest[0] == "signed-by" and _DOMAIN.fullmatch(rest[1]):
            return Sender(address, signer=rest[1])
    raise InvalidSender(
        f"“{line.strip()[:100]}” is no sender. Write news@trust.example, or @trust.example, and after it, where it is "
        "needed, signed-by DOMAIN or unsigned."
    )
