"""The rule as it is being written, and what comes of it: faults at their lines, items beside those of now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.newsroom.sources.rule.outline import Outline
from almoner.pipeline.findings import FINDINGS
from almoner.pipeline.model import Item
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules import Fault, Pair, Rule
from almoner.records.ingest.trials import Trial

SHOWN: Final = 60
"""Items that are shown of a page."""
LONGEST: Final = 200
"""Characters that are shown of a field."""
NAMES: Final = {"published": "date", "text": "words"}
"""Fields whose name for an editor differs from the pipeline's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule's text, the rule in it (None where there is none, or it is wrong), and what is wrong."""

    text: str
    rule: Rule | None
    faults: tuple[Fault, ...]

    @property
    def lines(self) -> list[tuple[int, bool]]:
        """The number of each line, and whether something is wrong there."""
        wrong = {fault.line for fault in self.faults}
        return [(number, number in wrong) for number in range(1, self.text.count("\n") + 2)]


@dataclass(frozen=True, slots=True)
class Told:
    """One item of a comparison in words: in which state it is, its fields, and those that differ."""

    state: str
    title: str
    fields: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str, str], ...]
    findings: tuple[str, ...]
    anchor: str


def read(text: str) -> Draft:
    """The draft in a text, as a form sends it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return Draft(text, None, ())
    try:
        return Draft(text, rules.load(text), ())
    except rules.InvalidRule as error:
        return Draft(text, None, error.faults)


def told(trial: Trial, drawn: Outline) -> list[Told]:
    """The items of a page in their order, then those that are gone; no more than `SHOWN`."""
    return [tell(pair, drawn) for pair in trial.pairs[:SHOWN]]


def tell(pair: Pair, drawn: Outline | None = None) -> Told:
    """One item of a comparison in words."""
    item = pair.after or pair.before
    assert item is not None
    return Told(
        _state(pair),
        short(item.title),
        tuple(_fields(item)),
        tuple(
            (NAMES.get(change.field, change.field), *_apart(change.before, change.after))
            for change in pair.changes
        ),
        tuple(dict.fromkeys(FINDINGS[found.code].name for found in item.findings)),
        drawn.anchor(item) if drawn is not None and pair.after is not None else "",
    )


def counts(trial: Trial) -> list[tuple[str, int]]:
    """How many items are in each state, those that there are."""
    states = [_state(pair) for pair in trial.pairs]
    return [(state, states.count(state)) for state in ("same", "changed", "new", "gone") if state in states]


def filled(trial: Trial) -> list[tuple[str, int]]:
    """In how many items each field has something."""
    found = rules.filled(trial.after.items)
    return [(NAMES.get(name, name), found[name]) for name in rules.FIELDS]


def short(words: str) -> str:
    """The beginning of it, in one line."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _state(pair: Pair) -> str:
    if pair.after is None:
        return "gone"
    return "new" if pair.before is None else "same" if pair.same else "changed"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    for name, value in rules.FIELDS.items():
        if name != "title" and (words := value(item)):
            yield NAMES.get(name, name), short(words)


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two values from a little before where they part, so that the difference is seen."""
    before, after = " ".join(before.split()), " ".join(after.split())
    alike = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    start = max(0, (min(len(before), len(after)) if alike is None else alike) - 40)
    start = start if max(len(before), len(after)) > LONGEST else 0
    cut = [short(("…" if start else "") + words[start:]) for words in (before, after)]
    return cut[0], cut[1]
