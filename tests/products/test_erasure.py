"""Erasing: after it an address is nowhere, and no restored backup brings it back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from almoner.products.alerts import erasure
from almoner.products.alerts.models import Erasure, Request, Subscriber, Suppression
from almoner.products.alerts.suppression import hashed
from tests.servers import pattern

Make = Callable[..., Any]
CANARY = "canary.vale@example.org"

# A service of its own on the disk: the address goes through every table that may have one, rows before and after it are
# changed and deleted so that pages are split and joined, and then it is erased.
STORY = """
import django
django.setup()
import io, logging, sys
from datetime import timedelta
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from almoner.products.alerts import letters, links, sign_up
from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.enums import Follows, Pace, RequestKind
from almoner.products.alerts.erasure import erase
from almoner.products.alerts.exchange import import_subscribers
from almoner.products.alerts.models import Request, Subscriber

logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
logging.getLogger("django.db.backends").setLevel(logging.INFO)
choice = sign_up.Choice(Follows.TOPIC, "fgm", Pace.DAILY)
now = timezone.now()
CANARY = sys.argv[1]
many = "address\\n" + "\\n".join(f"r{n}.vale@example.org" for n in range(120))
import_subscribers(many, [choice], now, keep=True)
for typed in (CANARY, CANARY.title()):
    client = Client(SERVER_NAME="localhost")
    client.post("/alerts/", {"follow": "topic:fgm", "address": typed})
    client.post("/alerts/link/", {"address": typed})
    client.post("/alerts/", {"address": "no, " + typed})
import_subscribers(many.replace("r1", "q1"), [choice], now, keep=True)
while letters.send_waiting(timezone.now()):
    pass
for request in Request.objects.filter(folded=CANARY, kind="sign_up", state="sent"):
    sign_up.confirm(request.key, now)
Request.objects.filter(pk__gt=5, folded__startswith="r1").delete()
subscriber = Subscriber.objects.get(folded=CANARY)
token = links.change(subscriber.key).split("/", 3)[3]
client.post("/" + token, {"telling_subjects": "on"})
if len(sys.argv) > 2:
    connection.cursor().execute(f"VACUUM INTO '{sys.argv[2]}'")
client.post("/" + token, {"action": "erase"})
assert not Subscriber.objects.filter(folded=CANARY).exists()
connection.close()
"""


def run(folder: Path, code: str, *arguments: str) -> tuple[str, str]:
    environment = {
        **os.environ, "ALMONER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tests.records.on_disk", "DATABASE_URL": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout, done.stderr


def holding(folder: Path, what: str) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and what.encode() in path.read_bytes().lower()
    ]


def test_v4_an_erased_address_is_in_no_table_and_no_file(tmp_path: Path) -> None:
    data, backup = pattern.put_into(tmp_path / "data"), tmp_path / "backup.sqlite3"
    said = run(data, STORY, CANARY, str(backup))
    assert holding(tmp_path, CANARY) == ["backup.sqlite3"]  # it was there
    assert holding(data, "r7.vale@example.org") == ["almoner.sqlite3"]
    assert CANARY not in "".join(said).lower()
    assert (data / "erased").read_text().startswith(hashed(CANARY))
    # A backup from before, put in its place, is cleared at the next start.
    backup.replace(data / "almoner.sqlite3")
    again = "import django; django.setup(); from almoner.products.alerts.erasure import erase_again; print(erase_again())"
    assert int(run(data, again)[0]) > 0
    assert holding(data, CANARY) == []
    assert int(run(data, again)[0]) == 0


@pytest.fixture
def ledger(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "erased"


def test_v4_a_restored_backup_is_cleared_again(make_subscriber: Make, ledger: Path, now: datetime) -> None:
    make_subscriber("bob@example.org")
    make_subscriber(CANARY, "topic:fgm")
    erasure.erase(CANARY, now + timedelta(days=1))
    make_subscriber(CANARY, "topic:fgm")
    Request.objects.create(kind="link", address=CANARY, folded=CANARY, how="form", at=now, next_at=now)
    Erasure.objects.all().delete()  # the database as it was before
    assert erasure.erase_again() > 1
    assert [row.folded for row in Subscriber.objects.all()] == ["bob@example.org"]
    assert not Request.objects.exists()
    assert erasure.erase_again() == 0


def test_v4_who_came_back_after_being_erased_stays(
    make_subscriber: Make, ledger: Path, now: datetime
) -> None:
    erasure.erase(CANARY, now - timedelta(days=1))
    make_subscriber(CANARY)
    Erasure.objects.all().delete()
    assert erasure.erase_again() == 0
    assert Subscriber.objects.exists()


def test_erasing_leaves_hashes_alone_and_shuts_out_imports(
    make_subscriber: Make, ledger: Path, now: datetime
) -> None:
    make_subscriber(CANARY, "topic:fgm")
    erasure.erase(CANARY, now)
    assert Suppression.objects.get().hashed == hashed(CANARY) == Erasure.objects.get().hashed
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "canary" not in repr(cursor.fetchall()).lower()


def test_erasing_who_is_not_known_does_the_same(ledger: Path, now: datetime, db: None) -> None:
    assert erasure.erase(CANARY, now).rows == 0
    assert hashed(CANARY) in ledger.read_text()


def test_a_line_of_the_ledger_that_was_cut_off_is_passed_over(ledger: Path, now: datetime, db: None) -> None:
    erasure.erase(CANARY, now)
    with ledger.open("a") as file:
        file.write("0123")
    Erasure.objects.all().delete()
    erasure.erase_again()
    assert Erasure.objects.count() == 1
