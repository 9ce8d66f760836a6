"""Lists of mailboxes in header fields: names and addresses (RFC 5322, 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.mail.words import with_words

MAX_MAILBOXES: Final = 5_000

# What a list is made of; a quotation mark without its other half is nothing. Each alternative takes at least one character and never looks back, so that time is bounded.
_TOKEN: Final = re.compile(
    r"""(?P<quoted>"(?:[^"\\]|\\.){0,1000}+") | (?P<comment>\([^()]*+\)?) | <(?P<angle>[^<>]*+)>? | (?P<end>[,;]) | (?P<colon>:)
    | (?P<word>[^\s"(<,;:]++) | (?P<space>\s++)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\"]{1,200}@[^\s@<>(),;:\"]{1,250}")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Who: a name as printed and an address, "" where there is none."""

    name: str = ""
    address: str = ""


def read_mailboxes(line: str) -> tuple[Mailbox, ...]:
    """The mailboxes in a field's `line`, groups opened."""
    found: list[Mailbox] = []
    for mailbox in _mailboxes(line):
        if mailbox != Mailbox():
            found.append(mailbox)
        if len(found) >= MAX_MAILBOXES:
            break
    return tuple(found)


def _mailboxes(line: str) -> Iterator[Mailbox]:
    words: list[str] = []
    comments: list[str] = []
    address = ""
    for token in _TOKEN.finditer(line):
        match token.lastgroup:
            case "end":
                yield _mailbox(words, comments, address)
                words, comments, address = [], [], ""
            case "colon":  # the name of a group
                words, comments = [], []
            case "angle":
                address = address or "".join(token["angle"].split()).rpartition(":")[2]
            case "quoted":
                words.append(_ESCAPE.sub(r"\1", token["quoted"].strip('"')))
            case "comment":
                comments.append(token["comment"].strip("()"))
            case "word":
                words.append(token["word"])
            case _:
                words.append(" ")
    yield _mailbox(words, comments, address)


def _mailbox(words: list[str], comments: list[str], address: str) -> Mailbox:
    printed = "".join(words).strip()
    if not address and _ADDRESS.fullmatch(printed):
        return Mailbox(_name(" ".join(comments)), printed)
    return Mailbox(_name(printed or " ".join(comments)), address)


def _name(printed: str) -> str:
    return " ".join(with_words(printed).split())


def addresses_in(text: str) -> Iterator[str]:
    """Everything in `text` that is written as an address."""
    yield from _ADDRESS.findall(text)
