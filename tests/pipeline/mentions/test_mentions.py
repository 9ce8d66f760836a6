"""Where a mention stands, how often, which edition is meant, and what never is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.extract.mentions import mentions_in
from almoner.pipeline.lines import glance
from almoner.pipeline.model import Mention, MentionKind, Place
from almoner.pipeline.taxonomy import index
from almoner.pipeline.taxonomy.entries import named
from tests.pipeline.readings import HELPLINE, SURVEY, dated_item

HERE = Place(1, 1)


def ids(text: str) -> list[tuple[str, str | None]]:
    return [(mention.id, mention.edition) for mention in mentions_in([(text, HERE)])]


def test_mention_stands_where_it_is_first_named_and_is_counted() -> None:
    first, second = Place(3, 3), Place(5, 5)
    found = mentions_in(
        [("Nothing here.", HERE), ("The DfE wrote.", first), ("DfE's letter, and Ofsted.", second)]
    )
    assert found == (
        Mention(MentionKind.ORGANISATION, "dfe", "Department for Education", "DfE", first, None, 2),
        Mention(MentionKind.ORGANISATION, "ofsted", "Ofsted", "Ofsted", second, None, 1),
    )


def test_credit_is_a_mention() -> None:
    line = "Source: Home Office published on this website Monday 3 March 2025 by Alice Poole"
    item = dated_item(f"{HELPLINE}\n\n{SURVEY}", line=line)
    assert [(mention.id, mention.place) for mention in item.mentions] == [("home-office", item.place)]


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("KCSIE 2024", "2024"),
        ("KCSIE (2024)", "2024"),
        ("KCSIE (DfE, 2024)", "2024"),
        ("KCSIE September 2024", "2024"),
        ("KCSIE 2024/25", "2024"),
        ("“Keeping children safe in education” (September 2024)", "2024"),
        ("Keeping Children Safe in Education (KCSIE) 2024", "2024"),
        ("the 2024 edition of Keeping Children Safe in Education", "2024"),
        ("the September 2024 KCSIE", "2024"),
        ("KCSIE 2041", "2041"),
        ("KCSIE 2017", None),
        ("KCSIE. 2024 was a busy year", None),
        ("In September 2024 KCSIE was on every desk", None),
        ("KCSIE, 2024 pupils later", None),
    ],
)
def test_year_beside_guidance_is_its_edition(text: str, edition: str | None) -> None:
    assert ids(text)[0] == ("kcsie", edition)


def test_work_without_a_year_is_the_one_edition_that_is_cited() -> None:
    assert ids("KCSIE is long. Read KCSIE 2024.") == [("kcsie", "2024")]
    assert ids("KCSIE is long. KCSIE 2023 and KCSIE 2024 differ.") == [
        ("kcsie", None),
        ("kcsie", "2023"),
        ("kcsie", "2024"),
    ]


def test_two_acts_of_one_name_are_two_mentions() -> None:
    assert ids("the Children Act 1989 and 2004") == [("children-act-1989", None), ("children-act-2004", None)]


def test_abbreviation_that_is_ambiguous_counts_beside_its_long_form() -> None:
    assert ids("The ISI came.") == []
    assert ids("The Independent Schools Inspectorate came. The ISI stayed.") == [("isi", None)]


def test_abbreviation_that_the_text_gives_another_meaning_is_not_ours() -> None:
    assert ids("The National Childminding Association (NCA) met. The NCA voted.") == []


def test_names_of_people_are_no_mentions() -> None:
    assert ids("Alice Poole, Mr Kent, Sir Robin Bradford and Sergeant Durham met the Duke of York.") == []


@pytest.mark.parametrize(
    "text", ["ofsted.example", "www.Ofsted.example", "@Ofsted", "help@Ofsted.example", "PreOfsted"]
)
def test_parts_of_addresses_and_words_are_no_mentions(text: str) -> None:
    assert ids(text) == []


def test_every_certain_name_is_found_when_it_stands_alone() -> None:
    missed = [
        each.printed
        for each in named()
        if not each.needs_evidence and not mentions_in([(f"They wrote to {each.printed} today.", HERE)])
    ]
    assert missed == []


def test_first_glance_never_hides_a_name() -> None:
    hidden = [
        each.printed
        for each in named()
        if not index.may_name(glance.seen(f"They wrote to {each.printed}’s."))
    ]
    assert hidden == []


@given(st.text(max_size=200))
def test_any_text_has_mentions_or_none(text: str) -> None:
    for mention in mentions_in([(text, HERE), (f"Kent {text} Police, KCSIE {text}", HERE)]):
        assert mention.count > 0


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("HMIP looked at the prison.", ["hmi-prisons"]),
        ("HMIP looked at probation in the north.", ["hmi-probation"]),
        ("HM Inspectorate of Prisons (HMIP) wrote. HMIP will see probation hostels.", ["hmi-prisons"]),
        ("HMIP wrote about prisons and probation.", []),
        ("HMIP published its report.", []),
    ],
)
def test_abbreviation_that_two_bodies_share_is_told_by_the_item(text: str, meant: list[str]) -> None:
    assert [mention.id for mention in mentions_in([(text, Place(1))])] == meant
