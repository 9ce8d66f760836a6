"""Numbers that name something by the word before them: Year 9, Part 3, page 12, Catch 22, (Jay, 2014)."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.figures.marks import is_bare, panel
from almoner.pipeline.extract.figures.number import Form
from almoner.pipeline.extract.figures.quantity import Quantity
from almoner.pipeline.extract.figures.reasons import Aside
from almoner.pipeline.extract.figures.years import is_year
from almoner.pipeline.lines import vocabulary

_STRONG: Final = vocabulary.words("""
    page pages pp para paras paragraph paragraphs section sections sect subsection subsections ss clause
    clauses article articles art regulation regulations reg regs rule rules schedule schedules chapter
    chapters ch chap annex annexes appendix appendices table tables figure figures fig figs eq eqs eqn
    equation equations exercise exercises nr nrs no nos number note notes footnote footnotes stage
    stages tier tiers level levels grade grades band bands class category categories phase phases module
    modules volume vol version versions issue recommendation recommendations principle principles
    standard standards objective objectives priority priorities goal goals option options step steps
    question questions q channel covid catch formula war part parts year years protocol convention
    resolution directive type types form box chart map slide theorem lemma algorithm ref refs reference
    references line column row panel quarter act commitment action requirement requirements criterion
    indicator outcome scenario item items file edition junction platform flight gate
    """)
"""A number behind one of these names it."""
_ALSO_COMMON: Final = vocabulary.words("""
    no act line form issue action item items quarter type types outcome map war catch class file band
    gate platform flight year years figures figure rules standards steps options goals levels notes
    questions priorities parts grades number
    """)
"""Of these, the ones that are as often common nouns before a count: "in class 30 pupils"."""
_WEAK: Final = vocabulary.words("""
    case cases group groups area areas zone zones sample samples patient patients animal animals
    participant day days week weeks month months unit units room ward route lot point points experiment
    experiments well wells core cores hole holes fraction fractions lane lanes test tests lines session
    lesson series season episode round leg division district block building study bbc itv radio sky
    windows station stations cluster clusters clone clones passage set sets run runs trial trials model
    models bus tram floor house flat
    """)
"""A number behind one of these names it only where no noun follows."""
_DOTTED: Final = vocabulary.words(
    "fig figs eq eqs p pp para paras s ss no nos nr nrs sect ch art reg regs ref vol chap tab"
)
"""Abbreviations: others that end with a full stop end their sentence."""
_DECIMAL: Final = vocabulary.words("""
    section sections table tables fig figs figure figures eq eqs para paras paragraph paragraphs chapter
    annex version appendix
    """)
"""What is numbered 4.2 too."""
_NAMES: Final = vocabulary.words("covid catch formula war channel year years")
_NO_NAME: Final = vocabulary.words("""
    in since by from until the during after before between of for at on and to around about over total
    yes no all only some these those i we they he she it there
    """)

_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)(\.?)[ \u00a0]?(\(?)(?:(?:no|number)s?\.?\s)?$", re.IGNORECASE)
_NOUN_AFTER: Final = re.compile(
    r"\s(?!(?:was|is|has|as|this|its|us|yes|plus|versus|across|towards|afterwards|always|requires|sets|says|states|provides|applies"
    r"|covers|gives|contains|includes|allows|describes|explains|outlines|deals|shows|makes)\b)"
    r"(?:[a-z][\w’'-]*\s){0,2}?(?:[a-z]{2,}(?:s|ies)|children|people|men|women|police)\b"
)
_VERB_OR_NAME_AFTER: Final = re.compile(r"\s(?:(?:were|have|had|are|did|said)\b|[A-Z])")
_LIST_GAP: Final = re.compile(
    r"[A-Za-z]?(?:\(\w{1,3}\))?(?:\s?(?:,|;|-|–|/)\s?|,?\s(?:and|or|to|&)\s)", re.IGNORECASE
)
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_CITED: Final = re.compile(
    r"(?:\bet\sal\.?,?|\b(?!(?:In|Since|By|From|Until|The|During|After|Before|Between|Of|For|At|On|And|To|Around|About|Over|"
    rf"{_MONTHS})\b)[A-Z][\w’'&-]*[)’”]?,?)\s\(?$|\b(?:1[89]|20)\d\d[a-z]?[,;]\s$"
)


def label(text: str, quantity: Quantity, before: tuple[Quantity, Aside | None] | None) -> Aside | None:
    """Whether the number is a name or a reference, or None. `before` is the last quantity and what it was."""
    if not is_bare(text, quantity):
        return None
    start, end = quantity.number.start, quantity.number.end
    left = text[max(0, start - 60) : start]
    if is_year(quantity) and _CITED.search(left):
        return Aside.REFERENCE
    if before is not None and before[1] in {Aside.REFERENCE, Aside.NAME}:
        last = before[0].number.end
        if (
            last < start
            and _LIST_GAP.fullmatch(text, last, start)
            and not _NOUN_AFTER.match(text, end, end + 40)
        ):
            return before[1]  # Parts 2 and 3
    match = _WORD_BEFORE.search(left[-28:])
    if match is None or (match[2] and match[1].lower() not in _DOTTED):
        return None
    noun_follows = _NOUN_AFTER.match(text, end, end + 40) is not None
    return _named_by(text, match[1], left[: len(left) - len(match[0])], quantity, noun_follows)


def _named_by(text: str, word: str, left: str, quantity: Quantity, noun_follows: bool) -> Aside | None:
    """What the number is to the `word` before it; `left` is what stands before that word."""
    digits, lower = panel(text, quantity), word.lower()
    value = quantity.value if digits is None else digits
    if not isinstance(value, int):
        return Aside.REFERENCE if lower in _DECIMAL and quantity.number.form is Form.DIGITS else None
    if lower in {"year", "years"} and not 0 < value <= 13:
        return None
    if (
        lower in _STRONG
        and value < 10_000
        and not (noun_follows and word.islower() and lower in _ALSO_COMMON)
    ):
        return Aside.NAME if lower in _NAMES else Aside.REFERENCE
    if noun_follows or quantity.sort is not None:
        return None
    if lower in _WEAK and value < 2_000:
        return Aside.NAME
    return Aside.NAME if _is_proper(text, word, left, quantity) else None


def _is_proper(text: str, word: str, left: str, quantity: Quantity) -> bool:
    """Whether the word before is a name that this number belongs to: Viking 2, Site 1090."""
    number = quantity.number
    if (
        number.form is not Form.DIGITS
        or not word[0].isupper()
        or word.lower() in _NO_NAME
        or quantity.value >= 10_000
    ):
        return False
    if (
        "," in text[number.start : number.end]
        or is_year(quantity)
        or _VERB_OR_NAME_AFTER.match(text, number.end, number.end + 12)
    ):
        return False
    acronym = len(word) > 1 and word.isupper()
    opens_sentence = left.rstrip()[-1:] in {"", ".", "!", "?", ":", "•"}
    return acronym or not opens_sentence
