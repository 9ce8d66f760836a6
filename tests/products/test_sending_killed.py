"""Senders that are killed or doubled, to a mail server that stalls, refuses, defers and hangs up: nobody is lost, nobody is
written to twice but where it is said, and nobody who left."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from almoner.lib.message import Message
from almoner.products.alerts import runs
from almoner.products.alerts.enums import RunKind
from almoner.products.alerts.models import Announcement, Delivery, Run, Subscriber, Subscription
from tests.products.killed_sender import BEGAN
from tests.servers.disk import Disk
from tests.servers.smtp import Smtp, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ON_SQLITE = connection.vendor == "sqlite"
SOAK = os.environ.get("ALMONER_SOAK") == "1"
KILLS = 1_000 if SOAK else 12
READERS = 5_000 if SOAK else 150
LEAVERS = READERS // 50
WORDS = Message("The briefing", "The briefing", "", "<p>Words</p>", "Words\n")


@pytest.fixture
def disk(tmp_path: Path, make_item: Callable[..., Any]) -> Disk:
    """A briefing's issue that is filled, and an urgent alert to every tenth reader."""
    Subscriber.objects.bulk_create(
        Subscriber(address=f"r{n:04}@example.org", folded=f"r{n:04}@example.org", standing="confirmed", asked_at=BEGAN)
        for n in range(READERS)
    )  # fmt: skip
    readers = list(Subscriber.objects.order_by("pk"))
    Subscription.objects.bulk_create(
        Subscription(subscriber=one, follows="briefing", about="weekly", began_at=BEGAN) for one in readers
    )
    Subscription.objects.bulk_create(
        Subscription(subscriber=one, follows="everything", pace="at_once", began_at=BEGAN)
        for one in readers[::10]
    )
    Announcement.objects.create(item=make_item("A warning", captured_at=BEGAN), at=BEGAN, urgent=True)
    runs.open_issue("weekly", "may", {"": WORDS}, BEGAN)
    runs.open_urgent(BEGAN)
    runs.fill_open(BEGAN)
    if ON_SQLITE:
        with closing(sqlite3.connect(tmp_path / "almoner.sqlite3")) as copy:
            connection.connection.backup(copy)
    return Disk(tmp_path)


@pytest.fixture
def smtp(tmp_path: Path) -> Iterator[Smtp]:
    with serving() as served:
        yield served


def sender(disk: Disk, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.products.killed_sender", *map(str, words)],
        env=disk.surroundings,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def result(process: subprocess.Popen[str]) -> Any:
    output, _ = process.communicate("\n", timeout=3_600)
    assert process.returncode == 0
    return json.loads(output.splitlines()[-1])


def deliveries(disk: Disk) -> dict[tuple[str, str], tuple[str, bool]]:
    """State and doubt of each message, by the kind of its run and its reader."""
    rows = disk.rows(
        f"SELECT kind, address, d.state, doubtful FROM {Delivery._meta.db_table} d "
        f"JOIN {Run._meta.db_table} r ON r.id = run_id JOIN {Subscriber._meta.db_table} s ON s.id = subscriber_id"
    )
    return {(kind, address): (state, bool(doubtful)) for kind, address, state, doubtful in rows}


def test_e1_killed_at_any_moment_nobody_is_lost_and_doubles_are_told(disk: Disk, smtp: Smtp) -> None:
    """The server goes wrong at each step now and then, and readers leave on the way."""
    chance = random.Random(5)
    left: set[str] = set()
    faults = {
        "connect": ["421 4.3.2 Busy", "drop"],
        "ehlo": ["drop"],
        "mail": ["451 4.3.0 Later", "drop"],
        "rcpt": ["450 4.2.1 Greylisted", "drop"],
        "data": ["451 4.3.0 Later", "drop"],
        "content": ["451 4.3.0 Later", "drop"],
        "accepted": ["drop"],
    }

    def choose(step: str, _: str) -> str:
        if chance.random() < 0.002:
            return "stall"
        return chance.choice(faults[step]) if chance.random() < 0.01 else ""

    def leave(step: str, to: str) -> None:
        # Somebody else leaves, in a transaction of their own, while a message is on the line.
        if step == "rcpt" and len(left) < LEAVERS and chance.random() < 0.05:
            who = f"r{chance.randrange(READERS):04}@example.org"
            if who not in left and who != to and who not in smtp.recipients():
                disk.rows(
                    f"UPDATE {Subscriber._meta.db_table} SET standing = 'ended' WHERE address = '{who}'"
                )
                left.add(who)

    smtp.delay = 0.02  # so that it takes a while
    smtp.choose, smtp.on = choose, leave
    found = result(sender(disk, "killed", smtp.port, KILLS, 7))
    assert found["kills"] == KILLS
    assert left
    whole = deliveries(disk)
    assert len(whole) == READERS + -(-READERS // 10)
    assert {state for state, _ in whole.values()} <= {"accepted", "uncertain", "suppressed", "failed"}
    ids = Counter(
        (RunKind.URGENT if b"A warning" in mailed.content else RunKind.BRIEFING, mailed.recipient)
        for mailed in smtp.accepted
    )
    for (kind, who), (state, doubtful) in whole.items():
        times = ids[RunKind(kind), who]
        if who in left:
            assert times == 0
        elif state == "accepted":
            assert times == 1 or (kind == RunKind.URGENT and doubtful and times == 2), (kind, who)
        elif state == "uncertain":
            assert doubtful
            assert times <= (2 if kind == RunKind.URGENT else 1), (kind, who)
        else:
            assert times == 0, (kind, who, state)
    lost = [key for key, (state, _) in whole.items() if state == "failed"]
    assert lost == []
    closed = disk.rows(f"SELECT DISTINCT state FROM {Run._meta.db_table} WHERE recipients > 0")
    assert closed == [("closed",)]


def test_e2_four_schedulers_at_once_write_to_nobody_twice(disk: Disk, smtp: Smtp) -> None:
    all_four = [sender(disk, "once", smtp.port) for _ in range(4)]
    for process in all_four:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in all_four:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert sum(result(process)["sent"] for process in all_four) == READERS + -(-READERS // 10)
    assert Counter(smtp.recipients()) == Counter(
        [f"r{n:04}@example.org" for n in range(READERS)]
        + [f"r{n:04}@example.org" for n in range(0, READERS, 10)]
    )
    assert {state for state, _ in deliveries(disk).values()} == {"accepted"}
    names = disk.rows(f"SELECT name FROM {Run._meta.db_table} ORDER BY name")
    assert [name for (name,) in names if not name.startswith("urgent")] == [
        "briefing may", "daily 2025-04-10", "weekly 2025-04-07",
    ]  # fmt: skip
