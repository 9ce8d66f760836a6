"""What a message says of itself before it is read, and what hosts on its way say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.mail.message import open_message

MOST: Final = 20
LONGEST: Final = 2_000
"""Authentication-Results fields that are looked at, and characters of one."""
_COMMENT: Final = re.compile(r"\([^()]*\)")
_RESULT: Final = re.compile(r"\s*([a-z0-9-]{1,40})\s*(?:/\s*\d+\s*)?=\s*([a-z]{1,20})\b", re.IGNORECASE)
_PROPERTY: Final = re.compile(r"\b(header\.(?:d|i|from))\s*=\s*\"?([^\s;\"]{1,255})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A method's result as a host noted it (RFC 8601): "dkim", "pass", and the domain that it holds for."""

    method: str
    result: str
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message unopened. `senders` are addresses in lower case; `sent` is ISO 8601, "" where it does not say;
    `results` are the Authentication-Results fields from the top."""

    message_id: str
    senders: tuple[str, ...]
    name: str
    subject: str
    sent: str
    results: tuple[str, ...] = ()

    def said_by(self, receiver: str) -> tuple[Said, ...]:
        """What the host `receiver` (its authserv-id) noted; nothing where that is "". Its topmost field counts alone:
        whoever sent the message may have written others below it."""
        for field in self.results if receiver else ():
            host, _, rest = _COMMENT.sub(" ", field).partition(";")
            if host.split()[:1] and host.split()[0].lower() == receiver.lower():
                return tuple(said for part in rest.split(";") if (said := _said(part)) is not None)
        return ()


def envelope(content: bytes) -> Envelope:
    """The envelope of the message in `content`. Any bytes are a message. Never raises."""
    message = open_message(content)
    fields = [value.decode("utf-8", "replace") for value in message.head.all("authentication-results")]
    return Envelope(
        message.head.line("message-id").strip("<> \t")[:500],
        tuple(dict.fromkeys(sender.address.lower() for sender in message.senders if sender.address)),
        message.senders[0].name if message.senders else "",
        message.subject,
        message.date.when.value if message.date is not None and message.date.when is not None else "",
        tuple(" ".join(field.split())[:LONGEST] for field in fields[:MOST]),
    )


def _said(part: str) -> Said | None:
    found = _RESULT.match(part)
    if found is None:
        return None
    domains = {name.lower(): value.lower().rpartition("@")[2] for name, value in _PROPERTY.findall(part)}
    domain = domains.get("header.d") or domains.get("header.i") or domains.get("header.from") or ""
    return Said(found[1].lower(), found[2].lower(), domain)
