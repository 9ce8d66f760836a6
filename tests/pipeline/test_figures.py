"""Figures: what measures something is found with its value and unit; what only looks like it is set aside."""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoner.pipeline.extract.figures import figures_in, sorted_out
from almoner.pipeline.extract.figures.grammar import numbers
from almoner.pipeline.extract.figures.quantities import MOST_NUMBERS
from almoner.pipeline.extract.figures.reasons import NOT_QUANTITIES, Aside
from almoner.pipeline.lines import vocabulary
from almoner.pipeline.model import Figure, Place

LINE = Place(7, 7)


def read(text: str) -> list[tuple[int | float | str, str]]:
    return [(figure.value, figure.unit) for figure in figures_in(text, LINE)]


def one(text: str) -> Figure:
    (figure,) = figures_in(text, LINE)
    return figure


COUNTS = [
    ("Officers made 212 arrests in a single weekend.", [212]),
    ("Sixty-one families were moved out of the block.", [61]),
    ("The helpline took 48,310 calls from adults worried about a child.", [48310]),
    ("A panel of nineteen governors met on Tuesday.", [19]),
    ("Inspectors went to 5 nurseries, two colleges and one prison.", [5, 2]),
    ("There were 3,004 referrals, of which 918 led to a plan.", [3004, 918]),
    ("Some 640 pupils missed lessons that week.", [640]),
    ("Two million letters were sent to parents.", [2_000_000]),
    ("The charity has trained 1.4 million volunteers.", [1_400_000]),
    ("One hundred and twelve boys and ninety-four girls took part.", [112, 94]),
    ("A hundred children were asked what they thought.", [100]),
    ("About a dozen schools have signed up.", [12]),
    ("Half a million people saw the advert.", [500_000]),
    ("Two and a half thousand beds stood empty.", [2_500]),
    ("More than 2000 families have signed the pledge.", [2000]),
    ("The team found 1987 images on the tablet.", [1987]),
    ("At the last count 1,980 looked-after children were missing a plan.", [1980]),
    ("Four of the seven children had been seen by a doctor.", [4, 7]),
    ("All 22 Welsh councils have replied.", [22]),
    ("Of the 340 cases read, 71 were graded inadequate.", [340, 71]),
    ("In Leeds 14 were charged.", [14]),
    ("She was one of 17 survivors who spoke.", [17]),
    ("The number of open cases rose to 3,412.", [3412]),
    ("Police seized 12 phones, three laptops and 40 kg of cannabis.", [12, 3, 40]),
    ("Volunteers gave 32,000 hours to the helpline.", [32_000]),
    ("Her team of 12 covers the whole county.", [12]),
    ("The home has places for 6 children.", [6]),
    ("Missing episodes: 77 in spring and 104 in summer.", [77, 104]),
    ("He was reported missing 14 times before anyone rang his mother.", [14]),
    ("43 police forces replied.", [43]),
    ("7 in-patient units were closed.", [7]),
    ("The 40-member board voted against it.", [40]),
    ("It lists 26 actions for schools, 9 for councils and 11 for the police.", [26, 9, 11]),
    ("Just 12 may attend.", [12]),
    ("120 000 young people answered the survey.", [120_000]),
    ("250k downloads in its first week show the need.", [250_000]),
]


@pytest.mark.parametrize(("text", "values"), COUNTS)
def test_count_is_read_from_digits_and_words(text: str, values: list[int]) -> None:
    assert read(text) == [(value, "count") for value in values]


