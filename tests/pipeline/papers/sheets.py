"""The PDF files of the golden pairs: a guidance, columns, tables, a newsletter, a release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.pipeline.papers.pdf import HIGH, WIDE, Column, Page, Paper, width
from tests.pipeline.papers.words import Author

LEFT, TOP, RIGHT, BOTTOM = 70.0, 80.0, WIDE - 70, HIGH - 90


def guidance() -> bytes:
    """Statutory guidance: cover, contents, numbered paragraphs, parts of them, notes, heads and feet, bookmarks."""
    paper = Paper(
        about={
            "Title": "Microsoft Word - safer journeys v7 FINAL.docx",
            "Author": "Harbour County Council",
            "CreationDate": "D:20260302101500Z",
        }
    )
    cover = paper.page()
    cover.text(LEFT, 300, "Safer journeys to school", 30, bold=True)
    cover.text(LEFT, 345, "Statutory guidance for schools and licensing authorities", 16)
    cover.text(LEFT, 700, "March 2026", 14)
    contents = paper.page()
    contents.text(LEFT, 110, "Contents", 18, bold=True)
    listed = (
        ("Summary", 3),
        ("Part one: Planning a journey", 3),
        ("Who may drive", 4),
        ("Part two: When things go wrong", 5),
    )
    for n, (title, number) in enumerate(listed):
        x = contents.text(LEFT, 150 + 20 * n, title, 11)
        dots = "." * int((RIGHT - 20 - x) / width(".", 11))
        contents.text(x + 2, 150 + 20 * n, dots, 11)
        contents.text(RIGHT - 8, 150 + 20 * n, str(number), 11)
    column = Column(_frames(paper))
    _body(paper, column)
    for number, page in enumerate(paper.pages[1:], start=2):
        page.text(LEFT, 50, "Safer journeys to school", 9)
        page.text(WIDE / 2 - 3, HIGH - 45, str(number), 9)
    paper.bookmarks = [
        ("Summary", 1, 2),
        ("Part one: Planning a journey", 1, 2),
        ("Who may drive", 2, 3),
        ("Part two: When things go wrong", 1, 4),
    ]
    return paper.content()


def _frames(paper: Paper) -> Iterator[tuple[Page, float, float, float, float]]:
    while True:
        yield paper.page(), LEFT, TOP, RIGHT, BOTTOM


def _body(paper: Paper, column: Column) -> None:
    author = Author(7)
    column.write("Summary", 18, bold=True)
    column.write(
        "This guidance is about journeys that a school or a council arranges. It replaces the edition of 2021."
    )
    column.write("Part one: Planning a journey", 18, bold=True, keep=4)
    for number in range(1, 5):
        column.write(author.paragraph(3), indent=28, label=f"{number}.")
    column.write("Before a vehicle is hired, the school must:", indent=28, label="5.")
    for letter, part in (
        ("(a)", "see the driver's licence and keep a copy of it;"),
        ("(b)", "ask the licensing authority whether"),
    ):
        column.write(part, indent=52, label=letter, after=3)
    for numeral, part in (
        ("(i)", "the licence is in force, and"),
        ("(ii)", "any complaint is being looked into."),
    ):
        column.write(part, indent=76, label=numeral, after=3)
    page, _, end, y = column.write(
        "A passenger assistant travels with every child who has an education, health and care plan.",
        indent=28, label="5A.",
    )  # fmt: skip
    page.text(end, y, "1", 6.5, rise=4)
    page.line(LEFT, BOTTOM + 12, LEFT + 140, BOTTOM + 12)
    page.text(LEFT, BOTTOM + 24, "1", 5.5, rise=3)
    page.text(
        LEFT + 6, BOTTOM + 24, "See the code of practice of 2015, chapter 9, for what a plan holds and who", 9
    )
    page.text(LEFT, BOTTOM + 35, "reviews it.", 9)
    for number in range(6, 9):
        column.write(author.paragraph(3), indent=28, label=f"{number}.")
    column.write("Who may drive", 14, bold=True, keep=4)
    for number in range(9, 14):
        column.write(author.paragraph(4), indent=28, label=f"{number}.")
    column.write(
        "The register of drivers, and the multi-agency hub that keeps it, are open to every licensing offi\xadcer of the county"
        " at any time; a licensing officer who finds an entry that is out of date tells the hub, and the hub, which answers"
        " within a day, puts it right.", indent=28, label="14.",
    )  # fmt: skip
    column.write("Part two: When things go wrong", 18, bold=True, keep=4)
    column.write("Report at once:", keep=3)
    for point in (
        "a collision, however slight",
        "a child left behind or left alone",
        "a driver who does not arrive",
    ):
        column.write(point, indent=36, label="•", after=3)
    page, start, end, y = column.write(
        "The form is on the page of the transport desk.", indent=28, label="15."
    )
    page.link(start, y - 10, end, y + 3, "https://www.harbour.example/transport/report")
    for number in range(16, 24):
        column.write(author.paragraph(3), indent=28, label=f"{number}.")


def columns() -> bytes:
    """A report in two columns under a title that runs across, with a heading across in the middle."""
    paper = Paper(about={"Title": "Who notices first?", "Author": "R. Okafor and J. Lind"})
    author = Author(11)
    page = paper.page()
    page.text(LEFT, 90, "Who notices first? Neglect in rural primary schools", 20, bold=True)
    page.text(LEFT, 112, "R. Okafor and J. Lind", 11)
    middle = WIDE / 2

    def frames() -> Iterator[tuple[Page, float, float, float, float]]:
        for top, bottom in ((125.0, 430.0), (470.0, BOTTOM)):
            yield page, LEFT, top, middle - 10, bottom
            yield page, middle + 10, top, RIGHT, bottom
        while True:
            further = paper.page()
            yield further, LEFT, TOP, middle - 10, BOTTOM
            yield further, middle + 10, TOP, RIGHT, BOTTOM

    column = Column(frames())
    column.write("What we asked", 12, bold=True, after=3)
    while column.page is page and column.bottom < 440:
        column.write(author.paragraph(3), 9.5, after=5)
    page.text(
        LEFT, 455, "What forty-one schools told us over three years of visits and letters", 14, bold=True
    )
    for heading in ("Small signs", "Who was told", "What changed"):
        column.write(heading, 12, bold=True, after=3, keep=4)
        for _ in range(6):
            column.write(author.paragraph(3), 9.5, after=5)
    _numbered(paper, "Rural Schools Review 14")
    return paper.content()


def _numbered(paper: Paper, name: str) -> None:
    for number, page in enumerate(paper.pages, start=1):
        left = f"{name} | {number}" if number % 2 else f"{number} | {name}"
        page.text(LEFT, HIGH - 40, left, 8)


def bulletin() -> bytes:
    """Three narrow columns, as a council's paper has them."""
    paper = Paper()
    author = Author(19)
    page = paper.page()
    page.text(40, 80, "Estuary Safeguarding Partnership annual statement", 22, bold=True)
    wide = (WIDE - 80 - 24) / 3

    def frames() -> Iterator[tuple[Page, float, float, float, float]]:
        for n in range(3):
            yield page, 40 + n * (wide + 12), 100, 40 + n * (wide + 12) + wide, HIGH - 60
        raise AssertionError("the words do not fit")

    column = Column(frames())
    for heading in ("Our year", "Listening to children", "What comes next"):
        column.write(heading, 13, bold=True, after=2, keep=4)
        for _ in range(4):
            column.write(author.paragraph(2), 9, after=4)
    return paper.content()


