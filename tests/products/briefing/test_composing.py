"""What is proposed, and why: decided without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from almoner.products.briefing.composing import MOST, Candidate, Standing, propose
from almoner.products.briefing.enums import EntryKind, SectionKind

ON = date(2025, 4, 14)
AT = datetime(2025, 4, 10, tzinfo=UTC)
PLAN = list(SectionKind)


def news(name: str, section: SectionKind = SectionKind.NEWS, **fields: object) -> Candidate:
    made = Candidate(f"item:{name}", section, EntryKind.ITEM, name, AT, gravity=10, item=1)
    return replace(made, **fields)  # type: ignore[arg-type]


def told(candidates: list[Candidate], standing: Standing = Standing()) -> dict[str, list[str]]:  # noqa: B008
    found: dict[str, list[str]] = {}
    for one in propose(candidates, PLAN, standing, ON):
        found.setdefault(one.section.value, []).append(one.candidate.title)
    return found


def test_gravest_leads_and_is_told_once() -> None:
    grave = news("grave", SectionKind.GUIDANCE, gravity=24)
    assert told([news("a"), grave, news("b")]) == {"lead": ["grave"], "news": ["a", "b"]}


def test_of_a_story_one_report_is_told_and_the_others_count() -> None:
    same = frozenset({"story:1"})
    first = news("first", same=same, reports=3)
    found = propose([first, news("second", same=same), news("other")], PLAN, Standing(), ON)
    assert [one.candidate.title for one in found] == ["first", "other"]
    assert found[0].why == "Leads: 3 reports tell of it."


def test_what_was_told_or_removed_is_not_proposed_again() -> None:
    standing = Standing(told=frozenset({"item:a", "story:1"}))
    assert told([news("a"), news("b", same=frozenset({"story:1"})), news("c")], standing) == {"lead": ["c"]}


def test_topics_of_the_last_issues_give_way_to_others() -> None:
    old, new = news("old", topics=("taxi",)), news("new", topics=("neglect",))
    standing = Standing(recent_topics=frozenset({"taxi"}), shown={SectionKind.LEAD: 1})
    found = propose([old, new], PLAN, standing, ON)
    assert [one.candidate.title for one in found] == ["new", "old"]
    assert found[0].why == "Not in the last issues: neglect."


def test_audiences_count_and_what_concerns_one_alone_goes_to_it_alone() -> None:
    standing = Standing(audiences=("schools", "licensing"), shown={SectionKind.LEAD: 1})
    found = propose([news("a"), news("taxis", audiences=frozenset({"licensing"})), news("both", audiences=frozenset({"licensing", "schools"}))],
                    PLAN, standing, ON)  # fmt: skip
    assert [(one.candidate.title, one.audiences) for one in found] == [
        ("both", ()),
        ("taxis", ("licensing",)),
        ("a", ()),
    ]
    assert found[0].why == "Concerns schools and colleges and licensing and transport."


def test_room_of_a_section_counts_what_stands_there() -> None:
    many = [news(str(number), at=AT - timedelta(hours=number)) for number in range(20)]
    standing = Standing(shown={SectionKind.NEWS: 3, SectionKind.LEAD: 1})
    assert len(told(many, standing)["news"]) == MOST[SectionKind.NEWS] - 3


def test_what_falls_due_soon_becomes_something_to_do() -> None:
    soon = news("Standards", SectionKind.CONSULTATIONS, day=ON + timedelta(days=10))
    late = news("Later", SectionKind.CONSULTATIONS, day=ON + timedelta(days=30))
    found = told([soon, late])
    assert found["consultations"] == ["Standards", "Later"]
    assert found["to_do"] == ["Answer: Standards"]
    assert "to_do" not in told([soon], Standing(told=frozenset({"do:item:Standards"})))


def test_sections_that_a_plan_leaves_out_stay_out() -> None:
    found = propose([news("a"), news("b", SectionKind.RESOURCES)], [SectionKind.RESOURCES], Standing(), ON)
    assert [one.candidate.title for one in found] == ["b"]
