"""A site that stands in a dictionary, checked again and again by an adapter that remembers what it has read."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from almoner.pipeline.errors import Failed, PipelineError
from almoner.pipeline.gather import Check, check
from almoner.pipeline.model import Snapshot
from almoner.pipeline.ports import Answer, Validators, Wanted
from almoner.pipeline.registry import adapter_named

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class Site:
    """Pages by address: text, bytes, what becomes JSON, or an error. `asked` are the requests of the last check."""

    adapter: str
    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)

    def fetch(self, wanted: Wanted, known: Validators) -> Answer:
        """What stands at an address; 404 where nothing does."""
        self.asked.append(wanted.address)
        page = self.pages.get(wanted.address)
        if page is None:
            raise Failed(wanted.address, "fetch", "is not there (404).", status=404)
        if isinstance(page, PipelineError):
            raise page
        if not isinstance(page, str | bytes):
            page = json.dumps(page)
        content = page.encode() if isinstance(page, str) else page
        snapshot = Snapshot(wanted.address, content, wanted.media_type, wanted.address, NOW.isoformat())
        return Answer(wanted, wanted.address, 200, snapshot, Validators())

    def known(self, addresses: Collection[str]) -> Mapping[str, str]:
        """What earlier checks have read."""
        return {address: self.marks[address] for address in addresses if address in self.marks}

    def check(self, address: str, **options: Any) -> Check:
        """Check the source once, and remember."""
        self.asked.clear()
        found = check(address, adapter_named(self.adapter), self, known=self.known, **options)
        self.marks |= found.looked
        return found


def titles(found: Check) -> list[str]:
    """The titles of all items of a check."""
    return sorted(item.title for gathered in found.gathered for item in gathered.items)