def table() -> bytes:
    """A ruled table that goes on over the page under the same head, with cells of several lines."""
    paper = Paper(about={"Title": "Training that the partnership offers"})
    author = Author(23)
    xs = (LEFT, 200.0, 380.0, RIGHT)
    head = ("Course", "For whom", "Length")
    page = paper.page()
    page.text(LEFT, 90, "Training that the partnership offers", 20, bold=True)
    page.text(
        LEFT,
        115,
        "All courses are free to schools in the county. Places are given in the order of asking.",
        11,
    )
    rows = [
        (f"Level {n}: {topic}", author.sentence(), f"{n} hours")
        for n, topic in enumerate(
            ("Basics", "Recognising neglect", "Online harm", "Leading", "Allegations", "Records", "Transport", "Sport",
             "Faith groups", "Supervision"), start=1,
        )
    ]  # fmt: skip
    y, ys = 130.0, [130.0]
    for row in [head, *rows[:6], None, head, *rows[6:]]:
        if row is None:
            page.grid(xs, ys)
            page = paper.page()
            y, ys = TOP, [TOP]
            continue
        y = _table_row(page, xs, y, row, bold=row is head)
        ys.append(y)
    page.grid(xs, ys)
    page.text(LEFT, y + 30, "Book by writing to the training desk.", 11)
    _numbered(paper, "Training offer")
    return paper.content()


def _table_row(page: Page, xs: tuple[float, ...], y: float, row: tuple[str, ...], *, bold: bool) -> float:
    from tests.pipeline.papers.pdf import wrapped

    low = y
    for left, right, words in zip(xs, xs[1:], row, strict=False):
        at = y + 3
        for line in wrapped(words, right - left - 10, 10, bold=bold):
            at += 13
            page.text(left + 5, at, line, 10, bold=bold)
        low = max(low, at + 6)
    return low


