"""Runs of messages in the newsroom: how far they are, and what an editor does about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from almoner.products.alerts import installation, runs
from almoner.products.alerts.enums import RunState
from almoner.products.alerts.models import Announcement, Delivery, Request, Run
from almoner.records.accounts.models import Person
from tests.products.conftest import make_subscriber  # noqa: F401, a fixture

RUNS = "/newsroom/runs/"
Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA, settings.MAIL_SERVER = tmp_path, True


@pytest.fixture
def run(make_subscriber: Make) -> Run:  # noqa: F811
    """A run of three, of which one went and one failed."""
    now = timezone.now()
    run = Run.objects.create(
        name="daily 2025-04-10",
        kind="daily",
        local_date=now.date(),
        opened_at=now,
        state="sending",
        recipients=3,
    )
    for state in ("accepted", "failed", "waiting"):
        reader = make_subscriber(f"{state}@example.org", "everything:@daily")
        answer = "550 5.2.2 <b>Full</b>" if state == "failed" else ""
        Delivery.objects.create(run=run, subscriber=reader, state=state, next_at=now, answer=answer)
    return run


def test_runs_are_listed_with_what_became_of_them(desk: Client, run: Run) -> None:
    page = desk.get(RUNS).content.decode()
    assert "1 of 3 accepted, 1 failed" in page
    page = desk.get(f"{RUNS}{run.pk}/").content.decode()
    assert "550 5.2.2 &lt;b&gt;Full&lt;/b&gt;" in page
    assert "@example.org" not in page.partition("<main")[2]


def test_run_is_held_goes_on_is_tried_again_and_stopped(desk: Client, run: Run) -> None:
    def press(action: str) -> tuple[str, list[str]]:
        assert desk.post(f"{RUNS}{run.pk}/", {"action": action}).status_code == 302
        run.refresh_from_db()
        return run.state, list(run.deliveries.order_by("pk").values_list("state", flat=True))

    assert press("hold") == (RunState.HELD, ["accepted", "failed", "waiting"])
    assert "is held" in desk.get("/newsroom/").content.decode()
    assert press("go_on") == (RunState.SENDING, ["accepted", "failed", "waiting"])
    assert press("try_again") == (RunState.SENDING, ["accepted", "waiting", "waiting"])
    assert press("stop") == (RunState.SENDING, ["accepted", "suppressed", "suppressed"])
    runs.close_done(timezone.now())
    assert press("anything") == (RunState.CLOSED, ["accepted", "suppressed", "suppressed"])


def test_item_is_told_at_once_when_an_editor_says_so(
    desk: Client,
    make_item: Make,
    make_subscriber: Make,  # noqa: F811
) -> None:
    make_subscriber("ann@example.org", "everything:@at_once")
    make_subscriber("bea@example.org", "everything:@daily")
    item = make_item("A warning")
    address = f"{RUNS}urgent/{item.pk}/"
    assert address in desk.get(f"/newsroom/items/{item.pk}/").content.decode()
    assert "to 1 person" in desk.get(address).content.decode()
    assert not Announcement.objects.filter(urgent=True).exists()
    for _ in range(2):
        desk.post(address)
    runs.open_due(timezone.now())
    runs.fill_open(timezone.now())
    assert Delivery.objects.filter(run__kind="urgent").count() == 1
    assert "told at once before" in desk.get(address).content.decode()


def test_letters_that_did_not_go_are_told_in_words_and_tried_again(desk: Client) -> None:
    now = timezone.now()
    for number, (state, problem) in enumerate(
        (
            ("failed", "The mail server does not take the address (550)."),
            ("waiting", "The mail server could not be reached."),
        )
    ):
        Request.objects.create(
            kind="sign_up", state=state, problem=problem, address=f"n{number}@example.org",
            folded=f"n{number}@example.org", how="form", at=now, next_at=now, attempts=6,
        )  # fmt: skip
    page = desk.get(RUNS).content.decode()
    assert "does not take the address (550). Given up: 1." in page
    assert "could not be reached. Tried again by itself: 1." in page
    assert "@example.org" not in page.partition("<main")[2]
    assert "1 letter will be tried again" in desk.post(RUNS, follow=True).content.decode()
    assert set(Request.objects.values_list("state", "attempts")) == {("waiting", 0), ("waiting", 6)}
    Request.objects.all().delete()
    assert "did not go" not in desk.get(RUNS).content.decode()


def test_run_of_which_only_numbers_are_kept_says_so(desk: Client, run: Run) -> None:
    run.deliveries.all().delete()
    Run.objects.update(state="closed", ended_as={"accepted": 2, "failed": 1})
    page = desk.get(f"{RUNS}{run.pk}/").content.decode()
    assert "no longer kept for this run" in page
    assert "Try again what failed" not in page
    desk.post(f"{RUNS}{run.pk}/", {"action": "try_again"})
    assert "2 of 3 accepted, 1 failed" in desk.get(RUNS).content.decode()


def test_desk_says_when_nothing_may_be_sent(desk: Client) -> None:
    installation.introduce()
    assert "Sending needs you" not in desk.get("/newsroom/").content.decode()
    installation._path().unlink()
    assert "Nothing is sent" in desk.get("/newsroom/").content.decode()
    assert "almoner deliveries go" in desk.get(RUNS).content.decode()


@pytest.mark.parametrize("path", ["", "1/", "urgent/1/"])
def test_runs_are_for_editors(client: Client, charlie: Person, path: str) -> None:
    client.force_login(charlie)
    assert client.get(RUNS + path).status_code in {302, 403}
