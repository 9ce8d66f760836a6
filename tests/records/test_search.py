"""Search: what is found, what is never found, and that every input has an answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almoner.records.catalogue.models import Item, Publisher
from almoner.records.catalogue.services import correct, restore, withdraw
from almoner.records.search import ranking, vocabulary
from almoner.records.search import services as search_services
from almoner.records.search.entries import FIELDS, Row
from almoner.records.search.index import current
from almoner.records.search.language import TOKENIZER, quoted
from almoner.records.search.letters import FIELD, letter, numbers
from almoner.records.search.queries import SearchPage, search
from almoner.records.search.question import ask
from almoner.records.search.rows import stems_of
from almoner.records.search.words import Query, understand

MakeItem = Callable[..., Item]
ON_SQLITE = connection.vendor == "sqlite"


def titles(page: SearchPage) -> list[str]:
    return [hit.item.title for hit in page.hits]


def text_of(fragments: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in fragments)


def index_rows() -> list[tuple[Any, ...]]:
    """Everything that is kept for searching, whatever the numbers of stems are."""
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        if ON_SQLITE:
            cursor.execute("CREATE VIRTUAL TABLE temp.listed USING fts5vocab(main, search_entry, instance)")
            cursor.execute("SELECT term, doc, col, offset FROM temp.listed ORDER BY doc, col, offset")
            found += cursor.fetchall()
            cursor.execute("DROP TABLE temp.listed")
        cursor.execute("SELECT number, stem, items, times FROM search_stem ORDER BY stem")
        rows = cursor.fetchall()
        found += [row[1:] for row in rows]
        stems = {number: stem for number, stem, *_ in rows}
        cursor.execute("SELECT item_id, letters FROM search_item_stems ORDER BY item_id")
        for item_id, letters in cursor.fetchall():
            fields = letters.split(FIELD)
            found.append((item_id, *([stems[number] for number in numbers(field)] for field in fields)))
        cursor.execute("SELECT item_id, year, terms FROM search_terms ORDER BY item_id")
        return [*found, *cursor.fetchall()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("safeguarded", ["Safeguarding in sport"]),
        ("SPORT", ["Safeguarding in sport"]),
        ("café", ["Cafe owners and county lines"]),
        ("county lines", ["Cafe owners and county lines"]),
        ('"lines county"', []),
        ('"county lines"', ["Cafe owners and county lines"]),
        ("“county lines”", ["Cafe owners and county lines"]),
        ("cafe -county", []),
        ('sport -"county lines"', ["Safeguarding in sport"]),
        ("safeg", ["Safeguarding in sport"]),
        ("sport safeg", ["Safeguarding in sport"]),
        ("safeg sport", []),
        ("the lines", ["Cafe owners and county lines"]),
        ("online", ["Safeguarding in sport"]),
        ("Ofsted", ["Cafe owners and county lines"]),
        ("multi-agency", ["Safeguarding in sport"]),
        ("they", []),
        ("the", []),
        ("-county", ["Cafe owners and county lines"]),
    ],
)
def test_search_finds_words_phrases_and_beginnings(make_item: MakeItem, words: str, found: list[str]) -> None:
    make_item("Safeguarding in sport", summary="A multi-agency view.", categories=("Online Safety",))
    make_item("Cafe owners and county lines", publisher="Ofsted")
    page = search(words)
    assert (titles(page) if page.matches_all else []) == found


def test_search_falls_back_to_some_of_the_words(make_item: MakeItem) -> None:
    make_item("Water safety")
    page = search("water polo championships")
    assert (titles(page), page.matches_all) == (["Water safety"], False)
    assert search("water").matches_all


def test_search_puts_a_word_in_the_title_above_one_in_the_text(make_item: MakeItem) -> None:
    make_item("About something else", text="exploitation " * 3 + "of many other words besides")
    make_item("Exploitation", text="Something.")
    assert titles(search("exploitation")) == ["Exploitation", "About something else"]


def test_search_puts_the_word_itself_above_longer_ones(make_item: MakeItem) -> None:
    make_item("Car drivers")
    make_item("Care leavers")
    assert titles(search("car")) == ["Car drivers", "Care leavers"]


def test_search_marks_matches_as_fragments_and_never_as_markup(make_item: MakeItem) -> None:
    make_item("Hate <b>crime</b> & hate speech", summary="On hate.")
    hit = search("hate").hits[0]
    assert hit.title == (("Hate", True), (" <b>crime</b> & ", False), ("hate", True), (" speech", False))
    assert hit.snippet == (("On ", False), ("hate", True), (".", False))


def test_search_shows_no_text_that_its_licence_keeps(make_item: MakeItem) -> None:
    make_item("Closed", summary="A summary.", text="The pelican is mentioned.", licence="unknown")
    make_item("Open", summary="A summary.", text="The pelican is mentioned.", licence="ogl")
    snippets = {hit.item.title: text_of(hit.snippet) for hit in search("pelican").hits}
    assert snippets == {"Closed": "A summary.", "Open": "The pelican is mentioned."}


def test_search_shows_only_what_is_published(make_item: MakeItem, now: datetime) -> None:
    make_item("Walrus waiting", status="waiting")
    item = make_item("Walrus published")
    assert titles(search("walrus")) == ["Walrus published"]
    withdraw(item, reason="The publisher asked us to.", now=now)
    assert search("walrus").total == 0
    restore(item, now=now)
    assert search("walrus").total == 0


def test_search_follows_corrections_renames_and_deletion(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Badgers", publisher="Old Council", categories=("Wildlife",))
    correct(item, now=now, title="Otters")
    assert (search("badgers").total, search("otters").total) == (0, 1)
    publisher = Publisher.objects.get()
    publisher.name = "New Council"
    publisher.save()
    assert (search('"old council"').total, search('"new council"').total) == (0, 1)
    category = item.categories.get()
    category.name = "Rivers"
    category.save()
    assert (search("wildlife").total, search("rivers").total) == (0, 1)
    item.delete()
    assert index_rows() == []


def test_search_turns_pages_and_stays_within_them(make_item: MakeItem) -> None:
    for number in range(5):
        make_item(f"Otter {number}", published=f"2025-01-0{number + 1}")
    first, last = search("otter", page=-3, per_page=2), search("otter", page=99, per_page=2)
    assert (first.page, first.pages, first.total, titles(first)) == (1, 3, 5, ["Otter 4", "Otter 3"])
    assert (last.page, titles(last)) == (3, ["Otter 0"])


def test_search_asks_the_database_as_often_for_many_hits_as_for_few(
    make_item: MakeItem, django_assert_num_queries: Any
) -> None:
    for number in range(12):
        make_item(f"Otter {number}", publisher=f"Council {number}", categories=(f"Category {number}",))
    with django_assert_num_queries(6):
        few = search("otter", per_page=1)
        assert [hit.item.publisher for hit in few.hits]
    with django_assert_num_queries(6):
        many = search("otter", per_page=12)
        assert len({hit.item.publisher for hit in many.hits}) == 12


NASTY = [
    "", " ", '"', '""', '"""', "'", "-", "--", '-"', "*", "a*", "^start", "title:otter", "{title}: x",
    "a AND", "AND", "OR NOT", "NOT", "NEAR(a b, 3)", "(", ")", "((((", "a + b", "a\x00b", "\x00", "\ud800",
    "😀", "😀 otter", "\u202eabc", "%", "_", "the", "the of and", "otter " * 2000, "x" * 10_000, '"' * 10_000,
    "a.b." * 2500, "-" * 10_000, "otter -otter",
    "'; DROP TABLE search_entry; --", "otter\n\tbadger", "{{ x }}",
]  # fmt: skip


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_search_answers_anything(make_item: MakeItem, words: str) -> None:
    make_item("The otter and the badger")
    page = search(words)
    assert page.total == len(page.hits) <= 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(alphabet=st.sampled_from('ab "-*():^+{}\x00é😀\u0301\ud800NOTANDOR.,') | st.characters())
)
def test_search_answers_any_text(db: None, words: str) -> None:
    page = search(words)
    assert (page.total, page.hits, page.page, page.pages) == (0, (), 1, 1)


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "car",
        "cars",
        "care",
        "caring",
        "Café",
        "cafe's",
        "safeguard",
        "safeguarding",
        "multi-agency",
        "12.5",
        "1,000",
        "e-mail",
        "o'clock",
        "Zoë",
        "don’t",
        "http://a.example/b?c=d",
        "a@b.example",
        "naïve",
        "ﬁnd",
        "İstanbul",
        "straße",
        "北京",
        "x́",
        "#hash",
        "😀",
        "n/a",
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
ASKED_FOR = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "", "-"]),
        WORDS | TEXTS.map('"{}"'.format) | WORDS.map(lambda word: word[:3]),
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