OTHER_UNITS = [
    ("Attendance stood at 94.2%.", [(94.2, "percent")]),
    ("Nine per cent of staff had no check on file.", [(9, "percent")]),
    ("Thirty-five percent said yes, 15 percent no.", [(35, "percent"), (15, "percent")]),
    ("Only 4 pc of complaints were upheld.", [(4, "percent")]),
    ("Girls (58%) outnumber boys (42%).", [(58, "percent"), (42, "percent")]),
    ("Absence is 2.5 percentage points above the average.", [(2.5, "percent")]),
    ("Between 10 and 15 per cent of carers leave each year.", [(10, "percent"), (15, "percent")]),
    ("From 20% to 30% of beds are empty.", [(20, "percent"), (30, "percent")]),
    ("It accounts for 3–5% of spending.", [(3, "percent"), (5, "percent")]),
    (
        "Turnout was 12, 18 and 31 per cent in the three wards.",
        [(12, "percent"), (18, "percent"), (31, "percent"), (3, "count")],
    ),
    ("A fund of £5m has been set up.", [(5_000_000, "GBP")]),
    ("Ministers promised £1.2bn over the decade.", [(1_200_000_000, "GBP")]),
    ("The fine was £15,000.", [(15_000, "GBP")]),
    ("A place costs £281 a week.", [(281, "GBP")]),
    ("Meals went up by 20p.", [(0.2, "GBP")]),
    ("He was told to pay two hundred pounds.", [(200, "GBP")]),
    ("The scheme will cost between £3 million and £4 million.", [(3_000_000, "GBP"), (4_000_000, "GBP")]),
    ("Grants of £10-15 million are expected.", [(10_000_000, "GBP"), (15_000_000, "GBP")]),
    ("Fees of £12.50 an hour were charged.", [(12.5, "GBP")]),
    ("The gang made $3 million and €20,000.", [(3_000_000, "USD"), (20_000, "EUR")]),
    ("One in eight children lives with a parent who drinks too much.", [("1/8", "share")]),
    ("1 in 4 women will experience it.", [("1/4", "share")]),
    ("Nine out of ten teachers have seen vaping in school.", [("9/10", "share")]),
    ("7 out of every 10 calls came at night.", [("7/10", "share")]),
    ("Two-thirds of the girls knew the man.", [("2/3", "share")]),
    ("Three quarters of councils overspent.", [("3/4", "share")]),
    ("A quarter were known to social care.", [("1/4", "share")]),
    ("Nearly half of respondents had no supervision.", [("1/2", "share")]),
    ("A third of the reviews named neglect.", [("1/3", "share")]),
    ("Almost a fifth had been excluded.", [("1/5", "share")]),
    ("Well over half the sample lived in poverty.", [("1/2", "share")]),
    ("One-tenth of places are vacant.", [("1/10", "share")]),
    ("About ¾ of parents agreed.", [("3/4", "share")]),
    ("Boys were three times more likely to be excluded.", [(3, "multiple")]),
    ("They are 4.5 times as likely to be searched.", [(4.5, "multiple")]),
    ("Girls are twice as likely to be affected.", [(2, "multiple")]),
    ("A three-fold increase in reports followed.", [(3, "multiple")]),
    ("Referrals have doubled since the school opened.", [(2, "multiple")]),
    ("The council will double the number of foster homes.", [(2, "multiple")]),
    ("Cases tripled in a year.", [(3, "multiple")]),
    ("A quadrupling of online grooming was recorded.", [(4, "multiple")]),
    ("Waiting times have been halved.", [(0.5, "multiple")]),
    ("Spending is double the national average.", [(2, "multiple")]),
    ("The fund lost money: -£4 million.", [(-4_000_000, "GBP")]),
    ("Millions of pounds were lost.", [(1_000_000, "GBP")]),
]


@pytest.mark.parametrize(("text", "wanted"), OTHER_UNITS)
def test_unit_is_told_from_the_words_around_the_number(
    text: str, wanted: list[tuple[int | float | str, str]]
) -> None:
    assert read(text) == wanted


