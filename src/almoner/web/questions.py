"""A question of the week, taken apart: what is asked, and the answer."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_ASKED: Final = re.compile(
    r"^\s*<p>\s*(?:<(?:strong|b)>)?\s*Question\s*:\s*(.*?)</p>", re.IGNORECASE | re.DOTALL
)
_ANSWER: Final = re.compile(
    r"<p>\s*(?:<(?:strong|b)>)?\s*Answer\s*:\s*(?:</(?:strong|b)>)?\s*", re.IGNORECASE
)
_LABEL: Final = re.compile(r"^\s*Answer\s*:\s*", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]+>")


def take_apart(words: str) -> tuple[str, str]:
    """The question as plain text ("" where the words hold none of their own) and the answer as mark-up,
    both without the labels that stand in print: the page sets its own."""
    asked = _ASKED.match(words)
    question = unescape(_TAG.sub("", asked.group(1))).strip() if asked else ""
    rest = words[asked.end() :] if asked else words
    return question, _ANSWER.sub("<p>", rest, count=1).strip()


def without_label(summary: str) -> str:
    """The summary of a question without "Answer:" before it."""
    return _LABEL.sub("", summary)