def asked_of_texts(query: Query, *, every: bool) -> str:
    """What FTS5 would be asked, had it been given the texts."""
    wanted = (" AND " if every else " OR ").join(
        f"({quoted(term.text)} OR {quoted(term.text)}*)" if term.is_prefix and every else quoted(term.text)
        for term in query.wanted
    )
    unwanted = " OR ".join(quoted(term.text) for term in query.unwanted)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), min_size=1, max_size=6), words=ASKED_FOR)
def test_search_finds_in_stems_what_fts5_finds_in_texts(
    db: None, texts: list[tuple[str, str, str, str, str]], words: str
) -> None:
    """On every database, so both find the same."""
    index = current()
    index.begin()
    entries = stems_of([Row(number, *fields) for number, fields in enumerate(texts, start=1)])
    for some in vocabulary.fill([entries]):
        index.put(some)
    index.end()
    query = understand(words)
    if not query.wanted:
        return
    question = ask(query)
    as_typed = replace(
        question, wanted=tuple(replace(each, phrases=each.phrases[:1]) for each in question.wanted)
    )
    for every in (True, False):
        with closing(sqlite3.connect(":memory:")) as other:
            other.execute(
                f"CREATE VIRTUAL TABLE page USING fts5({', '.join(FIELDS)}, tokenize='{TOKENIZER}')"
            )
            other.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?)", texts)
            expected = other.execute(
                "SELECT rowid FROM page WHERE page MATCH ? ORDER BY rowid",
                [asked_of_texts(query, every=every)],
            ).fetchall()
        found = index.newest(as_typed, every=every, in_title=False, limit=10)
        assert found == sorted((row[0] for row in expected), reverse=True)
    assert set(index.having(as_typed)) == set(found)


