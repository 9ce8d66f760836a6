"""Every parser on bent documents: no crash, no hang, no flood of memory.

The short run is a fixed number of inputs of fixed seeds, over the project's own documents; only a reading that takes
many times what the worst one does is called a hang there. `make soak` goes on for ten minutes of CPU a parser
(`ALMONER_SOAK_MINUTES`), with new seeds, over the public sets too, and allows a page two seconds.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import read
from tests.pipeline.bounded import Outcome, outcomes
from tests.pipeline.fuzz.cases import case
from tests.pipeline.test_properties import LINES

SOAK = os.environ.get("ALMONER_SOAK") == "1"
MINUTES = float(os.environ.get("ALMONER_SOAK_MINUTES", "10"))
SHORT, BATCH = 40, 500
SECONDS = 3 if SOAK else 20
"""CPU seconds of one reading: limits of the system are whole seconds, and the one that has begun counts."""
MEMORY = 600_000_000
KINDS = (MediaType.TEXT, MediaType.HTML, MediaType.XML, MediaType.JSON, MediaType.CSV, MediaType.MAIL)


def batches(kind: MediaType) -> Iterator[tuple[int, list[Snapshot]]]:
    """Inputs by seed: one batch in the short run, in the long one as many as the time allows."""
    if not SOAK:
        yield 1, [case(kind, 1, number) for number in range(SHORT)]
        return
    seed = int(time.time())
    end = time.process_time() + os.times().children_user + 60 * MINUTES
    while time.process_time() + os.times().children_user < end:
        yield seed, [case(kind, seed, number, own_only=False) for number in range(BATCH)]
        seed += 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name.lower()))
def test_bent_documents_are_read_or_refused_in_bounded_time_and_memory(
    kind: MediaType, tmp_path: Path
) -> None:
    bad: list[tuple[str, Outcome]] = []
    for _, snapshots in batches(kind):
        for snapshot, outcome in zip(
            snapshots, outcomes(snapshots, seconds=SECONDS, memory=MEMORY), strict=True
        ):
            if not outcome.is_clean:
                (tmp_path / snapshot.source).write_bytes(snapshot.content)
                bad.append((snapshot.source, outcome))
        if len(bad) > 20:
            break
    assert bad == [], f"the inputs are in {tmp_path}; python -m tests.pipeline.fuzz writes them again"


def fault(content: bytes, media_type: MediaType) -> StageBroken | None:
    """What broke in a stage, which is a mistake of ours; None where it was read or refused."""
    try:
        read(Snapshot("x", content, media_type))
    except StageBroken as broken:
        return broken
    except PipelineError:
        return None
    return None


TAGS = st.sampled_from(["div", "p", "ul", "li", "ol", "table", "tr", "td", "th", "h1", "h2", "h3", "a", "span", "time", "section", "article", "main", "nav", "dl", "dt", "dd", "br", "b", "img", "blockquote", "header", "details", "summary", "svg", "math"])  # fmt: skip
ATTRIBUTES = st.sampled_from(["", " class=item", " class='card news'", " href=/news/1", " href='http://[::1'", " datetime=2025-03-03", " hidden", " id=x", " rel=next", " colspan=99999"])  # fmt: skip


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pieces = st.lists(inner, max_size=4).map("".join)
    return st.builds(
        lambda tag, attributes, inside, times, closes: (f"<{tag}{attributes}>{inside}" + (f"</{tag}>" if closes else "")) * times,
        TAGS, ATTRIBUTES, pieces, st.sampled_from([1, 1, 2, 3, 6]), st.booleans(),
    )  # fmt: skip


PAGES = st.recursive(LINES, _element, max_leaves=25)
KEYS = st.sampled_from(
    [
        "version",
        "items",
        "id",
        "url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "date_published",
        "tags",
        "authors",
        "attachments",
        "name",
        "base_path",
        "document_type",
        "schema_name",
        "details",
        "body",
        "change_history",
        "public_timestamp",
        "note",
        "links",
        "organisations",
        "expanded_links",
        "withdrawn_notice",
        "explanation",
        "results",
    ]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(LINES, st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["https://jsonfeed.org/version/1.1", "consultation", "publication", "2025-03-03T09:00:00Z", "/a"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=8)),
    max_leaves=30,
)  # fmt: skip
ROWS = st.lists(st.lists(st.one_of(LINES, st.sampled_from(["Title", "Date", "Link", "Summary", '"', ""])), min_size=1, max_size=6), max_size=12)  # fmt: skip
FEEDS = st.lists(
    st.builds(
        lambda tag, inside, escaped: f"<{tag}>{inside.replace('&', '&amp;').replace('<', '&lt;') if escaped else inside}</{tag}>",
        st.sampled_from(["item", "entry", "title", "link", "description", "pubDate", "content", "summary", "updated", "author", "guid", "category", "channel", "content:encoded"]),
        PAGES, st.booleans(),
    ), max_size=12,
).map("".join)  # fmt: skip
many = settings(
    max_examples=5_000 if SOAK else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _written(write: Callable[[Any], str]) -> Callable[[Any], bytes]:
    return lambda value: write(value).encode("utf-8", "replace")


@pytest.mark.slow
@many
@given(PAGES.map(_written(lambda body: f"<!DOCTYPE html><html><body>{body}</body></html>")))
def test_pages_of_any_shape_are_read_or_refused(content: bytes) -> None:
    assert fault(content, MediaType.HTML) is None


@pytest.mark.slow
@many
@given(FEEDS.map(_written(lambda inside: f"<rss version='2.0'><channel>{inside}</channel></rss>")))
def test_feeds_of_any_shape_are_read_or_refused(content: bytes) -> None:
    assert fault(content, MediaType.XML) is None


@pytest.mark.slow
@many
@given(VALUES.map(_written(json.dumps)))
def test_json_of_any_shape_is_read_or_refused(content: bytes) -> None:
    assert fault(content, MediaType.JSON) is None


@pytest.mark.slow
@many
@given(ROWS.map(_written(lambda rows: "\n".join(",".join(row) for row in rows))))
def test_tables_of_any_shape_are_read_or_refused(content: bytes) -> None:
    assert fault(content, MediaType.CSV) is None
