"""A message as bytes for one recipient: header fields, parts in quoted-printable, a signature (RFC 5322, 2045, 6376).

Python's own generator of messages takes some thirty milliseconds for a long one. Here the parts are encoded once for
all who get the same, in pieces, between which each person's links are set.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import cached_property
from typing import Final

from almoner.lib.message import CHANGE, LEAVE, Message

MOST: Final = 500_000
"""Bytes of a message. Mail programs cut off what is longer than a fifth of that (Gmail at 102 kB), and some servers
refuse it."""
SIGNED: Final = (
    b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"list-id", b"list-help",
    b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted",
)  # fmt: skip
"""Header fields that the signature covers; RFC 8058 (3.2) wants the two about leaving among them."""
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_PLACES: Final = re.compile(f"({re.escape(LEAVE)}|{re.escape(CHANGE)})")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the address and name in From, the address that bounces go to, the domain of Message-IDs, the name and
    host of the list, and what `dkim` needs to sign: domain, selector and key, or None."""

    address: str
    name: str
    host: str
    signing: Signing | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """A DKIM key: whose it is, its selector, and the private RSA key in PEM."""

    domain: str
    selector: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Addressed:
    """What is one person's own in a message."""

    address: str
    message_id: str
    leave: str
    change: str
    telling: bool
    plain: bool


class Encoded:
    """A message for many people, encoded but for their links. Where it is too long, its HTML is left out, and what the
    text says of the rest is up to whoever wrote it."""

    def __init__(self, message: Message) -> None:
        self.message = message

    @cached_property
    def _text(self) -> list[bytes | str]:
        return _pieces(self.message.text)

    @cached_property
    def _html(self) -> list[bytes | str]:
        return _pieces(self.message.html)

    def body(self, to: Addressed) -> tuple[list[tuple[str, str]], bytes]:
        """The header fields about the body, and the body."""
        links = {LEAVE: to.leave, CHANGE: to.change}
        text = _joined(self._text, links)
        if to.plain or not self.message.html:
            return _fields("plain"), text
        mark = "=_almoner"  # no line of quoted-printable can be this: "=" is always followed by digits or a break
        html = _joined(self._html, links)
        if len(text) + len(html) > MOST:
            return _fields("plain"), text
        parts = b"".join(
            f"--{mark}\r\n".encode() + _lines(_fields(kind)) + b"\r\n" + part + b"\r\n"
            for kind, part in (("plain", text), ("html", html))
        )
        return [
            ("Content-Type", f'multipart/alternative; boundary="{mark}"')
        ], parts + f"--{mark}--\r\n".encode()


def written(message: Encoded, sender: Sender, to: Addressed, now: datetime) -> bytes:
    """The whole message in lines that end in CR LF, in ASCII."""
    subject = message.message.telling if to.telling else message.message.subject
    about, body = message.body(to)
    fields = [
        ("From", formataddr((_one_line(sender.name), sender.address))),
        ("To", to.address),
        ("Subject", _header(subject, "Subject")),
        ("Date", format_datetime(now)),
        ("Message-ID", to.message_id),
        ("List-Id", f"{_header(sender.name, 'List-Id')} <news.{sender.host}>"),
        ("List-Help", f"<{to.change}>"),
        ("List-Unsubscribe", f"<{to.leave}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Auto-Submitted", "auto-generated"),
        ("Precedence", "bulk"),
        ("X-Auto-Response-Suppress", "All"),
        ("MIME-Version", "1.0"),
        *about,
    ]
    whole = _lines(fields) + b"\r\n" + body
    return _signature(whole, sender.signing) + whole if sender.signing else whole


def _signature(whole: bytes, key: Signing) -> bytes:
    import dkim

    signed: bytes = dkim.sign(
        whole,
        key.selector.encode(),
        key.domain.encode(),
        key.key,
        include_headers=list(SIGNED),
        canonicalize=(b"relaxed", b"relaxed"),
    )
    return signed


def _one_line(text: str) -> str:
    """Without anything that could end a header field."""
    return " ".join(_BREAKS.sub(" ", text).split())


def _header(text: str, name: str) -> str:
    line = _one_line(text)
    if line.isascii() and len(line) < 900 and "=?" not in line:
        return line
    return Header(line, "utf-8", header_name=name).encode(linesep="\r\n")


def _fields(kind: str) -> list[tuple[str, str]]:
    return [
        ("Content-Type", f"text/{kind}; charset=utf-8"),
        ("Content-Transfer-Encoding", "quoted-printable"),
    ]


def _lines(fields: list[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode("ascii")


def _pieces(text: str) -> list[bytes | str]:
    """Encoded text, and between it the names of the places where links go."""
    return [part if at % 2 else _encoded(part) for at, part in enumerate(_PLACES.split(text))]


def _encoded(text: str) -> bytes:
    whole = "\n".join(text.splitlines()) + ("\n" if text.endswith("\n") else "")
    return binascii.b2a_qp(whole.encode(), istext=True).replace(b"\n", b"\r\n")


def _joined(pieces: list[bytes | str], links: Mapping[str, str]) -> bytes:
    """The pieces with the links between them; soft line breaks (a "=" at the end) keep the lines short."""
    found = [
        piece if isinstance(piece, bytes) else b"=\r\n" + _encoded(links[piece]) + b"=\r\n"
        for piece in pieces
    ]
    whole = b"".join(found)
    return whole if whole.endswith(b"\r\n") else whole + b"\r\n"