NO_FIGURE = [
    # ages
    "A 14-year-old was taken to a place of safety.",
    "The course is for staff who teach 16- and 17-year-olds.",
    "Children aged 5 to 11 get a card; those aged 12 or over get a letter.",
    "It applies to everyone under the age of 18.",
    "No under-16s were on board.",
    "Support is for children under 5.",
    "Carers over 65 are asked first.",
    "Girls as young as nine were targeted.",
    "The youngest victim was just 7.",
    "Dean Marlow, 34, was sent to prison.",
    "The brothers, both 15, were stopped.",
    "When she was 12 she told a friend.",
    "He turned 18 in custody.",
    "Services for young people aged between 11 and 25 will merge.",
    "Anyone aged 13-17 can apply.",
    "Her five-month-old baby was unhurt.",
    "Most of the perpetrators are under 18.",
    "The offer runs from age 3 to age 4.",
    "Sam Okoro (29) pleaded guilty.",
    # dates and times
    "The rules start on 1 September 2025.",
    "It was issued on 3rd March and withdrawn on May 14th.",
    "Figures for 2019/20 are late.",
    "The school year 2023-24 was worse.",
    "Keeping pupils safe 2018 is out of date.",
    "In 2021 the law changed; since 2022 it has been in force.",
    "The 2016 guidance has been replaced.",
    "The Care Standards Act 2000 still applies.",
    "Added 17/08/2020 at 9.21am.",
    "Doors open at 7pm and the talk ends at 21:30.",
    "Lines are open 24/7.",
    "Lines are open from 9am to 5pm.",
    "Back in the 1990s nobody asked.",
    "The review covered April 2018 to March 2019.",
    "It was sent at half past three on the 5th.",
    "Between 2010 and 2015 nothing was done.",
    # durations
    "He was jailed for 15 years and four months.",
    "The inquiry took two and a half years.",
    "A three-week operation ended on Friday.",
    "Reports are due within 28 days.",
    "Send it at least ten working days before the meeting.",
    "The 3 month audit is under way.",
    "She waited an hour and a half.",
    "Half an hour later the door opened.",
    # names and references
    "See paragraph 14 and Annex 2.",
    "Part 3 of the guidance, pages 12-15, says how.",
    "Section 47 enquiries are explained in chapter 1.",
    "Parts 2 and 3 are new.",
    "Article 8 and regulation 44 apply.",
    "Year 9 and Year 10 pupils sat the paper.",
    "Key Stage 2 results come out in July.",
    "Covid-19 closed the schools, and COVID 19 closed them again.",
    "Talks by Catch22 and Channel 4 follow.",
    "Tier 2 and Level 3 services are full.",
    "See table 4.2 and figure 7.",
    "Recommendations 4, 7 and 12 were rejected.",
    "The Second World War changed that.",
    "Windows 11 is required.",
    "They set up a two-way radio and a one-stop shop.",
    "It is a five-point plan.",
    # other numbers
    "Call 0800 1111 or 020 7946 0018.",
    "In an emergency dial 999, else 101.",
    "Ring Childline on 0800 1111.",
    "Call Samaritans on 116 123.",
    "Registered charity number 1234567.",
    "Registered in England: No 01234567.",
    "ISBN 978-0-11-111111-1",
    "Go to https://example.org/2024/05/12-ways for 12-ways.html.",
    "Write to room12@example.org.",
    "Use #Safe2025 when you post.",
    "Most live ‘out of area’1 and some are in care2.",
    "It fell again.1 The reason is unclear.",
    "The inquiry,3 which sat in York, has ended.",
    "Earlier work [12] and [3, 4] found the same.",
    "1. Introduction",
    "2.3 Duties of governors",
    "(4) A person commits an offence if",
    "Page 3 of 12",
    "12",
    "One of them told a teacher one day.",
    "No one was hurt, and one after another they left.",
    "The home is 20 miles from her school.",
    "A third party must not be told.",
    "In the second half she spoke about the first quarter.",
    "It was a half-term project by her half-sister.",
    "Keep it below 5 °C.",
    "They drew 2-1.",
    "It fell in the first three quarters of 2016.",
    "The plan runs up to 2030.",
    "The painter died at 77.",
    "She is a mother of two and was away for a week or two.",
    "It came in the top 10.",
    "Only a few may attend in May.",
    "See Fig. 5B and Figures 3K and 3L.",
    "The clinic is at 14 Mill Lane.",
    "Download it (PDF, 2.6MB, 14 pages).",
    "He thought twice and doubled back.",
    "Avoid double standards and double-check names.",
    "The G7 and the EU met in room B12.",
]


@pytest.mark.parametrize("text", NO_FIGURE)
def test_age_date_duration_name_or_reference_is_no_figure(text: str) -> None:
    assert read(text) == []


