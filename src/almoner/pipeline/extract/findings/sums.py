"""Figures of one sentence that contradict each other.

Only where the words leave no other reading: a whole with parts that divide it, a share with the counts it is worked out
from, answers that exclude each other, percentages of which one names the total as its base and the other none. Hedged
figures ("about 120") are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from almoner.pipeline.extract.figures.figure import LONGEST
from almoner.pipeline.extract.record import Record
from almoner.pipeline.extract.sentences import sentences_of
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Finding, Item

_SMALL_NUMBERS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: Final = {
    **{word: value for value, word in enumerate(_SMALL_NUMBERS, start=1)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
_NUMBER: Final = (
    r"(?<![\w.,£$€/-])(?:\d{1,3}(?:,\d{3})+|\d+|(?:" + "|".join(_TENS) + r")(?:-(?:" + "|".join(_SMALL_NUMBERS[:9])
    + r"))?|" + "|".join(sorted(_SMALL_NUMBERS, key=len, reverse=True)) + r")(?![\w%]|[.,/:-]\d|\s*(?:%|per\s?cent))"
)  # fmt: skip
_SHARE: Final = r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent\b)"
_THE: Final = r"(?:(?:the|all|these|those|its|our|their|all\s+the|a\s+total\s+of)\s+)?"
_NOUN: Final = r"(?:[a-z’'-]+\s+){0,3}?"
_HEDGE: Final = re.compile(
    r"\b(?:about|around|nearly|almost|over|under|roughly|approximately|some|than|least|most|up\s+to|\d\s+to|an?\s+estimated|estimated"
    r"|just|only\s+just|circa|c\.|~)\s*\Z",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:unknown|recorded|known|others?|another|non-binary|remain\w*|rest|both|prefer\w*|missing|some|few|including|e\.g"
    r"|such\s+as|identif\w+|trans\w*|did\s+not|unspecified|undisclosed|more\s+than\s+one|at\s+least|overlap\w*)\b",
    re.IGNORECASE,
)
"""Words that say that the parts named are not all, or not apart."""

_COUNTS_AND_SHARE: Final = (
    re.compile(
        rf"({_NUMBER})\s+{_NOUN}(?:out\s+)?of\s+{_THE}({_NUMBER})(?:\s+[a-z’'-]+){{0,4}}?"
        rf"(?:\s+\({_SHARE}\)|,?\s+(?:or|that\s+is|which\s+is)\s+{_SHARE})",
        re.IGNORECASE,
    ),
    re.compile(rf"({_NUMBER})\s+\({_SHARE}\)\s+{_NOUN}(?:out\s+)?of\s+{_THE}({_NUMBER})", re.IGNORECASE),
    re.compile(rf"{_SHARE}\s+\(({_NUMBER})\s+(?:out\s+)?of\s+{_THE}({_NUMBER})\b", re.IGNORECASE),
)
_SEX: Final = r"(girls?|boys?|women|men|females?|males?)"
_FEMALE: Final = frozenset({"girl", "girls", "women", "female", "females"})
_WERE: Final = r"(?:(?:of\s+them|of\s+(?:whom|which))\s+)?(?:(?:were|are|was|is)\s+)?"
_WHOLE_AND_PARTS: Final = re.compile(
    rf"({_NUMBER})\s+([a-z’'-]+(?:\s+[a-z’'-]+){{0,3}}?)\s*"
    rf"(?:,|:|\(|–|—|\bof\s+(?:whom|which)|\bmade\s+up\s+of|\bcomprising|\bconsisting\s+of)\s*"
    rf"(?:of\s+(?:whom|which)\s+|made\s+up\s+of\s+|comprising\s+)?"
    rf"({_NUMBER})\s+{_WERE}{_SEX}\s*(?:,|,?\s*\band|,?\s*\bwhile|;)\s+({_NUMBER})\s+{_WERE}{_SEX}\b",
    re.IGNORECASE,
)
_WHOLE_AND_LIST: Final = re.compile(
    rf"({_NUMBER})\s+[a-z’'-]+(?:\s+[a-z’'-]+){{0,3}}?\s*(?::|,?\s+made\s+up\s+of|,?\s+comprising|,?\s+consisting\s+of)\s+"
    rf"({_NUMBER}\s+[^.:;()]*?\band\s+{_NUMBER}\s+[^.:;,0-9()]{{3,60}})(?=[.;)]|\Z)",
    re.IGNORECASE,
)
_PIECES: Final = re.compile(rf",\s+(?:and\s+)?(?={_NUMBER})|\s+and\s+(?={_NUMBER})", re.IGNORECASE)
_PART_OF_WHOM: Final = re.compile(
    rf"({_NUMBER})\s+[a-z’'-]+(?:\s+[a-z’'-]+){{0,2}},?\s+of\s+(?:whom|which)\s+({_NUMBER})\s+(?:were|was|had|did|are)\b",
    re.IGNORECASE,
)
_SEX_SHARES: Final = re.compile(
    rf"{_SHARE}\s+(?:of\s+(?:them|victims|pupils|children|those)\s+)?(?:were|are|was)\s+{_SEX}"
    rf"\s*(?:,|,?\s+and|,?\s+while|;)\s+{_SHARE}\s+(?:were\s+|are\s+|was\s+)?{_SEX}\b",
    re.IGNORECASE,
)
_ANSWERS: Final = tuple(
    re.compile(rf"{_SHARE}[^%.;]{{0,30}}?\b(?:{word})\b", re.IGNORECASE)
    for word in (r"yes", r"no", r"not?\s+sure|unsure|don[’']t\s+know|did\s+not\s+know|undecided")
)
_TWO_BASES: Final = re.compile(
    rf"{_SHARE}(?!\s*of\b)\)?[^.;%]{{0,60}}?\b(?:but|while|whereas|although|though|and)\b[^.;%]{{0,40}}?"
    rf"{_SHARE}\s+of\s+(?:all\s+)?the\s+(?:total|whole|overall)\b",
    re.IGNORECASE,
)
_SAYS_SHARE: Final = frozenset({"or", "that", "which"})
"""Where no bracket gives a share, it stands behind one of these."""
_WHOLES: Final = ("total", "whole", "overall")
_TWO_NUMBERS: Final = re.compile(r"\d\D+\d")
_SEXES: Final = re.compile(r"\b(?:girl|boy|women|men|female|male)s?\b", re.IGNORECASE)
_OF_SHARE: Final = re.compile(r"\d\s*(?:%|per\s?cent)", re.IGNORECASE)
_OF_SEX: Final = re.compile(rf"\b{_SEX}\b", re.IGNORECASE)


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`figures_disagree`, once a sentence, with the numbers."""
    if len(item.figures) < 2:
        return
    counted = {figure.sentence for figure in item.figures}
    for block in record.told:
        if not _is_worth_it(block.text):
            continue
        sentences = sentences_of(block.text)
        for index in range(len(sentences)):
            start, end = sentences.span(index)
            sentence = block.text[start:end]
            # A long sentence is not kept whole with its figures.
            holds = sentence in counted or len(sentence) > LONGEST
            message = disagreement(sentence) if holds else None
            if message is not None:
                yield finding("figures_disagree", message, block.place)


