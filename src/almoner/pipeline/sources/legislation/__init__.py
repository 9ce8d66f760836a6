"""legislation.gov.uk: the Atom feeds of new legislation, all that a law says of itself being in its entry."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from almoner.pipeline.model import Kind, Reading
from almoner.pipeline.ports import Known, Step, Wanted

ACCEPT: Final = "application/atom+xml"


class LegislationAdapter:
    """A feed of legislation.gov.uk (its developer documentation calls it `data.feed`)."""

    def first(self, address: str) -> tuple[Wanted, ...]:
        """The feed, as Atom: the same address gives people a page."""
        return (Wanted(address, "feed", accept=ACCEPT),)

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:  # noqa: ARG002, as all adapters
        """Its items, which are law, not news."""
        return Step(tuple(replace(item, kind=Kind.GUIDANCE) for item in reading.items))


ADAPTER = LegislationAdapter()