def test_search_finds_the_last_word_of_a_very_long_text(make_item: MakeItem) -> None:
    many = " ".join(f"word{number}" for number in range(150_000))
    make_item("A great index", text=f"walrus {many} {'x' * 5_000} zebra")
    assert [search(words).total for words in ("walrus word7", "great", "x" * 400, "zebra")] == [1, 1, 1, 1]


@given(st.lists(st.integers(1, 0x110000 * 4), max_size=20))
def test_letters_are_read_back_as_the_numbers_that_were_written(written: list[int]) -> None:
    letters = "".join(map(letter, written))
    assert list(numbers(FIELD.join([letters, letters]))) == written * 2
    assert letters.encode().decode() == letters
    assert FIELD not in letters


@given(st.lists(st.integers(1, 0x110000 * 4), unique=True, min_size=2))
def test_no_letter_stands_within_others(written: list[int]) -> None:
    first, *others = written
    assert letter(first) not in "".join(map(letter, others))


PRIVATE = ("Zoë Labinjo-Hughes", "Star", "Baby P", "Ella van der Berg")
MENTIONS = (
    "Zoë Labinjo-Hughes, ZOE, Zoe’s mother, zoë's father, Hughes' case, the Hughes’ home, Hugheses, Labinjo, "
    "#ZoeLabinjoHughes, zoelabinjohughes@example.org, Star’s, STAR, Stars, Baby P, Ella van der Berg, "
    "ella van der berg, BERG"
)
ASKED = (
    "Zoë", "zoe", "ZOE", "Hughes", "hughes'", "Labinjo", "Labinjo-Hughes", "labinjo hughes", '"zoë labinjo"',
    "Zoë Labinjo-Hughes", "ZoeLabinjoHughes", "zoelabinjo", "Star", "star's", "Star Hughes", "Baby P", "Ella",
    "Ella van der Berg", "berg", "ella hughes zoe",
)  # fmt: skip


