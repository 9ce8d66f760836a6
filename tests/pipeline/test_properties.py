"""What holds for every text and every heap of bytes."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import MediaType, Reading, Snapshot
from almoner.pipeline.parse import parse
from almoner.pipeline.run import read, relate
from almoner.pipeline.split import split

SOAK = os.environ.get("ALMONER_SOAK") == "1"
EXAMPLES = 20_000 if SOAK else 200

# Lines of the sorts that layouts are made of, and what breaks them.
LINES = st.sampled_from(
    [
        "", "", "", " ", "\u200b", "-----", "log reg", "© 2025 Harbour Trust", "Kind regards", "Dear colleague,", "News in brief",
        "Helpline for taxi drivers opens", "Ravens return to the cathedral", "What should a trustee do first?",
        "New checklist for clubs - Tidewater Courier (Rowan Vale)", "3 March 2025 – Fees for checks rise", "1. Fees for checks rise",
        "Posted 3 March 2025 in News by Alice Poole", "Source: Harbour Trust published on this website 9 April 2025 by Alice Poole",
        "Added: 31/02/2020 at 9:21 am Category: Health, Safeguarding", "3 March 2025", "November 2024", "2024", "3 days ago",
        "Tidewater Briefing - 18th November 2024", "Question of the Week", "Question: What is a welfare officer?", "Available Courses",
        "Credit: ITV", "Thanks and credit to the Harbour Trust", "Read more", "https://example.org/a", "• drivers and guards", "## A heading",
        "The county council has opened a helpline for taxi drivers who are worried about a passenger, it said on Wednesday 3 April 2025.",
        "Drivers asked for it after a survey in which 46% of 1,204 drivers said that they did not know whom to call, and up by a third",
        "than in the year before.1 “We will answer every call within the hour. The full guidance can be found here",
        "A court heard that seven-year-old Robin Sample was left alone for two days before a neighbour rang the council for help.",
        "caf\u00e9 \u202eabc\u202c \ufffd \x00 <b>bold</b> &amp; [x](javascript:y)", "\u0661\u0662 March 2024", "ACCOUNT", "A" * 200,
    ]
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(LINES, LINES, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40)), max_size=40
).map("\n".join)
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reading(text: str) -> Reading:
    return read(
        Snapshot(
            "x.txt", text.encode("utf-8", "replace"), MediaType.TEXT, captured="2025-04-10T09:00:00+00:00"
        )
    )


def fault(snapshot: Snapshot) -> StageBroken | None:
    """What broke in a stage, which is a mistake of ours; None where it was read or refused."""
    try:
        read(snapshot)
    except StageBroken as broken:
        return broken
    except PipelineError:
        return None
    return None


@pytest.mark.slow
@many
@given(st.binary(max_size=600), st.sampled_from([None, *MediaType]))
def test_any_bytes_are_read_or_refused(content: bytes, media_type: MediaType | None) -> None:
    assert fault(Snapshot("x", content, media_type)) is None


@pytest.mark.slow
@many
@given(TEXTS)
def test_places_are_in_the_document_and_items_do_not_overlap(text: str) -> None:
    size = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    before = 0
    for item in reading(text).items:
        first, last = item.place.first_line, item.place.last_line
        assert first is not None
        assert last is not None
        assert before < first <= last <= size
        before = last
        places = [found.place for found in item.findings] + [mark.place for mark in item.footnotes]
        places += [figure.place for figure in item.figures] + [promise.place for promise in item.promises]
        assert all(place.first_line is not None and 1 <= place.first_line <= size for place in places)


@pytest.mark.slow
@many
@given(TEXTS)
def test_each_block_is_in_one_item_or_set_aside(text: str) -> None:
    document = parse(Snapshot("x.txt", text.encode("utf-8", "replace"), MediaType.TEXT))
    cuts = split(document).cuts
    taken = [part.block.place for cut in cuts for part in cut.parts]
    assert len(taken) == len(set(taken))
    assert [block.place for block in document.blocks if block.place in set(taken)] == taken


@pytest.mark.slow
@many
@given(TEXTS)
def test_words_of_the_text_are_the_documents_words_in_their_order(text: str) -> None:
    document = parse(Snapshot("x.txt", text.encode("utf-8", "replace"), MediaType.TEXT))
    words = iter(" ".join(block.text for block in document.blocks).split())
    for item in reading(text).items:
        assert item.title
        assert all(word in words for word in item.text.replace("• ", "").split())


@pytest.mark.slow
@many
@given(TEXTS)
def test_reading_again_gives_the_same(text: str) -> None:
    assert reading(text) == reading(text)


@pytest.mark.slow
@many
@given(st.lists(TEXTS, max_size=3))
def test_copies_point_to_items_of_this_run_that_are_no_copies(texts: list[str]) -> None:
    readings = [reading(text) for text in texts]
    related = list(relate(readings))
    assert [len(found.items) for found in related] == [len(found.items) for found in readings]
    originals = {item.place.first_line for found in related for item in found.items if item.same_as is None}
    for item in (item for found in related for item in found.items if item.same_as is not None):
        assert item.same_as is not None
        assert item.same_as.first_line in originals


@pytest.mark.parametrize(
    "line",
    [
        "a" * 60_000, "(" * 60_000, "[a](" * 60_000, "<b " * 60_000, "&amp" * 60_000, '"' * 60_000, "“" * 50_000,
        "http://a" + ")" * 60_000, "www." * 60_000, "By " * 60_000, "12 March 2024 " * 5_000, "Aa-" * 60_000,
        "1 " * 50_000, "a" * 100_000 + " 1", "5 per cent of 7 " * 2_000, "will by May 2026 " * 2_000, "murder of Ann " * 20_000,
        ". " * 50_000, "…" * 50_000, "- " * 50_000, "No.1 " * 10_000, "£1,000 " * 20_000, "1,000," * 50_000,
    ],
    ids=lambda line: line[:12],
)  # fmt: skip
def test_line_that_never_ends_is_read(line: str) -> None:
    found = reading(f"Helpline for taxi drivers opens\n\n{line}\n")
    assert len(found.items) <= 1


@pytest.mark.parametrize(
    "line",
    [
        "3 March 2025", "By Alice Poole", "Posted 3 March 2025 in News by Alice Poole", "Venue: Town Hall", "- x", "November 2024",
        "A title of five words", "1. A title of five words", "The county council has opened a helpline for taxi drivers who worry.",
    ],
)  # fmt: skip
def test_many_lines_alike_are_read(line: str) -> None:
    assert len(reading(f"{line}\n" * 1_500).items) <= 1_500
    assert len(reading(f"{line}\n\n" * 1_500).items) <= 1_500
