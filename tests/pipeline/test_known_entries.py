"""Entries of a feed that were read before are not read again, and what comes out is the same."""

from __future__ import annotations

from collections.abc import Collection, Set

import pytest

from almoner.pipeline.model import Item, MediaType, Reading, Snapshot
from almoner.pipeline.ports import Seen
from almoner.pipeline.run import read
from almoner.pipeline.sources import rules

ADDRESS = "https://example.org/feed"
HEAD = "<title>A board</title><link>https://example.org/</link><lastBuildDate>Mon, 02 Mar 2026 09:00:00 GMT</lastBuildDate>"


def entry(number: int, words: str = "asks schools to read this") -> str:
    return (
        f"<item><title>Notice {number} on attendance</title><link>https://example.org/{number}</link>"
        f"<guid>n{number}</guid><description>Notice {number} {words} before the meeting.</description></item>"
    )


def feed(*entries: str, head: str = HEAD) -> Snapshot:
    content = "<rss version='2.0'><channel>" + head + "\n".join(entries) + "</channel></rss>"
    return Snapshot("A board", content.encode(), MediaType.XML, ADDRESS, "2026-03-02T09:00:00+00:00")


class Memory:
    """The digests of what was read so far."""

    def __init__(self) -> None:
        self.digests: set[str] = set()

    def among(self, digests: Collection[str]) -> Set[str]:
        return self.digests & set(digests)

    def read(self, snapshot: Snapshot, rule: rules.Rule | None = None) -> Reading:
        reading = read(snapshot, rule=rule, seen=Seen(self.among))
        assert len(reading.document.digests) in (0, len(reading.items))
        self.digests.update(reading.document.digests)
        return reading


def titles(items: tuple[Item, ...]) -> list[str]:
    return [item.title for item in items]


@pytest.fixture
def memory() -> Memory:
    memory = Memory()
    assert len(memory.read(feed(*map(entry, (1, 2, 3)))).items) == 3
    return memory


def test_only_what_is_new_is_read_and_the_rest_keeps_its_place(memory: Memory) -> None:
    grown = feed(entry(4), *map(entry, (1, 2, 3)))
    reading = memory.read(grown)
    assert titles(reading.items) == ["Notice 4 on attendance"]
    assert [record.position for record in reading.document.passed] == [2, 3, 4]
    whole = read(grown)
    assert reading.items == whole.items[:1]
    assert [record.place for record in reading.document.passed] == [item.place for item in whole.items[1:]]
    assert (reading.document.title, reading.document.publisher) == (
        whole.document.title,
        whole.document.publisher,
    )


def test_an_entry_whose_words_changed_is_read_again(memory: Memory) -> None:
    reading = memory.read(feed(entry(1), entry(2, "asks colleges to answer"), entry(3)))
    assert titles(reading.items) == ["Notice 2 on attendance"]


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("09:00", "10:00"),
        HEAD + "<ttl>60</ttl><generator>Words 6.1</generator>",
        f"<!-- made in 0.2 s -->\n\n{HEAD}",
    ],
    ids=["the time it was made", "what made it", "remarks and spaces"],
)
def test_what_means_nothing_to_entries_changes_nothing(memory: Memory, head: str) -> None:
    reading = memory.read(feed(*map(entry, (1, 2, 3)), head=head))
    assert (reading.items, len(reading.document.passed)) == ((), 3)


@pytest.mark.parametrize(
    "head",
    [HEAD.replace("A board", "Another board"), HEAD + "<copyright>Open Government Licence</copyright>"],
    ids=["its name", "its licence"],
)
def test_what_is_said_of_all_entries_is_read_again_for_all(memory: Memory, head: str) -> None:
    assert len(memory.read(feed(*map(entry, (1, 2, 3)), head=head)).items) == 3


def test_another_address_rule_or_order_of_dates_reads_all_again(memory: Memory) -> None:
    same = feed(*map(entry, (1, 2, 3)))
    elsewhere = Snapshot("A board", same.content, MediaType.XML, "https://example.org/other", same.captured)
    assert len(memory.read(elsewhere).items) == 3
    rule = rules.load(
        'name = "A board"\nmatch = ["https://example.org/*"]\npage = "any"\n[default]\nlanguage = "en"\n'
    )
    assert len(memory.read(same, rule).items) == 3
    american = entry(4, "asks for answers by 04/25/2026")
    assert len(memory.read(feed(*map(entry, (1, 2, 3)), american)).items) == 4
    assert memory.read(same).items == ()


@pytest.mark.parametrize("broken", ["<item><title>Half", "<item><title>A & B</title></item>"])
def test_a_feed_that_is_not_well_formed_is_read_whole(memory: Memory, broken: str) -> None:
    reading = memory.read(feed(*map(entry, (1, 2, 3)), broken))
    assert len(reading.items) >= 3
    assert (reading.document.passed, reading.document.digests) == ((), ())


def test_without_a_memory_nothing_is_asked_for() -> None:
    reading = read(feed(entry(1)))
    assert (reading.document.digests, reading.document.passed) == ((), ())
