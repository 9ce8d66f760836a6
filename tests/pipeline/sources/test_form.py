"""Forms of lines: what they take from a line, what they refuse, and that none takes long."""

from __future__ import annotations

import pytest

from almoner.pipeline.sources.rules import form


def read(printed: str, line: str) -> dict[str, str] | None:
    return form.parse(printed).read(line, "dmy")


@pytest.mark.parametrize(
    ("printed", "line", "found"),
    [
        ("Posted {date} in {category}", "Posted 3 March 2026 in Health", {"date": "3 March 2026", "category": "Health"}),
        ("{date} | {title}", "Tuesday 3 March 2026 | A | B", {"date": "Tuesday 3 March 2026", "title": "A | B"}),
        ("{title} – {date}", "Pools – what to check – 3/4/2026", {"title": "Pools – what to check", "date": "3/4/2026"}),
        ("* {title}", "*  Checks   for drivers", {"title": "Checks for drivers"}),
        ("{number}. {title}", "12. A step", {"number": "12", "title": "A step"}),
        ("{number}. {title}", "XII. A step", None),
        ("By {author}, {any}", "By Ann Poole, Leeds", {"author": "Ann Poole", "any": "Leeds"}),
        ("{any} Source: {source}", "Source: Ofsted", None),
        ("{any}Source: {source}", "Source: Ofsted", {"any": "", "source": "Ofsted"}),
        ("{date}. Updated {updated}", "3 May 2026. Updated 4 May 2026", {"date": "3 May 2026", "updated": "4 May 2026"}),
        ("Posted {date}", "Posted last week", None),
        ("Posted {date}", "Reposted 3 March 2026", None),
        ("----", "----", {}),
        ("----", "-----", None),
        ("Posted {date}", "Posted 3 March 2026" + " " * 9 + "x" * 600, None),
    ],
)  # fmt: skip
def test_form_takes_what_stands_in_its_slots(printed: str, line: str, found: dict[str, str] | None) -> None:
    assert read(printed, line) == found


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        ("{titel}", "known are"), ("{title}", "every line"), ("{any} ", "every line"), ("{title}{author}", "two slots"),
        ("{title} by {title}", "more than once"), ("{title", "other half"), ("x" * 301, "characters long"),
        ("{any}-" * 9, "more than 8"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_with_words(printed: str, says: str) -> None:
    with pytest.raises(form.BadForm, match=says):
        form.parse(printed)


def test_form_does_not_go_back_over_a_line() -> None:
    """As a regular expression this would take longer than the sun has: 7 slots in 500 equal letters."""
    assert read("{any}a{any}a{any}a{any}a{any}a{any}a{any}ab", "a" * 500) is None
