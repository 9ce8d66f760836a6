"""Topics are learnt from what editors decided, and given or suggested with the reason; editors are never overruled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import Item, LearntTopic, TopicLesson
from almoner.records.catalogue.relating import relate
from almoner.records.catalogue.services import correct
from almoner.records.catalogue.topic_learning import NEW, learn_waiting, suggestions

MakeItem = Callable[..., Any]
BOATS = (
    "The harbour master asked the rowing crews to paint their boats before the regatta begins in number {}."
)
HEDGES = "A gardener trimmed the hedges of the cemetery and swept the gravel path behind chapel number {}."


@pytest.fixture
def taught(make_item: MakeItem, now: datetime) -> list[Item]:
    """Twenty-four items about boats that an editor gave to sport, and as many about hedges that were given to faith."""
    items = []
    for number in range(24):
        for text, topic in ((BOATS, "sport"), (HEDGES, "faith")):
            item = make_item(f"Number {number}", text=text.format(number))
            correct(item, now=now, topics=[topic])
            items.append(item)
    return items


def test_sure_topic_is_given_to_new_items_with_its_reason(taught: list[Item], make_item: MakeItem) -> None:
    assert len(taught) == TopicLesson.objects.count()
    assert learn_waiting()
    assert set(LearntTopic.objects.exclude(gives_from=None).values_list("topic", flat=True)) == {
        "sport",
        "faith",
    }
    item = make_item("A regatta", text=BOATS.format("thirty"))
    relate(item)
    row = item.topics.get(topic="sport")
    assert row.given_by == GivenBy.LEARNT
    assert row.why.startswith("as editors gave it to items with “")
    assert not item.topics.filter(topic="faith").exists()


def test_what_an_editor_decided_is_never_overruled(
    taught: list[Item], make_item: MakeItem, now: datetime
) -> None:
    learn_waiting()
    item = make_item("A regatta", text=BOATS.format("thirty"))
    correct(item, now=now, topics=["sport"])
    correct(item, now=now, topics=[])
    relate(item)
    assert not item.topics.exists()


def test_topic_that_is_not_sure_is_only_suggested(taught: list[Item], make_item: MakeItem) -> None:
    learn_waiting()
    unsure = [
        LearntTopic(topic=row.topic, signs=row.signs, suggests_from=row.suggests_from, called=9, right=5)
        for row in LearntTopic.objects.all()
    ]
    LearntTopic.objects.all().delete()
    LearntTopic.objects.bulk_create(unsure)
    item = make_item("A regatta", text=BOATS.format("thirty"))
    relate(item)
    assert not item.topics.exists()
    ((learnt, why),) = suggestions(item)
    assert learnt.topic == "sport"
    assert "“" in why


def test_nothing_is_learnt_until_enough_new_lessons_came(
    taught: list[Item], make_item: MakeItem, now: datetime
) -> None:
    assert learn_waiting()
    assert not learn_waiting()
    for item in taught[: NEW - 1]:
        correct(item, now=now, topics=["mental-health"])
    assert not learn_waiting()
    correct(taught[NEW], now=now, topics=["mental-health"])
    assert learn_waiting()
