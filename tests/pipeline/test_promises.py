"""Promises: what a body says it will do is found, with who and by when; effects, duties and events are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoner.pipeline.extract.promises import promises_in
from almoner.pipeline.lines import vocabulary
from almoner.pipeline.model import Place, Precision, Promise, When

LINE = Place(12, 12)
POSTED = When("2025-04-09", Precision.DAY, "9 April 2025")


def one(text: str, anchor: When | None = POSTED) -> Promise:
    (promise,) = promises_in(text, LINE, anchor)
    return promise


SAID = [
    ("We will write to every school.", "We", "write to every school"),
    ("The council will open two new children’s homes.", "The council", "open two new children’s homes"),
    ("Ofsted will inspect all of them again.", "Ofsted", "inspect all of them again"),
    ("The Home Office intends to extend the scheme to Wales.", "The Home Office", "extend the scheme to Wales"),
    ("Ministers plan to ban the sale of such blades.", "Ministers", "ban the sale of such blades"),
    ("The charity is going to recruit 40 more counsellors.", "The charity", "recruit 40 more counsellors"),
    ("“We’ll publish the whole report,” said the chair.", "We", "publish the whole report"),
    ("The minister said it would fund a second year.", "it", "fund a second year"),
    ("The board has agreed, and will soon be consulting on fees.", "The board", "be consulting on fees"),
    ("We are tasking the inspectorates to look at it together.", "We", "tasking the inspectorates to look at it together"),
    ("NSPCC to launch helpline for coaches", "NSPCC", "launch helpline for coaches"),
    ("We will continue to support the families.", "We", "continue to support the families"),
    ("The trust is committed to publishing every review.", "The trust", "publishing every review"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "what"), SAID)
def test_promise_says_who_will_do_what(text: str, who: str, what: str) -> None:
    promise = one(text)
    assert (promise.who, promise.what) == (who, what)


PASSIVE = [
    "The findings will be published in full.",
    "Two more hubs will be set up.",
    "Staff will be trained on the new form.",
    "An updated edition is due to be announced: details to be published in May.",
    "The new rules come into force on 1 September 2025.",
    "Funding will be available from June.",
]


@pytest.mark.parametrize("text", PASSIVE)
def test_deed_without_a_doer_is_a_promise_where_only_a_body_does_it(text: str) -> None:
    assert len(promises_in(text, LINE, POSTED)) == 1


NONE = [
    # effects
    "These measures will protect more children.",
    "It will empower staff to speak up.",
    "The change will not affect the rating.",
    "Waiting lists will grow.",
    # duties and rights of others
    "Schools will need to keep a record.",
    "Local authorities will be required to report each case.",
    "Children will be able to choose.",
    "You will receive a letter.",
    "Governors must publish the policy.",
    # what may happen to a person
    "He will be sentenced on 22 May 2025.",
    "Anyone who does so will face the full force of the law.",
    # adverts, events, small print
    "This course will explore the new guidance.",
    "Delegates will leave with a plan.",
    "We will contact you within two days.",
    "We will use your details only for this.",
    # questions, conditions, refusals
    "Will the government publish it?",
    "If it fails, the council will close the home.",
    "We will not tolerate this.",
    # the past, and plans that are things
    "The council published its plan to open a hub.",
    "The department said that it had asked for more time.",
    "We have published the report.",
    "They did it against her will and the will of the court.",
]


@pytest.mark.parametrize("text", NONE)
def test_effect_duty_event_or_question_is_no_promise(text: str) -> None:
    assert promises_in(text, LINE, POSTED) == ()


DUE = [
    ("We will publish the details next month.", "next month", "2025-05-01", "2025-05-31"),
    ("We will publish it early next month.", "early next month", "2025-05-01", "2025-05-11"),
    ("The office will report later this year.", "later this year", "2025-04-09", "2025-12-31"),
    ("The review will start this autumn.", "this autumn", "2025-09-01", "2025-11-30"),
    ("The review will start in the spring.", "in the spring", "2025-04-09", "2025-05-31"),
    ("The review will start next spring.", "next spring", "2026-03-01", "2026-05-31"),
    ("We will consult in Autumn 2026.", "in Autumn 2026", "2026-09-01", "2026-11-30"),
    ("We will consult in winter.", "in winter", "2025-12-01", "2026-02-28"),
    ("It comes into force on 1 September 2025.", "on 1 September 2025", "2025-09-01", "2025-09-01"),
    ("The law takes effect from 6 April.", "from 6 April", "2026-04-06", "2026-04-06"),
    ("We will publish it by March 2026.", "by March 2026", "2025-04-09", "2026-03-31"),
    ("We will publish it in September.", "in September", "2025-09-01", "2025-09-30"),
    ("We will publish it by the end of the year.", "by the end of the year", "2025-04-09", "2025-12-31"),
    ("The council will open it within six months.", "within six months", "2025-04-09", "2025-10-09"),
    ("The council will open it in two weeks’ time.", "in two weeks’ time", "2025-04-09", "2025-04-23"),
    (
        "We will bring forward proposals in the coming weeks.",
        "in the coming weeks",
        "2025-04-09",
        "2025-06-04",
    ),
    ("The trust will recruit 30 nurses by 2027.", "by 2027", "2025-04-09", "2027-12-31"),
    (
        "The Home Office will double it in this financial year.",
        "this financial year",
        "2025-04-09",
        "2026-03-31",
    ),
    (
        "The Home Office will double it next financial year.",
        "next financial year",
        "2026-04-01",
        "2027-03-31",
    ),
    ("The panel will meet with families tomorrow.", "tomorrow", "2025-04-10", "2025-04-10"),
    ("In the summer, the board will visit each home.", "In the summer", "2025-06-01", "2025-08-31"),
    ("The plan will be published shortly.", "shortly", "2025-04-09", None),
    ("The plan will be published in due course.", "in due course", "2025-04-09", None),
    ("We will write to every school.", None, None, None),
]


@pytest.mark.parametrize(("text", "printed", "start", "end"), DUE)
def test_due_date_is_resolved_against_the_items_own_date(
    text: str, printed: str | None, start: str | None, end: str | None
) -> None:
    promise = one(text)
    assert (promise.due_as_printed, promise.due_start, promise.due_end) == (printed, start, end)


def test_relative_due_date_without_an_anchor_keeps_only_its_words() -> None:
    promise = one("We will publish the details next month.", None)
    assert (promise.due_as_printed, promise.due_start, promise.due_end) == ("next month", None, None)


def test_absolute_due_date_needs_no_anchor() -> None:
    promise = one("The Act comes into force on 1 September 2025.", None)
    assert (promise.due_start, promise.due_end) == ("2025-09-01", "2025-09-01")


def test_due_date_is_counted_from_the_start_of_a_month_where_no_day_was_printed() -> None:
    promise = one("We will publish it next month.", When("2024-11", Precision.MONTH, "November 2024"))
    assert (promise.due_start, promise.due_end) == ("2024-12-01", "2024-12-31")


def test_date_that_is_past_before_the_promise_is_not_when_it_falls_due() -> None:
    assert one("The board, set up in March 2019, will publish a plan.").due_as_printed is None


def test_two_promises_in_one_sentence_are_two() -> None:
    text = "Work on the site will begin immediately and we will consult on the rest this year."
    first, second = promises_in(text, LINE, POSTED)
    assert (first.what, first.due_start, first.due_end) == ("begin immediately", "2025-04-09", "2025-04-09")
    assert (second.who, second.due_as_printed, second.due_end) == ("we", "this year", "2025-12-31")


def test_promise_keeps_its_sentence_and_place() -> None:
    promise = one("It was a long day. We will publish the minutes on Friday. Nobody spoke.")
    assert promise.sentence == "We will publish the minutes on Friday."
    assert promise.place == LINE


WORDS = st.sampled_from(
    sorted(
        vocabulary.words("""
    we will not be published by the council in May 2026 next month early Autumn plans to open . , –
    “ ” ? if would said it government shortly within two weeks from 31 February to come into force
    on
    """)
    )
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)),
    st.sampled_from(
        [
            None,
            POSTED,
            When("2025", Precision.YEAR, "2025"),
            When("2024-02-29", Precision.DAY, "29 February 2024"),
        ]
    ),
)
def test_any_text_is_read_without_a_crash_and_dates_are_in_order(text: str, anchor: When | None) -> None:
    for promise in promises_in(text, LINE, anchor):
        assert promise.what
        assert promise.due_start is None or promise.due_end is None or promise.due_start <= promise.due_end
