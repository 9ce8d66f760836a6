"""Subscribers in the newsroom: for administrators, by exact address alone; lists that come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from almoner.products.alerts import exchange
from almoner.products.alerts.enums import Ended, Follows, Pace, Standing
from almoner.products.alerts.models import Request, Subscriber, Subscription, Suppression
from almoner.products.alerts.sign_up import Choice
from almoner.products.alerts.suppression import hashed
from almoner.records.accounts.models import Person

SUBSCRIBERS = "/newsroom/subscribers/"
PREVENT = [Choice(Follows.TOPIC, "prevent", Pace.WEEKLY)]
LIST = """Address,Consented_on,consented_how,consent_words,Name
dana@example.org,2024-05-31,Form on our site,I want the weekly,Dana
eve@example.org,2024-05-31,,I want the weekly,Eve
finn@example.org,,,,Finn
gwen@example.org,2999-01-01,Form,Words,Gwen
not an address,2024-05-31,Form,Words,
dana@EXAMPLE.org,2024-05-31,Form,Words,again
here@example.org,2024-05-31,Form,Words,
shut@example.org,2024-05-31,Form,Words,
"""


@pytest.fixture
def dana(db: None) -> Subscriber:
    now = timezone.now()
    subscriber = Subscriber.objects.create(
        address="Dana@example.org",
        folded="dana@example.org",
        standing="confirmed",
        asked_at=now,
        confirmed_at=now,
    )
    Subscription.objects.create(subscriber=subscriber, follows="topic", about="prevent", began_at=now)
    subscriber.consents.create(at=now, given=True, how="form", words="Write to me")
    return subscriber


@pytest.fixture
def lead(client: Client, alice: Person) -> Client:
    """Alice's browser, signed in."""
    client.force_login(alice)
    return client


def test_editors_see_nothing_of_subscribers(desk: Client, dana: Subscriber) -> None:
    for path in (SUBSCRIBERS, f"{SUBSCRIBERS}{dana.key}/"):
        assert desk.get(path).status_code == 302
        assert desk.post(path, {"action": "export"}).status_code == 302
    assert b"Subscribers" not in desk.get("/newsroom/").content


def test_page_counts_and_shows_no_address(lead: Client, dana: Subscriber) -> None:
    page = lead.get(SUBSCRIBERS).content.decode()
    assert "1 person is written to" in page
    assert "Prevent and radicalisation" in page
    assert "example.org" not in page


@pytest.mark.parametrize("typed", ["dana@example.org", " DANA@Example.ORG "])
def test_person_is_found_by_exact_address_alone(lead: Client, dana: Subscriber, typed: str) -> None:
    answer = lead.post(SUBSCRIBERS, {"action": "find", "address": typed})
    assert answer["Location"] == f"{SUBSCRIBERS}{dana.key}/"
    page = lead.get(answer["Location"]).content.decode()
    assert "Dana@example.org" in page
    assert "Write to me" in page
    assert "Dana" not in page[: page.index("</title>")]
    assert b"Nobody here" in lead.post(SUBSCRIBERS, {"action": "find", "address": "dan@example.org"}).content


def test_copy_end_and_erasing_leave_no_address_in_the_history(
    lead: Client, dana: Subscriber, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    page = f"{SUBSCRIBERS}{dana.key}/"
    assert json.loads(lead.post(page, {"action": "export"}).content)["address"] == "Dana@example.org"
    lead.post(page, {"action": "end"})
    dana.refresh_from_db()
    assert (dana.standing, dana.ended_why) == (Standing.ENDED, Ended.EDITOR)
    assert lead.post(page, {"action": "erase"})["Location"] == SUBSCRIBERS
    assert not Subscriber.objects.exists()
    history = list(ModelLogEntry.objects.values_list("action", "label", "data"))
    assert [action for action, _, _ in history] == [
        "almoner.subscriber_erase",
        "almoner.subscriber_end",
        "almoner.subscriber_copy",
    ]
    assert "dana" not in repr(history).lower()


def test_address_that_is_not_known_is_erased_all_the_same(
    lead: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    exchange.import_subscribers("address\nfinn@example.org", PREVENT, timezone.now(), keep=True)
    found = lead.post(SUBSCRIBERS, {"action": "find", "address": "finn@example.org"})
    assert b"Erase everything about this address" in found.content
    lead.post(SUBSCRIBERS, {"action": "erase", "address": "finn@example.org"})
    assert not Request.objects.exists()


def test_list_is_looked_at_first_and_kept_when_asked(lead: Client, db: None) -> None:
    for keep, subscribers in (({}, 0), ({"keep": "on"}, 3)):
        file = SimpleUploadedFile("list.csv", LIST.encode("utf-8-sig"), "text/csv")
        form = {"action": "import", "list": file, "follow": "topic:prevent", "pace": "daily", **keep}
        page = lead.post(SUBSCRIBERS, form).content.decode()
        assert "Line 6" in page
        assert "not an address" not in page
        assert ("What would happen" in page) is not bool(keep)
        assert Subscriber.objects.count() == subscribers
    assert ModelLogEntry.objects.get().data["confirmed"] == 3


@pytest.mark.parametrize(
    "form",
    [
        {"action": "import", "follow": "topic:prevent"},
        {"action": "import", "follow": "", "list": "x"},
        {"action": "import", "follow": "topic:prevent", "list": "name\nDana"},
        {"action": "find", "address": "x"},
    ],
)
def test_what_is_wrong_with_a_list_is_said(lead: Client, db: None, form: dict[str, Any]) -> None:
    if "list" in form:
        form = {**form, "list": SimpleUploadedFile("list.csv", form["list"].encode())}
    answer = lead.post(SUBSCRIBERS, {**form, "keep": "on"})
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def test_consents_that_the_list_proves_stand_and_everybody_else_is_asked(dana: Subscriber) -> None:
    now = timezone.now()
    Subscriber.objects.update(address="here@example.org", folded="here@example.org")
    Suppression.objects.create(hashed=hashed("shut@example.org"), why=Ended.LEFT, since=now)
    told = exchange.import_subscribers(LIST, PREVENT, now, keep=True)
    assert (told.confirmed, told.asked, told.here, told.suppressed, told.wrong) == (1, 3, 1, 1, 2)
    came = Subscriber.objects.get(folded="dana@example.org")
    consent = came.consents.get()
    assert (consent.at.date().isoformat(), consent.how) == ("2024-05-30", "import: Form on our site")
    assert consent.words == "I want the weekly"
    assert came.subscriptions.get().about == "prevent"
    assert {row.folded for row in Request.objects.all()} == {
        f"{each}@example.org" for each in ("eve", "finn", "gwen")
    }
    again = exchange.import_subscribers(LIST, PREVENT, now, keep=True)
    assert (again.confirmed, again.asked, again.here) == (0, 0, 5)


def test_list_of_those_not_to_be_written_to_ends_who_is_on_it(dana: Subscriber) -> None:
    now = timezone.now()
    text = "address,why\ndana@example.org,x\nnew@example.org\nnonsense\n"
    looked = exchange.import_suppressions(text, Ended.COMPLAINED, now, keep=False)
    assert (looked.suppressed, looked.wrong, Suppression.objects.count()) == (2, 1, 0)
    exchange.import_suppressions(text, Ended.COMPLAINED, now, keep=True)
    dana.refresh_from_db()
    assert dana.ended_why == Ended.COMPLAINED
    assert {row.hashed for row in Suppression.objects.all()} == {
        hashed("dana@example.org"), hashed("new@example.org")
    }  # fmt: skip
    assert exchange.import_suppressions(text, Ended.COMPLAINED, now, keep=True).here == 2
