"""What an editor is told to look at: each finding where it is due, at its place, and not where it is not."""

from __future__ import annotations

import pytest

from almoner.pipeline import findings
from almoner.pipeline.model import Item, Place, Snapshot
from almoner.pipeline.run import read
from tests.pipeline.readings import BODIES, HELPLINE, SURVEY, TITLES, dated_item, only_item, reading

OPENS = "The council has opened a helpline for taxi drivers who are worried about a passenger."


def codes(item: Item) -> list[str]:
    return [found.code for found in item.findings]


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("weekday_mismatch", f"{OPENS} They met on Wednesday 3 April 2025 in the hall."),
        ("date_implausible", f"{OPENS} They met on 31/02/2020 in the hall."),
        ("date_implausible", f"{OPENS} They met on 29/02/2019 in the hall."),
        ("date_implausible", f"{OPENS} They met on 00/00/0000 in the hall."),
        ("date_ambiguous", f"{OPENS} They met on 1/2/20 in the hall."),
        ("link_missing", f"{OPENS} The full guidance can be found here."),
        ("link_missing", f"{OPENS} To make sure that you are heard, check the link HERE"),
        ("link_missing", f"{OPENS} The tool can be found here:"),
        ("link_missing", f"{OPENS} Click here."),
        ("address_hidden", f"{OPENS} Write to This email address is being protected from spambots."),
        ("address_hidden", f"{OPENS} Write to [email\xa0protected] with your questions."),
        ("address_hidden", f"{OPENS} Write to help [at] example [dot] org with your questions."),
        ("quotation_open", f"{OPENS} “We will answer every call within the hour."),
        ("quotation_open", f'{OPENS} "We will answer every call within the hour.'),
        ("text_cut", f"{OPENS[:-1]}, and it will answer every call…"),
        ("text_cut", f"{OPENS[:-1]}, and it will answer every call within the"),
        ("child_identifiable", f"{OPENS} A court heard that seven-year-old Robin Sample was left alone."),
    ],
)  # fmt: skip
def test_text_raises_a_finding_at_its_line(code: str, body: str) -> None:
    item = dated_item(f"{SURVEY}\n\n{body}")
    assert codes(item) == [code]
    assert item.findings[0].place == Place(7, 7)


@pytest.mark.parametrize(
    "body",
    [
        f"{OPENS} They met on Thursday 3 April 2025, on 29/02/2020 and on 1/2/2020 in the hall.",
        f"{OPENS} The tool can be found here: https://example.org/tool",
        f"{OPENS} The full guidance can be found here.\n\nhttps://example.org/guidance",
        f"{OPENS} It is here to stay, the leader said.",
        f"{OPENS} Write to help@example.org with your questions.",
        f"{OPENS} “We will answer,” said the leader. “Within the hour.”",
        f"{OPENS}\n\n“We will answer every call.\n\n“It will take an hour at most.”",
        f'{OPENS} "We will answer," said the leader.',
        f'{OPENS} The door is 6\' 2" high.',
        f"{OPENS} Robin Sample, 47, leads the board.",
        f"{OPENS} The council said yesterday that it will go on until next month.",
        f"{OPENS} At the meeting these were named:\n\n• drivers\n\n• parents",
    ],
)  # fmt: skip
def test_text_without_fault_raises_none(body: str) -> None:
    assert codes(dated_item(body)) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Posted Wednesday 3 April 2025 by Alice Poole", ["weekday_mismatch"]),
        ("Posted Thursday 3 April 2025 by Alice Poole", []),
        ("Posted 3 March 2026 by Alice Poole", ["date_implausible"]),
        ("Posted 10 April 2025 by Alice Poole", []),
        ("Posted 3 March 1985 by Alice Poole", ["date_implausible"]),
        ("Posted 3 March 1990 by Alice Poole", []),
        ("Posted 1/2/20 by Alice Poole", ["date_ambiguous"]),
        ("Posted 1/2/2020 by Alice Poole", []),
        ("Posted 30 March 2025 at 1:30 am by Alice Poole", ["date_ambiguous"]),
        ("Posted 31/02/2020 by Alice Poole", ["date_implausible", "date_missing"]),
        ("Posted 29/02/2019 by Alice Poole", ["date_implausible", "date_missing"]),
        ("Posted 00/00/0000 by Alice Poole", ["date_implausible", "date_missing"]),
        ("Published 3 March 2025 Updated 1 March 2025", ["date_conflict"]),
        ("Published 3 March 2025 Updated 5 March 2025", []),
        ("Posted 3 days ago by Alice Poole", ["date_missing", "date_relative"]),
    ],
)
def test_line_beside_the_title_raises_what_is_wrong_with_it(line: str, expected: list[str]) -> None:
    assert codes(dated_item(f"{HELPLINE}\n\n{SURVEY}", line=line)) == expected


