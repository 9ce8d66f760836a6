"""Numbers that are the name of something: Year 9, Part 3, page 12, [6], Covid-19, Catch 22, 3.2.1."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.extract.figures.grammar import Form
from almoner.pipeline.extract.figures.quantities import Quantity
from almoner.pipeline.extract.figures.reasons import Aside

_STRONG: Final = frozenset(
    ["page", "pages", "p", "pp", "para", "paras", "paragraph", "paragraphs", "section", "sections", "sect", "subsection", "subsections", "ss", "clause", "clauses", "article", "articles", "art", "regulation", "regulations", "reg", "regs", "rule", "rules", "schedule", "schedules", "chapter", "chapters", "ch", "chap", "annex", "annexes", "appendix", "appendices", "table", "tables", "figure", "figures", "fig", "figs", "eq", "eqs", "eqn", "equation", "equations", "exercise", "exercises", "nr", "nrs", "no", "nos", "number", "note", "notes", "footnote", "footnotes", "stage", "stages", "tier", "tiers", "level", "levels", "grade", "grades", "band", "bands", "class", "category", "categories", "phase", "phases", "module", "modules", "volume", "vol", "version", "versions", "issue", "recommendation", "recommendations", "principle", "principles", "standard", "standards", "objective", "objectives", "priority", "priorities", "goal", "goals", "option", "options", "step", "steps", "question", "questions", "q", "channel", "covid", "catch", "formula", "war", "part", "parts", "year", "years", "protocol", "convention", "resolution", "directive", "type", "types", "form", "box", "chart", "map", "slide", "theorem", "lemma", "algorithm", "ref", "refs", "reference", "references", "line", "column", "row", "panel", "quarter", "act", "commitment", "action", "requirement", "requirements", "criterion", "indicator", "outcome", "scenario", "item", "items", "doc", "file", "edition", "band", "junction", "platform", "flight", "gate"]
)
_WEAK: Final = frozenset(
    ["case", "cases", "group", "groups", "area", "areas", "zone", "zones", "sample", "samples", "patient", "patients", "animal", "animals", "participant", "day", "days", "week", "weeks", "month", "months", "unit", "units", "room", "ward", "route", "lot", "point", "points", "experiment", "experiments", "well", "wells", "core", "cores", "hole", "holes", "fraction", "fractions", "lane", "lanes", "test", "tests", "lines", "session", "lesson", "series", "season", "episode", "round", "leg", "division", "district", "block", "building", "study", "bbc", "itv", "radio", "sky", "windows", "apollo", "pioneer", "voyager", "stations", "station", "cluster", "clusters", "clone", "clones", "passage", "set", "sets", "run", "runs", "trial", "trials", "model", "models", "bus", "tram", "unit", "floor", "house", "flat"]
)
_DECIMAL: Final = frozenset(["section", "sections", "table", "tables", "fig", "figs", "figure", "figures", "eq", "eqs", "para", "paras", "paragraph", "paragraphs", "chapter", "annex", "version", "appendix"])
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)(\.?)[ \u00a0]?(\(?)(?:(?:no|number)s?\.?\s)?$", re.IGNORECASE)
_NOUN_AFTER: Final = re.compile(r"\s(?!(?:was|is|has|as|this|its|us|yes|plus|versus|across|towards|afterwards|always|requires|sets|says|states|provides|applies|covers|gives|contains|includes|allows|describes|explains|outlines|deals|shows|makes)\b)(?:[a-z][\w’'-]*\s){0,2}?(?:[a-z]{2,}(?:s|ies)|children|people|men|women|police)\b")  # fmt: skip
_LIST_GAP: Final = re.compile(r"[A-Za-z]?(?:\(\w{1,3}\))?(?:\s?(?:,|;|-|–|/)\s?|,?\s(?:and|or|to|&)\s)", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\[(?:\d{1,3}[a-z]?[\s,;–-]{1,3}){0,12}$")
_CLOSED_LIST: Final = re.compile(r"(?:[\s,;–-]{1,2}\d{1,3}){0,12}[)\]]")
_OPEN_LIST: Final = re.compile(r"\((?:\d{1,3}[\s,;–-]{1,2}){0,12}$")
_ITEM_MARK: Final = re.compile(r"[\s•*·o-]*\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)](?=\s|$)|\s*\d{1,3}(?:\.\d{1,3}){1,4}\s|\s*\d{1,3}\s{2,}"
    r"|\s*\d{1,3}\s(?=(?:The|This|These|In|At|It|If|An?|Where|When|We|There|For|Following|To|On|As|Under|By|From|With|You|Any|Each|Schools|Governors|However)\s[a-z])"
)
_CITED: Final = re.compile(
    r"(?:\bet\sal\.?,?|\b(?!(?:In|Since|By|From|Until|The|During|After|Before|Between|Of|For|At|On|And|To|Around|About|Over|"
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b)[A-Z][\w’'&-]*[)’”]?,?)\s\(?$|\b(?:1[89]|20)\d\d[a-z]?[,;]\s$"
)
_FOOTNOTE: Final = re.compile(r"(?:[^\W\d_][’”\"')\]]{0,2}[.,;:!?][’”\"')]?|[^\W\d_][’”\"')\]]{1,2}|\w[.!?]\))$")
_COMPOUND: Final = re.compile(r"-(?!\s)(?=[A-Za-z])")
_COUNTING_COMPOUND: Final = re.compile(
    r"-(?:strong|member|person|people|pupil|bed|bedded|place|child|page|mile|pound|seat|home|woman|man|officer|school|student|point\slead|plus)\b", re.I
)


def is_year(quantity: Quantity) -> bool:
    """Whether the number could be a year: four digits, no comma, 1500 to 2199."""
    number = quantity.number
    return (
        number.form is Form.DIGITS and isinstance(number.value, int) and 1500 <= number.value < 2200
        and number.end - number.start == 4 and quantity.money is None
    )  # fmt: skip


def label(text: str, quantity: Quantity, before: tuple[Quantity, Aside | None] | None) -> Aside | None:
    """Why this number is a name, a reference or a mark, or None. `before` is the last quantity and its reason."""
    number = quantity.number
    start, end = number.start, number.end
    if number.form is Form.DOTTED:
        return Aside.REFERENCE
    bare = quantity.sort is None or _is_letter(text, quantity)
    if start < 12 and number.form is Form.DIGITS and bare:
        mark = _ITEM_MARK.match(text)
        if mark and mark.end() >= end and text[end : end + 40].strip(" .)"):
            return Aside.LIST_NUMBER
    glued = _glued(text, quantity)
    if glued is not None:
        return glued
    left = text[max(0, start - 60) : start]
    if left.endswith("[") or ("[" in left and _BRACKET.search(left)):
        return Aside.REFERENCE
    if not bare:
        return None
    if is_year(quantity) and (_CITED.search(left)):
        return Aside.REFERENCE
    if isinstance(number.value, int) and number.value < 200 and _OPEN_LIST.search(left) and _CLOSED_LIST.match(text, end, end + 40):
        return Aside.REFERENCE
    if before is not None and before[1] in {Aside.REFERENCE, Aside.NAME}:
        if before[0].number.end < start and _LIST_GAP.fullmatch(text, before[0].number.end, start) and not _NOUN_AFTER.match(text, end, end + 40):
            return before[1]
    return _labelled(text, quantity, left)


def _glued(text: str, quantity: Quantity) -> Aside | None:
    """Marks and names that touch the number: 3D, MNI-152, t(39), year.1, 22/10a."""
    number = quantity.number
    start, end = number.start, number.end
    if number.form is not Form.DIGITS and number.form is not Form.FRACTION:
        if _COMPOUND.match(text, end) and quantity.sort is None and not _COUNTING_COMPOUND.match(text, end, end + 16):
            return Aside.NAME
        return None
    if number.glued and quantity.sort is None:
        return Aside.NAME
    previous, earlier = text[start - 1 : start], text[max(0, start - 2) : start - 1] if start > 1 else ""
    if previous in {"-", "‑", "/", "(", "–", "−"} and earlier.isalpha() and quantity.money is None:
        prefix = re.search(r"([A-Za-z]+)-$", text[max(0, start - 12) : start])
        if prefix is None or prefix[1].lower() not in {"mid", "pre", "post", "sub", "under", "over", "non", "top"}:
            return Aside.NAME
    if previous and not previous.isspace() and quantity.sort is None and isinstance(number.value, int) and number.value < 200:
        if previous in ")]}%" or (_FOOTNOTE.search(text[max(0, start - 5) : start]) and previous not in "(-–/$£€"):
            return Aside.FOOTNOTE
    if text[end : end + 1] in {"/", "_"} and text[end + 1 : end + 2].isalnum() and quantity.sort is None:
        return Aside.NAME
    if quantity.sort is None and _COMPOUND.match(text, end) and not _COUNTING_COMPOUND.match(text, end, end + 16):
        return Aside.NAME
    return None


_VERB_AFTER: Final = re.compile(r"\s(?:were|have|had|are|did|said)\b")
_NO_NAME: Final = frozenset(["in", "since", "by", "from", "until", "the", "during", "after", "before", "between", "of", "for", "at", "on", "and", "to", "around", "about", "over", "total", "yes", "no", "all", "only", "some", "these", "those", "i", "we", "they", "he", "she", "it", "there"])


def _is_proper(text: str, word: str, quantity: Quantity, left: str, at: int) -> bool:
    """Whether the word before is a name that this number belongs to: Viking 2, OAE 2, Site 1090."""
    number = quantity.number
    if number.form is not Form.DIGITS or not word[0].isupper() or word.lower() in _NO_NAME or quantity.value >= 10_000:
        return False
    if "," in text[number.start : number.end] or is_year(quantity):
        return False
    acronym = len(word) > 1 and word.isupper()
    first = not left[:at].rstrip() or left[:at].rstrip()[-1:] in ".!?:•"
    return (acronym or not first) and not _NOUN_AFTER.match(text, number.end, number.end + 40)


def _is_letter(text: str, quantity: Quantity) -> bool:
    """Whether the unit is one capital that touches the digits: 3C may be coulombs or a panel."""
    return quantity.end == quantity.number.end + 1 and quantity.money is None and text[quantity.number.end].isalpha()


def _labelled(text: str, quantity: Quantity, left: str) -> Aside | None:
    match = _WORD_BEFORE.search(left[-28:])
    if match is None:
        return None
    if not isinstance(quantity.value, int):
        return Aside.REFERENCE if match[1].lower() in _DECIMAL and quantity.number.form is Form.DIGITS else None
    word, lower = match[1], match[1].lower()
    if match[2] and lower not in {"fig", "figs", "eq", "eqs", "p", "pp", "para", "paras", "s", "ss", "no", "nos", "nr", "nrs", "sect", "ch", "art", "reg", "regs", "ref", "vol", "chap", "tab"}:
        return None
    value = quantity.value
    if lower in {"year", "years"} and not (0 < value <= 13):
        return None
    if lower in {"s", "p", "pp", "h"} and not match[2] and not (lower == "pp" or (lower == "p" and value < 2000 and text[: 0] == "")):
        return None
    if lower in _STRONG and value < 10_000:
        if word.islower() and lower in {"no", "act", "line", "form", "issue", "action", "item", "items", "quarter", "type", "types", "outcome", "map", "war", "catch", "class", "file", "band", "gate", "platform", "flight", "year", "years", "figures", "figure", "rules", "standards", "steps", "options", "goals", "levels", "notes", "questions", "priorities", "parts", "grades", "number"} and _NOUN_AFTER.match(text, quantity.number.end, quantity.number.end + 40):
            return None
        return Aside.REFERENCE if lower not in {"covid", "catch", "formula", "war", "channel", "year", "years"} else Aside.NAME
    if _is_proper(text, word, quantity, left, len(left) - len(left[-28:]) + match.start(1)) and not _VERB_AFTER.match(text, quantity.number.end, quantity.number.end + 12):
        return Aside.NAME
    if lower in _WEAK and value < 2000 and not _NOUN_AFTER.match(text, quantity.number.end, quantity.number.end + 40):
        return Aside.NAME
    return None
