"""How hard a text is to read, and what would make it easier: for whoever writes it.

The reading age is the Flesch–Kincaid grade (Kincaid and others, 1975: "Derivation of new readability formulas for Navy
enlisted personnel") and five years. Sentences over 25 words are named, as the GOV.UK style guide has it, and words
that have a plainer one. English only; it knows nothing of meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

LONGEST_SENTENCE: Final = 25
"""Words. Longer sentences are hard for many readers (GOV.UK, "Content design: planning, writing and managing
content")."""
FEWEST_WORDS: Final = 40
"""Of fewer words a reading age says nothing."""
SCHOOL: Final = 5
"""A child is so many years old when the first grade begins, less one."""
AIM: Final = 14
"""A reading age that readers who are tired, or in a hurry, read without trouble."""
MOST_HINTS: Final = 12

PLAINER: Final = MappingProxyType(
    {
        "accordingly": "so", "additional": "more", "adequate": "enough", "advise": "tell", "aforementioned": "this",
        "ascertain": "find out", "assist": "help", "assistance": "help", "at the present time": "now",
        "attempt": "try", "by means of": "by", "cease": "stop", "commence": "start", "commencing": "starting",
        "comprise": "are made up of", "comprises": "is made up of", "concerning": "about", "consequently": "so",
        "deliver training": "train", "disseminate": "share", "due to the fact that": "because",
        "endeavour": "try", "ensure that": "make sure", "facilitate": "help", "following": "after",
        "for the purpose of": "to", "forthwith": "now", "forward": "send", "furthermore": "also",
        "going forward": "from now on", "herein": "here", "hereby": "now", "impact on": "affect",
        "implement": "carry out", "in accordance with": "as, under", "in addition to": "besides",
        "in conjunction with": "with", "in excess of": "more than", "in lieu of": "instead of",
        "in order to": "to", "in regard to": "about", "in relation to": "about", "in respect of": "for, about",
        "in the event of": "if", "in the event that": "if", "inform": "tell", "initiate": "start",
        "key stakeholders": "say who", "leverage": "use", "liaise with": "talk to, work with",
        "methodology": "method", "moreover": "also", "multi-agency working": "working together",
        "necessitate": "need", "notwithstanding": "despite", "numerous": "many", "obtain": "get",
        "on a regular basis": "often, and how often", "particulars": "details", "persons": "people",
        "pertaining to": "about", "prior to": "before", "proactive": "say what is done", "procure": "get",
        "provide assistance": "help", "pursuant to": "under", "regarding": "about", "relating to": "about",
        "remuneration": "pay", "reside": "live", "robust": "say in what way", "signposting": "telling people where",
        "stakeholders": "say who", "subsequent to": "after", "subsequently": "later", "sufficient": "enough",
        "terminate": "end", "thereafter": "then", "transparency": "say what is shown", "upskill": "train",
        "utilise": "use", "utilisation": "use", "utilising": "using", "via": "by, through",
        "whilst": "while", "with effect from": "from", "with regard to": "about", "with respect to": "about",
        "with the exception of": "except",
    }
)  # fmt: skip
"""A heavy word or phrase → one that says the same, or what to say in its place."""

_PHRASES: Final = sorted(PLAINER, key=len, reverse=True)
_HEAVY: Final = re.compile(rf"\b(?:{'|'.join(map(re.escape, _PHRASES))})\b", re.IGNORECASE)
_HEAVY_BEFORE_NOUN: Final = frozenset({"following", "forward", "via"})
"""Words that are heavy in one use and plain in others: named only where the heavy use shows."""
_AFTER_USE: Final = re.compile(
    r"\bfollowing (?:the|a|an|its|their|this|last)\b|\bvia (?:the|an?|your|our)\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z'’]+)*")
_ENDS: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£])")
_NO_END: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|No|Nos|vs|etc|e\.g|i\.e|cf|para|paras|Art|Cllr|[A-Z])\.\s*$"
)
_BLANK: Final = re.compile(r"\n+")
_LETTERS: Final = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*s?\b")
_KNOWN_LETTERS: Final = frozenset(
    ["UK", "EU", "US", "USA", "UN", "BBC", "ITV", "NHS", "GP", "PDF", "TV", "VAT", "MP", "MPs", "AM", "PM", "ID", "PIN", "FAQ", "HTML", "GOV", "DVD", "AI", "IT", "OK", "HM", "NI", "II", "III", "IV"]
)  # fmt: skip

