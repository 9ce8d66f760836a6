"""Whom an item concerns: sectors and roles that it addresses, not those it only speaks of.

"A school was closed" is news about a school; "schools must keep a register" and "a guide for governors" concern them.
So a name counts where the words around it address those it names, or where its bearers hardly stand in a text that is
not theirs ("designated safeguarding leads"); and an item about a work or a topic of one audience concerns it. Each
audience says which words it was given for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from almoner.pipeline.extract.topics import OPENING, SHORT, TopicFound
from almoner.pipeline.taxonomy.audiences import Audience, AudienceKind, audiences

ENOUGH: Final = 1.0
"""The score from which an item concerns an audience."""
MOST: Final = 6
"""Audiences that an item is given at most."""
SURE: Final = 2.0
"""The score from which a topic says whom an item concerns."""
_QUOTED: Final = 3
_REACH: Final = 90
"""Characters before a name in which what addresses it may stand."""

_BEFORE: Final = (
    r"(?:(?!(?:of|with|in|by|about|against|from|on|that|who|to|for|working|after|at|and|or)\b)[\w’'-]+ ){0,4}"
)
_WRITTEN: Final = (
    r"(?:guid(?:ance|es?|ebook)|advice|toolkits?|resources?|training|courses?|webinars?|standards?|information|"
    r"briefings?|code(?: of practice)?|handbooks?|leaflets?|fact ?sheets?|checklists?|templates?|materials?|tools?|"
    r"packs?|posters?|videos?|e-learning|modules?|tips|frameworks?|policy|policies|podcasts?|quiz(?:zes)?|booklets?)"
)
_DUTIES: Final = (
    r"(?:dut(?:y|ies)|requirements?|obligations?|rules|powers?|expectations|responsibilities|measures)"
)
_FOR_WRITTEN: Final = re.compile(
    rf"\b(?:{_WRITTEN} {_BEFORE}(?:for|to)|(?:written|designed|intended|suitable|produced|developed|meant|published|"
    rf"aimed|targeted|useful|essential) (?:for|at)|of interest to|aimed at|audience:?|who (?:this|it) is for:?) {_BEFORE}$",
    re.IGNORECASE,
)
_TO_ACT: Final = re.compile(
    rf"\b(?:{_DUTIES} {_BEFORE}(?:for|on|of)|appl(?:y|ies) to|(?:help|helps|helping|support|supports|supporting|enable|"
    r"enables|enabling|require|requires|requiring|urges?|urging|reminds?|reminding|reminded|advises|advising|encourages?|"
    rf"encouraging|calls? on|calling on|called on|expects?|invites?|inviting|equips?|assists?)) {_BEFORE}$",
    re.IGNORECASE,
)
_FOR: Final = re.compile(rf"\bfor {_BEFORE}$", re.IGNORECASE)
_MUST: Final = re.compile(
    r" (?:(?:in|across|throughout) (?:[\w’'-]+ ){1,4})?(?:must|should|will need|needs? to|(?:are|is) (?:now |being |also )?"
    r"(?:required|expected|urged|reminded|advised|asked|encouraged|invited)|(?:have|has) (?:a|new) dut(?:y|ies)|"
    r"(?:have|has) to|will (?:also |now )?(?:have|be (?:able|required|expected|asked)|no longer)|can now|"
    r"may (?:wish|want))\b",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"(?:,|;| and| or|, and|, or|/| &)? ?(?:[\w’'-]+ ){0,2}", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+(?:-\w+)*")
_COLON: Final = re.compile(r"\s*:")
_LIST_MARK: Final = re.compile(r"[,;/&]|\b(?:and|or)\b", re.IGNORECASE)


class _Where(Enum):
    """A part of an item, what it weighs to be addressed there, and how it is called."""

    TITLE = (2.0, "in the title")
    OPENING = (1.0, "in the opening")
    REST = (0.6, "further down")


@dataclass(frozen=True, slots=True)
class AudienceFound:
    """Whom an item concerns. `score` is 1 or more; `why` quotes the words it was given for."""

    audience: str
    score: float
    why: str


@dataclass(slots=True)
class _Evidence:
    score: float = 0.0
    phrases: Counter[str] = field(default_factory=Counter)


class _Name(NamedTuple):
    start: int
    end: int
    bearers: tuple[tuple[Audience, bool], ...]
    """Whom it names, and whether it must be addressed."""


def audiences_of(
    title: str, text: str, *, topics: Iterable[TopicFound] = (), works: Collection[str] = ()
) -> tuple[AudienceFound, ...]:
    """Whom an item concerns, the surest first, by its title and text, its topics as they were found, and the ids of the
    works that its title names."""
    evidence: dict[str, _Evidence] = {}

    def note(audience: Audience, score: float, why: str) -> None:
        seen = evidence.setdefault(audience.id, _Evidence())
        seen.score += score
        seen.phrases[why] += 1

    for printed, audience in _addressed(title, is_title=True):
        note(audience, _Where.TITLE.value[0], f"“{printed}” {_Where.TITLE.value[1]}")
    thinning = min(1.0, SHORT / max(1, len(text)))
    offset = 0
    for line in text.split("\n"):
        where = _Where.OPENING if offset < OPENING else _Where.REST
        weight, called = where.value
        for printed, audience in _addressed(line):
            note(audience, weight if where is _Where.OPENING else weight * thinning, f"“{printed}” {called}")
        offset += len(line) + 1
    named = set(works)
    sure = {found.topic for found in topics if found.score >= SURE}
    for audience in audiences().values():
        if audience.own_topics & sure:
            note(audience, ENOUGH, "its topic")
        if audience.works & named:
            note(audience, ENOUGH, "the guidance in its title")
    ranked = sorted(evidence.items(), key=lambda pair: -pair[1].score)
    return tuple(
        AudienceFound(audience, round(seen.score, 2), _why(seen))
        for audience, seen in ranked[:MOST]
        if seen.score >= ENOUGH
    )


def _addressed(line: str, *, is_title: bool = False) -> Iterator[tuple[str, Audience]]:
    """Whom a line addresses, each with the words of the line that do."""
    for chain in _chains(line):
        first, last = chain[0], chain[-1]
        before, after = line[max(0, first.start - _REACH) : first.start], line[last.end :]
        written = _FOR_WRITTEN.search(before)
        acts = _TO_ACT.search(before) or (_FOR.search(before) if is_title else None)
        must = _MUST.match(after) or (_COLON.match(after) if is_title and not before else None)
        start = max(0, first.start - _REACH) + (written or acts).start() if (written or acts) else first.start  # type: ignore[union-attr]
        end = last.end + must.end() if must else last.end
        for name in chain:
            for audience, must_be_addressed in name.bearers:
                if audience.kind is AudienceKind.PEOPLE:
                    counts = written is not None
                else:
                    counts = bool(written or acts or must) or (not must_be_addressed)
                if counts:
                    is_told = written or acts or must
                    yield (line[start:end] if is_told else line[name.start : name.end]), audience


def _chains(line: str) -> Iterator[list[_Name]]:
    """The names in a line, those that stand in one list ("schools, colleges and councils") together."""
    chain: list[_Name] = []
    for name in _named(line):
        gap = line[chain[-1].end : name.start] if chain else ""
        if chain and not (_JOINED.fullmatch(gap) and _LIST_MARK.search(gap)):
            yield chain
            chain = []
        chain.append(name)
    if chain:
        yield chain


def _why(seen: _Evidence) -> str:
    return "; ".join(phrase for phrase, _ in seen.phrases.most_common(_QUOTED))


@cache
def _by_name() -> dict[str, tuple[tuple[Audience, bool], ...]]:
    """Whom each name means, by the name in small letters; abbreviations as they are printed."""
    found: dict[str, list[tuple[Audience, bool]]] = {}
    for audience in audiences().values():
        for name in audience.names:
            printed = name.rstrip("?").replace("’", "'")
            key = printed if _is_short(printed) else printed.casefold()
            if all(other is not audience for other, _ in found.get(key, ())):
                found.setdefault(key, []).append((audience, name.endswith("?")))
    return {key: tuple(bearers) for key, bearers in found.items()}


def _is_short(name: str) -> bool:
    return " " not in name and name[:2].isupper()


def _bearers(printed: str) -> tuple[tuple[Audience, bool], ...]:
    plain = " ".join(printed.replace("’", "'").split())
    return _by_name().get(plain) or _by_name().get(plain.casefold(), ())


def _named(line: str) -> Iterator[_Name]:
    """The names in a line, in order: the longest one at each place, none inside another."""
    end = 0
    for word in _WORD.finditer(line):
        if word.start() < end:
            continue
        for shape in _shapes().get(word[0].casefold(), ()):
            if (match := shape.match(line, word.start())) and (bearers := _bearers(match[0])):
                end = match.end()
                yield _Name(word.start(), end, bearers)
                break


@cache
def _shapes() -> dict[str, tuple[re.Pattern[str], ...]]:
    """How names are printed, the longest first, by the first word of each."""
    found: dict[str, list[re.Pattern[str]]] = {}
    for name in sorted(_by_name(), key=len, reverse=True):
        shape = re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s")
        first = _WORD.match(name)
        assert first is not None, name
        found.setdefault(first[0].casefold(), []).append(
            re.compile(rf"{shape}(?![\w-]|['’]\w)", re.IGNORECASE)
        )
    return {word: tuple(shapes) for word, shapes in found.items()}
