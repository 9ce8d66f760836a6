"""Learning topics from editors: what they decided, what was learnt of it, and the topics that are given for it.

An item whose topics an editor has changed is a lesson. When enough new ones have come, all are learnt from anew, behind
the running service. What was learnt is used when an item is related; an item that an editor decided on is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from django.db.models import Max

from almoner.pipeline.extract import topic_lessons
from almoner.pipeline.extract.topic_lessons import Learnt, Lesson, signs_of
from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import WHY_LENGTH, Item, ItemTopic, LearntTopic, TopicLesson
from almoner.records.catalogue.topics import add_topics
from almoner.records.catalogue.turns import in_turn

NEW: Final = 10
"""New lessons after which is learnt anew."""
MOST: Final = 3_000
"""Lessons that are learnt from, the newest."""


def learn_waiting() -> bool:
    """Learn anew, if enough new lessons have come; whether that was so."""
    if TopicLesson.objects.filter(learnt=False).count() < NEW:
        return False
    newest = list(
        TopicLesson.objects.select_related("item").prefetch_related("item__topics").order_by("-pk")[:MOST]
    )
    found = topic_lessons.learn([_lesson(row.item) for row in newest])
    with in_turn():
        LearntTopic.objects.all().delete()
        LearntTopic.objects.bulk_create(
            LearntTopic(
                topic=each.topic,
                signs=dict(each.signs),
                suggests_from=each.suggests_from,
                gives_from=each.gives_from,
                called=each.called,
                right=each.right,
            )
            for each in found
        )
        TopicLesson.objects.filter(pk__lte=newest[0].pk).update(learnt=True)
    _learnt.cache_clear()
    return True


def give_learnt(item: Item) -> bool:
    """Give an item the topics that were learnt and are sure for it; whether there were any. What an editor decided
    stays as it is."""
    if "topics" in item.corrected:
        return False
    given = [
        ItemTopic(item=item, topic=each.topic, given_by=GivenBy.LEARNT, why=why[:WHY_LENGTH])
        for each, why, sure in _called_for(item)
        if sure
    ]
    add_topics(item, given)
    return bool(given)


def suggestions(item: Item) -> list[tuple[Learnt, str]]:
    """What was learnt that may fit an item, and why, the most likely first."""
    return [(each, why) for each, why, _ in _called_for(item)]


def _called_for(item: Item) -> Iterator[tuple[Learnt, str, bool]]:
    """What was learnt that the words of an item call for and it has not: with the reason, and whether it is sure."""
    learnt = _learnt(LearntTopic.objects.aggregate(newest=Max("pk"))["newest"])
    if not learnt:
        return
    has = {row.topic for row in item.topics.all()}
    signs = signs_of(item.title, item.text or item.summary)
    scored = sorted(((each.score(signs), each) for each in learnt), key=lambda pair: -pair[0])
    for score, each in scored:
        if each.topic not in has and score >= each.suggests_from:
            yield each, each.why(signs), each.gives_from is not None and score >= each.gives_from


def _lesson(item: Item) -> Lesson:
    topics = (row.topic for row in item.topics.all() if row.given_by != GivenBy.NARROWER)
    return Lesson(signs_of(item.title, item.text or item.summary), frozenset(topics))


@lru_cache(maxsize=1)
def _learnt(newest: int | None) -> tuple[Learnt, ...]:
    """All that was learnt; kept until it is learnt anew, for then the newest row is another."""
    if newest is None:
        return ()
    return tuple(
        Learnt(row.topic, row.signs, row.suggests_from, row.gives_from, row.called, row.right)
        for row in LearntTopic.objects.all()
    )