_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(r"(?:[^laeiouycgsxzh]es|[aeiouy]les|[^dtaeiouy]ed|[^aeiouyl]e|[aeiouy]le|ely)$")
_APART: Final = re.compile(
    r"ia(?!l\b|n\b|lly)|io(?!n|us)|iu|(?<!q)ua(?!r)|eo(?!us|n|p)|[aeiouy]ing|[rd]ea$|[aeiouym]bl$|iest|ism$|thm"
)
_TOGETHER: Final = re.compile(r"[^aeiouy](?:e)(?:ment|ful|less|ness|some|where|thing|body)")


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that could be plainer: the words in question, and what to do."""

    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads. `age` is the age at which a school child reads it without trouble; None for too few words."""

    words: int
    sentences: int
    age: int | None
    hints: tuple[Hint, ...]


def reading(text: str) -> Reading:
    """How plain text reads; each line of it ends a sentence."""
    found = list(sentences(text))
    counted = [_WORD.findall(one) for one in found]
    words = sum(map(len, counted))
    age = None
    if words >= FEWEST_WORDS:
        spoken = sum(syllables(word) for one in counted for word in one)
        age = max(SCHOOL, round(0.39 * words / len(found) + 11.8 * spoken / words - 15.59 + SCHOOL))
    return Reading(words, len(found), age, tuple(_hints(text, found, counted))[:MOST_HINTS])


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, and its headings and items of lists, which are none but read like one."""
    for line in _BLANK.split(text):
        begun = ""
        for piece in _ENDS.split(line.strip()):
            begun = f"{begun} {piece}".strip()
            if not _NO_END.search(begun):
                yield from (begun,) if _WORD.search(begun) else ()
                begun = ""
        if _WORD.search(begun):
            yield begun


def syllables(word: str) -> int:
    """How many syllables an English word has, by its letters; at least one for each part of a joined word."""
    return sum(_of_part(part) for part in re.split(r"[-'’]", word.lower()) if part) or 1


def _of_part(part: str) -> int:
    if len(part) <= 3:
        return max(
            1,
            len(_VOWELS.findall(part)) - (part.endswith("e") and part not in {"the", "be", "me", "we", "he"}),
        )
    count = len(_VOWELS.findall(part)) + len(_APART.findall(part)) - len(_TOGETHER.findall(part))
    return max(1, count - bool(_SILENT.search(part)))


def _hints(text: str, found: list[str], counted: list[list[str]]) -> Iterator[Hint]:
    for sentence, words in zip(found, counted, strict=True):
        if len(words) > LONGEST_SENTENCE:
            yield Hint(_short(sentence), f"{len(words)} words: two sentences read more easily.")
    seen: set[str] = set()
    for heavy in _HEAVY.finditer(text):
        words_ = heavy[0].lower()
        if words_ in seen or (words_ in _HEAVY_BEFORE_NOUN and not _AFTER_USE.match(text, heavy.start())):
            continue
        seen.add(words_)
        yield Hint(heavy[0], f"Plainer: {PLAINER[words_]}.")
    for letters in dict.fromkeys(_LETTERS.findall(text)):
        if not (letters.isupper() or letters.rstrip("s").isupper()) or letters in _KNOWN_LETTERS:
            continue
        if not re.search(rf"\({re.escape(letters)}\)|\b{re.escape(letters)} \(", text):
            yield Hint(letters, "Say what it stands for, the first time.")


def _short(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:10]) + ("…" if len(words) > 10 else "")
