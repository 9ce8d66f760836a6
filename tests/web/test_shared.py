"""What pages share is asked for once, and again when it may have changed."""

from __future__ import annotations

from itertools import count

import pytest
from pytest_django import Settings

from almoner.web.page_cache import pages
from almoner.web.shared import Shared


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[float]:
    """The time, which a test may change, where pages are kept for 30 seconds."""
    settings.PAGES_KEPT = 30
    now = [0.0]
    monkeypatch.setattr("almoner.web.shared.time.monotonic", lambda: now[0])
    return now


def test_answer_is_shared_until_its_time_is_over(moment: list[float]) -> None:
    kept: Shared[int] = Shared()
    numbers = count()
    told = []
    for moment[0] in (0, 29.9, 30, 59.9):
        told.append(kept.get("menu", ask=lambda: next(numbers)))
    assert told == [0, 0, 1, 1]


def test_answers_are_told_apart_and_forgotten_with_the_pages(moment: list[float]) -> None:
    kept: Shared[str] = Shared()
    assert kept.get("menu", 1, ask=lambda: "one") == "one"
    assert kept.get("menu", 2, ask=lambda: "two") == "two"
    assert kept.get("menu", 1, ask=lambda: "another") == "one"
    pages.forget()
    assert kept.get("menu", 1, ask=lambda: "another") == "another"


def test_answer_of_what_was_forgotten_meanwhile_is_not_shared(moment: list[float]) -> None:
    kept: Shared[str] = Shared()

    def slow() -> str:
        pages.forget()  # something is withdrawn while it is worked out
        return "with what was withdrawn"

    kept.get(ask=slow)
    assert kept.get(ask=lambda: "without") == "without"


def test_nothing_is_shared_where_no_page_is_kept(settings: Settings) -> None:
    settings.PAGES_KEPT = 0
    kept: Shared[str] = Shared()
    assert kept.get(ask=lambda: "first") == "first"
    assert kept.get(ask=lambda: "second") == "second"
