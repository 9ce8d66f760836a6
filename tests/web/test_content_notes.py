"""What readers are told before news of something distressing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from almoner.pipeline.taxonomy.content_notes import content_note, content_notes
from almoner.pipeline.taxonomy.topics import topics
from almoner.records.catalogue.classifying import classify_again

MakeItem = Callable[..., Any]


@pytest.mark.parametrize(("kind", "is_noted"), [("news", True), ("guidance", False)])
def test_news_of_something_distressing_has_a_note_on_card_and_page(
    client: Client, make_item: MakeItem, kind: str, is_noted: bool
) -> None:
    item = make_item("Suicide: what the review found", kind=kind)
    classify_again(item)
    card, page = (client.get(path).content.decode() for path in ("/news/", item.get_absolute_url()))
    assert ("Content note: suicide" in card) is is_noted
    assert ("<strong>Content note:</strong> suicide." in page) is is_noted


def test_each_note_is_said_once_and_all_topics_exist() -> None:
    assert content_notes().keys() <= topics().keys()
    assert content_note(["sexual-abuse", "sport", "sextortion", "suicide"]) == "sexual abuse, suicide"
    assert content_note(["sport"]) == ""
