"""A fresh service is filled once, and only with what may be shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from almoner.demo.reading_lists import READING_LISTS
from almoner.demo.services import EDITOR, REASON, create_demo_data
from almoner.demo.sources import SOURCES
from almoner.products.library.models import ReadingList
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Licence, Status
from almoner.records.catalogue.models import Item, ItemFinding
from almoner.records.catalogue.services import restore, withdraw
from almoner.records.ingest.models import Document, Sighting, Source

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_demo_data_fills_every_source_with_our_own_words() -> None:
    create_demo_data(now=NOW)
    assert set(Source.objects.values_list("name", flat=True)) == {sample.name for sample in SOURCES}
    assert set(Item.objects.values_list("licence", flat=True)) == {Licence.OWN.value}
    assert Document.objects.count() == sum(len(sample.pages) for sample in SOURCES)
    assert (Item.objects.count(), Sighting.objects.count()) == (66, 68)


def test_demo_data_leaves_faults_to_an_editor() -> None:
    outcome = create_demo_data(now=NOW)
    assert (outcome.published, outcome.waiting) == (60, 6)
    noticeboard = Item.objects.filter(sightings__document__snapshot__source__name="Lanternfold noticeboard")
    assert set(noticeboard.values_list("status", flat=True)) == {Status.WAITING.value}
    others = Item.objects.filter(status=Status.WAITING).exclude(pk__in=noticeboard)
    assert [item.title for item in others] == ["Club welfare officers to meet once a term"]


def test_demo_editor_states_why_and_cannot_sign_in() -> None:
    create_demo_data(now=NOW)
    editor = Person.objects.get(email=EDITOR)
    assert not editor.is_active
    assert not editor.has_usable_password()
    settled = ItemFinding.objects.exclude(settled_at=None)
    assert settled.exists()
    assert set(settled.values_list("settled_by", "settled_reason")) == {(editor.pk, REASON)}
    assert not ItemFinding.objects.filter(item__status=Status.PUBLISHED, settled_at=None).exclude(
        code="copy_of"
    )


def test_demo_data_added_again_changes_nothing() -> None:
    first = create_demo_data(now=NOW)
    before = list(Item.objects.order_by("pk").values())
    assert create_demo_data(now=datetime(2026, 11, 24, 9, 0, tzinfo=UTC)) == first
    assert list(Item.objects.order_by("pk").values()) == before
    assert Person.objects.count() == 1


def test_demo_data_added_again_respects_what_editors_did() -> None:
    create_demo_data(now=NOW)
    withdrawn, sent_back = Item.objects.filter(status=Status.PUBLISHED)[:2]
    withdraw(withdrawn, reason="Not for us.", now=NOW)
    withdraw(sent_back, reason="To look again.", now=NOW)
    restore(sent_back, now=NOW)
    Source.objects.filter(name="Lanternfold news").update(trust="review")
    create_demo_data(now=NOW)
    withdrawn.refresh_from_db()
    sent_back.refresh_from_db()
    assert (withdrawn.status, sent_back.status) == (Status.WITHDRAWN.value, Status.WAITING.value)
    assert Source.objects.get(name="Lanternfold news").trust == "review"


def test_demo_reading_lists_are_whole_and_come_back_to_nobody_who_removed_them() -> None:
    create_demo_data(now=NOW)
    assert {each.title: each.entries.count() for each in ReadingList.objects.all()} == {
        sample.title: len(sample.entries) for sample in READING_LISTS
    }
    ReadingList.objects.all().delete()
    create_demo_data(now=NOW)
    assert not ReadingList.objects.exists()
