"""Three months of a news wire: an invented publisher's feed with an item for most days, so that there is enough to
compose a briefing from. Everything in `wire.txt` is our own writing; places, people and numbers are invented."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Final

from almoner.demo.sources import SampleSource
from almoner.pipeline.model import MediaType, Snapshot
from almoner.records.ingest.enums import Trust

ADDRESS: Final = "https://www.greywater.example/wire.json"
WIRE: Final = SampleSource(
    "Greywater Wire", "Greywater Safeguarding Wire", "greywater", ADDRESS, Trust.REVIEW, pages=()
)
FIRST: Final = date(2026, 8, 25)
LAST: Final = date(2026, 11, 22)
_LATER: Final = re.compile(r"\{\+(\d+)\}")


def wire() -> Snapshot:
    """The feed as it stood on the evening of its last day (JSON Feed 1.1), newest first."""
    entries = [
        {
            "id": f"{ADDRESS}#{number}",
            "url": f"https://www.greywater.example/{number}",
            "title": one.title,
            "content_html": f"<p>{one.text}</p>",
            "date_published": f"{one.on.isoformat()}T09:00:00+00:00",
        }
        for number, one in enumerate(written(), 1)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": WIRE.publisher,
        "home_page_url": "https://www.greywater.example/",
        "language": "en-GB",
        "items": entries[::-1],
    }
    content = json.dumps(feed, ensure_ascii=False).encode()
    return Snapshot(ADDRESS, content, MediaType.JSON, ADDRESS, f"{LAST.isoformat()}T18:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Written:
    """An item as it was written: its kind, which a feed does not say and an editor would; and the day on which it closes
    or takes place, if it names one."""

    kind: str
    title: str
    text: str
    on: date
    day: date | None = None


def written() -> Iterator[Written]:
    """All of them, oldest first, spread evenly over the three months."""
    lines = resources.files(__package__).joinpath("wire.txt").read_text(encoding="utf-8").splitlines()
    span = (LAST - FIRST).days
    for at, line in enumerate(lines):
        kind, title, text = (part.strip() for part in line.split(" | "))
        on = FIRST + timedelta(days=span * at // (len(lines) - 1))
        found = _LATER.search(text)
        day = on + timedelta(days=int(found[1])) if found else None
        yield Written(kind, title, _LATER.sub(f"{day.day} {day:%B %Y}" if day else "", text), on, day)
