"""Hostile mark-up in every field of every format: nothing of it that runs, loads, sends, hides or tracks is in an item.
The rows of the design's faults: P4 hostile HTML, P5 addresses and foreign content, P6 remote pictures and fonts."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.model import Item, MediaType, Snapshot
from almoner.pipeline.run import read
from benchmarks import data
from tests.pipeline.hostile.carriers import CARRIERS, KEEPS_ALL, Carrier, article
from tests.pipeline.hostile.faults import faults
from tests.pipeline.hostile.vectors import VECTORS

STRIDE = 1 if os.environ.get("ALMONER_SOAK") == "1" else 4
"""The short run looks at each fourth of the public vectors, `make soak` at all."""
named = pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: str(carrier.__name__))


def found(snapshots: Sequence[Snapshot]) -> list[str]:
    """What is wrong with the items of these, each with the document that it came from."""
    wrong = []
    for snapshot in snapshots:
        for item in items_of(snapshot):
            wrong += [f"{fault} of {snapshot.content[-400:]!r}" for fault in faults(item)]
    return wrong


def items_of(snapshot: Snapshot) -> tuple[Item, ...]:
    try:
        return read(snapshot).items
    except StageBroken:
        raise
    except PipelineError:
        return ()


@named
def test_hostile_markup_leaves_nothing_in_items(carrier: Carrier) -> None:
    documents = carrier(VECTORS)
    assert any(items_of(document) for document in documents)
    assert found(documents) == []


@pytest.mark.parametrize("carrier", KEEPS_ALL, ids=lambda carrier: str(carrier.__name__))
def test_hostile_records_take_no_other_record_with_them(carrier: Carrier) -> None:
    (snapshot,) = carrier(VECTORS)
    assert len(read(snapshot).items) == len(VECTORS)


def test_words_around_hostile_markup_stay() -> None:
    """Unless the attack has, by the rules of HTML, made all that follows a part of a script or a text box."""
    looked_at = 0
    for snapshot in article(VECTORS):
        page = LexborHTMLParser(snapshot.content)
        page.strip_tags(
            [
                "script",
                "style",
                "template",
                "textarea",
                "title",
                "noscript",
                "xmp",
                "math",
                "svg",
                "plaintext",
            ]
        )
        if page.body is None or "helpline for taxi drivers" not in page.body.text():
            continue
        looked_at += 1
        words = " ".join(item.text for item in items_of(snapshot))
        assert "helpline for taxi drivers" in words, snapshot.content[-600:]
    assert looked_at > 0.9 * len(VECTORS)


@pytest.mark.parametrize(
    "markup",
    [
        "<p onclick=alert(1)>x</p>", "<img src=x>", "<a href='java\nscript:alert(1)'>x</a>", "</main><p>out</p>",
        "<a href='https://example.org/?utm_source=x'>x</a>", "<style>p{}</style>", "<p id=x>x</p>", "<form></form>",
    ],
)  # fmt: skip
def test_the_check_itself_sees_what_is_wrong(markup: str) -> None:
    item = read(Snapshot("x", b"Ravens return\n\n3 March 2025\n\nThey nest again on the tower.\n")).items[0]
    assert list(faults(item)) == []
    assert list(faults(replace(item, html=markup)))


def hostile(name: str) -> Path:
    """A file of the public sets, which are no part of the project."""
    folder = data.folder("hostile")
    if folder is None:
        pytest.skip(data.absent("hostile"))
    return folder / name


def public_vectors() -> list[str]:
    """DOMPurify's payloads and the vectors of the HTML5 Security Cheatsheet."""
    payloads = re.findall(
        r'"payload":\s*("(?:[^"\\]|\\.)*")', hostile("dompurify_expect.mjs").read_text(encoding="utf-8")
    )
    sheet = hostile("h5sc_vectors.txt").read_text(encoding="utf-8", errors="replace")
    vectors = [json.loads(one) for one in payloads]
    return vectors + [one for one in re.split(r"//\[\"'`-->\]\]>\]</div>", sheet) if one.strip()]


@pytest.mark.slow
@named
def test_public_vectors_leave_nothing_in_items(carrier: Carrier) -> None:
    vectors = public_vectors()
    assert len(vectors) > 300
    assert found(carrier(vectors[::STRIDE])) == []


@pytest.mark.slow
@named
def test_naughty_strings_leave_nothing_in_items(carrier: Carrier) -> None:
    strings = json.loads(hostile("blns.json").read_text(encoding="utf-8"))
    assert found(carrier(strings[::STRIDE])) == []


@pytest.mark.slow
def test_feeds_that_a_sanitiser_is_tested_with_leave_nothing_in_items() -> None:
    paths = sorted(hostile("feed_sanitize").glob("*.xml"))
    assert len(paths) > 100
    assert found([Snapshot(path.name, path.read_bytes(), MediaType.XML) for path in paths]) == []


@pytest.mark.slow
@named
def test_odd_addresses_leave_nothing_in_items(carrier: Carrier) -> None:
    cases = json.loads(hostile("urltestdata.json").read_text(encoding="utf-8"))
    inputs = [case["input"] for case in cases if isinstance(case, dict)]
    assert found(carrier(inputs[:: 2 * STRIDE])) == []


@pytest.mark.slow
def test_xml_bombs_are_refused_or_read_without_what_they_name() -> None:
    for path in sorted(hostile("xml").glob("*.x*")):
        content = path.read_bytes()
        for media_type in (None, MediaType.XML, MediaType.HTML):
            items = items_of(Snapshot(path.name, content, media_type))
            assert sum(len(item.text) for item in items) <= 2 * len(content), path.name
