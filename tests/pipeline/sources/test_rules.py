"""Rules: what is wrong with one is said plainly, and what one says goes before the generic reading, field by field."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from almoner.pipeline import run
from almoner.pipeline.model import Item, Kind, MediaType, Reading, Snapshot
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules.load import DEFAULT, TOP
from almoner.pipeline.sources.rules.rule import FORMED, SELECTED, choose, fits

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA = json.loads((DOCS / "rule.schema.json").read_text(encoding="utf-8"))
HEAD = 'name = "Fernleigh"\nmatch = ["https://fernleigh.example/news*"]\n'
LISTING = HEAD + 'page = "listing"\n'

CARDS = "".join(
    f'<li class="card"><p class="ad">Our own diary, now on sale</p><span class="added">Added {day + 9} March 2026</span>'
    f'<a class="more" href="/news/{day}">Read more</a><b class="name">{title}</b><i class="day">{day} March 2026</i>'
    f'<p class="lead">{lead}</p><span class="team">{team}</span></li>'
    for day, title, lead, team in (
        (
            3,
            "Checks for drivers change in June",
            "Every driver will be checked twice a year.",
            "Licensing team",
        ),
        (4, "Pools get a checklist", "Eight questions for welfare officers at the pool.", "Sports team"),
        (5, "Letters for parents", "Schools send one letter a term, in five languages.", "Schools team"),
    )
)
PAGE = f"<html><body><main><h1>News</h1><ul>{CARDS}</ul></main></body></html>"
TEXT = """Fernleigh round-up

#1 Checks for drivers change in June
Fernleigh Courier / 3 March 2026 / Ann Poole

Every driver will be checked twice a year, and again after a complaint was made about one of them.

#2 Pools get a checklist
Fernleigh Herald / 4 March 2026 / Ben Marsh

Eight questions for welfare officers at the pool. Coaches wrote them together with parents.

