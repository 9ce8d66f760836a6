"""What items are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from almoner.pipeline.extract.topics import TopicFound, topics_of
from almoner.pipeline.taxonomy.topics import Topic, above, topics
from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import WHY_LENGTH, Item, ItemTopic, TopicLesson
from almoner.records.catalogue.schemes import Scheme

TOPICS: Final[Scheme[ItemTopic, Topic]] = Scheme(ItemTopic, "topic", topics, above)
topic_name: Final = TOPICS.name
topics_shown: Final = TOPICS.shown


def topics_found(item: Item) -> tuple[TopicFound, ...]:
    """The topics that an item's words speak of. Where there is no text, its summary is read."""
    return topics_of(item.title, item.text or item.summary)


def topic_rows(item: Item, found: Iterable[TopicFound]) -> list[ItemTopic]:
    """The rows, not yet saved, of topics that were found in an item."""
    given = [
        ItemTopic(item=item, topic=each.topic, given_by=GivenBy.WORDS, why=each.why[:WHY_LENGTH])
        for each in found
    ]
    return TOPICS.with_broader(item, given)


def choose_topics(item: Item, chosen: Iterable[str]) -> bool:
    """Give an item the topics that an editor chose, and no others, and learn from it; whether that is a change.

    `ValidationError` if one of them is no topic.
    """
    if not TOPICS.choose(item, chosen):
        return False
    TopicLesson.objects.update_or_create(item=item, defaults={"learnt": False})
    return True


def add_topics(item: Item, given: Sequence[ItemTopic]) -> None:
    """Give an item these topics beside its own, and those above them."""
    has = set(item.topics.values_list("topic", flat=True))
    rows = [row for row in TOPICS.with_broader(item, given) if row.topic not in has]
    ItemTopic.objects.bulk_create(rows)
