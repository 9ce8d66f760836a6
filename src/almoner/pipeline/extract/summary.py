"""A summary in the source's own words: the page's, or the first sentences of the text. No word is invented."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.lines import addresses, headings
from almoner.pipeline.model import BlockKind

LIMIT: Final = 280
"""Characters; about two lines on a phone held sideways, and short enough to quote from any source."""

_ANSWER: Final = re.compile(r"\A\s*(?:answer|a)\s*:\s+(?=\S)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*(?P<space>\s+)(?=[A-Z“‘\"'])")


def read(record: Record) -> str:
    """Up to `LIMIT` characters, cut at a sentence where one fits, else at a word."""
    if record.is_only_item:
        described = (
            record.document.metadata.get("description")
            or record.document.metadata.get("og:description")
            or ""
        )
        if len(described) >= 40:
            return shorten(described)
    for block in record.body:
        if block.kind is BlockKind.PARAGRAPH and headings.is_sentence(block.text):
            return shorten(_unlabelled(_readable(block.text)))
    return shorten(_unlabelled(" ".join(block.text for block in record.body[:2])))


def _unlabelled(text: str) -> str:
    """A text without the label that tells an answer from its question."""
    return _ANSWER.sub("", text)


def _readable(text: str) -> str:
    """The sentences that hold no address, since one with a hole says nothing; all, without theirs, where each has one."""
    if addresses.without_addresses(text) == text:
        return text
    cuts = [0, *(match.end("space") for match in _SENTENCE_END.finditer(text)), len(text)]
    sentences = [text[first:end] for first, end in pairwise(cuts)]
    whole = [one for one in sentences if addresses.without_addresses(one) == one]
    return "".join(whole) if whole else addresses.without_addresses(text)


def shorten(text: str) -> str:
    """`text` cut to whole sentences within the limit, or to whole words with an ellipsis."""
    text = " ".join(text[: 4 * LIMIT].split())
    if len(text) <= LIMIT:
        return text
    ends = [match.start("space") for match in _SENTENCE_END.finditer(text, 0, LIMIT + 1)]
    if ends and ends[-1] >= 60:
        return text[: ends[-1]]
    return text[: LIMIT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