MIXED = [
    ("In 2023 police recorded 4,120 offences against children under 10.", [(4120, "count")]),
    ("By 31 March 2024, 83,840 children were in care, up 1% on 2023.", [(83840, "count"), (1, "percent")]),
    (
        "Of 90 boys aged 12 to 15, 14% had carried a knife in the last 12 months.",
        [(90, "count"), (14, "percent")],
    ),
    ("Year 9 girls made 31 of the 44 disclosures in 2022/23.", [(31, "count"), (44, "count")]),
    ("The 2021 census counted 56,490,000 people in England.", [(56_490_000, "count")]),
    ("Under section 17, 403,090 children were in need, or 1 in 30.", [(403_090, "count"), ("1/30", "share")]),
    ("The rate was 71 per 10,000 children.", [(71, "count")]),
    ("There were 12 deaths per 100,000 in 2020.", [(12, "count")]),
    ("It costs £900 per day for each of 15 children aged 10.", [(900, "GBP"), (15, "count")]),
    ("On average, 11 children a day go missing from care.", [(11, "count")]),
    ("The 24-hour line takes 300 calls a week.", [(300, "count")]),
    ("Since Covid-19, 1 in 6 pupils miss a day a week.", [("1/6", "share")]),
    ("Ofsted visited 118 homes between 1 April and 30 June 2024.", [(118, "count")]),
    ("Up to 60% of 16-year-olds and 1,100 teachers took part.", [(60, "percent"), (1100, "count")]),
    ("A 45-year-old man was one of 6 people arrested at 5.30am.", [(6, "count")]),
    ("Call 0808 800 5000: 30 volunteers are waiting.", [(30, "count")]),
    ("Part 2 lists 14 indicators (see page 8).", [(14, "count")]),
]


@pytest.mark.parametrize(("text", "wanted"), MIXED)
def test_figure_is_told_from_its_neighbours(text: str, wanted: list[tuple[int | float | str, str]]) -> None:
    assert read(text) == wanted


HEDGES = [
    ("More than 900 adults replied.", "More than"),
    ("No fewer than 12 visits were missed.", "No fewer than"),
    ("It reached up to 300 pupils.", "up to"),
    ("An estimated 7,000 children care for a parent.", "estimated"),
    ("Around 85 officers were there.", "Around"),
    ("Just under 40 homes closed.", "Just under"),
    ("In excess of 1,500 reports came in.", "In excess of"),
    ("At least 9 children were hurt.", "At least"),
    ("Some 200 or so parents came.", "Some"),
    ("It helped 250 or more families.", "or more"),
    ("500+ schools have joined.", "+"),
    ("Hundreds of calls went unanswered.", "Hundreds"),
    ("Tens of thousands of files were found.", "Tens of thousands"),
    ("There were 31 deaths.", None),
]


@pytest.mark.parametrize(("text", "hedge"), HEDGES)
def test_hedge_is_kept_as_printed(text: str, hedge: str | None) -> None:
    assert one(text).approx == hedge


CHANGES = [
    ("Reports rose by 12%.", 12, "rise"),
    ("Reports are up 12 per cent on last year.", 12, "rise"),
    ("There was a 16% increase in referrals.", 16, "rise"),
    ("An increase of 40% was recorded.", 40, "rise"),
    ("Deaths fell by 9%.", -9, "fall"),
    ("There were 10% fewer exclusions.", -10, "fall"),
    ("Spending was cut by £4 million.", -4_000_000, "fall"),
    ("A drop of 250 places is planned.", -250, "fall"),
    ("Police numbers fell by a tenth.", "-1/10", "fall"),
    ("The rate is down 3.5 percentage points.", -3.5, "fall"),
    ("Absence increased sharply in the spring and then dropped by 2%.", -2, "fall"),
    ("The budget has been reduced by more than a third.", "-1/3", "fall"),
]


@pytest.mark.parametrize(("text", "value", "direction"), CHANGES)
def test_change_has_a_direction_and_a_fall_is_negative(
    text: str, value: int | float | str, direction: str
) -> None:
    figure = one(text)
    assert (figure.value, figure.of, figure.direction) == (value, "change", direction)


