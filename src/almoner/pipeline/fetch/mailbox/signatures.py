"""Whether the signatures on a message hold (DKIM, RFC 6376), verified with dkimpy, which reckons without bounds: what
it is given is bounded here, and its key comes from outside."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import Final

import dkim

from almoner.pipeline.fetch.mailbox.keys import LookUp, look_up
from almoner.pipeline.ports import Signature, SignatureResult

SECONDS: Final = 10.0
"""For all the keys of one message."""
MOST: Final = 5
"""Signatures of one message that are looked at, from the top: the last to touch it signed there."""
LONGEST_HEADER: Final = 65_536
LONGEST_FIELD: Final = 4_096
"""Bytes of a message's header, and of the field of one signature."""
MOST_STEPS: Final = 50_000_000
"""Of work on white space in a body, which grows with the square of its length: a tenth of a second."""

_END: Final = re.compile(rb"\r?\n\r?\n")
_SPACE: Final = re.compile(rb"[\t ]{8,}")
_FIELD: Final = re.compile(rb"^dkim-signature[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_DOMAIN: Final = re.compile(rb"(?:\A|;)\s*d\s*=\s*([^;\s]{1,255})")
_BARE: Final = re.compile(rb"\r(?!\n)|\x00")
_ONCE: Final = re.compile(
    rb"^(from|subject|date|message-id|mime-version|content-type|content-transfer-encoding)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def signatures(message: bytes, look_up: LookUp = look_up, seconds: float = SECONDS) -> tuple[Signature, ...]:
    """What became of each signature on a message, from the top; none where it has none.

    A signature that does not cover the whole text (`l=`) does not hold here: anybody may write on below it.
    Whatever stands in the message, nothing is raised, and at most `seconds` are waited for keys.
    """
    end = _END.search(message)
    head = message[: end.start()] if end else message
    fields = [match[1] for match in _FIELD.finditer(head[:LONGEST_HEADER])][:MOST]
    unfit = _unfit(message, head, fields) if fields else ""
    until = time.monotonic() + seconds

    def ask(name: str) -> bytes | None:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError(name)
        return look_up(name, left)

    if unfit:
        return tuple(Signature(_domain(field), SignatureResult.FAIL, unfit) for field in fields)
    return tuple(_verify(message, number, field, ask) for number, field in enumerate(fields))


def _unfit(message: bytes, head: bytes, fields: Sequence[bytes]) -> str:
    """Why these signatures cannot be relied on, whatever they say: what they were made for and what is read of the
    message must be the same."""
    if len(head) > LONGEST_HEADER or any(len(field) > LONGEST_FIELD for field in fields):
        return "the header is too long to be checked"
    if _BARE.search(head):
        return "the header has line ends that programs read differently"
    names = [match[1].lower() for match in _ONCE.finditer(head)]
    if len(set(names)) < len(names):
        return "a field that may stand once in the header stands there twice"
    if sum(len(run[0]) ** 2 for run in _SPACE.finditer(message)) > MOST_STEPS:
        return "the text holds too much white space to be checked"
    return ""


def _verify(message: bytes, number: int, field: bytes, ask: Callable[[str], bytes | None]) -> Signature:
    silent = False

    def key(name: bytes, timeout: float = 0.0) -> bytes | None:  # noqa: ARG001, as dkimpy calls it
        nonlocal silent
        try:
            return ask(name.decode("ascii"))
        except TimeoutError:
            silent = True
        except UnicodeDecodeError:
            pass
        return None

    signed: dict[bytes, bytes] = {}
    holds, why = False, "its words are not those that were signed, or there is no such key"
    try:
        verifier = dkim.DKIM(message)
        holds = bool(verifier.verify(number, dnsfunc=key))
        signed = verifier.signature_fields
    except Exception as error:  # of what no mail programme writes, dkimpy raises anything
        why = " ".join(str(error).split())[:200] or type(error).__name__
    name = _plain(signed[b"d"]) if b"d" in signed else _domain(field)
    if silent:
        return Signature(name, SignatureResult.TEMPERROR, "its key could not be had from the DNS")
    if holds and b"l" in signed:
        holds, why = False, "it does not cover the whole text"
    return Signature(name, SignatureResult.PASS if holds else SignatureResult.FAIL, "" if holds else why)


def _domain(field: bytes) -> str:
    found = _DOMAIN.search(field)
    return _plain(found[1]) if found else ""


def _plain(domain: bytes) -> str:
    return domain.decode("ascii", "replace").strip().lower().rstrip(".")