def _is_worth_it(text: str) -> bool:
    return _TWO_NUMBERS.search(text) is not None or _SEXES.search(text) is not None


def disagreement(sentence: str) -> str | None:
    """What is wrong with the figures of a sentence, in words with the numbers; None where nothing is."""
    if not _is_worth_it(sentence):
        return None
    return next((message for rule in _rules(sentence) if (message := rule(sentence)) is not None), None)


def _rules(sentence: str) -> Iterator[Callable[[str], str | None]]:
    """The rules for which a sentence has the words."""
    shares = _OF_SHARE.search(sentence) is not None
    if shares and " of " in sentence:
        lower = sentence.lower()
        if "(" in sentence or not _SAYS_SHARE.isdisjoint(lower.split()):
            yield _share_of_counts
        if any(word in lower for word in _WHOLES):
            yield _two_bases
    if _OF_SEX.search(sentence) is not None:
        yield from (_parts_by_sex, _shares_by_sex) if shares else (_parts_by_sex,)
    if shares and "yes" in sentence.lower():
        yield _answers
    if ":" in sentence or "made up of" in sentence or "compris" in sentence or "consist" in sentence:
        yield _parts_in_list
    if "of whom" in sentence or "of which" in sentence:
        yield _part_of_whom


def _share_of_counts(sentence: str) -> str | None:
    for number, pattern in enumerate(_COUNTS_AND_SHARE):
        for match in pattern.finditer(sentence):
            groups = [group for group in match.groups() if group is not None]
            part, whole, share = (
                (groups[0], groups[1], groups[2]),
                (groups[0], groups[2], groups[1]),
                (groups[1], groups[2], groups[0]),
            )[number]
            if _is_hedged(sentence, match.start()) or _is_year(whole) or not _value(whole):
                continue
            worth = 100 * _value(part) / _value(whole)
            tolerance = 1.0 if "." not in share else 0.15
            if abs(worth - float(share)) > tolerance:
                return f"{part} of {whole} is {worth:.3g}%, not {share}%: “{match[0]}”."
    return None


