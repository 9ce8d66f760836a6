"""What a paragraph begins with: its number ("94A.", "3.14", "(a)(ii)") or a bullet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Label(StrEnum):
    """What sort of label a paragraph has."""

    BULLET = "bullet"
    NUMBER = "number"
    """A number of its own: "94A.", "3.14", "7)"."""
    LETTER = "letter"
    """A part of what stands above: "(a)", "iv.", "(a)(ii)"."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph's label, as printed, and the words behind it."""

    kind: Label
    label: str
    text: str


_BULLET: Final = re.compile(
    r"([•·‣▪●○◦∙➢➤✓✔◆■□►▶❖*\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076\uf02d-]|[–—](?=\s)|o(?=\s))\s*(?=\S)"
)
_NUMBER: Final = re.compile(
    r"(?:\d{1,3}[A-Z]{0,2}[.)]|\(\d{1,3}[A-Z]?\)|\d{1,3}[A-Z]{0,2}(?:\.\d{1,3}[A-Z]{0,2}){1,4}[.)]?|[A-Z]\d{0,2}(?:\.\d{1,3}){1,3}[.)]?)(?=\s)"
)
_LETTER: Final = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivxlc]{1,7}|[A-Z])\)(?:\((?:[a-z]{1,2}|[ivxlc]{1,7}|\d{1,2})\))*|(?:[a-z]|[ivxlc]{1,6})[.)])(?=\s)"
)
_SIGNED: Final = re.compile(r"[-–—]\s?[\d£€$]")
"""A minus, or a dash in front of an amount, is no bullet."""


def labelled(text: str) -> Labelled | None:
    """The label that `text` begins with; None where it begins with words."""
    head = text[:24]
    number = _NUMBER.match(head)
    if number is not None:
        return Labelled(Label.NUMBER, number[0], text[number.end() :].lstrip())
    letter = _LETTER.match(head)
    if letter is not None:
        return Labelled(Label.LETTER, letter[0], text[letter.end() :].lstrip())
    bullet = _BULLET.match(head)
    if bullet is not None and not _SIGNED.match(head):
        if bullet[1] in "*-·" and not text[1:2].isspace():
            return None
        return Labelled(Label.BULLET, bullet[1], text[bullet.end() :])
    return None
