"""Whose clause a verb stands in: where the clause starts, its subject, and whether that can promise anything."""

from __future__ import annotations

import re
from typing import Final

_LEFT: Final = 160
_CLAUSE: Final = re.compile(
    r"[;:–—]\s|,\s(?:and|but|so|which|who|while|because|with|although)\s|\s-\s|\b(?:that|because|but|whether|while|so\sthat|said|says)\s|,\s"
    r"|\band\s(?=(?:we|I|the|it|they)\b)",
    re.IGNORECASE,
)
_BODIES: Final = re.compile(
    r"\b(?:(?i:governments?|ministers?|ministry|departments?|offices?|councils?|authorit(?:y|ies)|commission(?:er|ers)?|agenc(?:y|ies)"
    r"|inspectorates?|police|constabulary|taskforce|task\sforce|boards?|trusts?|charit(?:y|ies)|committees?|panel|inquiry|review|services?"
    r"|secretary(?:\sof\sstate)?|partnerships?|regulators?|unions?|association|federation|foundation|institute|society|centre|unit|network"
    r"|fund|parliament|senedd|assembly|executive|administration|ombudsman|inspectors|mayor|forces?|organisations?|chief\sinspector|team"
    r"|universit(?:y|ies)|church|company|provider|work|data|consultation|strategy|bill|framework|scheme|programme)"
    r"|Ofsted|Childline|Barnardo[’']?s|Estyn|Ofcom|Ofqual|[A-Z]{2,}[A-Za-z]*s?|[A-Z][a-z]?[A-Z][A-Za-z]*)\b"
)
"""Bodies and the things that only a body sets going; any abbreviation in capitals is taken for a body."""
_NOBODY: Final = re.compile(
    r"\b(?:you|he|she|it|they|this|that|these|those|there|who|which|anyone|everyone|someone|people|children|parents|pupils|students|schools"
    r"|victims|survivors|offenders|delegates|participants|course|webinar|session|training|event|conference|book|workshop|podcast|measures"
    r"|changes|reporting|laws?)\s*$",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(r"\b([Ww]e|I)\s*$")
_PRONOUN: Final = re.compile(r"\b(?:it|they|we|he|she)\s*$", re.IGNORECASE)
_OPENING: Final = re.compile(r"(?:[Ww]e|I)\b|(?:[\w’'-]+\s){1,6}?(?=(?:has|have|is|are|will|was|were)\b)")
_SHOWN: Final = 12


def clause_start(text: str, left: int, at: int) -> int:
    """Where the clause that ends at `at` starts; `left` opens its sentence."""
    found = left
    for match in _CLAUSE.finditer(text, max(left, at - _LEFT), at):
        found = match.end()
    return found if found < at - 1 else left


def subject(text: str, left: int, at: int) -> str:
    """What stands between the start of the clause and its verb at `at`.

    Where only "and" does ("We are taking action and will soon publish"), the sentence's first subject goes on.
    """
    found = text[clause_start(text, left, at) : at].strip(' \t“”"‘•*')
    if found.endswith((" and", " but")):
        opening = _OPENING.match(found)
        return opening[0].strip() if opening and opening[0] else found
    return found


def is_first_person(words: str) -> bool:
    """Whether the subject is "we" or "I"."""
    return bool(_FIRST_PERSON.search(words))


def is_pronoun(words: str) -> bool:
    """Whether the subject is a pronoun that may stand for a body."""
    return bool(_PRONOUN.search(words))


def is_nobody(words: str) -> bool:
    """Whether the subject is somebody or something that cannot promise."""
    return bool(_NOBODY.search(words))


def is_body(words: str) -> bool:
    """Whether the subject can promise."""
    return bool(_BODIES.search(words[-80:])) and not is_nobody(words)


def ends_with_body(words: str) -> bool:
    """Whether the word right before the verb belongs to a body's name: behind anything else, "plans to" is a noun."""
    last = (words.split() or [""])[-1]
    return is_body(words) and (last[:1].isupper() or bool(_BODIES.fullmatch(last)))


def shown(words: str) -> str | None:
    """The subject as a name to show: "we", "the Home Office"."""
    person = _FIRST_PERSON.search(words)
    return person[1] if person else " ".join(words.split()[-_SHOWN:]) or None
