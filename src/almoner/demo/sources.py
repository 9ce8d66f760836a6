"""The invented publishers, their sources and their pages.

Everything under `pages/` is our own writing. What it says of the law, of guidance and of official figures
was right when it was written; publishers, people, places, local reports and cases are invented, and each
page says so at its foot.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Final

from almoner.pipeline.model import MediaType, Snapshot
from almoner.records.ingest.enums import Trust


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was captured: its file under `pages/`, its address, and the moment (ISO 8601)."""

    file: str
    address: str
    captured: str

    def snapshot(self) -> Snapshot:
        """The page's bytes as a source would give them."""
        content = resources.files(__package__).joinpath("pages", self.file).read_bytes()
        media_type = MediaType.HTML if self.file.endswith(".html") else MediaType.TEXT
        return Snapshot(self.address, content, media_type, self.address, self.captured)


@dataclass(frozen=True, slots=True)
class SampleSource:
    """A source with its publisher and the pages that were captured from it, oldest first."""

    name: str
    publisher: str
    slug: str
    address: str
    trust: Trust
    pages: tuple[Page, ...]

    @property
    def website(self) -> str:
        """The publisher's front page."""
        return "/".join(self.address.split("/", 3)[:3]) + "/"


SOURCES: Final = (
    SampleSource(
        "Lanternfold news",
        "Lanternfold Safeguarding",
        "lanternfold",
        "https://www.lanternfold.example/news",
        Trust.AUTO,
        (
            Page(
                "lanternfold/news-october.txt",
                "https://www.lanternfold.example/news?month=2026-10",
                "2026-10-30T08:00:00+00:00",
            ),
            Page(
                "lanternfold/news-november.html",
                "https://www.lanternfold.example/news",
                "2026-11-11T08:00:00+00:00",
            ),
        ),
    ),
    # Its page has faults that an editor should see, so nothing of it is shown before one has.
    SampleSource(
        "Lanternfold noticeboard",
        "Lanternfold Safeguarding",
        "lanternfold",
        "https://www.lanternfold.example/noticeboard",
        Trust.REVIEW,
        (
            Page(
                "lanternfold/noticeboard.html",
                "https://www.lanternfold.example/noticeboard",
                "2026-11-21T08:00:00+00:00",
            ),
        ),
    ),
    SampleSource(
        "Thistlequay newsfeed",
        "Thistlequay Safeguarding Exchange",
        "thistlequay",
        "https://www.thistlequay.example/newsfeed",
        Trust.AUTO,
        (
            Page(
                "thistlequay/newsfeed-archive.html",
                "https://www.thistlequay.example/newsfeed/archive?page=2",
                "2026-05-05T07:30:00+01:00",
            ),
            Page(
                "thistlequay/newsfeed.txt",
                "https://www.thistlequay.example/newsfeed",
                "2026-11-20T07:30:00+00:00",
            ),
        ),
    ),
    SampleSource(
        "Ravelstoke library",
        "Ravelstoke Partnership",
        "ravelstoke",
        "https://www.ravelstoke.example/library/",
        Trust.AUTO,
        (
            Page(
                "ravelstoke/library-a-to-l.txt",
                "https://www.ravelstoke.example/library/a-to-l/",
                "2026-11-02T06:00:00+00:00",
            ),
            Page(
                "ravelstoke/library-m-to-z.html",
                "https://www.ravelstoke.example/library/m-to-z/",
                "2026-11-02T06:00:05+00:00",
            ),
        ),
    ),
    SampleSource(
        "Quillmere briefing",
        "Quillmere Safeguarding",
        "quillmere",
        "https://www.quillmere.example/briefings/",
        Trust.AUTO,
        (
            Page(
                "quillmere/briefing-9-november.txt",
                "https://www.quillmere.example/briefings/2026-11-09",
                "2026-11-09T09:05:00+00:00",
            ),
            Page(
                "quillmere/briefing-16-november.html",
                "https://www.quillmere.example/briefings/2026-11-16",
                "2026-11-16T09:05:00+00:00",
            ),
        ),
    ),
)
