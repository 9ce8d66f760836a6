"""Numbers that are somebody's age: "14-year-old", "aged 15 to 17", "children under 10", ", 28,", "both 16"."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.units import Sort
from almoner.pipeline.lines import vocabulary

_OLDEST: Final = 115
_PERSON = (
    r"(?:m[ae]n|wom[ae]n|boys?|girls?|teen\w*|youths?|youngsters?|mothers?|fathers?|mums?|dads?|parents?|sons?|daughters?|brothers?|sisters?"
    r"|twins|pupils?|students?|victims?|suspects?|drivers?|child(?:ren)?|kids?|bab(?:y|ies)|infants?|toddlers?|husbands?|wife|wives|people|persons?|adults?"
    r"|grand(?:mother|father|parents?)|individuals?|care\sleavers?|learners?|persons?|residents?|patients?|carers?|members?|offenders?|defendants?|teachers?|couple|pair|both|those|anyone|everyone|someone|all|aged?|ages)"
)
_AGED: Final = re.compile(
    r"\bage[ds]?(?:\s(?:of|range|group|groups|bracket|is|was|at|from|between|under|over|below|above|up\sto|just|only|about|around)){0,3}[\s:]?\(?$"
    r"|\bas\s(?:young|old|early)\sas\s$|\b(?:older|younger)\sthan\s$|\b(?:dies|died|dead)\sat\s(?:just\s)?$|\b(?:under|over|pre|post|mid)-$",
    re.IGNORECASE,
)
_EXTREME: Final = re.compile(
    r"\b(?:young|old|eld)est\b[^.;!?]{0,50}\b(?:was|is|were|being|just|only)\s(?:just\s|only\s|aged\s)?$",
    re.IGNORECASE,
)
_IS: Final = re.compile(
    rf"\b(?:he|she|i|they|you|who|{_PERSON})(?:\s(?:is|was|are|were|turns?|turned|turning|reach(?:es|ed)?)|[’'](?:s|re|m))(?:\s(?:still|just|only|now|about))?\s$"
    r"|\b(?:turn(?:s|ed|ing)?|aged|until|reach(?:es|ed|ing)?(?:\sage)?)\s$",
    re.IGNORECASE,
)
_IS_ENDS: Final = vocabulary.words("""
    is was are were turn turns turned turning reach reaches reached reaching still just only now about aged until age
    """)
_SHORT_IS: Final = ("'s", "’s", "'S", "’S", "re", "RE", "'m", "’m", "'M", "’M")
_LONGEST_IS: Final = 10
"""Characters of the longest of these with the space behind it."""
_CLOSED: Final = re.compile(
    r"\s?(?:$|[.,;:!?)”\"’]|(?:and|or|when|at\sthe\stime|who|in|from|but|with|years\sold|he|she|they|i|his|her|their|on|last|this)\b|[-–—]\s)",
    re.IGNORECASE,
)
_LOOSE: Final = re.compile(
    r"['’]?s?\s?(?:$|[.,;:!?)”\"’]|[-–—]\s|(?:and|or|who|whose|in|on|at|from|with|were|are|is|was|living|to|by|for|as|has|have|had|can|will"
    r"|may|must|should|when|during|across|not|using|being|year|they|there)\b)",
    re.IGNORECASE,
)
_APPOSED: Final = re.compile(
    rf"(?:\b[A-Z][\w'’-]*[a-z][\w'’-]*\)?|\b{_PERSON}),?\s\(?$|\b(?:both|all|now|then|only|just)\s$"
)
_APPOSED_END: Final = re.compile(
    r"(?:[,;.)!?]|$|\s(?:of|from|and\s[A-Z]|was|who|has|had|when|at\sthe\stime)\b)"
)
_OF_A_PERSON: Final = re.compile(
    rf"\b{_PERSON}(?:\s(?:is|are|were|was|themselves))?\s?[(,]?\s?$", re.IGNORECASE
)
_OF_YEARS: Final = re.compile(
    r"\b(?:boys?|girls?|child(?:ren)?|teenagers?|daughters?|sons?|(?:wo)?m[ae]n|pupils?)\sof\s(?:(?:only|just)\s)?(?:\d\d?\s(?:and|or)\s)?$",
    re.IGNORECASE,
)
_LEAST: Final = re.compile(
    r"\+(?!\d)|\s(?:and|or)\s(?:over|above|older|under|below|younger)\b", re.IGNORECASE
)
_BAND: Final = re.compile(r"(?:0|11|13|14|16|18)(?:\s?[-–]\s?|\sto\s)(?:5|11|16|17|18|19|21|24|25)")
"""Ages for which services are planned; other numbers before "services" count them."""
_BAND_AFTER: Final = re.compile(
    r"\s(?:services?|plans?|age\b|teams?|provision|pathways?|population)", re.IGNORECASE
)
_LIMIT_WORDS: Final = frozenset({"under", "over", "below", "above"})
_USUAL_LIMITS: Final = frozenset(
    {*range(1, 27), 30, 35, 40, 45, 50, 55, 60, 64, 65, 66, 67, 70, 75, 80, 85, 90}
)
_AMOUNT_BEFORE: Final = re.compile(
    r"\b(?:to|by|at|from|of|than|number(?:ed|s)?|total(?:led|ling)?|just|well)\s$", re.IGNORECASE
)


def is_age(text: str, quantity: Quantity) -> bool:
    """Whether the quantity says how old somebody is, or bounds a group by age."""
    if quantity.sort is Sort.AGE:
        return True
    value = quantity.value
    if not isinstance(value, int) or not 0 <= value <= _OLDEST:
        return False
    start, end = quantity.span
    left, right_at = text[max(0, start - 80) : start], end
    near = text[max(0, quantity.start - 40) : quantity.start]
    if _may_say_age(left) and (_AGED.search(left) or _AGED.search(near)):
        return True
    if quantity.sort is not None:
        return False
    further = text[max(0, quantity.start - 80) : quantity.start]
    if "est" in (left + further).lower() and (_EXTREME.search(left) or _EXTREME.search(further)):
        return True
    if (
        (_may_say_is(left) and _IS.search(left)) or (_may_say_is(near) and _IS.search(near))
    ) and _CLOSED.match(text, right_at, right_at + 16):
        return True
    if (
        quantity.bound in {"low", "high"}
        and value <= 26
        and _OF_A_PERSON.search(left)
        and _LOOSE.match(text, right_at, right_at + 12)
    ):
        return True
    if quantity.hedge is not None and quantity.hedge.text.lower() in _LIMIT_WORDS and value in _USUAL_LIMITS:
        before = text[max(0, quantity.hedge.start - 30) : quantity.hedge.start]
        if _LOOSE.match(text, right_at, right_at + 12):
            return bool(_OF_A_PERSON.search(before)) or not _AMOUNT_BEFORE.search(before)
    return _is_of_persons(text, quantity) or _is_least(text, quantity) or _is_apposed(text, quantity)


def _is_of_persons(text: str, quantity: Quantity) -> bool:
    """ "girls of 14 and 15", "a boy of 12", "care leavers up to 25", "0 to 25 plans"."""
    left, end = text[max(0, quantity.span[0] - 40) : quantity.span[0]], quantity.span[1]
    if _BAND.fullmatch(text, quantity.span[0], end) and _BAND_AFTER.match(text, end, end + 16):
        return True
    if quantity.value > 26 or not _LOOSE.match(text, quantity.end, quantity.end + 12):
        return False
    if _OF_YEARS.search(text[max(0, quantity.start - 40) : quantity.start]):
        return True
    return (
        quantity.hedge is not None
        and quantity.hedge.text.lower() == "up to"
        and bool(_OF_A_PERSON.search(left))
    )


def _is_least(text: str, quantity: Quantity) -> bool:
    """ "anyone 18 or over", "those 18+", "adults 65 and older"."""
    if quantity.value not in _USUAL_LIMITS or not _LEAST.match(
        text, quantity.number.end, quantity.number.end + 14
    ):
        return False
    return bool(_OF_A_PERSON.search(text[max(0, quantity.number.start - 24) : quantity.number.start]))


def _may_say_age(left: str) -> bool:
    """Whether what `_AGED` begins with stands there: a glance, since most numbers are no ages."""
    lower = left.lower()
    return "age" in lower or lower.rstrip().endswith(("as", "than", "at", "just", "-"))


def _may_say_is(left: str) -> bool:
    """Whether a word with which `_IS` ends stands there."""
    words = left[-_LONGEST_IS:].split()
    return bool(words) and (words[-1].lower() in _IS_ENDS or words[-1].endswith(_SHORT_IS))


def _is_apposed(text: str, quantity: Quantity) -> bool:
    """ "Jo Brown, 28, was", "two boys, both 16, are", "(47)" behind a name."""
    start, end = quantity.start, quantity.end
    left = text[max(0, start - 32) : start]
    if quantity.hedge is not None or not _APPOSED_END.match(text, end, end + 14) or not _APPOSED.search(left):
        return False
    comma, bracket = left.rstrip().endswith(","), left.endswith("(")
    if bracket:
        return (
            text[end : end + 1] == ")"
            and quantity.value >= 10
            and bool(re.search(r"[A-Z][\w'’-]*[a-z]\s\($", left))
        )
    if left.rstrip().lower().endswith(("both", "all", "now", "then", "only", "just")):
        word = left.rstrip().rsplit(None, 1)[-1].lower()
        return word == "both" or bool(re.search(r",\s\w+\s$", left))
    return comma and text[end : end + 1] in {",", ".", ")", ";"} and (end - start) <= 3
