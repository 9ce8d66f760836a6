"""What an issue should tell: decided from candidates alone, so that it can be tried, tested and explained.

Method: what Tow Center's "Guide to Automated Journalism" (2016) and newsroom recommenders weigh (gravity, novelty,
relevance to whom it is for, how many report it), as whole points that add up to a sentence an editor can check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from almoner.lib.listing import joined
from almoner.pipeline.taxonomy.audiences import audiences
from almoner.pipeline.taxonomy.topics import topics
from almoner.products.briefing.enums import EntryKind, SectionKind

MOST: Final[Mapping[SectionKind, int]] = {
    SectionKind.LEAD: 1,
    SectionKind.TO_DO: 4,
    SectionKind.NEWS: 8,
    SectionKind.GUIDANCE: 4,
    SectionKind.CONSULTATIONS: 5,
    SectionKind.RESEARCH: 4,
    SectionKind.COURSES: 6,
    SectionKind.RESOURCES: 5,
    SectionKind.QUESTION: 1,
    SectionKind.NOTICES: 3,
    SectionKind.IN_FORCE: 6,
}
"""How many entries of a section are proposed; an editor may put in more."""
LEADING: Final = frozenset(
    {SectionKind.NEWS, SectionKind.GUIDANCE, SectionKind.RESEARCH, SectionKind.RESOURCES}
)
"""The sections whose best entry may lead the issue."""
SOON: Final = 14
"""Days within which something due is a thing to do this week."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be told. `about` names it for ever; `same` what else is the same thing (its story, its item):
    of candidates that share one of these an issue tells one. `audiences` are the sectors that it concerns. `gravity` is 0 to 40, `grave` says why. `sources` and
    `reports` count who has it. `told_in` is the issue that told an earlier part of it ("" for none)."""

    about: str
    section: SectionKind
    kind: EntryKind
    title: str
    at: datetime
    same: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    audiences: frozenset[str] = frozenset()
    gravity: int = 0
    grave: str = ""
    sources: int = 1
    reports: int = 1
    told_in: str = ""
    day: date | None = None
    words: str = ""
    link: str = ""
    item: int | None = None
    comparison: int | None = None
    question: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate and the section it should stand in, with the reason, and whom it is for (all where nobody is named)."""

    candidate: Candidate
    section: SectionKind
    why: str
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What an issue has already, removed entries included: what they are about, and how many are shown in each section;
    and what came before: topics of the last issues, and whom the briefing has editions for."""

    told: frozenset[str] = frozenset()
    shown: Mapping[SectionKind, int] = field(default_factory=dict)
    recent_topics: frozenset[str] = frozenset()
    audiences: tuple[str, ...] = ()


def propose(
    candidates: Iterable[Candidate], plan: Sequence[SectionKind], standing: Standing, on: date
) -> list[Proposal]:
    """What to put into an issue of the day `on`, best first in each section."""
    shown: Counter[SectionKind] = Counter(dict(standing.shown))
    told = set(standing.told)
    ranked = rank([one for one in candidates if one.section in plan or one.section in LEADING], standing)
    found: list[Proposal] = []
    if SectionKind.LEAD in plan and not shown[SectionKind.LEAD]:
        for points, why, one in ranked:
            if one.section in LEADING and points > 0 and one.item and told.isdisjoint(_names(one)):
                found.append(Proposal(one, SectionKind.LEAD, f"Leads: {_lower(why)}", ()))
                told |= _names(one)
                break
    for _, why, one in ranked:
        if one.section not in plan or shown[one.section] >= MOST[one.section] or told & _names(one):
            continue
        shown[one.section] += 1
        told |= _names(one)
        found.append(Proposal(one, one.section, why, _whom(one, standing)))
    if SectionKind.TO_DO in plan:
        found += _to_do(found, told, MOST[SectionKind.TO_DO] - shown[SectionKind.TO_DO], on)
    order = {section: at for at, section in enumerate(plan)}
    return sorted(found, key=lambda one: (order[one.section], one.candidate.day or date.min))


def rank(candidates: Iterable[Candidate], standing: Standing) -> list[tuple[int, str, Candidate]]:
    """Candidates with their points and the reason in words, best first; what falls due is ordered by its day."""
    ranked = [(*_points(one, standing), one) for one in candidates]
    return sorted(
        ranked, key=lambda row: (-row[0], row[2].day or date.min, -row[2].at.timestamp(), row[2].item or 0)
    )


def _points(one: Candidate, standing: Standing) -> tuple[int, str]:
    points, reasons = one.gravity, [one.grave] if one.grave else []
    if one.sources > 1:
        points += min(4 * (one.sources - 1), 12)
        reasons.append(f"{one.sources} sources have it")
    if one.reports > 1:
        points += min(2 * (one.reports - 1), 8)
        reasons.append(f"{one.reports} reports tell of it")
    whom = [code for code in standing.audiences if code in one.audiences]
    if whom:
        points += min(4 + 2 * len(whom), 10)
        reasons.append(f"concerns {joined([audiences()[code].in_a_sentence for code in whom])}")
    fresh = [topic for topic in one.topics if topic not in standing.recent_topics]
    if one.told_in:
        points -= 15
        reasons.append(f"goes on from {one.told_in}")
    elif fresh and standing.recent_topics:
        points += 8
        reasons.append(f"not in the last issues: {topics()[fresh[0]].name.lower()}")
    words = "; ".join(reasons) or "new since the last issue"
    return points, f"{words[:1].upper()}{words[1:]}."


def _whom(one: Candidate, standing: Standing) -> tuple[str, ...]:
    """Whom alone an entry is for: where it concerns a single sector, and that has an edition. Anything wider goes to
    everybody."""
    only = tuple(one.audiences)
    return only if len(only) == 1 and only[0] in standing.audiences else ()


def _to_do(found: Sequence[Proposal], told: Collection[str], room: int, on: date) -> Iterator[Proposal]:
    due = (one for one in found if one.candidate.day and 0 <= (one.candidate.day - on).days <= SOON)
    for one in sorted(due, key=lambda each: each.candidate.day or on):
        about = f"do:{one.candidate.about}"
        if room <= 0 or about in told or one.section not in _DEEDS:
            continue
        room -= 1
        day = one.candidate.day
        assert day is not None
        yield Proposal(
            replace(
                one.candidate,
                about=about,
                kind=EntryKind.DAY,
                title=_DEEDS[one.section].format(one.candidate.title),
                words=f"By {day:%A} {day.day} {day:%B}.",
                comparison=None,
            ),
            SectionKind.TO_DO,
            f"Due in {left} day{'' if left == 1 else 's'}." if (left := (day - on).days) else "Due today.",
            one.audiences,
        )


_DEEDS: Final = {
    SectionKind.CONSULTATIONS: "Answer: {}",
    SectionKind.IN_FORCE: "Check your policies against: {}",
}


def _names(one: Candidate) -> frozenset[str]:
    return one.same | {one.about}


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