@pytest.mark.parametrize("field", ["title", "summary", "text", "credit_author"])
def test_search_never_finds_or_shows_the_name_of_a_child(make_item: MakeItem, field: str) -> None:
    fields = {"title": "A review", "licence": "own", field: f"Evidence: {MENTIONS}; lessons follow."[:290]}
    make_item(**fields, private_names=list(PRIVATE))
    make_item("About the others", text="Zoe Hughes, a councillor, and Star Academies of the Berg estate")
    for words in ASKED:
        assert "About the others" in titles(search(words)) or not search(words).total
        assert fields["title"] not in titles(search(words)), words
    shown = [hit for hit in search("evidence review").hits if hit.item.title == fields["title"]]
    assert len(shown) == 1
    seen = (text_of(shown[0].title) + text_of(shown[0].snippet)).casefold()
    assert not [name for name in ("zo", "hughes", "labinjo", "star", "ella", "berg") if name in seen]


def test_search_keeps_the_words_around_a_name(make_item: MakeItem) -> None:
    make_item("Review after Daniel Pelka’s death", private_names=["Daniel Pelka"])
    hit = search("review death").hits[0]
    assert text_of(hit.title) == "Review after … death"


def test_search_forgets_a_name_that_an_editor_marks_later(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Inquest into Pelka case")
    assert search("pelka").total == 1
    correct(item, now=now, private_names=["Daniel Pelka"])
    assert (search("pelka").total, search("inquest").total) == (0, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.lists(
        st.text(alphabet=st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F), min_size=3, max_size=9),
        min_size=1,
        max_size=3,
    ).map(lambda parts: " ".join(part.title() for part in parts)),
    around=st.sampled_from(["{} died.", "the {}’s home", "“{}”", "({})", "{}-case", "of {}, aged 4", "/{}/"]),
    change=st.sampled_from([str.upper, str.lower, str.title, str]),
)
def test_search_never_finds_any_private_name(
    make_item: MakeItem, name: str, around: str, change: Callable[[str], str]
) -> None:
    item = make_item("1234", text=around.format(change(name)), private_names=[name])
    for words in (name, change(name), f'"{name}"', *name.split()):
        assert item.pk not in [hit.item.pk for hit in search(words, per_page=1000).hits]


def test_search_words_are_never_logged(make_item: MakeItem, caplog: pytest.LogCaptureFixture) -> None:
    make_item("The otter")
    with caplog.at_level("DEBUG"):
        search("unutterable otter")
    assert "unutterable" not in caplog.text


def test_rebuild_equals_the_live_index(make_item: MakeItem, now: datetime) -> None:
    items = [
        make_item(
            f"Otter {number}", text=f"text {number}", publisher="Ofsted", categories=("Rivers", "Wildlife")
        )
        for number in range(6)
    ]
    make_item("Otter and Daniel", private_names=["Daniel Pelka"])
    make_item("Otter waiting", status="waiting")
    withdraw(items[0], reason="A repeat.", now=now)
    correct(items[1], now=now, title="Badger", summary="Once an otter.")
    live, answer = index_rows(), search("otter")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_item_stems WHERE item_id % 2 = 1")
        cursor.execute("UPDATE search_stem SET items = 7")
    current().begin()
    assert search_services.rebuild() == 6
    assert (index_rows(), search("otter")) == (live, answer)


