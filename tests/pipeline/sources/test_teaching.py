"""One correction becomes a rule for all items of a page."""

from __future__ import annotations

import pytest

from almoner.pipeline import run
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules import Lesson, teach

ENTRIES = "".join(
    f'<div class="entry"><h3 class="rubric">Notice {held} of the harbour board</h3><p class="held">{held} March 2025</p>'
    f'<p>{words} More is said of it below, and nothing of it is true.</p><p class="headline">{title}</p>'
    f'<p class="posted">Put up {posted} April 2025</p></div>'
    for title, held, posted, words in (
        ("Ferries stop at night", 3, 7, "The last ferry leaves at nine."),
        ("Lamps along the water", 4, 8, "Twelve lamps were put up."),
        ("A choir in the corn hall", 5, 9, "The choir sings there on Mondays."),
        ("Beans on the allotments", 6, 10, "The nursery has planted beans."),
    )
)
PAGE = Snapshot(
    "https://www.harbour.example/news",
    f"<html><head><title>News</title></head><body><main><h1>News</h1>{ENTRIES}</main></body></html>".encode(),
    MediaType.HTML,
    "https://www.harbour.example/news",
)


@pytest.mark.parametrize(
    ("field", "right", "all_of_them"),
    [
        (
            "title",
            "Lamps along the water",
            [
                "Ferries stop at night",
                "Lamps along the water",
                "A choir in the corn hall",
                "Beans on the allotments",
            ],
        ),
        ("published", "2025-04-08", ["2025-04-07", "2025-04-08", "2025-04-09", "2025-04-10"]),
    ],
)
def test_one_correction_reads_all_items_rightly(field: str, right: str, all_of_them: list[str]) -> None:
    before = run.read(PAGE).items
    taught = teach(PAGE, Lesson(before[1].title, field, right))
    assert taught is not None
    after = run.read(PAGE, rule=rules.load(taught.text)).items
    assert [rules.FIELDS[field](item) for item in after] == all_of_them


def test_lesson_goes_into_the_rule_that_is_there() -> None:
    rule = 'name = "Harbour"\nmatch = ["harbour.example/*"]\npage = "listing"\n\n[select]\nrecord = ".entry"\ntitle = "h3"\n\n[default]\nkind = "news"\n'
    taught = teach(PAGE, Lesson("Notice 4 of the harbour board", "title", "Lamps along the water"), rule)
    assert taught is not None
    assert 'record = ".entry"' in taught.text
    assert 'title = "h3"' not in taught.text
    assert taught.text.index("headline") < taught.text.index("[default]")
    assert (taught.otherwise, taught.beyond) == (4, 0)


def test_words_that_stand_nowhere_on_the_page_teach_nothing() -> None:
    assert (
        teach(PAGE, Lesson("Notice 4 of the harbour board", "title", "Something the editor made up")) is None
    )
    text = Snapshot("a.txt", b"Ferries stop\n\nThe last ferry leaves at nine.", MediaType.TEXT)
    assert teach(text, Lesson("Ferries stop", "title", "Ferries")) is None
