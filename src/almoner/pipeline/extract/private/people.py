"""The people that a text names: runs of capitalised words that can be a name, each with the places where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.extract.private.first_names import FIRST_NAMES
from almoner.pipeline.lines import vocabulary
from almoner.pipeline.lines.dates import MONTHS, WEEKDAYS
from almoner.pipeline.lines.names import ORGANISATION_WORDS, TITLES

# Bounded, so that a text made of nothing but hyphens and capitals is read in linear time too.
_WORD: Final = r"(?:Mc|Mac|O['’]|D['’])?[A-ZÀ-ÞŁŚŻ][a-zà-ÿ]{1,30}(?:-[A-ZÀ-Þ][a-zà-ÿ]{1,30}|[’'](?!s\b)[A-ZÀ-Þ]?[a-zà-ÿ]{1,30}){0,3}"
_RUN: Final = re.compile(
    rf"(?<![\w’'])(?:{_WORD})(?:[ \u00a0](?:[A-Z]\.[ \u00a0])?(?:{_WORD}|[A-Z]\.(?=\s))){{0,3}}"
)
_NOUN: Final = re.compile(
    r"(?:tion|sion|ment|ance|ence|ness|ity|ship|ing|ings|ies|ers?|ors|ists?|ed|ly|als?|ics|ive|ure|ages?)\Z"
)
_AFTER_DAY: Final = re.compile(r"\d(?:st|nd|rd|th)?\s+\Z")
_ALSO_NAMES: Final = vocabulary.words(
    "april may june august summer autumn star page rose young day church sky west grace hope faith joy"
)
"""Words that are names too: a name of two words may hold one."""
_NEVER: Final = (
    vocabulary.words("""
    a about above abuse according act action after all although among an and another any appeal are army article as asian
    ask asked at atlantic baby based be because been before being between bible bill bishop black book both boy boys
    brexit britain british brothers but by can case catholic chair channel chapter chief child childline children
    christian christmas church city claim class coach college conservative could council county covid crown dad dear
    defence department detective detectives did director district do doctor doctors domestic dog during each early
    earth easter edition education eight eighteen eleven england english ex-boyfriend ex-girlfriend ex-husband ex-partner ex-wife even evening every exclusive families family
    father few fifteen fifty fire first five following for former forty foundation four fourteen friends from full
    further general german germany girl girls god good government grandmother great group guidance had has have he
    head health her here hers his home hospital house how however human i if in independent india indian infant
    inspector inspectors instead internet into ireland irish is islam islamic it its jewish judge judges jury just
    keeping key king kingdom labour lady last later law learning legal let level liberal library like local london long
    looking lord many medical men mental met ministers minister miss more most mother mr mrs ms much mum muslim must my
    national neighbours net new next nine nineteen no nobody none nor north northern not note nothing now nurse nurses
    number of officer officers official old on once one online only open operation or other our out over paper
    paramedics parent parents part patient patients people pensioner photo police polish prime prevent prince princess
    prosecutors protocol public pupil pupils queen question reading recommendation relatives report research
    resident residents review right road royal russian said save school schools scotland scottish sea section see
    sentencing serious seven seventeen several sexual she should since sister sisters six sixteen sixty so social some
    somebody someone soon south southern speaking spring staff stage state statutory step stephen's still stop street
    such support supreme survivor survivors syria syrian table teacher teachers team teenage teenager teenagers ten
    than that the their them then there these they things thirteen thirty this those three through time to today
    together toddler tomorrow trial tributes tuesday twelve twenty twins two uk ukraine ukrainian under union united
    university unless until up upon us victim victims volunteers wales was we week welsh were western what when where
    whether which while white who whose why will winter with within without witnesses woman women work workers working
    world would year years yes yesterday yet you young your youth
    """)
    | frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | TITLES
)


@dataclass(slots=True)
class Person:
    """A person as named in a text: the fullest form, and where each form stands (start, end)."""

    name: str
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_plausible(self) -> bool:
        """Whether it begins with a word that is known as a first name."""
        return re.split(r"[ -]", self.name, maxsplit=1)[0].lower() in FIRST_NAMES


def is_word(text: str, person: Person, small: frozenset[str]) -> bool:
    """Whether what looks like an unusual name is more likely a word with a capital: by its ending, since it stands in
    a headline, or since it is among the words that the text has in `small` letters too."""
    words = person.name.split()
    if any(_NOUN.search(word) or word.lower() in small for word in words):
        return True
    return all(_in_headline(text, start) for start, _ in person.places)


def _in_headline(text: str, position: int) -> bool:
    """Whether the line around a position is written with a capital at most of its words."""
    line = text[text.rfind("\n", 0, position) + 1 :].split("\n", 1)[0][:200]
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)


def people(text: str) -> list[Person]:
    """The people named in `text`. A first name or a surname alone counts for the one full name that holds it."""
    found: dict[str, Person] = {}
    for start, end in _runs(text):
        name = text[start:end].replace("\u00a0", " ")
        person = found.setdefault(name, Person(name))
        person.places.append((start, end))
    holders: dict[str, list[Person]] = {}
    for person in found.values():
        if " " in person.name:
            for word in {person.name.split()[0], person.name.split()[-1]}:
                holders.setdefault(word, []).append(person)
    for name, others in holders.items():
        if len(others) == 1 and name in found:
            others[0].places += found.pop(name).places
    return list(found.values())


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        words = [(word.start(), word.end(), word[0]) for word in re.finditer(r"\S+", match[0])]
        if words[0][2].lower() in MONTHS and _AFTER_DAY.search(
            text[max(0, match.start() - 6) : match.start()]
        ):
            words = words[1:]
        while words and _is_no_name(words[0][2]):
            words = words[1:]
        kept: list[tuple[int, int, str]] = []
        for word in words:
            if _is_no_name(word[2]):
                break
            kept.append(word)
        alone = len(kept) == 1
        if kept and not (alone and (len(kept[0][2]) < 3 or _is_other_word(kept[0][2]))):
            yield match.start() + kept[0][0], match.start() + kept[-1][1]


def _is_other_word(word: str) -> bool:
    """Whether a word is a name only beside another: "Day", "Young"."""
    return word.lower() in _ALSO_NAMES and word.lower() not in FIRST_NAMES


def _is_no_name(word: str) -> bool:
    bare = word.lower().rstrip(".")
    return bare not in _ALSO_NAMES and (bare in _NEVER or bare in ORGANISATION_WORDS)