LEVELS = [
    "Absence went up from 12% to 15%.",
    "Places fell from 900 to 640.",
    "Up to 40 children were involved.",
    "The fund rose to £8 million.",
    "20,000 extra officers will be recruited.",
    "The trust set up 12 hubs.",
]


@pytest.mark.parametrize("text", LEVELS)
def test_level_after_a_change_is_no_change(text: str) -> None:
    assert {figure.of for figure in figures_in(text, LINE)} == {None}


RATES = [
    ("The unit deals with 140 incidents each month.", "per month"),
    ("It takes 300 calls a week.", "per week"),
    ("The average caseload is 18 children.", "average"),
    ("On average children moved 3 times.", "average"),
    ("The rate was 71 per 10,000 children.", "per 10,000 children"),
    ("£30,000 per year is set aside.", "per year"),
]


@pytest.mark.parametrize(("text", "of"), RATES)
def test_rate_and_average_are_named(text: str, of: str) -> None:
    assert one(text).of == of


def test_range_is_two_figures_with_bounds() -> None:
    low, high = figures_in("Between 10 and 15 per cent of homes are full.", LINE)
    assert [(low.value, low.bound), (high.value, high.bound)] == [(10, "low"), (15, "high")]


def test_figure_keeps_its_sentence_place_and_words() -> None:
    text = "It was a hard year. In 2023 Northwick Trust recorded 412 serious incidents in Wales. Staff left."
    figure = one(text)
    assert figure.sentence == "In 2023 Northwick Trust recorded 412 serious incidents in Wales."
    assert figure.place == LINE
    assert (figure.as_printed, figure.counts) == ("412", "serious incidents")
    assert (figure.who, figure.where, figure.when) == ("Northwick Trust", "Wales", "In 2023")


def test_figure_of_a_joined_block_stands_on_its_own_line() -> None:
    raw = "The report counts 30 homes and\n\n41 schools, and says that\n 55 of them failed."
    text = "The report counts 30 homes and 41 schools, and says that 55 of them failed."
    lines = [figure.place.first_line for figure in figures_in(text, Place(20, 23), raw)]
    assert lines == [20, 22, 23]


def test_place_of_a_page_is_the_blocks_own() -> None:
    place = Place(css="main > p:nth-child(2)")
    (figure,) = figures_in("There are 41 schools.", place)
    assert figure.place is place


RAW = [
    ("from 12 to 15 °C", ["from 12 to 15 °C"]),
    ("a dose of approximately 29 ± 0.9%", ["approximately 29 ± 0.9%"]),
    ("for 6 weeks at 1.2 mmol/L", ["6 weeks", "1.2 mmol/L"]),
    ("60 or 63 mm, then 5 m s−1", ["60 or 63 mm", "5 m s−1"]),
    ("on 9th August 2008", ["9th August 2008"]),
    ("see Fig. 8 and [12, 14] of CO2", []),
]


@pytest.mark.parametrize(("text", "spans"), RAW)
def test_raw_layer_gives_whole_expressions_with_units_and_hedges(text: str, spans: list[str]) -> None:
    kept = {
        quantity.span for quantity, aside in sorted_out(text) if aside is None or aside not in NOT_QUANTITIES
    }
    assert [text[slice(*span)] for span in sorted(kept)] == spans


