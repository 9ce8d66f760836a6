"""Web addresses as they are printed in running text."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.model import Link
from almoner.pipeline.page.addresses import has_host_or_none
from almoner.pipeline.page.tracking import untracked

_ADDRESS: Final = re.compile(r"(?:https?://|(?<![\w@./])www\.)[^\s<>\"“”«»\u200b]+", re.IGNORECASE)
_MARKDOWN: Final = re.compile(r"\[([^\][]{1,300})\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
_TRAILING: Final = ".,;:!?'’”*_"


def links_in(text: str) -> tuple[Link, ...]:
    """The addresses in `text`, without the punctuation that follows them and without what tracks a reader, each once.

    An address without a scheme ("www.example.org") is taken to be https, as browsers do.
    """
    if "://" not in text and "www." not in text.lower():
        return ()
    found: dict[str, str] = {}
    for match in _MARKDOWN.finditer(text):
        found.setdefault(match[2], match[1].strip())
    for match in _ADDRESS.finditer(text):
        printed = _trim(match[0])
        href = printed if "://" in printed else f"https://{printed}"
        if len(href) > len("https://") + 3:
            found.setdefault(href, printed)
    return tuple(Link(untracked(href), words) for href, words in found.items() if has_host_or_none(href))


def without_addresses(text: str) -> str:
    """`text` with its addresses taken out."""
    return _ADDRESS.sub(" ", text)


def _trim(address: str) -> str:
    """The address without the punctuation behind it; a bracket stays where its other half is in the address."""
    end = len(address)
    unmatched = address.count(")") - address.count("(")
    bracketed = "[" in address
    while end:
        last = address[end - 1]
        if last == ")" and unmatched > 0:
            unmatched -= 1
        elif last not in _TRAILING and (last != "]" or bracketed):
            break
        end -= 1
    return address[:end]
