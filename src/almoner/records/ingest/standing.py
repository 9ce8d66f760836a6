"""How a source is doing, in words for whoever looks after it, and which sources need somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from almoner.records.catalogue import moments
from almoner.records.ingest.enums import AdapterName, Ending, State
from almoner.records.ingest.models import Run, Source

LONG: Final = timedelta(days=3)
"""A source that has failed for longer is shown on the desk; shorter troubles pass by themselves."""


class Word(models.TextChoices):
    """How a source is doing, in one word or two."""

    WATCHED = "watched", "Watched"
    FAILING = "failing", "Failing"
    HELD = "held", "Held"
    STOPPED = "stopped", "Stopped by itself"
    PAUSED = "paused", "Paused"
    FILES = "files", "Brought in by hand"


BROKEN: Final = (Word.HELD, Word.STOPPED, Word.FAILING)
"""What somebody should look at, most pressing first."""
_WHERE: Final = {
    # A pause by a person sets the failures back: they have looked. One by itself leaves them.
    Word.WATCHED: Q(state=State.ACTIVE, failures=0),
    Word.FAILING: Q(state=State.ACTIVE, failures__gt=0),
    Word.HELD: Q(state=State.HELD),
    Word.STOPPED: Q(state=State.PAUSED, failures__gt=0),
    Word.PAUSED: Q(state=State.PAUSED, failures=0),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source is doing: the word, and a sentence that says why and what comes next."""

    word: Word
    sentence: str

    @property
    def is_broken(self) -> bool:
        """Whether somebody should look at it."""
        return self.word in BROKEN


def word_for(source: Source) -> Word:
    """The word for a source."""
    if source.adapter == AdapterName.FILES:
        return Word.FILES
    if source.state == State.HELD:
        return Word.HELD
    if source.state == State.PAUSED:
        return Word.STOPPED if source.failures else Word.PAUSED
    return Word.FAILING if source.failures else Word.WATCHED


def standing(source: Source) -> Standing:
    """How a source is doing."""
    word = word_for(source)
    return Standing(word, _SENTENCES[word](source))


def standing_as(sources: QuerySet[Source], word: str) -> QuerySet[Source]:
    """Of these sources, those with this word."""
    if word == Word.FILES:
        return sources.filter(adapter=AdapterName.FILES)
    return sources.filter(_WHERE[Word(word)]).exclude(adapter=AdapterName.FILES)


def broken(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Of these sources, those that fail, are held, or stopped by themselves."""
    wanted = _WHERE[Word.FAILING] | _WHERE[Word.HELD] | _WHERE[Word.STOPPED]
    return sources.filter(wanted).exclude(adapter=AdapterName.FILES)


def need_somebody(now: datetime) -> QuerySet[Source]:
    """The sources that are held or stopped by themselves, and those that have failed for longer than `LONG`."""
    since = now - LONG
    failed_then = Run.objects.filter(source=OuterRef("pk"), ending=Ending.FAILED, started_at__lt=since)
    passing = Q(state=State.ACTIVE) & (
        Q(succeeded_at__gte=since) | (Q(succeeded_at=None) & ~Exists(failed_then))
    )
    return broken(Source.objects.all()).exclude(passing)


def plainly(problem: str, source: Source) -> str:
    """A problem of a source without its name or address and the stage, which whoever reads it has before them."""
    for own in (source.name, source.address):
        if own and problem.startswith(f"{own}: "):
            problem = problem.removeprefix(f"{own}: ").partition(": ")[2] or problem
    problem = problem.strip()
    return problem[:1].upper() + problem[1:]


def _moment(when: datetime | None) -> str:
    if when is None:
        return "never"
    local = timezone.localtime(when)
    return f"{local:%-d %B %Y} at {moments.clock(local)}"


def _watched(source: Source) -> str:
    if source.checked_at is None:
        return f"Watched, and not checked yet. The first check is due {_moment(source.next_check_at)}."
    return f"Watched. Last checked {_moment(source.checked_at)}; next check {_moment(source.next_check_at)}."


def _failing(source: Source) -> str:
    times = "once" if source.failures == 1 else f"{source.failures} times in a row"
    last = (
        f"It last worked {_moment(source.succeeded_at)}." if source.succeeded_at else "It has not worked yet."
    )
    return f"Its last check failed, {times}. {last} It is tried again {_moment(source.next_check_at)}."


def _reason(source: Source) -> str:
    return plainly(source.state_reason, source) or "No reason was given."


_SENTENCES: Final[Mapping[Word, Callable[[Source], str]]] = {
    Word.WATCHED: _watched,
    Word.FAILING: _failing,
    Word.HELD: lambda source: f"Nothing is taken in until somebody has looked. {_reason(source)}",
    Word.STOPPED: lambda source: f"It stopped by itself. {_reason(source)}",
    Word.PAUSED: lambda source: f"Paused. {_reason(source)}",
    Word.FILES: lambda _source: "Its documents are brought in by hand: almoner import.",
}
