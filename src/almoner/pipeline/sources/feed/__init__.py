"""Feeds: every entry is an item, and one request brings them all."""

from __future__ import annotations

from almoner.pipeline.model import Reading
from almoner.pipeline.ports import Known, Step, Wanted


class FeedAdapter:
    """RSS, Atom and JSON Feed."""

    def first(self, address: str) -> tuple[Wanted, ...]:
        """The feed itself."""
        return (Wanted(address, "feed"),)

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:  # noqa: ARG002, as all adapters
        """All its items, and nothing more."""
        return Step(reading.items)


ADAPTER = FeedAdapter()
