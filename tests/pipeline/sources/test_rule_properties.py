"""What holds for every rule, whoever writes it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import read
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules import form, selector
from almoner.pipeline.sources.rules.rule import FORMED, SELECTED
from tests.pipeline.sources.test_rules import HEAD, LISTING, PAGE, TEXT
from tests.pipeline.test_properties import many

PIECES = st.lists(
    st.sampled_from(
        ["li", "*", ".card", ".none", "#x", "b", "ul", " ", " > ", " + ", " ~ ", ",", ":not(", ":nth-child(", "2n", ")", "[rel]", "[href^=h]", '"', "'", "\\"]
    ),
    max_size=8,
).map("".join)  # fmt: skip
FORMS = st.lists(
    st.sampled_from(["{date}", "{title}", "{any}", "{author}", "{number}", "#", " / ", "--", " ", "{", "}", "x"]), max_size=8
).map("".join)  # fmt: skip


@pytest.mark.slow
@many
@given(st.one_of(PIECES, st.text(max_size=40)))
def test_any_selector_is_read_or_refused(printed: str) -> None:
    with suppress(selector.BadSelector):
        assert selector.parse(printed).printed == printed


@pytest.mark.slow
@many
@given(st.one_of(FORMS, st.text(max_size=40)), st.text(max_size=80))
def test_any_form_is_refused_or_takes_only_what_stands_in_the_line(printed: str, line: str) -> None:
    with suppress(form.BadForm):
        found = form.parse(printed).read(line, "dmy")
        assert all(value in " ".join(line.split()) for value in (found or {}).values())


@pytest.mark.slow
@many
@given(st.text(max_size=200))
def test_any_text_is_a_rule_or_has_faults_with_lines(text: str) -> None:
    faults: tuple[rules.Fault, ...] | None = None
    try:
        rules.load(text)
    except rules.InvalidRule as refused:
        faults = refused.faults
    assert faults is None or (faults and all(fault.line >= 1 for fault in faults))


@pytest.mark.slow
@many
@given(
    st.dictionaries(st.sampled_from(SELECTED), PIECES, max_size=4), st.sampled_from(["listing", "article"])
)
def test_no_rule_for_a_page_loses_its_items(select: dict[str, str], page: str) -> None:
    lines = "\n".join(f"{key} = {value!r}" for key, value in select.items() if "'" not in value)
    try:
        rule = rules.load(f"{LISTING.replace('listing', page)}[select]\n{lines}\n")
    except rules.InvalidRule:
        return
    found = read(Snapshot("page", PAGE.encode(), MediaType.HTML), rule=rule)
    assert found.items or "remove" in select


@pytest.mark.slow
@many
@given(st.dictionaries(st.sampled_from(FORMED), FORMS, max_size=3))
def test_no_rule_for_a_text_loses_its_items(forms: dict[str, str]) -> None:
    lines = "\n".join(f"{key} = {value!r}" for key, value in forms.items())
    try:
        rule = rules.load(f'{HEAD}page = "text"\n[lines]\n{lines}\n')
    except rules.InvalidRule:
        return
    found = read(Snapshot("page.txt", TEXT.encode(), MediaType.TEXT), rule=rule)
    assert found.items or "skip" in forms
