"""What machines are told about the service: each fault is told, each recovery too, and a calm service is well."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from almoner.records.ingest import health, heartbeat
from almoner.records.ingest.models import Run, Source
from tests.web.documents import make_document

pytestmark = pytest.mark.django_db


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    heartbeat.begin(timezone.now())
    return tmp_path / "data"


@contextmanager
def database_gone() -> Iterator[None]:
    def refuse(*_: Any) -> Any:
        raise OperationalError("disk I/O error in /var/lib/secret")

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def disk_full() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, health.LEAST_FREE - 1))
        yield


@contextmanager
def folder_gone() -> Iterator[None]:
    from django.conf import settings

    away = settings.DATA.rename(settings.DATA.with_name("away"))
    yield
    away.rename(settings.DATA)


@contextmanager
def watch_silent() -> Iterator[None]:
    heartbeat.beat(timezone.now() - health.SILENCE - timedelta(seconds=1))
    yield
    heartbeat.beat(timezone.now())


@contextmanager
def source_overdue() -> Iterator[None]:
    late = timezone.now() - health.LATEST - timedelta(minutes=1)
    heartbeat.begin(late)
    heartbeat.beat(timezone.now())
    source = Source.objects.create(
        name="Pier", adapter="feed", address="https://pier.example/", next_check_at=late
    )
    yield
    source.next_check_at = timezone.now() + timedelta(hours=1)
    source.save()


Fault = Callable[[], AbstractContextManager[None]]


def test_a_calm_service_is_well(client: Client) -> None:
    for _ in range(3):
        answer = client.get("/health")
        assert answer.status_code == 200
        assert answer.json() == {
            "status": "ok",
            "checks": {"database": "ok", "disk": "ok", "watch": "ok", "sources": "ok", "sending": "ok"},
            "held": [],
        }
    assert answer["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        (database_gone, {"database", "sources"}),
        (disk_full, {"disk"}),
        (folder_gone, {"disk", "watch"}),
        (watch_silent, {"watch"}),
        (source_overdue, {"sources"}),
    ],
)
def test_each_fault_is_told_and_each_recovery(client: Client, fault: Fault, broken: set[str]) -> None:
    assert client.get("/health").status_code == 200
    with fault():
        answer = client.get("/health")
        assert answer.status_code == 503
        assert {name for name, said in answer.json()["checks"].items() if said != "ok"} == broken
        assert "/" not in answer.content.decode()  # no path, no address
        assert "Pier" not in answer.content.decode()
    assert client.get("/health").status_code == 200


def test_a_watch_elsewhere_needs_no_sign_of_life_here(client: Client, settings: Settings, data: Path) -> None:
    (data / "watching").unlink()
    assert client.get("/health").status_code == 503
    settings.GATHERING = "elsewhere"
    assert client.get("/health").status_code == 200


def test_after_a_night_switched_off_late_sources_are_no_fault(client: Client) -> None:
    Source.objects.create(
        name="Pier", adapter="feed", address="https://pier.example/", next_check_at=timezone.now() - timedelta(days=3)
    )  # fmt: skip
    assert client.get("/health").status_code == 200


def test_health_leaves_nothing_in_the_data_folder(client: Client, data: Path) -> None:
    client.get("/health")
    assert os.listdir(data) == ["watching"]


def numbers(client: Client) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.content.decode().splitlines()
    # The grammar of the text format, as far as it is used here.
    shape = re.compile(
        r'# HELP almoner_\w+ .+|# TYPE almoner_\w+ (counter|gauge)|almoner_\w+(\{\w+="\w+"\})? -?[\d.e+-]+'
    )
    assert [line for line in lines if not shape.fullmatch(line)] == []
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


def test_numbers_are_those_of_the_records(client: Client, make_item: Callable[..., Any]) -> None:
    now = timezone.now()
    source = Source.objects.create(name="Pier", failures=2, next_check_at=now, adapter="feed", address="https://p.example/")  # fmt: skip
    Source.objects.create(name="Quay", state="paused")
    Run.objects.create(source=source, started_at=now - timedelta(seconds=90), ended_at=now, ending="failed")
    document = make_document([make_item("One"), make_item("Two", status="waiting")], captured=now)
    found = numbers(client)
    assert found['almoner_sources{state="active"}'] == 2
    assert found['almoner_sources{state="paused"}'] == 1
    assert found['almoner_sources{state="held"}'] == 0
    assert (found["almoner_sources_failing"], found["almoner_sources_overdue"]) == (1, 1)
    assert found['almoner_runs_total{ending="failed"}'] == 1
    assert found["almoner_run_seconds_total"] == 90
    assert found['almoner_items{status="published"}'] == 1
    assert found['almoner_items{status="waiting"}'] == 1
    assert (found["almoner_snapshots"], found["almoner_snapshot_bytes"]) == (1, document.snapshot.size)
    assert 0 <= found["almoner_watch_seconds_since_alive"] < 3600


def test_numbers_of_an_empty_service_are_noughts(client: Client) -> None:
    found = numbers(client)
    found.pop("almoner_watch_seconds_since_alive")
    assert set(found.values()) == {0}


def test_numbers_cost_ten_queries_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        Source.objects.create(name=f"Source {number}")
    with django_assert_num_queries(10):
        client.get("/metrics")


@pytest.mark.parametrize(
    ("visitor", "headers", "allowed"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("10.0.0.5", {}, True),
        ("192.0.2.9", {}, False),
        ("", {}, False),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "192.0.2.9"}, False),
        ("127.0.0.1", {"HTTP_VIA": "1.1 proxy"}, False),
    ],
)
def test_numbers_are_for_the_operator(
    client: Client, settings: Settings, visitor: str, headers: dict[str, str], allowed: bool
) -> None:
    settings.METRICS_READERS = ["10.0.0.0/24"]
    answer = client.get("/metrics", REMOTE_ADDR=visitor, **headers)  # type: ignore[arg-type]
    assert answer.status_code == (200 if allowed else 404)


def test_behind_a_trusted_proxy_this_machine_may_still_look(client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 200
