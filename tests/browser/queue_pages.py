"""Six sources with five items each, twelve of which have something wrong: what an editor's session is tried on.

Publishers, people and reports are invented. `FAULTS` says which finding was planted in which item.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CAPTURED: Final = "2026-11-20T08:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as its page prints it; what is empty is not printed."""

    title: str
    day: str
    words: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A source with its page."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def address(self) -> str:
        """Where the page stands."""
        return f"https://www.{self.name.split()[0].lower()}.example/news"

    is_feed: bool = False

    @property
    def content(self) -> bytes:
        """The page, or the feed."""
        if self.is_feed:
            entries = "".join(
                _entry(self.address, number, entry) for number, entry in enumerate(self.entries, 1)
            )
            return (
                f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{self.name}</title>'
                f"<link>{self.address}</link>{entries}</channel></rss>"
            ).encode()
        articles = "".join(_article(number, entry) for number, entry in enumerate(self.entries, 1))
        return (
            f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>News | {self.name}</title>'
            f'<meta property="og:site_name" content="{self.name}"></head><body><main><h1>News</h1>{articles}</main>'
            f"<footer><p>A sample page: {self.name} is invented.</p></footer></body></html>"
        ).encode()


def _article(number: int, entry: Entry) -> str:
    more = f"<p>{entry.more}</p>" if entry.more else ""
    return (
        f'<article><h2><a href="/news/{number}">{entry.title}</a></h2><p class="date">{entry.day}</p>'
        f"<p>{entry.words}</p>{more}</article>"
    )


def _entry(address: str, number: int, entry: Entry) -> str:
    title = f"<title>{entry.title}</title>" if entry.title else ""
    more = f"&lt;p&gt;{entry.more}&lt;/p&gt;" if entry.more else ""
    return (
        f"\n<item>{title}<link>{address}/{number}</link><pubDate>{entry.day}</pubDate>"
        f"<description>&lt;p&gt;{entry.words}&lt;/p&gt;{more}</description></item>"
    )


FERRY: Final = (
    "The harbour board has agreed that every ferry carrying a school party will have a named member of crew whom the "
    "party can go to. The rule follows a trial on two routes in the spring, in which teachers said that they had never "
    "before known whom to ask when a pupil was unwell or frightened on the crossing."
)