def test_two_dates_of_publication_are_a_conflict() -> None:
    item = only_item(f"{TITLES[0]}\n\nPosted 3 March 2025\n\nPublished: 5 March 2025\n\n{HELPLINE}\n")
    assert codes(item) == ["date_conflict"]
    assert item.published is not None
    assert item.published.value == "2025-03-03"


def test_future_is_only_known_where_the_capture_is() -> None:
    text = f"{TITLES[0]}\n\nPosted 3 March 2026 by Alice Poole\n\n{HELPLINE}\n"
    assert codes(only_item(text)) == ["date_implausible"]
    assert codes(only_item(text, captured="")) == []


def test_undated_news_misses_its_date_and_its_relative_words_are_named() -> None:
    item = only_item(f"{TITLES[0]}\n\n{OPENS} The council said so yesterday.\n\nIt opened this month.\n")
    assert codes(item) == ["date_missing", "date_relative"]
    assert "yesterday" in item.findings[1].message
    assert "this month" in item.findings[1].message
    assert item.findings[1].place == Place(3, 3)


def test_item_of_a_dated_issue_misses_no_date() -> None:
    items = "\n\n".join(
        f"{title}\n\n{one}\n\n{two}" for title, (one, two) in zip(TITLES, BODIES, strict=True)
    )
    found = reading(f"Tidewater Briefing - 18th November 2024\n\n{items}\n")
    assert found.briefing is not None
    assert not any("date_missing" in codes(item) for item in found.items)


def test_first_sentence_stands_in_for_a_title() -> None:
    item = only_item(f"{HELPLINE}\n\n{SURVEY}\n")
    assert "title_missing" in codes(item)
    assert not item.title_is_printed
    assert "title_missing" not in codes(dated_item(HELPLINE))


def entry(day: str, text: str) -> str:
    return f'<div class="entry"><p class="day">{day}</p><p>{text}</p></div>'


def test_dated_records_of_running_text_alone_have_no_title() -> None:
    days = ("12 March 2025", "3 March 2025", "27 February 2025", "14 February 2025")
    markup = "".join(
        entry(day, f"{one} The town clerk has the papers, and {number} copies are left.")
        for number, (day, (one, _)) in enumerate(zip(days, (*BODIES, *BODIES), strict=False), 2)
    )
    items = read(Snapshot("notices.html", f"<h1>Notices</h1><main>{markup}</main>".encode())).items
    assert [item.published.value if item.published else "" for item in items] == [
        "2025-03-12", "2025-03-03", "2025-02-27", "2025-02-14"
    ]  # fmt: skip
    assert all("title_missing" in codes(item) and not item.title_is_printed for item in items)
    assert all(item.text.startswith(item.title.rstrip("…")) for item in items)
    titled = markup.replace("</p><p>", "</p><h3>Notice of the day</h3><p>")
    printed = read(Snapshot("notices.html", f"<h1>Notices</h1><main>{titled}</main>".encode())).items
    assert printed
    assert not any("title_missing" in codes(item) for item in printed)


def test_title_that_breaks_off_is_found() -> None:
    assert codes(dated_item(HELPLINE, title="Helpline for taxi drivers opens in the…")) == ["title_cut"]


def test_characters_mended_in_an_item_are_found_in_it_and_in_no_other() -> None:
    one = "\n\n".join(("Caf\xe9 for carers opens", "Posted 3 March 2025 by Alice Poole", HELPLINE)).encode(
        "cp1252"
    )
    two = "\n\n".join(("Café for drivers opens", "Posted 4 March 2025 by Alice Poole", SURVEY)).encode()
    found = reading(one + b"\n\n" + two)
    assert [codes(item) for item in found.items] == [["encoding_mended"], []]
    assert [note.place for note in found.findings] == [Place(1, 1)]


def test_private_name_is_in_no_message() -> None:
    item = dated_item(f"{OPENS} A court heard that seven-year-old Robin Sample was left alone.")
    assert item.private_names == ("Robin Sample",)
    assert not any("Robin" in found.message for found in item.findings)


def test_finding_of_an_unknown_kind_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        findings.finding("no_such_code", "", Place(1, 1))


@pytest.mark.parametrize(
    ("words", "left"),
    [("Some 12 calls came. ", "figures"), ("We will publish it. ", "promises")],
)  # fmt: skip
def test_a_passage_with_more_than_is_read_says_what_is_left(words: str, left: str) -> None:
    item = dated_item(f"{SURVEY}\n\n{words * 5_001}")
    found = [one for one in item.findings if one.code == "passage_unread"]
    assert [one.place for one in found] == [Place(7, 7)]
    assert f"not all {left} in it" in found[0].message
    assert "passage_unread" not in codes(dated_item(f"{SURVEY}\n\n{words * 1_000}"))
