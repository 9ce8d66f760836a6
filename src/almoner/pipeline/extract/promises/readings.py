"""The ways in which a promise is said, each with what makes it one: will, would, plans to, we are …ing, in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from typing import Final, NamedTuple

from almoner.pipeline.extract.promises import deeds
from almoner.pipeline.extract.promises.clauses import (
    ends_with_body,
    is_body,
    is_first_person,
    is_nobody,
    is_pronoun,
    shown,
    subject,
)
from almoner.pipeline.extract.promises.due import due_in
from almoner.pipeline.lines import vocabulary


class Reading(NamedTuple):
    """Who acts, where the verb that says so stands, and where the deed starts."""

    who: str | None
    at: int
    deed: int
    needs_due: bool = False
    """It is only a promise with a date: "to be published in May", "comes into force on …"."""


_ADVERB: Final = (
    r"(?:(?:also|now|therefore|then|soon|shortly|still|always|formally|jointly|further|immediately|urgently|only|all|both|today|in\sturn"
    r"|of\scourse|as\sa\sresult)\s)"
)


@cache
def _triggers() -> re.Pattern[str]:
    return re.compile(
        r"(?=[acdeghimnopstvwA-Z’'])"  # with which one of them begins; quicker than trying each
        rf"(?:\b(?:(?P<will>will|shall)\s{_ADVERB}{{0,3}}"
        rf"|(?P<would>would)\s{_ADVERB}{{0,2}}(?=(?:{deeds.DEEDS})\b|be\s(?:{deeds.ACTED_ON})\b)"
        r"|(?P<plans>(?:(?:is|are|am)\s)?(?:(?:now|also|currently)\s)?(?:intend(?:s|ing)?|plan(?:s|ning)?|aim(?:s|ing)?|pledge[sd]?"
        r"|promise[sd]?|vow(?:s|ed)?|propose[sd]?|commit(?:s|ted)?|going|due|set))\sto\s(?P<planned>[a-z]+)"
        r"|(?P<doer>(?:[Ww]e|[Gg]overnment|[Mm]inisters?|[Dd]epartment|[Oo]ffice|[Cc]ouncil|[Cc]ommission|[A-Z]{3,}|DfE|Ofsted)\s(?:are|is)"
        rf"|[Ww]e[’']re)\s(?:(?:now|also|therefore|today|further)\s){{0,2}}(?P<doing>{deeds.DOING})\b"
        r"|(?P<force>(?:comes?|takes?|coming|enters?|goes)\s(?:in\s?to\s(?:force|effect)|effect)|[Ii]n\sforce\sfrom|applies\sfrom"
        r"|with\seffect\sfrom)\b"
        rf"|to\sbe\s(?P<passive>{deeds.PLANNED})\b"
        r"|(?P<asked>(?:have|has)\s(?:also\s)?(?:asked|commissioned|tasked|instructed|directed))\s(?=[^.;]{3,160}?\sto\s[a-z]))"
        rf"|(?:(?<=\b[Ww]e)|(?<=\bI))[’'](?P<shortly>ll)\s{_ADVERB}{{0,3}})"
    )


_WILL_NOUN: Final = re.compile(
    r"\b(?:the|a|free|good|political|his|her|their|its|own|of|ill|at|strong)\s$", re.IGNORECASE
)
_SAID: Final = re.compile(
    r"\b(?:said|says|announced|confirmed|promised|pledged|told|added|stated|indicated|agreed|explained)\b",
    re.IGNORECASE,
)
_NOUN: Final = re.compile(
    r"(?:[’']s?|\b(?:the|an?|its|their|our|his|her|new|this|any|no|action))$", re.IGNORECASE
)
_COPULA: Final = re.compile(r"(?:is|are|am)\b", re.IGNORECASE)


_TELLING: Final = vocabulary.words(
    f"will shall ll would force effect applies {deeds.first_words(deeds.DOING)}"
)
_TELLING_WITH_TO: Final = vocabulary.words(f"""
    intend intends intending plan plans planning aim aims aiming pledge pledges pledged promise promises promised vow
    vows vowed propose proposes proposed commit commits committed going due set asked commissioned tasked instructed
    directed {deeds.first_words(deeds.PLANNED)} {deeds.first_words(deeds.DEEDS)}
    """)


def may_promise(seen: Set[str]) -> bool:
    """Whether a text with these words (`lines.glance`) may say a promise: each has one of these."""
    return not _TELLING.isdisjoint(seen) or ("to" in seen and not _TELLING_WITH_TO.isdisjoint(seen))


def triggers(text: str) -> Iterator[re.Match[str]]:
    """Every place in `text` where a promise may be said, in order."""
    return _triggers().finditer(text)


def read(text: str, match: re.Match[str], left: int, right: int) -> Reading | None:
    """What a trigger says, if it is a promise; `left` and `right` close its sentence."""
    at = match.start()
    who = subject(text, left, at)
    if match["will"] or match["shortly"]:
        noun = _WILL_NOUN.search(text[max(left, at - 12) : at])
        return None if noun else _willed(who, at, match.end(), text[match.end() : right])
    if match["would"]:
        reported = _SAID.search(text[left:at]) and (is_pronoun(who) or is_body(who))
        return Reading(who, at, match.end()) if reported else None
    if match["plans"]:
        return _planned(who, match, text[match.start("planned") : right])
    if match["doing"]:
        return Reading(re.split(r"\s(?:are|is)$|[’']re$", match["doer"])[0], at, match.start("doing"))
    if match["asked"]:
        dated = due_in(text[match.end() : right], None) is not None
        able = is_first_person(who) or is_body(who)
        return Reading(shown(who), at, match.start("asked")) if able and dated else None
    return Reading(None, at, match.start("force" if match["force"] else "passive"), needs_due=True)


def _willed(who: str, at: int, deed: int, rest: str) -> Reading | None:
    """ "will …"."""
    if deeds.INTO_FORCE_NEXT.match(rest):
        return Reading(shown(who), at, deed)
    first = is_first_person(who)
    acted_on = deeds.ACTED_ON_NEXT.match(rest)
    if acted_on and (first or not is_nobody(who)):
        return Reading(None, at, deed, needs_due=acted_on[0].endswith("available"))
    if acted_on or deeds.NOT_DONE_NEXT.match(rest):
        return None
    if first and rest[:1].islower() and not deeds.TO_READER_NEXT.match(rest):
        return Reading(shown(who), at, deed) if not who.endswith("I") or deeds.DEED_NEXT.match(rest) else None
    if is_nobody(who):
        return Reading(shown(who), at, deed) if is_pronoun(who) and deeds.SAYS_NEXT.match(rest) else None
    does = deeds.DEED_NEXT.match(rest) or deeds.DOING_NEXT.match(rest)
    return Reading(shown(who), at, deed) if does and is_body(who) else None


def _planned(who: str, match: re.Match[str], rest: str) -> Reading | None:
    """ "plans to …", "is due to …", "are committed to …ing"; not "the plan to"."""
    verb = match["plans"].lower().split()[-1]
    able = is_first_person(who) or is_body(who)
    if _NOUN.search(who):
        return None
    if verb in {"going", "due", "set"}:
        goes = verb == "going" and able and match["planned"] not in deeds.NO_DEEDS
        says = bool(_COPULA.match(match["plans"])) and (goes or bool(deeds.DEED_OR_START_NEXT.match(rest)))
    elif verb.startswith("commit"):
        says = able and bool(deeds.COMMITTED_NEXT.match(rest))
    else:
        says = is_first_person(who) or ends_with_body(who)
        says = says and match["planned"] not in deeds.NO_DEEDS and not deeds.TO_READER_NEXT.match(rest)
    return Reading(shown(who), match.start(), match.start("planned")) if says else None


@cache
def _headline() -> re.Pattern[str]:
    return re.compile(rf"(?P<who>[A-Z][^.!?:]{{2,80}}?)\s(?P<to>to\s)(?:{deeds.DEEDS})\b[^.!?]{{3,160}}$")


def read_headline(text: str) -> Reading | None:
    """ "Ofsted to inspect more homes": a promise without a verb, as headlines say it."""
    match = _headline().match(text) if len(text) <= 200 else None
    if match is None or len(match["who"].split()) > 5 or not is_body(match["who"]):
        return None
    return Reading(match["who"], match.start("to"), match.end("to"))
