"""Topics are kept with items, in step with their words until an editor says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from almoner.records.catalogue.classifying import classify_again
from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import Item, ItemTopic
from almoner.records.catalogue.services import correct
from almoner.records.catalogue.topics import topics_shown

MakeItem = Callable[..., Any]


def shown(item: Item) -> list[str]:
    return [topic.id for topic in topics_shown(Item.objects.get(pk=item.pk))]


def kept(item: Item) -> dict[str, str]:
    return dict(item.topics.values_list("topic", "given_by"))


def test_item_keeps_its_topics_those_above_them_and_why(make_item: MakeItem) -> None:
    item = make_item("County lines: what drivers see")
    classify_again(item)
    assert shown(item) == ["county-lines"]
    assert kept(item) == {
        "county-lines": GivenBy.WORDS,
        "criminal-exploitation": GivenBy.NARROWER,
        "exploitation": GivenBy.NARROWER,
        "abuse": GivenBy.NARROWER,
    }
    assert item.topics.get(topic="county-lines").why == "“county lines” in the title"


def test_topics_follow_the_words_of_an_item(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Forced marriage")
    classify_again(item)
    correct(item, now=now, title="Knife crime")
    assert shown(item) == ["knife-crime"]


def test_item_without_a_text_is_known_by_its_summary(make_item: MakeItem, now: datetime) -> None:
    item = make_item("A leaflet")
    correct(item, now=now, summary="What to do about hoarding.")
    assert shown(item) == ["self-neglect"]


def test_what_an_editor_chose_stays_whatever_the_words_become(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Forced marriage")
    classify_again(item)
    assert correct(item, now=now, topics=["forced-marriage", "sport"]) == {"topics"}
    correct(item, now=now, title="Knife crime")
    assert shown(item) == ["forced-marriage", "sport"]
    assert kept(item)["forced-marriage"] == GivenBy.WORDS
    assert kept(item)["sport"] == GivenBy.EDITOR
    assert kept(item)["honour-based-abuse"] == GivenBy.NARROWER


def test_editor_may_take_all_topics_away(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Forced marriage")
    classify_again(item)
    correct(item, now=now, topics=[])
    assert kept(item) == {}
    classify_again(item)
    assert kept(item) == {}


def test_the_same_topics_again_are_no_correction(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Forced marriage")
    classify_again(item)
    assert correct(item, now=now, topics=["forced-marriage"]) == frozenset()
    assert item.corrected == []


def test_unknown_topic_is_refused_and_nothing_changes(make_item: MakeItem, now: datetime) -> None:
    item = make_item("Forced marriage")
    classify_again(item)
    with pytest.raises(ValidationError, match="no topic gardening"):
        correct(item, now=now, topics=["gardening"], title="Other")
    assert shown(item) == ["forced-marriage"]
    assert Item.objects.get(pk=item.pk).title == "Forced marriage"


def test_topic_that_the_scheme_has_no_more_is_passed_over(make_item: MakeItem) -> None:
    item = make_item("A leaflet")
    ItemTopic.objects.create(item=item, topic="gardening", given_by=GivenBy.WORDS)
    assert shown(item) == []


def test_upgrade_gives_topics_to_the_items_that_are_there(make_item: MakeItem) -> None:
    item, other = make_item("County lines: what drivers see"), make_item("A leaflet")
    import_module("almoner.records.catalogue.migrations.0007_topics_of_items").classify(apps, None)
    assert shown(item) == ["county-lines"]
    assert "abuse" in kept(item)
    assert kept(other) == {}