def newsletter() -> bytes:
    """An issue of a newsletter: several items, each under a heading with its date."""
    paper = Paper(about={"Title": "Lighthouse newsletter March 2026"})
    page = paper.page()
    page.text(LEFT, 85, "Lighthouse Safeguarding Newsletter", 24, bold=True)
    page.text(LEFT, 108, "Issue 12, March 2026", 12)

    def frames() -> Iterator[tuple[Page, float, float, float, float]]:
        yield page, LEFT, 130, RIGHT, BOTTOM
        while True:
            yield paper.page(), LEFT, TOP, RIGHT, BOTTOM

    column = Column(frames())
    for title, date, text in _NEWS:
        column.write(title, 15, bold=True, after=2, keep=4)
        column.write(date, 10, after=4, keep=3)
        for paragraph in text:
            column.write(paragraph, 11, after=8)
        column.y += 14
    _numbered(paper, "Lighthouse Safeguarding Newsletter")
    return paper.content()


_NEWS: Final = (
    ("Helpline for coaches opens in April", "2 March 2026", (
        "Coaches and volunteers in grassroots sport will be able to ring a helpline from 14 April 2026. It is run by the"
        " county's sport council and answers from seven in the morning until ten at night.",
        "The council says that it took 312 calls during a trial last autumn, most of them about changing rooms and lifts"
        " home after matches.")),
    ("Inspectors look at early help in twelve councils", "5 March 2026", (
        "Inspectors will visit twelve councils this summer to see how families are helped before a crisis. They want to"
        " know who decides, how long families wait and what children say about it.",
        "A report on all twelve visits will be published in the autumn.")),
    ("New form for private fostering", "9 March 2026", (
        "The form with which schools tell the council about private fostering has become shorter. It now has nine"
        " questions where it had thirty, and can be sent from a telephone.",)),
    ("Survey: one in five drivers never trained", "16 March 2026", (
        "One in five drivers of school taxis in the county has had no training in safeguarding, a survey by the licensing"
        " team has found. It asked 540 drivers; 431 answered.",
        "The team will offer evening sessions from May and pay for the drivers' time.")),
    ("Quiet rooms in courts", "23 March 2026", (
        "Two more family courts have opened quiet rooms in which children can wait. The rooms were furnished by a charity"
        " that asked young people what they would want to find there.",)),
)  # fmt: skip


def release() -> bytes:
    """A press release of one page."""
    paper = Paper(about={"Title": "Press release", "Author": "Estuary Council", "CreationDate": "D:20260217"})
    page = paper.page()
    page.text(LEFT, 70, "Press release", 10)
    page.text(LEFT, 110, "Council to check every school taxi by Easter", 20, bold=True)
    page.text(LEFT, 135, "Published: 17 February 2026", 10)
    column = Column(iter([(page, LEFT, 150.0, RIGHT, BOTTOM)]))
    for paragraph in (
        "Estuary Council will check all 214 taxis that take children to school before the end of term. Officers will"
        " look at licences, seat belts and the record of each driver's training.",
        "The checks follow a complaint in December about a driver who had let a friend take over his round. Nobody was"
        " hurt, and the driver has lost his licence.",
        "Councillors will hear the results on 21 April. Parents can ring the transport desk at any time.",
    ):
        column.write(paragraph, 11, after=8)
    return paper.content()


def sideways() -> bytes:
    """A page that lies on its side, with columns of numbers that no lines rule."""
    paper = Paper()
    page = paper.page(box=(HIGH, WIDE))
    page.text(60, 70, "Referrals by district, 2023 to 2025", 18, bold=True)
    page.text(
        60, 95, "Counted on the last day of each year; a child who was referred twice is counted twice.", 10
    )
    rows = (
        ("District", "2023", "2024", "2025"), ("Northgate", "118", "131", "140"), ("Marsh End", "86", "79", "95"),
        ("Quayside", "240", "252", "249"), ("Upper Dale", "31", "28", "40"), ("All districts", "475", "490", "524"),
    )  # fmt: skip
    for n, row in enumerate(rows):
        for x, cell in zip((60, 260, 360, 460), row, strict=True):
            page.text(x, 130 + 18 * n, cell, 11, bold=n == 0)
    return paper.content()


def report(pages: int) -> bytes:
    """A report of so many pages: chapters, numbered paragraphs, a head and a number on each page."""
    paper = Paper(about={"Title": "A review of everything"})
    author = Author(3)
    column = Column(_frames(paper))
    number = 0
    while len(paper.pages) < pages:
        number += 1
        if number % 20 == 1:
            column.write(f"Chapter {number // 20 + 1}: {author.sentence()[:-1]}", 18, bold=True, keep=4)
        column.write(author.paragraph(4), indent=28, label=f"{number}.")
    for count, page in enumerate(paper.pages, start=1):
        page.text(LEFT, 50, "A review of everything", 9)
        page.text(WIDE / 2, HIGH - 45, str(count), 9)
    return paper.content()


SHEETS: Final = {
    "guidance": guidance,
    "two-columns": columns,
    "three-columns": bulletin,
    "table-over-pages": table,
    "newsletter": newsletter,
    "release": release,
    "table-without-lines": sideways,
}
