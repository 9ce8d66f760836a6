"""The scheme of topics holds together, and each can be found by its own name."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from almoner.pipeline.taxonomy.entries import table
from almoner.pipeline.taxonomy.topic_words import find
from almoner.pipeline.taxonomy.topics import Topic, above, narrower, topics

TOPICS = list(topics().values())


def test_table_is_clean_and_its_ids_are_slugs_that_stand_once() -> None:
    rows = list(table("topics.csv"))
    assert len(rows) >= 120
    assert [cell for row in rows for cell in row.values() if cell != " ".join(cell.split())] == []
    assert [row["id"] for row in rows if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []
    assert [each for each, count in Counter(row["id"] for row in rows).items() if count > 1] == []


def test_names_stand_once() -> None:
    counted = Counter(topic.name.casefold() for topic in TOPICS)
    assert [name for name, count in counted.items() if count > 1] == []


def test_broader_topics_exist_stand_before_and_are_not_led_back_to() -> None:
    known: set[str] = set()
    for topic in TOPICS:
        assert set(topic.broader) <= set(topics()), topic.id
        assert topic.id not in above(topic.id)
        assert not topic.broader or topic.broader[0] in known, topic.id
        known.add(topic.id)


def test_narrower_topics_lead_back_to_the_broader_one() -> None:
    assert "county-lines" in narrower("criminal-exploitation")
    assert all(topic.id in narrower(broader) for topic in TOPICS for broader in topic.broader)
    assert above("county-lines") == ("criminal-exploitation", "exploitation", "abuse")


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_topic_says_in_a_sentence_what_it_is_and_where_it_applies(topic: Topic) -> None:
    assert topic.scope.endswith(".")
    assert 25 <= len(topic.scope) <= 200
    assert topic.nations
    assert set(topic.nations) <= set("EWSN")


def test_every_topic_but_the_groups_is_found_by_its_own_name() -> None:
    for topic in TOPICS:
        if not topic.is_group:
            said = {naming.topic for found in find(topic.name) for naming in found.namings}
            assert topic.id in said, topic.id


def test_phrases_that_mean_something_else_hide_no_name_of_their_own_topic() -> None:
    for topic in TOPICS:
        for phrase in topic.unless:
            said = {naming.topic for found in find(f"the {phrase} here") for naming in found.namings}
            assert topic.id not in said, phrase
