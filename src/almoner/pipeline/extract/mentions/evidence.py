"""What makes an ambiguous name count: its long form, words that go with it, or brackets that introduce it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from almoner.pipeline.lines import vocabulary
from almoner.pipeline.taxonomy.index import Hit

_WORDS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL: Final = vocabulary.words("of for and the in on to with at by a an")
_NAME_BEFORE: Final = re.compile(r"([^\W\d_][\w’'-]*)[ ]\Z")
_NAME_AFTER: Final = re.compile(r"\s([^\W_][\w’'-]*)")
_STARTS: Final = re.compile(r"(?:\A|[.!?:•\n]\s*|[“\"]\s*)\Z")
_LEADS: Final = vocabulary.words("The A An At For From By And With In To Our Your When If As While")
_DOES: Final = vocabulary.words("""
    said says is has was runs warned warns called calls told urges urged found launched published helped helps offers
    provides works supports chief
    """)


def is_introduced_elsewhere(short: str, texts: Iterable[str], name: str) -> bool:
    """Whether brackets give an abbreviation another meaning than `name`: "National Childminding Association (NCA)"."""
    letters = [letter.casefold() for letter in short if letter.isalnum()]
    for text in texts:
        at = text.find(f"({short})")
        if at < 0:
            continue
        before = text[max(0, at - 120) : at].rstrip("\"'”’ ").replace("’", "'").casefold()
        if before.endswith(name.replace("’", "'").casefold()):
            continue
        words = _WORDS.findall(before)
        bearing = [word for word in words if word not in _SMALL]
        if letters in ([word[0] for word in run[-len(letters) :]] for run in (words, bearing)):
            return True
    return False


def has_words(hit: Hit, whole: str) -> bool:
    """Whether one of the entry's words of evidence stands in the item. `whole` is its text in small letters."""
    return any(word in whole for word in hit.named.entry.evidence)


def stands_as_name(text: str, hit: Hit) -> bool:
    """Whether an ordinary word with a capital ("Refuge", "Mind") is used as a name where it stands.

    Inside a longer run of capitals it may be anything; at the start of a sentence it must be somebody who acts.
    """
    before = text[max(0, hit.start - 30) : hit.start]
    word = _NAME_BEFORE.search(before)
    after = _NAME_AFTER.match(text, hit.end)
    if after is not None and after[1][0].isupper():
        return False
    if word is not None and word[1][0].isupper() and word[1] not in _LEADS:
        return False
    if _STARTS.search(before):
        return after is not None and after[1] in _DOES
    return True