def test_search_counts_a_decision_that_was_undone_as_never_made(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Otter")
    with transaction.atomic():
        withdraw(item, reason="A mistake.", now=now)
        assert search("otter").total == 0
        transaction.set_rollback(True)
    assert search("otter").total == 1


def test_search_finds_an_agency_by_initials_that_its_title_never_prints(make_item: MakeItem) -> None:
    make_item("Contact the Harbour and Estuary Licensing Office")
    make_item("Children at risk")
    assert titles(search("helo")) == ["Contact the Harbour and Estuary Licensing Office"]
    assert titles(search("hel office")) == ["Contact the Harbour and Estuary Licensing Office"]


def test_search_takes_no_word_of_many_items_for_initials(make_item: MakeItem) -> None:
    make_item("Children at risk")
    for number in range(11):
        make_item(f"Car hire {number}")
    assert "Children at risk" not in titles(search("car"))
    assert "Children at risk" in titles(search("CAR"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("childcare", "Paying for child care"),
        ("child minder", "Becoming a childminder"),
        ("safegaurding", "Safeguarding in sport"),
        ("safeguardng sport", "Safeguarding in sport"),
        ("KCSIE", "Keeping children safe in education: what is new"),
        ("LADO", "What a local authority designated officer does"),
        ("keeping children safe in education", "KCSIE in ten minutes"),
    ],
)
def test_search_finds_what_stands_for_a_word(make_item: MakeItem, words: str, found: str) -> None:
    for title in (
        "Paying for child care", "Becoming a childminder", "Safeguarding in sport", "KCSIE in ten minutes",
        "Keeping children safe in education: what is new", "What a local authority designated officer does",
    ):  # fmt: skip
        make_item(title)
    assert found in titles(search(words))


def test_search_makes_no_initials_of_a_private_name_or_across_it(make_item: MakeItem) -> None:
    make_item("Review of Ann Bo Cox: harm done daily", private_names=["Ann Bo Cox"])
    assert not [words for words in ("abc", "rabc", "rhd", "abchd", "bch") if search(words).total]
    assert search("hdd").total == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT stem FROM search_stem WHERE stem IN ('ann', 'bo', 'cox')")
        assert cursor.fetchall() == []


def test_search_forgets_the_words_of_what_is_withdrawn(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Unrepeatable")
    make_item("Otters")
    withdraw(item, reason="A mistake.", now=now)
    assert set(vocabulary.known(["unrepeat", "otter"])) == {"otter"}
    assert vocabulary.size() == (1, 1.0)


def test_search_puts_what_a_question_is_about_above_what_has_one_of_its_words(make_item: MakeItem) -> None:
    make_item("Swimming", text="Lanes, costumes and how children learn to swim in pools.")
    make_item("Grooming", text="How adults groom children in online games and chat, and how schools respond.")
    make_item("Games", text="A school for games, games, games.")
    page = search("how do schools respond to adults who groom children in online games")
    assert titles(page)[0] == "Grooming"
    assert page.matches_all


def test_search_prefers_what_is_newer_among_equals(make_item: MakeItem) -> None:
    for year in (2019, 2025, 2022):
        make_item(f"County lines, {year}", published=f"{year}-03-01")
    assert titles(search("county lines")) == [
        "County lines, 2025",
        "County lines, 2022",
        "County lines, 2019",
    ]


def test_index_is_filled_when_migrations_have_made_it_anew(make_item: MakeItem) -> None:
    make_item("Otter")
    current().begin()
    vocabulary.clear()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert search("otter").total == 1


def test_search_answers_a_question_of_words_that_all_are_frequent(
    make_item: MakeItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COUNTED", "CANDIDATES", "WEIGHED"):
        monkeypatch.setattr(ranking, name, 2)
    for number in range(4):
        make_item(f"Otters and badgers by rivers and lakes {number}")
    assert search("otters badgers rivers lakes").hits
