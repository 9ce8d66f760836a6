"""Work that goes round in a thread: what a fault does to it, and when it ends."""

from __future__ import annotations

import logging
import threading

import pytest
from django.db import connection

from almoner.records import rounds


@pytest.fixture(autouse=True)
def _kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)  # it is the test's


class Naps(list[float]):
    """Remembers how long each rest was to be, and stops the work after so many."""

    def __init__(self, stop: threading.Event, most: int) -> None:
        super().__init__()
        self.stop, self.most = stop, most

    def rest(self, seconds: float) -> None:
        self.append(seconds)
        if len(self) == self.most:
            self.stop.set()


def test_rests_grow_while_it_fails_and_are_as_usual_afterwards() -> None:
    stop = threading.Event()
    naps = Naps(stop, 6)

    def work() -> None:
        if len(naps) < 4:
            raise OSError("the disk is full")

    rounds.go_round(work, stop, name="carting", nap=5, longest_nap=30, rest=naps.rest)
    assert naps == [10, 20, 30, 30, 5, 5]


@pytest.mark.parametrize("expected", [(OSError,), ()])
def test_faults_are_logged_with_what_broke_off_and_when_it_goes_on(
    expected: tuple[type[Exception], ...], caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()

    def work() -> None:
        raise OSError("the disk is full")

    rounds.go_round(work, stop, name="carting", nap=5, expected=expected, rest=Naps(stop, 1).rest)
    (record,) = caplog.records
    assert record.getMessage() == "carting broke off, and goes on by itself in 10 seconds: the disk is full"
    assert (record.levelno, bool(record.exc_info)) == (
        (logging.ERROR, True) if not expected else (logging.WARNING, False)
    )


def test_work_ends_at_once_when_stopped_during_a_rest() -> None:
    stop, worked = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=rounds.go_round, args=(worked.set, stop), kwargs={"name": "carting", "nap": 3600}
    )
    thread.start()
    assert worked.wait(60)
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