def _parts_by_sex(sentence: str) -> str | None:
    for match in _WHOLE_AND_PARTS.finditer(sentence):
        whole, _, one, sex, two, other = match.groups()
        if not _is_pair(sex, other) or _is_hedged(sentence, match.start()) or _is_year(whole):
            continue
        found = _does_not_add_up(whole, (one, two), match[0], sentence)
        if found is not None:
            return found
    return None


def _parts_in_list(sentence: str) -> str | None:
    for match in _WHOLE_AND_LIST.finditer(sentence):
        parts = re.findall(_NUMBER, match[2], re.IGNORECASE)
        pieces = _PIECES.split(match[2])
        if (
            len(parts) != len(pieces)
            or not all(re.match(_NUMBER, each, re.IGNORECASE) for each in pieces)
            or _is_hedged(sentence, match.start())
            or any(map(_is_year, (match[1], *parts)))
        ):
            continue
        found = _does_not_add_up(match[1], tuple(parts), match[0], sentence)
        if found is not None:
            return found
    return None


def _does_not_add_up(whole: str, parts: tuple[str, ...], words: str, sentence: str) -> str | None:
    total = sum(_value(part) for part in parts)
    if total == _value(whole) or _OPEN.search(sentence) or len(words) > 240:
        return None
    return f"{' and '.join(parts)} make {total:,}, not {whole}: “{words.strip()}”."


def _part_of_whom(sentence: str) -> str | None:
    for match in _PART_OF_WHOM.finditer(sentence):
        whole, part = match.groups()
        if _value(part) > _value(whole) and not _is_hedged(sentence, match.start()) and not _is_year(part):
            return f"The part, {part}, is more than the whole, {whole}: “{match[0]}”."
    return None


def _shares_by_sex(sentence: str) -> str | None:
    for match in _SEX_SHARES.finditer(sentence):
        one, sex, two, other = match.groups()
        total = float(one) + float(two)
        far = abs(total - 100) > 1 if total > 100 or not _OPEN.search(sentence) else False
        if _is_pair(sex, other) and far and not _is_hedged(sentence, match.start()):
            return f"{one}% and {two}% make {total:g}%, not 100%: “{match[0]}”."
    return None


def _answers(sentence: str) -> str | None:
    """ "Yes", "no" and "not sure" are all the answers there are."""
    found = [pattern.search(sentence) for pattern in _ANSWERS]
    shares = [match[1] for match in found if match is not None]
    if len(shares) < len(_ANSWERS) or len({match.start() for match in found if match is not None}) < len(
        _ANSWERS
    ):
        return None
    total = sum(map(float, shares))
    if abs(total - 100) <= 2 or len(re.findall(_SHARE, sentence)) > len(_ANSWERS):
        return None
    return f"{'% and '.join(shares)}% make {total:g}%, not 100%."


def _two_bases(sentence: str) -> str | None:
    match = _TWO_BASES.search(sentence)
    if match is None or abs(float(match[1]) + float(match[2]) - 100) <= 1:
        return None
    return f"{match[2]}% is said to be of the total, and {match[1]}% may be of something else: “{match[0]}”."


def _value(printed: str) -> int:
    if printed[0].isdigit():
        return int(printed.replace(",", ""))
    return sum(_VALUES[word] for word in printed.lower().split("-"))


def _is_year(printed: str) -> bool:
    return len(printed) == 4 and printed.isdigit() and 1900 <= int(printed) < 2100


def _is_pair(one: str, other: str) -> bool:
    return (one.lower() in _FEMALE) != (other.lower() in _FEMALE)


def _is_hedged(sentence: str, start: int) -> bool:
    return _HEDGE.search(sentence, max(0, start - 30), start) is not None
