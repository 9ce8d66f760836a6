"""Whether a word is a place here: not somebody's surname, and not the ordinary word ("Reading", "Deal", "Rugby")."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.private.first_names import FIRST_NAMES
from almoner.pipeline.lines import vocabulary
from almoner.pipeline.taxonomy.index import Hit, key, names_by_stem

_BEFORE: Final = re.compile(r"([^\W\d_][\w.’'-]*)\s\Z")
_AFTER: Final = re.compile(r"\s([^\W_][\w’'-]*)")
_TITLES: Final = vocabulary.words("""
    Mr Mrs Ms Miss Mx Dr Sir Dame Lord Lady Baroness Baron Prof Professor Cllr Councillor Sgt Sergeant Insp Inspector
    Supt Superintendent DC DI DS DCI PC PS Constable Judge Justice Rev Reverend Prince Princess King Queen Saint
    """)
_PEERAGE: Final = re.compile(
    r"\b(?:Duke|Duchess|Earl|Countess|Prince|Princess|Marquess|Viscount|Bank|Queen|King|(?:Lord|Lady|Baron|Baroness)\s\w+)"
    r"\sof\s\Z"
)
_NEW: Final = re.compile(r"\bNew\s(?:South\s)?\Z")
_CIVIC: Final = vocabulary.words("""
    Academy Adult Adults Area Borough Children's Children’s City Civic Clinical Coroner's Coroner’s Coroners College
    Community Council Councillors County Court Crown Diocese District Early Education Family General High Hospital
    Infirmary LADO Local MASH MP MPs Magistrates Magistrates' Magistrates’ Mayor NHS Partnership Police Prison Royal SCP
    SAB Safeguarding School Schools Social Town University Virtual Women's Women’s Youth
    """)
_LIES_IN: Final = frozenset(
    {"in", "near", "around", "outside", "across", "throughout", "from", "In", "Near", "Across"}
)
_LIES_OF: Final = re.compile(
    r"\b(?:University|Borough|City|County|Diocese|town|city|borough|district|county|people|streets|outskirts|parts?|"
    r"areas?|north|south|east|west|residents|council)\sof\s\Z"
)
_MP_FOR: Final = re.compile(r"\bMPs?\sfor\s\Z")
_LISTED: Final = re.compile(r",?\s+(?:and\s+)?(?=[A-Z])|,\s+")
_NEXT_WORD: Final = re.compile(r"[^\W_]+")
_LIST_BEFORE: Final = re.compile(r"([^\W\d_]+)(?:,|,?\s+and|\s+&)\s+\Z")


def is_person(text: str, hit: Hit) -> bool:
    """Whether the place's name is part of a person's name or style, or of a place abroad."""
    before = text[max(0, hit.start - 40) : hit.start]
    words = before.split()
    if not words or not before[-1].isspace():
        return False
    last = words[-1]
    if last == "of":
        return _PEERAGE.search(before) is not None
    if last in ("New", "South"):
        return _NEW.search(before) is not None
    return last.rstrip(".") in _TITLES or (last[0].isupper() and last.lower() in FIRST_NAMES)


def is_place(text: str, hit: Hit, whole: str) -> bool:
    """Whether a word that is often something else is a place here. `whole` is all of the item's text."""
    after = _AFTER.match(text, hit.end)
    if after is not None and after[1] in _CIVIC:
        return True
    before = text[max(0, hit.start - 40) : hit.start]
    if _LIES_OF.search(before) or _MP_FOR.search(before) or _is_listed(text, hit, before):
        return True
    word = _BEFORE.search(before)
    if word is None or word[1] not in _LIES_IN or goes_on(text, hit):
        return False
    return not re.search(rf"\b{re.escape(hit.named.printed.lower())}\b", whole)


def goes_on(text: str, hit: Hit) -> bool:
    """Whether a word with a capital follows at once or in a list: "Reading, Writing and Maths", "Rugby League"."""
    gap = _LISTED.match(text, hit.end)
    following = _NEXT_WORD.match(text, gap.end()) if gap is not None else None
    return following is not None and following[0][0].isupper()


def _is_listed(text: str, hit: Hit, before: str) -> bool:
    """Whether it stands in a list beside another place: "Slough, Reading and Bracknell"."""
    gap = _LISTED.match(text, hit.end)
    following = _NEXT_WORD.match(text, gap.end()) if gap is not None else None
    leading = _LIST_BEFORE.search(before)
    return any(
        word is not None and _is_sure(word) for word in (following and following[0], leading and leading[1])
    )


def _is_sure(word: str) -> bool:
    if not word[0].isupper():
        return False
    names = names_by_stem().get(key(word), ())
    return any(
        each.printed == word and not each.needs_evidence and not each.is_short and each.entry.kind == "place"
        for each in names
    )