SITES: Final = (
    Site(
        "Eastlea Harbour Board",
        (
            Entry("Ferries name a member of crew for school parties", "Thu, 12 Nov 2026 09:00:00 GMT", FERRY),
            Entry(
                "Winter timetable leaves the late crossing as it was",
                "Tue, 10 Nov 2026 09:00:00 GMT",
                "The late crossing on Fridays stays in the winter timetable after young people told the board that it "
                "is the only way home from the youth club.",
            ),
            Entry(
                "Life jackets for small children are back in stock",
                "Wed, 05 Nov 2026 09:00:00 GMT",
                "Life jackets for children under five can be borrowed again at both landing stages. Ask at the window.",
            ),
            Entry(
                "",
                "Mon, 02 Nov 2026 09:00:00 GMT",
                "Two landing stages will be lit all night from this winter on, after a survey of people who work late "
                "shifts. Most of them had avoided the path along the water, and several said that they had paid for "
                "a taxi rather than walk to the last ferry alone, which the board had not known before it asked them.",
                "The lamps were paid for by the board and the parish together.",
            ),
            Entry(
                "Volunteers wanted for the harbour watch",
                "Fri, 30 Oct 2026 09:00:00 GMT",
                "The harbour watch is looking for volunteers who can spare one evening a month. Training is given.",
            ),
        ),
        is_feed=True,
    ),
    Site(
        "Northgate Courier",
        (
            Entry(
                "School parties to have a named crew member on ferries",
                "Friday 13 November 2026",
                FERRY.replace("two routes", "two of its routes"),
            ),
            Entry(
                "Library opens a quiet room for homework",
                "Wednesday 11 November 2026",
                "The library in Mill Street has opened a quiet room for pupils who have nowhere to do their homework. "
                "A member of staff is there until six.",
                "The opening hours can be found here.",
            ),
            Entry(
                "Crossing patrol returns to Station Road",
                "Monday 9 November 2026",
                "A patrol is back at the crossing in Station Road on school mornings, eight months after the last one "
                "retired.",
            ),
            Entry(
                "Swimming club asks parents what to change",
                "Thursday 5 November 2026",
                "The swimming club has asked parents how changing rooms should be supervised, and will publish what "
                "they said.",
            ),
            Entry(
                "Choir finds a new home in the corn hall",
                "Tuesday 3 November 2026",
                "The youth choir has moved to the corn hall, where there are two exits and a kitchen.",
            ),
        ),
    ),
    Site(
        "Harrowfen Gazette",
        (
            Entry(
                "Man sentenced after a pupil’s quiet word",
                "Thursday 19 November 2026",
                "A man has been sentenced for cruelty to a child. Robin Sample, 7, told a lunchtime supervisor that "
                "weekends at home were frightening. The judge praised the supervisor.",
            ),
            Entry(
                "Village halls share one safeguarding lead",
                "Tuesday 17 November 2026",
                "Three village halls have begun to share one safeguarding lead, after each had struggled to find a "
                "volunteer of its own. She spends a morning a month in each hall and is at the end of a phone when the…",
            ),
            Entry(
                "Allotments open their gates to a nursery",
                "Monday 16 November 2026",
                "A nursery has been given two plots. The children have planted beans and a row of garlic.",
            ),
            Entry(
                "Bus company trains its drivers",
                "Friday 13 November 2026",
                "Drivers of school buses have been trained to notice when a child does not get off where they should.",
            ),
            Entry(
                "Youth café stays open on Sundays",
                "Wednesday 11 November 2026",
                "The youth café will stay open on Sunday afternoons through the winter.",
            ),
        ),
    ),
    Site(
        "Ravelstoke Council",
        (
            Entry(
                "Foster carers’ evening in the town hall",
                "31 November 2026",
                "People who think about fostering can meet carers and ask them anything. There is tea, and no need to "
                "book.",
            ),
            Entry(
                "New checks for drivers of taxis",
                "Wednesday 18 November 2026",
                "From the new year the council asks taxi drivers for a certificate of the Discloser and Barring Service "
                "every six months.",
            ),
            Entry(
                "Playground in Fen Lane is mended",
                "Tuesday 17 November 2026",
                "The swings in Fen Lane have new chains, and the gate closes by itself again.",
            ),
            Entry(
                "Housing team moves to the ground floor",
                "Friday 13 November 2026",
                "The housing team can now be reached without stairs. Its telephone number stays the same.",
            ),
            Entry(
                "Street lights are checked before the dark months",
                "Thursday 12 November 2026",
                "All lamps on the ways to school have been looked at, and nineteen were replaced.",
            ),
        ),
    ),
    Site(
        "Quillmere Schools",
        (
            Entry(
                "How our schools choose visitors",
                "Thu, 19 Nov 2026 09:00:00 GMT",
                "Our schools follow Keeping children safe in education 2019 when they ask somebody to speak to pupils. "
                "Each visitor is met at the door.",
            ),
            Entry(
                "",
                "Wed, 18 Nov 2026 09:00:00 GMT",
                "Pupils of four schools have written a leaflet about how to complain when an adult in a club has let "
                "them down. They have tried it out on one another, and took out every word that somebody had to ask "
                "about. What is left fits on a card that can be kept in a pocket, with a number to call on its back.",
                "It is now being printed.",
            ),
            Entry(
                "Breakfast club takes in the younger ones",
                "Tue, 17 Nov 2026 09:00:00 GMT",
                "The breakfast club in the lower hall is now open to pupils from the age of four.",
            ),
            Entry(
                "Sixth form starts a listening scheme",
                "Mon, 16 Nov 2026 09:00:00 GMT",
                "Sixteen pupils of the sixth form have been trained to listen, and to know whom to fetch.",
            ),
            Entry(
                "Attendance in the autumn term",
                "Fri, 13 Nov 2026 09:00:00 GMT",
                "Attendance was a little better than last autumn in all four schools.",
            ),
        ),
        is_feed=True,
    ),
    Site(
        "Thistlequay Exchange",
        (
            Entry(
                "Toolkit for clubs that travel",
                "Thursday 19 November 2026",
                "A toolkit for clubs that travel to matches has been written with three clubs that do.",
                "The toolkit can be downloaded here.",
            ),
            Entry(
                "What was reported to us this year",
                "Wednesday 18 November 2026",
                "There were 120 reports this year: 70 from schools and 60 from clubs.",
            ),
            Entry(
                "Meeting of leads in the spring",
                "Tuesday 17 November 2026",
                "The leads of the region will meet again in the spring, in a place that can be reached by train.",
            ),
            Entry(
                "Our telephone line over Christmas",
                "Monday 16 November 2026",
                "Our telephone line is answered on every working day over Christmas.",
            ),
            Entry(
                "A reading group for trustees",
                "Friday 13 November 2026",
                "Trustees of small charities are reading together, a chapter a month. New members are welcome.",
            ),
        ),
    ),
)

FAULTS: Final = {
    "Life jackets for small children are back in stock": "weekday_mismatch",
    "Two landing stages will be lit all night": "title_missing",
    "School parties to have a named crew member on ferries": "copy_of",
    "Library opens a quiet room for homework": "link_missing",
    "Man sentenced after a pupil’s quiet word": "child_identifiable",
    "Village halls share one safeguarding lead": "text_cut",
    "Foster carers’ evening in the town hall": "date_implausible",
    "New checks for drivers of taxis": "organisation_unknown",
    "How our schools choose visitors": "edition_superseded",
    "Pupils of four schools have written a leaflet": "title_missing",
    "Toolkit for clubs that travel": "link_missing",
    "What was reported to us this year": "figures_disagree",
}
"""How the item's title begins → the finding that was planted in it. One, the copy, is found when items are related."""