-- 30 --
"""


def read(text: str, page: str = PAGE, media_type: MediaType = MediaType.HTML) -> Reading:
    snapshot = Snapshot("page", page.encode(), media_type, address="https://fernleigh.example/news")
    return run.read(snapshot, rule=rules.load(text))


def items(text: str, page: str = PAGE, media_type: MediaType = MediaType.HTML) -> tuple[Item, ...]:
    return read(text, page, media_type).items


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings]


FAULTY = {
    'name = "a\n': (1, "no TOML"),
    "match = [\n": (2, "no TOML"),
    LISTING + 'titel = "x"\n': (4, "“titel” is not known. Expected one of: name, publisher"),
    LISTING.replace("listing", "list"): (3, "“page” is “list”. Expected one of: listing, article, text, any"),
    HEAD: (1, "“page” is missing"),
    LISTING.partition("\n")[2]: (1, "“name” is missing"),
    LISTING.replace("https://fernleigh.example/news*", "*"): (2, "is no address"),
    LISTING.replace("[", "").replace("]", ""): (2, "must be a list of addresses"),
    LISTING + 'date_order = "ymd"\n': (4, "Expected one of: dmy, mdy"),
    LISTING + 'publisher = ""\n': (4, "must be some words"),
    LISTING + "\n[select]\nrecord = 3\n": (6, "“select.record” must be a CSS selector"),
    LISTING + '[select]\nlink = "li"\nrecord = "li:has(a)"\n': (6, "cannot be read from “:has(a)” on"),
    LISTING + '[select]\nrecord = "li"\nstarts = "li"\n': (6, "stands beside “record”"),
    LISTING + '[lines]\nrecord = "* {title}"\n': (4, "“page” is “listing”"),
    LISTING.replace("listing", "text") + '[select]\ntitle = "h1"\n': (4, "“page” is “text”"),
    LISTING.replace("listing", "text") + '[lines]\nrecord = "{titel}"\n': (5, "known are"),
    LISTING.replace("listing", "text") + "[lines]\nrecord = []\n": (5, "must be the form of a line"),
    LISTING.replace("listing", "article") + '[select]\nrecord = "li"\n': (5, "an article is one record"),
    LISTING + '[default]\nkind = "gossip"\n': (5, "Expected one of: news, guidance"),
    LISTING + '[default]\ntime_zone = "Europe/Leeds"\n': (5, "such as Europe/London"),
    LISTING + '[default]\ntime_zone = "../x"\n': (5, "such as Europe/London"),
    LISTING + "default = 3\n": (4, "must be a table"),
    LISTING + "#" * 64_001: (1, "too long"),
}
SCHEMA_IS_MILDER = (
    "no TOML",
    "cannot be read from “:has(a)” on",
    "known are",
    "such as Europe/London",
    "too long",
)
"""What JSON Schema cannot say: what a selector, a form and a zone are."""


@pytest.mark.parametrize("text", FAULTY)
def test_fault_names_file_line_key_and_what_was_expected(text: str) -> None:
    line, says = FAULTY[text]
    with pytest.raises(rules.InvalidRule) as refused:
        rules.load(text, "fernleigh.toml")
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [("fernleigh.toml", line)]
    assert says in str(refused.value)


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(rules.InvalidRule) as refused:
        rules.load('name = 3\nmatch = "x"\npage = "list"\n[select]\ntitle = "//h1"\n')
    assert [fault.key for fault in refused.value.faults] == ["name", "match", "page", "select.title"]


@pytest.mark.parametrize("text", [text for text, (_, says) in FAULTY.items() if says not in SCHEMA_IS_MILDER])
def test_schema_refuses_what_the_check_refuses(text: str) -> None:
    said: dict[str, Any] = tomllib.loads(text)
    assert not Draft202012Validator(SCHEMA).is_valid(said)


def test_schema_knows_the_same_keys() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    keys = SCHEMA["properties"]
    assert tuple(keys) == TOP
    for table, known in (("default", DEFAULT), ("select", SELECTED), ("lines", FORMED)):
        assert tuple(keys[table]["properties"]) == known
    assert keys["default"]["properties"]["kind"]["enum"] == [kind.value for kind in Kind]


def test_address_fits_a_pattern_with_stars() -> None:
    assert fits("https://fernleigh.example/news*", "http://www.fernleigh.example/news/3?page=2")
    assert fits("fernleigh.example/*/news/*.html", "https://fernleigh.example/en/news/3.html")
    assert not fits("fernleigh.example/news*", "https://fernleigh.example/about")
    assert not fits("fernleigh.example/news", "https://fernleigh.example/news/3")
    assert not fits("fernleigh.example/*news", "https://evil.example/fernleigh.example/news")


def test_rule_that_says_most_of_an_address_is_chosen() -> None:
    wide = rules.load(LISTING.replace("/news*", "/*"))
    narrow = rules.load(LISTING)
    assert choose([wide, narrow], "https://fernleigh.example/news/3") is narrow
    assert choose([narrow, wide], "https://fernleigh.example/about") is wide
    assert choose([narrow], "https://other.example/") is None
    assert choose([narrow], "") is None


def test_rule_says_which_elements_are_which_fields() -> None:
    text = LISTING + '[select]\nrecord = "li.card"\ntitle = ".name"\nlink = "a.more"\ndate = ".day"\n'
    found = items(text + 'text = ".lead"\nauthor = ".team"\ncategory = ".added"\n')
    assert [item.title for item in found] == [
        "Checks for drivers change in June",
        "Pools get a checklist",
        "Letters for parents",
    ]
    assert [item.link for item in found] == [f"https://fernleigh.example/news/{day}" for day in (3, 4, 5)]
    assert [item.published and item.published.value for item in found] == [
        "2026-03-03",
        "2026-03-04",
        "2026-03-05",
    ]
    assert [item.credit.author for item in found] == ["Licensing team", "Sports team", "Schools team"]
    assert found[0].text == "Every driver will be checked twice a year."
    assert found[0].categories == ("Added 12 March 2026",)


def test_what_a_rule_leaves_open_is_read_as_without_one() -> None:
    address = "https://fernleigh.example/news"
    plain = run.read(Snapshot("page", PAGE.encode(), MediaType.HTML, address=address)).items
    for select in ("", 'record = "li"', 'title = ".name"', 'record = ".card"\ntitle = "b"\nlink = "a"'):
        found = items(f"{LISTING}[select]\n{select}\n")
        assert [pair.changes for pair in rules.compare(plain, found)] == [(), (), ()]


def test_field_is_looked_for_in_its_record_alone() -> None:
    page = PAGE.replace("Schools team", "").replace(
        "</main>", "</main><footer class='team'>Fernleigh Council</footer>"
    )
    found = items(LISTING + '[select]\nauthor = ".team"\n', page)
    assert [item.credit.author for item in found] == ["Licensing team", "Sports team", None]


def test_what_a_rule_takes_leaves_the_text_and_what_it_replaces_comes_back() -> None:
    (item, *_) = items(LISTING + '[select]\nrecord = "li"\ntitle = ".lead"\nremove = ".ad, .added"\n')
    assert item.title == "Every driver will be checked twice a year."
    assert "Every driver" not in item.text
    assert "Checks for drivers change in June" in item.text
    assert "diary" not in item.text
    assert "Added" not in item.text


def test_updated_is_not_published() -> None:
    (item, *_) = items(LISTING + '[select]\nrecord = "li"\nupdated = ".added"\ndate = ".day"\n')
    assert item.updated is not None
    assert (item.updated.value, item.published and item.published.value) == ("2026-03-12", "2026-03-03")


def test_record_can_start_at_an_element_and_run_on() -> None:
    page = "<body><main>" + "".join(
        f"<h3>Title number {day}</h3><p>{day} March 2026</p><p>Words about the thing number {day}, and more of them.</p>"
        for day in range(1, 5)
    )
    found = items(LISTING + '[select]\nstarts = "h3"\n', page)
    assert [item.title for item in found] == [f"Title number {day}" for day in range(1, 5)]
    assert [item.published and item.published.value[-2:] for item in found] == ["01", "02", "03", "04"]


def test_rule_can_call_records_what_looks_like_furniture() -> None:
    page = PAGE.replace("<ul>", "<nav><ul>").replace("</ul>", "</ul></nav>")
    assert len(items(LISTING + '[select]\nrecord = "nav li"\ntitle = ".name"\n', page)) == 3


def test_next_page_is_where_the_rule_says() -> None:
    page = PAGE.replace("</ul>", "</ul><p class='on'><a href='?page=2'>Older</a></p>")
    reading = read(LISTING + '[select]\nrecord = "li"\nnext = ".on"\n', page)
    assert reading.document.next_page == "https://fernleigh.example/news?page=2"
    assert not reading.findings


def test_rule_that_fits_no_more_says_so_and_nothing_is_lost() -> None:
    plain = items(LISTING)
    reading = read(LISTING + '[select]\nrecord = "div.old"\ntitle = ".heading"\nnext = "a.on"\n')
    assert codes(reading) == ["rule_unmatched", "rule_unmatched"]
    assert "record = “div.old”" in reading.findings[0].message
    assert [item.title for item in reading.items] == [item.title for item in plain]


def test_defaults_fill_only_what_is_open() -> None:
    text = (
        LISTING
        + '[default]\nsource = "Fernleigh Board"\nkind = "guidance"\nlicence = "OGL-UK-3.0"\nlanguage = "cy"\n'
    )
    found = items(
        text.replace("page =", 'publisher = "Fernleigh"\npage ='),
        PAGE.replace("Letters for parents", "Parents: a training course to book"),
    )
    assert {item.credit.source for item in found} == {"Fernleigh Board"}
    assert {item.licence for item in found} == {"OGL-UK-3.0"}
    assert {item.publisher for item in found} == {"Fernleigh"}
    assert found[0].kind is Kind.GUIDANCE
    assert found[2].kind is Kind.COURSE


def test_hours_are_read_in_the_zone_of_the_source() -> None:
    page = PAGE.replace("3 March 2026</i>", "3 March 2026 at 9:15</i>")
    rule = LISTING + '[default]\ntime_zone = "Europe/Paris"\n[select]\ndate = ".day"\n'
    published = items(rule, page)[0].published
    assert published is not None
    assert published.value == "2026-03-03T08:15+00:00"


def test_date_order_of_a_rule_decides() -> None:
    page = PAGE.replace(" March 2026", "/3/2026")
    found = items(LISTING + 'date_order = "mdy"\n[select]\ndate = ".day"\nrecord = "li"\n', page)
    assert [item.published and item.published.value for item in found] == [
        "2026-03-03",
        "2026-04-03",
        "2026-05-03",
    ]


def test_article_is_one_record() -> None:
    page = f"<html><body><div class='t'>Officers visit schools</div><ul>{CARDS}</ul><p class='by'>Ann Poole, 6 March 2026</p></body></html>"
    (item,) = items(HEAD + 'page = "article"\n[select]\ntitle = ".t"\ndate = ".by"\nauthor = ".none"\n', page)
    assert item.title == "Officers visit schools"
    assert item.published is not None
    assert item.published.value == "2026-03-06"


def test_lines_of_a_text_have_forms() -> None:
    rule = HEAD + (
        'page = "text"\n[lines]\nrecord = "#{number} {title}"\nmetadata = "{outlet} / {date} / {author}"\nskip = "-- {number} --"\n'
    )
    reading = read(rule, TEXT, MediaType.TEXT)
    assert codes(reading) == []
    first, second = reading.items
    assert (first.title, first.credit.outlet, first.credit.author) == (
        "Checks for drivers change in June",
        "Fernleigh Courier",
        "Ann Poole",
    )
    assert second.published is not None
    assert second.published.value == "2026-03-04"
    assert (
        second.text
        == "Eight questions for welfare officers at the pool. Coaches wrote them together with parents."
    )
    assert (second.place.first_line, second.place.last_line) == (8, 11)


def test_forms_that_no_line_has_are_said() -> None:
    reading = read(HEAD + 'page = "text"\n[lines]\nrecord = "Item {number}: {title}"\n', TEXT, MediaType.TEXT)
    assert codes(reading) == ["rule_unmatched"]
    assert reading.items


def test_rule_for_pages_says_so_of_a_feed() -> None:
    feed = '<rss version="2.0"><channel><title>F</title><item><title>A thing</title><link>https://f.example/1</link></item></channel></rss>'
    reading = read(LISTING + '[default]\nsource = "Board"\n', feed, MediaType.XML)
    assert codes(reading) == ["rule_unmatched"]
    assert reading.items[0].credit.source == "Board"
    assert codes(read(HEAD + 'page = "any"\n[default]\nkind = "guidance"\n', feed, MediaType.XML)) == []


def test_suggestion_passes_the_check_and_gives_the_items_as_they_were() -> None:
    snapshot = Snapshot("page", PAGE.encode(), MediaType.HTML, address="https://fernleigh.example/news")
    made = rules.suggest(snapshot)
    rule = rules.load(made.text)
    pairs = rules.compare(run.read(snapshot).items, run.read(snapshot, rule=rule).items)
    assert all(pair.same for pair in pairs)
    assert made.reproduced == 1
    assert rule.match == ("https://fernleigh.example/news*",)
    assert {name: chosen.printed for name, chosen in rule.select.items()}["record"] == "li.card"
    assert "nth-child" not in made.text


def test_suggestion_for_a_text_names_the_forms_of_its_lines() -> None:
    text = "\n\n".join(
        f"{title}\n\nPosted {day} March 2026 in Health by Ann Poole\n\n{body} {body}"
        for day, title, body in (
            (
                3,
                "Checks for drivers change in June",
                "Every driver will be checked twice a year by the council.",
            ),
            (
                4,
                "Pools get a checklist of eight questions",
                "Eight questions for welfare officers who work at the pool.",
            ),
            (
                5,
                "Letters for parents in five languages",
                "Schools send one letter a term, in five languages at least.",
            ),
        )
    )
    made = rules.suggest(Snapshot("page.txt", text.encode(), MediaType.TEXT))
    assert made.reproduced == 1
    assert 'metadata = "Posted {date} in {category} by {author}"' in made.text


def test_comparison_tells_what_changed_came_and_went() -> None:
    before = items(LISTING)
    after = items(LISTING + '[select]\nrecord = "li + li"\ntitle = ".lead"\n')
    pairs = rules.compare(before, after)
    assert [(pair.before is None, pair.after is None) for pair in pairs] == [
        (False, False),
        (False, False),
        (False, True),
    ]
    assert {change.field for pair in pairs[:2] for change in pair.changes} == {"title", "text"}
