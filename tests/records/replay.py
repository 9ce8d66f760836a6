"""A source that changes under our eyes: ids, addresses, titles, words, dates and order, from check to check.

`Happening` is the truth; `Site` shows the newest of them in ever other ways, as real publishers do: a new content
management system, tracking parameters, http and https, ids that are made anew, reused, or left out, corrections,
reordered and republished lists. Of one happening never everything changes at once: then nobody could know it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from almoner.pipeline.model import Item, Kind, Place, Precision, When

_ABOUT = ("attendance", "online safety", "county lines", "safer recruitment", "missing children", "prevent duty",
          "domestic abuse", "early help", "taxi licensing", "private fostering", "exploitation", "mental health")  # fmt: skip
_WHAT = (
    "guidance",
    "statistics",
    "inspection report",
    "consultation",
    "case review",
    "action plan",
    "strategy",
)
_WORDS = (
    "school", "council", "police", "worker", "child", "family", "report", "practice", "review", "partner",
    "training", "referral", "threshold", "assessment", "record", "visit", "plan", "meeting", "duty", "nurse",
)  # fmt: skip


@dataclass(slots=True)
class Happening:
    """One thing that was published, as it really is."""

    number: int
    title: str
    words: list[str]
    day: str
    slug: str
    id: str = ""


class Site:
    """A publisher's list. `seed` decides everything that happens to it."""

    def __init__(self, seed: int, shown: int = 15) -> None:
        self.chance = random.Random(seed)
        self.shown = shown
        self.happenings: list[Happening] = []
        self.path, self.scheme, self.host, self.ids = "/news/", "https", "example.org", "guid"
        for _ in range(shown):
            self._publish()

    def check(self) -> list[tuple[int, Item]]:
        """The next check: some news, some changes, and the list as it now looks: truth beside item."""
        for _ in range(self.chance.choice((0, 0, 1, 2, 5))):
            self._publish()
        self._rebuild()
        listed = self.happenings[-self.shown :]
        for happening in listed:
            if self.chance.random() < 0.1:
                self._edit(happening)
        if self.chance.random() < 0.3:
            self.chance.shuffle(listed)
        shown = [(happening.number, self._item(happening)) for happening in listed]
        if self.chance.random() < 0.1:
            shown.append(shown[0])  # listed twice
        return shown

    def _publish(self) -> None:
        number = len(self.happenings)
        title = f"{self.chance.choice(_WHAT)} on {self.chance.choice(_ABOUT)}".capitalize()
        if self.chance.random() < 0.8:
            title += f" in {self.chance.choice(('north', 'south', 'east', 'west'))} district {number}"
        words = [f"no{number}", *self.chance.choices(_WORDS, k=self.chance.randrange(30, 90))]
        day = f"2026-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}"
        slug = "-".join(title.lower().split()) + f"-{number}"
        self.happenings.append(Happening(number, title, words, day, slug, f"id-{number}"))

    def _rebuild(self) -> None:
        """What changes for the whole site at once: ids or addresses, not both in one go."""
        match self.chance.randrange(8):
            case 0:
                self.path = self.chance.choice(("/news/", "/2026/news/", "/publications/", "/p/"))
            case 1:
                self.ids = self.chance.choice(("guid", "tag", "none", "fresh", "link"))
            case 2:
                self.scheme = self.chance.choice(("http", "https"))
            case 3:
                self.host = self.chance.choice(("example.org", "www.example.org", "EXAMPLE.org"))
            case _:
                pass

    def _edit(self, happening: Happening) -> None:
        """A correction: of the title, or of some words."""
        if self.chance.random() < 0.4:
            happening.title = self.chance.choice(("Updated: {}", "{} (corrected)")).format(happening.title)
        else:
            for _ in range(self.chance.randrange(1, 4)):
                happening.words[self.chance.randrange(1, len(happening.words))] = self.chance.choice(_WORDS)

    def _item(self, happening: Happening) -> Item:
        link = f"{self.scheme}://{self.host}{self.path}{happening.slug}"
        link += self.chance.choice(("", "", "/", "?utm_source=feed&utm_medium=rss", "#content"))
        ids = {
            "guid": happening.id,
            "tag": f"tag:example.org,2026:{happening.number}",
            "none": None,
            "fresh": f"{self.chance.random()}",
            "link": link,
        }
        day = happening.day if self.chance.random() < 0.9 else ""
        return Item(
            "feed.xml",
            Place(1, 1),
            happening.title,
            True,
            Kind.NEWS,
            link=link,
            id=ids[self.ids],
            published=When(day, Precision.DAY, day) if day else None,
            text=" ".join(happening.words).capitalize() + ".",
        )


def as_feed(items: Sequence[Item]) -> bytes:
    """The items as a publisher's feed lists them."""
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(item.link or '')}</link>"
        + (f"<guid isPermaLink='false'>{escape(item.id)}</guid>" if item.id else "")
        + (
            f"<pubDate>{format_datetime(datetime.fromisoformat(f'{item.published.value}T09:00:00+00:00'))}</pubDate>"
            if item.published
            else ""
        )
        + f"<description>{escape(item.text)}</description></item>"
        for item in items
    )
    return f"<rss version='2.0'><channel><title>News</title>{entries}</channel></rss>".encode()
