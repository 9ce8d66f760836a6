"""The scorers' rules on invented answers, and what is said of sets and peers that are not here."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from benchmarks.peers import Found, page_readers
from benchmarks.race import Page
from benchmarks.words import bare, exact, words_f1

from benchmarks import articles, data, listing, names, pages, pdf, promises, stories

PAGE = Path("page.html")


def test_words_are_compared_without_case_and_width() -> None:
    assert bare("  The “Harbour”\u00a0Trust: ９ clubs &amp; more") == "the harbour trust 9 clubs more"
    assert exact("A &amp;  b") == exact("a & B")
    assert words_f1("two ravens nest", "ravens nest again") == pytest.approx(2 / 3)
    assert words_f1("", "ravens") == 0.0


def test_a_listing_record_is_found_once_and_by_its_best_item() -> None:
    records = [listing.Wanted("harbour fees", "a.pdf", "2025-03-03"), listing.Wanted("ravens return", "", "")]
    found = [
        Found("Read more", link="https://example.org/a.pdf", date="2025-03-04"),
        Found("Harbour fees", link="https://example.org/a.pdf", date="2025-03-03T10:00"),
        Found("News of the week: ravens return to the old tower", text="They nest."),
    ]
    scores = listing.score([(Page(PAGE, records), found)])
    assert scores == {"found": 1.0, "title": 0.5, "link": 1.0, "date": 1.0}


def test_a_listing_record_that_no_item_has_is_missing() -> None:
    scores = listing.score([(Page(PAGE, [listing.Wanted("harbour fees", "", "")]), [])])
    assert scores["found"] == 0.0


def test_only_records_that_stand_in_the_page_are_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "x.html"
    page.write_text("<p>Harbour fees rise</p><a href='/files/b.pdf'>PDF</a>")
    gold = [
        {"case_names": "Harbour fees", "case_dates": "2025-03-03"},
        {"case_names": "A title that is elsewhere", "download_urls": "https://example.org/files/c.pdf"},
        {"case_names": "Fees", "download_urls": "https://example.org/files/b.pdf"},
    ]
    asked = listing.wanted(gold, page)
    assert asked == [listing.Wanted("harbour fees", "", "2025-03-03"), listing.Wanted("", "b.pdf", "")]


def test_pages_are_scored_by_type() -> None:
    answered = [
        (Page(PAGE, ("listing", "one two")), [Found("one"), Found(text="two")]),
        (Page(PAGE, ("article", "three")), []),
    ]
    assert pages.score(answered) == {"article": 0.0, "listing": 1.0}


@pytest.mark.parametrize(
    ("author", "held"),
    [
        ("Alice Poole", 1.0),
        ("By Alice Poole", 1.0),
        ("Alice Poole, who writes about harbours", 0.0),
        ("", 0.0),
    ],
)
def test_an_author_is_right_where_all_names_and_little_else_are_given(author: str, held: float) -> None:
    gold = {"title": "Fees rise", "author": "Alice Poole", "date": "2025-03-03"}
    scores = articles.score(
        [(Page(PAGE, gold), [Found("fees  rise", author=author, date="2025-03-03T09:00")])]
    )
    assert scores == {"title": 1.0, "author": held, "date": 1.0}


def test_the_promise_list_is_in_order_and_whole() -> None:
    listed = promises.listed()
    assert sum(not one.get("doubtful") for one in listed["002_2217c3c3eec107e7.txt"]) >= 15
    for rows in listed.values():
        assert [one["line"] for one in rows] == sorted(one["line"] for one in rows)
        assert all(one["who"] and one["what"] and one["word"] for one in rows)


def test_peers_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("benchmarks.peers.importlib.import_module", absent)
    peers = list(page_readers())
    assert [peer.name for peer in peers] == ["almoner", "trafilatura", "newspaper4k", "readability-lxml"]
    assert [peer.read is None for peer in peers] == [False, True, True, True]


def test_absent_sets_are_said_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ALMONER_BENCH", str(tmp_path))
    monkeypatch.setenv("ALMONER_REFERENCE", str(tmp_path / "none"))
    for name in ("listing", "promises", "govuk"):
        names.run(name, 1)
    said = capsys.readouterr().out
    assert [line.partition(":")[0] for line in said.splitlines()] == ["listing", "reference", "govuk"]
    assert "ALMONER_BENCH" in said


def test_packed_sets_beside_the_project_are_unpacked_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inside = tmp_path / "feeds" / "a.xml"
    inside.parent.mkdir()
    inside.write_text("<rss/>")
    packed = tmp_path / "bench" / "feeds.tar.xz"
    packed.parent.mkdir()
    with tarfile.open(packed, "w:xz") as archive:
        archive.add(inside, "feeds/a.xml")
    monkeypatch.delenv("ALMONER_BENCH", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(data, "BESIDE", tmp_path)
    there = data.folder("feeds")
    assert there is not None
    (there / "a.xml").write_text("<rss>kept</rss>")
    assert data.folder("feeds") == there
    assert (there / "a.xml").read_text() == "<rss>kept</rss>"
    assert data.folder("mail") is None


def test_words_in_order_count_what_stands_in_both_and_where() -> None:
    assert pdf.in_order("a b c d", "a b c d") == 1.0
    assert pdf.in_order("a b c d", "c d a b") == 0.5
    assert pdf.in_order("a b", "") == 0.0


def test_words_shared_count_each_as_often_as_it_stands() -> None:
    assert pdf.shared("a a b", "b a") == 2 / 3


def test_stories_are_scored_by_the_share_of_each_text() -> None:
    assert stories.b_cubed([1, 1, 2], ["a", "a", "b"]) == 1.0
    assert stories.b_cubed([1, 1, 1], ["a", "a", "b"]) == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))
    same = [number % 2 == 0 for number in range(40)]
    assert stories.f1_by_halves([float(each) for each in same], same) == 1.0
    assert stories.f1_by_halves([0.5] * 40, [False] * 40) == 0.0