REASONS = [
    ("A girl aged 14 spoke.", Aside.AGE),
    ("It began on 3 May 2024.", Aside.DATE),
    ("It lasted 3 months.", Aside.DURATION),
    ("Meet at 9:30.", Aside.CLOCK),
    ("See page 12.", Aside.REFERENCE),
    ("The Year 9 pupils left.", Aside.NAME),
    ("Ring 0800 1111 today.", Aside.TELEPHONE),
    ("Charity number 1234567.", Aside.IDENTIFIER),
    ("It fell again.1 Why?", Aside.FOOTNOTE),
    ("3. Duties of the board", Aside.LIST_NUMBER),
    ("It is 20 miles away.", Aside.LENGTH),
    ("One of them told her.", Aside.ONE),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_what_is_set_aside_has_a_reason(text: str, reason: Aside) -> None:
    assert sorted_out(text)[0][1] is reason


NUMBERS = [
    ("one hundred and three and two thirds", Fraction(311, 3)),
    ("two hundred and two thousand", 202_000),
    ("five and a half million", 5_500_000),
    ("half a dozen", 6),
    ("three quarters of a million", 750_000),
    ("nine point nought four", Fraction(904, 100)),
    ("1,234,567.5", Fraction(2469135, 2)),
    ("12,34,567", 1_234_567),
    ("2½", Fraction(5, 2)),
    ("3 1/4", Fraction(13, 4)),
    ("1.3x10^6", 1_300_000),
    ("minus four", -4),
    ("4 thousand 3 hundred and 21", 4321),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_number_is_read_exactly(text: str, value: int | Fraction) -> None:
    assert [number.value for number in numbers(text)] == [value]


WORDS = st.sampled_from(
    sorted(
        vocabulary.words("""
    one two twenty hundred thousand million half a third of and in out point over 1 12 3.5 1,200
    2019 £5m 50p % per cent more than up to - – ( ) , . aged under children year-olds on May fell by
    rose from between 10 times doubled we will publish next month the government ’1 [3] 0800 1111
    """)
    )
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_without_a_crash_and_in_order(text: str) -> None:
    figures = figures_in(text, LINE)
    assert all(figure.sentence and figure.as_printed in text for figure in figures)
    starts = [quantity.start for quantity, _ in sorted_out(text)]
    assert starts == sorted(starts)


HOSTILE = [
    "1 ", "111,", "111.", "one hundred and ", "twenty-", "a half of ", "(1", "[1, ", "1/2/", "-1", "£5", "1e", "½", "tens of thousands of ",
    "there were 12 children and ", "between 1 and ", "call the ", "may 5 ", "on average ", "rose fell by ", "A. ", "Jo Brown, 28, ", "a@b.uk ",
]  # fmt: skip


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called while `work` runs: a measure of time that is the same on every machine."""
    count = 0

    def tick(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_no_faster_than_the_line(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        return lambda: figures_in(piece * times, LINE)

    work(10)()  # compiles what is compiled once
    assert _calls(work(800)) <= 2.5 * _calls(work(400)) + 2_000


def test_block_of_numbers_is_read_only_at_its_beginning() -> None:
    assert len(sorted_out("12 cases " * (MOST_NUMBERS + 50))) == MOST_NUMBERS


@pytest.mark.parametrize(
    "sentence",
    [
        "Care leavers up to 25 can ask for help.",
        "Girls of 14 and 15 were groomed.",
        "A boy of 12 was found safe.",
        "Anyone 18 or over may apply.",
        "Those 18+ can apply.",
        "The duty covers 0-18 services and 0 to 25 plans.",
        "A child under 16 may not consent to the trip.",
        "Children aged 13 to 17 and over-18s were asked.",
    ],
)
def test_limits_of_age_are_no_figures(sentence: str) -> None:
    assert figures_in(sentence, Place(1)) == ()


@pytest.mark.parametrize(
    ("sentence", "value", "counts", "printed"),
    [
        ("Nearly three carers in four said they were tired.", "3/4", "carers", "three carers in four"),
        ("One child in six is affected.", "1/6", "child", "One child in six"),
        ("Nine schools out of ten replied.", "9/10", "schools", "Nine schools out of ten"),
        ("One foster family in every 20 gave up.", "1/20", "foster family", "One foster family in every 20"),
    ],
)
def test_share_may_have_in_its_midst_what_it_is_of(
    sentence: str, value: str, counts: str, printed: str
) -> None:
    (figure,) = figures_in(sentence, Place(1))
    assert (figure.value, figure.unit, figure.counts, figure.as_printed) == (value, "share", counts, printed)


@pytest.mark.parametrize(
    "sentence",
    [
        "Three schools in 10 areas joined.",
        "Two children in 14 homes were ill.",
        "Six services in 18 services were shut.",
    ],
)
def test_two_counts_are_no_share(sentence: str) -> None:
    assert [figure.unit for figure in figures_in(sentence, Place(1))] == ["count", "count"]
