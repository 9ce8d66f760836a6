"""What items are about, kept with them and in step with their words until an editor says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.core.exceptions import ValidationError

from almoner.pipeline.extract.topics import topics_of
from almoner.pipeline.taxonomy.topics import Topic, above, topics
from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import WHY_LENGTH, Item, ItemTopic, TopicLesson

TOPIC_FIELDS: Final = frozenset({"title", "text", "summary"})
"""The fields of an item that say what it is about."""


def topic_rows(item: Item) -> list[ItemTopic]:
    """The rows, not yet saved, of the topics that an item's words speak of. Where there is no text, its summary is read."""
    found = topics_of(item.title, item.text or item.summary)
    given = [
        ItemTopic(item=item, topic=each.topic, given_by=GivenBy.WORDS, why=each.why[:WHY_LENGTH])
        for each in found
    ]
    return _with_broader(item, given)


def classify_again(item: Item) -> None:
    """Bring an item's topics in step with its words as they stand now; what an editor chose stays."""
    if "topics" not in item.corrected:
        _replace(item, topic_rows(item))


def choose_topics(item: Item, chosen: Iterable[str]) -> bool:
    """Give an item the topics that an editor chose, and no others; whether that is a change.

    `ValidationError` if one of them is no topic.
    """
    wanted = set(chosen)
    if unknown := wanted - topics().keys():
        raise ValidationError({"topics": f"There is no topic {', '.join(sorted(unknown))}."})
    kept = {row.topic: row for row in item.topics.all() if row.given_by != GivenBy.NARROWER}
    if wanted == kept.keys():
        return False
    given = [
        ItemTopic(item=item, topic=topic, given_by=kept[topic].given_by, why=kept[topic].why)
        if topic in kept
        else ItemTopic(item=item, topic=topic, given_by=GivenBy.EDITOR)
        for topic in [*(topic for topic in kept if topic in wanted), *sorted(wanted - kept.keys())]
    ]
    _replace(item, _with_broader(item, given))
    TopicLesson.objects.update_or_create(item=item, defaults={"learnt": False})
    return True


def add_topics(item: Item, given: Sequence[ItemTopic]) -> None:
    """Give an item these topics beside its own, and those above them."""
    has = set(item.topics.values_list("topic", flat=True))
    rows = [row for row in _with_broader(item, given) if row.topic not in has]
    ItemTopic.objects.bulk_create(rows)


def topics_shown(item: Item) -> tuple[Topic, ...]:
    """The topics that readers are shown with an item, the surest first: not those that only stand above another one.
    A topic that the scheme has no more is passed over."""
    known = topics()
    return tuple(
        known[row.topic]
        for row in item.topics.all()
        if row.given_by != GivenBy.NARROWER and row.topic in known
    )


def topic_name(topic: str) -> str:
    """What a topic is called; its id where the scheme has it no more."""
    known = topics().get(topic)
    return known.name if known else topic


def _with_broader(item: Item, given: Sequence[ItemTopic]) -> list[ItemTopic]:
    own = [row.topic for row in given]
    broader = dict.fromkeys(higher for topic in own for higher in above(topic) if higher not in own)
    return [*given, *(ItemTopic(item=item, topic=topic, given_by=GivenBy.NARROWER) for topic in broader)]


def _replace(item: Item, rows: Iterable[ItemTopic]) -> None:
    item.topics.all().delete()
    ItemTopic.objects.bulk_create(rows)
