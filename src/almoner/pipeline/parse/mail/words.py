"""Encoded words in header fields (RFC 2047, with the languages of RFC 2231), also the broken ones that programmes send."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.parse.mail.charsets import decoded
from almoner.pipeline.parse.mail.transfer import from_base64, from_q

MAX_WORDS: Final = 2_000
"""Encoded words of one field that are decoded; a subject of 1,000 letters has 40."""

# The text may hold spaces and "?", against the standard: writers leave them in. No other word begins in it, so that
# each letter is looked at once.
_OPENS: Final = r"=\?([\w.:+-]{1,60})(?:\*[\w-]{0,40})?\?([bq])\?"
_INSIDE: Final = r"(?:(?!\?=|=\?[\w.:+-]{1,60}(?:\*[\w-]{0,40})?\?[bq]\?)[^\r\n]){0,4000}"
_WORD: Final = re.compile(rf"{_OPENS}({_INSIDE})\?=", re.IGNORECASE | re.ASCII)
_CUT: Final = re.compile(rf"{_OPENS}([^\s?]{{1,4000}})\??\Z", re.IGNORECASE | re.ASCII)


def with_words(text: str) -> str:
    """`text` with its encoded words decoded. White space between two of them is none; a word that is cut off at the
    end of the field is read as far as it goes. What cannot be decoded stays as it stands."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    held: list[tuple[str, bytes]] = []
    position = count = 0
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        found = _bytes(match[2], match[3])
        if found is None or count >= MAX_WORDS:
            continue
        if between.strip() or not held:
            pieces.extend(_flushed(held))
            pieces.append(between)
        held.append((match[1], found))
        position = match.end()
        count += 1
    rest = text[position:]
    cut = _CUT.search(rest)
    tail = _bytes(cut[2], cut[3]) if cut is not None else None
    if cut is not None and tail is not None:
        between = rest[: cut.start()]
        if between.strip() or not held:
            pieces.extend(_flushed(held))
            pieces.append(between)
        held.append((cut[1], tail))
        rest = ""
    pieces.extend(_flushed(held))
    pieces.append(rest)
    return "".join(pieces)


def _flushed(held: list[tuple[str, bytes]]) -> list[str]:
    """The words held back: neighbours of one encoding are decoded together, since a character may be split over two."""
    texts: list[str] = []
    run = b""
    for number, (charset, content) in enumerate(held):
        run += content
        if number + 1 == len(held) or held[number + 1][0].lower() != charset.lower():
            texts.append(decoded(run, charset).text)
            run = b""
    held.clear()
    return texts


def _bytes(form: str, text: str) -> bytes | None:
    # An 8-bit letter in a word is as the field's own decoding left it; its bytes are had back by encoding it again.
    raw = text.encode("latin-1", "ignore") if _fits_latin(text) else text.encode("utf-8", "replace")
    if form in "bB":
        found = from_base64(raw)
        return None if found.encoded else found.content
    return from_q(raw)


def _fits_latin(text: str) -> bool:
    return all(ord(letter) < 256 for letter in text)
