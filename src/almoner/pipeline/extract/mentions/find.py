"""Where known names stand in a text: word for word, the longest one at each place, none inside another.

An abbreviation that two bodies share is given for both: what it means, the item tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from almoner.pipeline.lines import vocabulary
from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy.entries import Named
from almoner.pipeline.taxonomy.index import Hit, may_name, names_by_stem, walk

_CAPITAL: Final = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W_]*")
_ADDRESS_BEFORE: Final = frozenset("@/\\_#.")
_ADDRESS_AFTER: Final = re.compile(r"[@/\\_][^\W_]|\.[a-z]{2}")
_YEAR_AFTER: Final = re.compile(r"\s+((?:19|20)\d\d)\b")
_AND_YEAR: Final = re.compile(r"\s+(?:and|&)\s+((?:19|20)\d\d)\b")
_OF_ELSEWHERE: Final = re.compile(
    r"\s+of\s+(?!(?:the\s+)?(?:UK|United|Great|Britain|England|Wales|Scotland|Northern)\b)[A-Z]"
)
ABROAD: Final = vocabulary.words("""
    American Australian Austrian Belgian Canadian Chinese Danish Dutch European Finnish French German Greek Indian
    Irish Italian Israeli Japanese Kenyan Maltese Nigerian Norwegian Pakistani Polish Portuguese Russian Spanish
    Swedish Swiss US U.S. USA America Ireland Dublin Australia Canada Zealand India Queensland Victoria Ontario Jersey Guernsey Manx Federal
    """)
_OF_A_NATION: Final = {"Welsh": "W", "Scottish": "S", "Irish": "N"}
_STARTS: Final = vocabulary.words(
    "The This That Under Since In As And But If When While A An Our Your By For From To"
)
"""Words with which a sentence starts before the name of an Act."""


def hits(text: str, seen: Set[str] | None = None) -> Iterator[Hit]:
    """The names in a text, in order. Those that need evidence are among them, marked so.

    `seen` are the text's words (`lines.glance`), where they are known already.
    """
    known = names_by_stem()
    if seen is not None:
        if not may_name(seen):
            return
    elif known.keys().isdisjoint(map(str.lower, _CAPITAL.findall(text))):  # as in most texts
        return
    reached = 0
    for match in _CAPITAL.finditer(text):
        stem = match[0].lower()
        if stem not in known or match.start() < reached:
            continue
        for hit in walk(text, match.start(), stem):
            if _stands_free(text, hit) and _is_of_here(text, hit):
                yield hit
                reached = hit.end
                if hit.named.entry.kind is MentionKind.ACT:
                    yield from _next_year(text, hit, known[stem])
                elif hit.named.is_short and hit.named.needs_evidence:
                    yield from _shared(hit, known[stem])
                break


def _next_year(text: str, hit: Hit, names: Sequence[Named]) -> Iterator[Hit]:
    """The second of two Acts of one name: "the Children Act 1989 and 2004"."""
    year = _AND_YEAR.match(text, hit.end)
    if year is not None and hit.named.printed[-4:].isdigit():
        other = hit.named.printed[:-4] + year[1]
        yield from (Hit(hit.start, year.end(1), each) for each in names if each.printed == other)


def _shared(hit: Hit, names: Sequence[Named]) -> Iterator[Hit]:
    """The same abbreviation as another body's: "HMIP"."""
    for each in names:
        if each.printed == hit.named.printed and each.entry is not hit.named.entry:
            yield Hit(hit.start, hit.end, each)


def _stands_free(text: str, hit: Hit) -> bool:
    """Whether it is no part of a web or mail address, or of a longer word."""
    before = text[hit.start - 1 : hit.start]
    if before.isalnum() or before in _ADDRESS_BEFORE:
        return False
    return _ADDRESS_AFTER.match(text, hit.end) is None


def _is_of_here(text: str, hit: Hit) -> bool:
    """Whether it is ours and not another country's, or the end of a longer name."""
    kind = hit.named.entry.kind
    if kind is MentionKind.PLACE or kind is MentionKind.PROGRAMME:
        return True
    before, beside = _word_before(text, hit.start)
    if kind is MentionKind.ACT:
        return _is_whole_act(text, hit, before)
    if kind is MentionKind.ORGANISATION and not hit.named.is_short:
        if beside and before[:1].isupper():
            if before in ABROAD and before not in _OF_A_NATION:
                return False
            nation = _OF_A_NATION.get(before)
            if nation is not None and nation not in hit.named.entry.nations:
                return False
            if before == "New" and hit.named.printed.startswith("South"):
                return False
        return not _OF_ELSEWHERE.match(text, hit.end) or " of " in hit.named.printed
    return True


def _word_before(text: str, start: int) -> tuple[str, bool]:
    """The word before a place in a text, over an "and"; and whether nothing but a space is between."""
    words = text[max(0, start - 30) : start].split()
    if not words or not text[start - 1].isspace():
        return "", False
    if words[-1] in ("and", "&"):
        return (words[-2].rstrip(","), False) if len(words) > 1 else ("", False)
    return words[-1].rstrip(","), not words[-1].endswith(",")


def _is_whole_act(text: str, hit: Hit, before: str) -> bool:
    """ "Care Act" is not the end of "Health and Care Act 2022", nor an Act of another year."""
    if before[:1].isupper() and before not in _STARTS and not before.endswith("."):
        return False
    year = _YEAR_AFTER.match(text, hit.end)
    return year is None or year[1] in hit.named.entry.name or hit.named.printed[-4:].isdigit()
