"""Items with the same words: the later one is a copy of the earlier, and which one that is."""

from __future__ import annotations

from almoner.pipeline.model import Reading
from almoner.pipeline.relate.fingerprints import fingerprint
from almoner.pipeline.run import relate
from tests.pipeline.readings import BODIES, TITLES, reading

HELPLINE, RAVENS, CHECKLIST = (
    f"{title}\n\n{one}\n\n{two}\n\nCredit: ITV" for title, (one, two) in zip(TITLES, BODIES, strict=True)
)


def page(name: str, *items: str, captured: str = "2025-04-10T09:00:00+00:00") -> Reading:
    return reading("\n\n\n".join(items) + "\n", name, captured=captured)


def copies(*readings: Reading) -> list[tuple[str, int | None, str, int | None]]:
    """(document, first line, document of the original, its first line) of each copy."""
    return [
        (item.document, item.place.first_line, item.same_as.document, item.same_as.first_line)
        for found in relate(readings)
        for item in found.items
        if item.same_as is not None
    ]


def test_later_of_two_pages_holds_the_copy() -> None:
    one, two = page("a.txt", HELPLINE, RAVENS), page("b.txt", CHECKLIST, HELPLINE)
    assert copies(one, two) == [("b.txt", 10, "a.txt", 1)]


def test_page_that_speaks_of_a_later_day_is_the_later_one() -> None:
    older = CHECKLIST.replace("when the season ends", "as they were on 3 May 2019")
    newer = RAVENS.replace("The nest holds", "On 2 June 2021 the nest held")
    one, two = page("a.txt", HELPLINE, newer), page("b.txt", older, HELPLINE)
    assert copies(one, two) == [("a.txt", 1, "b.txt", 10)]
    assert copies(two, one) == [("a.txt", 1, "b.txt", 10)]


def test_day_that_is_yet_to_come_does_not_make_a_page_late() -> None:
    ahead = RAVENS.replace("The nest holds", "They will be back on 2 June 2031. The nest holds")
    older = CHECKLIST.replace("when the season ends", "as they were on 3 May 2019")
    one, two = page("a.txt", HELPLINE, ahead), page("b.txt", older, HELPLINE)
    assert copies(one, two) == [("b.txt", 10, "a.txt", 1)]


def test_page_captured_on_an_earlier_day_is_the_earlier_one() -> None:
    one = page("a.txt", HELPLINE, RAVENS, captured="2025-04-10T09:00:00+00:00")
    two = page("b.txt", HELPLINE, CHECKLIST, captured="2025-04-09T23:00:00+00:00")
    assert copies(one, two) == [("a.txt", 1, "b.txt", 1)]


def test_copies_are_told_within_one_page_too() -> None:
    assert copies(page("a.txt", HELPLINE, RAVENS, HELPLINE)) == [("a.txt", 19, "a.txt", 1)]


def test_third_copy_points_to_the_first() -> None:
    three = [
        page(f"{name}.txt", HELPLINE, other)
        for name, other in zip("abc", (RAVENS, CHECKLIST, RAVENS), strict=True)
    ]
    assert [(copy, original) for copy, _, original, _ in copies(*three)] == [
        ("b.txt", "a.txt"), ("c.txt", "a.txt"), ("c.txt", "a.txt"),
    ]  # fmt: skip


def test_copy_carries_a_finding_and_the_original_none() -> None:
    first, second = relate([page("a.txt", HELPLINE, RAVENS), page("b.txt", HELPLINE, CHECKLIST)])
    assert [found.code for found in second.items[0].findings] == ["date_missing", "copy_of"]
    assert "a.txt, lines 1–7" in second.items[0].findings[1].message
    assert not any(found.code == "copy_of" for item in first.items for found in item.findings)


def test_items_without_text_are_no_copies() -> None:
    entries = "3 March 2025 – Rules for trips changed\n4 March 2025 – Fees for checks rise"
    assert copies(reading(entries, "a.txt"), reading(entries, "b.txt")) == []


def test_typography_makes_no_other_text() -> None:
    assert fingerprint("“Café”", "One  two\u00a0three.") == fingerprint('"Café"', "one two three")
    assert fingerprint("", "one two") != fingerprint("", "one three")
    assert fingerprint("ﬁve", "") == fingerprint("five", "")


def test_readings_come_back_in_the_order_given() -> None:
    names = [f"{n}.txt" for n in range(5)]
    related = list(relate([page(name, HELPLINE, RAVENS) for name in names]))
    assert [found.document.source for found in related] == names
