"""The eighty publishers: what each publishes and when, in which form, and what goes wrong with its server."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tests.day.words import BODIES, OFFICES, PLACES, Pen

LONDON = ZoneInfo("Europe/London")
FORMS = (
    *["rss"] * 14, *["rss-whole"] * 8, *["atom"] * 10, *["json"] * 6, *["rdf"] * 2, *["cards"] * 6, *["lines"] * 5,
    *["table"] * 4, *["days"] * 4, *["boxes"] * 5, *["govuk"] * 8, *["sitemap"] * 3, *["news-sitemap"] * 2,
    *["sitemaps"] * 1, *["laws"] * 2,
)  # fmt: skip
"""How many publish in which form: eighty in all."""
ADAPTERS = {
    "rss": "feed", "rss-whole": "feed", "atom": "feed", "json": "feed", "rdf": "feed", "cards": "listing",
    "lines": "listing", "table": "listing", "days": "listing", "boxes": "listing", "govuk": "govuk",
    "sitemap": "sitemap", "news-sitemap": "sitemap", "sitemaps": "sitemap", "laws": "legislation",
}  # fmt: skip


class Trouble(StrEnum):
    """What goes wrong with a server."""

    ERRORS = "answers with errors through the morning"
    BUSY = "asks to come back later"
    SILENT = "says nothing for some hours"
    CUT = "breaks off in the middle for some hours"
    WALL = "shows a check for robots for some hours"
    MOVED = "sends on to a new address"
    AWAY = "sends on to a temporary address"
    DEAD = "has nothing there all day"
    GONE = "is gone for good at noon"


PASSING = (
    Trouble.ERRORS,
    Trouble.BUSY,
    Trouble.SILENT,
    Trouble.CUT,
    Trouble.WALL,
    Trouble.MOVED,
    Trouble.AWAY,
)
LASTING = (Trouble.DEAD, Trouble.GONE)


@dataclass
class Piece:
    """Something published `at` a moment; `edited` is when it got its second text, `withdrawn` when it was withdrawn."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    category: str
    at: datetime
    edited: datetime | None = None
    withdrawn: datetime | None = None

    def text(self, now: datetime) -> tuple[str, ...]:
        """Its paragraphs as they stand at a moment."""
        if self.edited is None or now < self.edited:
            return self.paragraphs
        return (*self.paragraphs, EDITED)

    def changed(self, now: datetime) -> datetime:
        """When it last changed, as of a moment."""
        return max(
            [self.at, *(moment for moment in (self.edited, self.withdrawn) if moment and moment <= now)]
        )


EDITED = "Corrected in the afternoon: the duty team answers on weekdays from eight to six, and not from nine."
WITHDRAWN = "This guidance was withdrawn because a newer one takes its place."


@dataclass
class Site:
    """A publisher, its place on the web, and all that it has published or will today."""

    number: int
    name: str
    form: str
    pieces: list[Piece] = field(default_factory=list)
    trouble: Trouble | None = None

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.name.lower().replace(" ", "-")

    @property
    def host(self) -> str:
        """Its server."""
        return {"govuk": "www.gov.uk", "laws": "www.legislation.gov.uk"}.get(
            self.form, f"www.{self.slug}.example"
        )

    @property
    def path(self) -> str:
        """Where its list stands."""
        return {
            "rss": "/feed/", "rss-whole": "/news/rss.xml", "atom": "/atom.xml", "json": "/feed.json", "rdf": "/index.rdf",
            "govuk": f"/government/organisations/{self.slug}", "laws": f"/new/{self.slug}/data.feed",
            "sitemap": "/sitemap.xml", "news-sitemap": "/news-sitemap.xml", "sitemaps": "/sitemap_index.xml",
        }.get(self.form, "/news/")  # fmt: skip

    @property
    def address(self) -> str:
        """The source's address."""
        return f"http://{self.host}{self.path}"

    def page(self, piece: Piece) -> str:
        """The path of a piece's own page."""
        if self.form == "laws":
            return f"/{self.slug}/2026/{9_000 + piece.number}/made"
        return (
            f"/guidance/{self.slug}-{piece.number}"
            if self.form == "govuk"
            else f"/news/{piece.number}-{self.slug}"
        )

    def out(self, now: datetime) -> list[Piece]:
        """What is published by a moment, the newest first."""
        return sorted((one for one in self.pieces if one.at <= now), key=lambda one: one.at, reverse=True)


def world(start: datetime, every: int = 1) -> list[Site]:
    """The publishers on the day that begins at `start`: all of them, or each `every`-th, with the same troubles."""
    chance = random.Random(80)
    forms = list(FORMS)
    sites = [_site(number, form, start, chance) for number, form in enumerate(forms)][::every]
    # Those that stand alone on their host; what is hosted together shares its troubles.
    alone = [site for site in sites if site.form not in ("govuk", "laws")]
    step = max(1, len(alone) // (len(PASSING) + len(LASTING)))
    for site, trouble in zip(alone[::step], (*PASSING, *LASTING), strict=False):
        site.trouble = trouble
        if trouble in LASTING:
            site.pieces = [piece for piece in site.pieces if trouble is Trouble.GONE and piece.at < start]
    _afternoon([site for site in sites if site.trouble is None], start)
    return sites


def _site(number: int, form: str, start: datetime, chance: random.Random) -> Site:
    place = PLACES[number % len(PLACES)]
    name = f"{place} {BODIES[(number * 7 + number // len(PLACES)) % len(BODIES)]}"
    if form == "govuk":
        name = OFFICES[FORMS[:number].count("govuk")]
    if form == "laws":
        name = ("Invented Statutory Instruments", "Invented Acts")[FORMS[:number].count("laws")]
    pen = Pen(number, place)
    before = [start - timedelta(days=chance.randint(1, 40), minutes=chance.randint(0, 900)) for _ in range(3)]
    today = [start + timedelta(hours=7, minutes=chance.randint(0, 640)) for _ in range(chance.randint(1, 4))]
    pieces = [
        Piece(index, pen.title(), pen.paragraphs(), pen.category(), at.replace(second=0, microsecond=0))
        for index, at in enumerate(sorted([*before, *today]), start=1)
    ]
    return Site(number, name, form, pieces)


def _afternoon(sites: Sequence[Site], start: datetime) -> None:
    """What publishers change after dinner: some edit a piece of the days before, one withdraws one."""
    for form in ("rss-whole", "atom", "json", "govuk"):
        found = [site for site in sites if site.form == form]
        if found:
            found[0].pieces[0].edited = start + timedelta(hours=14)
        if form == "govuk" and found:
            found[-1].pieces[1].withdrawn = start + timedelta(hours=15)
