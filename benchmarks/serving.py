"""Public pages a second: kept and not kept, beside WordPress with the same 1,000 items, in one run.

    python -m benchmarks serving     # needs wrk; WordPress is left out where it is not installed

Each answers on this machine to `wrk` with eight connections, one after another; told is the median of three runs.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks import wordpress
from benchmarks.machine import described

ITEMS: Final = 1_000
SECONDS: Final = 5
RUNS: Final = 3
_KEPT: Final = "BENCHMARK_PAGES_KEPT"
_RATE: Final = re.compile(r"Requests/sec:\s+([\d.]+)")
_REFUSED: Final = re.compile(r"Non-2xx or 3xx responses: (\d+)")


def texts() -> list[tuple[str, str]]:
    """Titles and texts, about 200 words each."""
    sentence = "Clubs and schools on route {route} check who may collect a child, and write down who did. "
    return [
        (f"Notice {number}: who may collect a child", "".join(sentence.format(route=number % 40 + k) for k in range(12)))
        for number in range(ITEMS)
    ]  # fmt: skip


def main() -> None:
    """Print the table."""
    print(
        f"{described()}\n{ITEMS:,} items, 8 connections, median of {RUNS} runs of {SECONDS} s, requests a second\n"
    )
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt-get install wrk")
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        item = _fill(Path(folder))
        for name, seconds in (("ours, pages kept", 30), ("ours, none kept", 0)):
            with _ours(Path(folder), seconds) as origin:
                rows.append((name, _rate(f"{origin}/news/"), _rate(origin + item)))
    if wordpress.is_there():
        with (
            tempfile.TemporaryDirectory() as folder,
            wordpress.serving(texts(), Path(folder), _port()) as (home, post),
        ):
            _answers(home)
            rows.append(("WordPress", _rate(home), _rate(post)))
    else:
        print(f"WordPress is not installed, or this is not root: apt-get install {wordpress.PACKAGES}\n")
    print("| | the list | one item |\n|---|---|---|")
    for name, the_list, one in rows:
        print(f"| {name} | {the_list:,.0f} | {one:,.0f} |")
    kept = rows[0]
    for name, the_list, one in rows[1:]:
        print(
            f"\nPages kept against {name}: {kept[1] / the_list:.1f} times (list), {kept[2] / one:.1f} times (item)"
        )


def _fill(folder: Path) -> str:
    """Make the records in a process of their own; the path of an item's page."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving", "fill"],
        env=os.environ | _surroundings(folder), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()[-1]


def fill() -> None:
    """Make the records and print the path of an item's page."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from almoner.records.catalogue.enums import Licence, Status
    from almoner.records.catalogue.models import Item

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    now = timezone.now()
    Item.objects.bulk_create(
        Item(
            title=title, text=text, summary=text[:150], licence=Licence.OWN, status=Status.PUBLISHED,
            fingerprint=title, captured_at=now, changed_at=now, sorts_at=now,
        )
        for title, text in texts()
    )  # fmt: skip
    print(Item.objects.latest("pk").get_absolute_url())


@contextmanager
def _ours(folder: Path, seconds: int) -> Iterator[str]:
    """Our service as `almoner run` starts it: one worker, four threads."""
    port = _port()
    command = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "4",
               "--no-ws", "--log-level", "error", "benchmarks.serving:application"]  # fmt: skip
    surroundings = os.environ | _surroundings(folder) | {_KEPT: str(seconds)}
    server = subprocess.Popen([sys.executable, *command], env=surroundings)
    try:
        _answers(f"http://127.0.0.1:{port}/news/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _surroundings(folder: Path) -> dict[str, str]:
    return {
        "ALMONER_DATA": str(folder),
        "ALMONER_GATHERING": "elsewhere",
        "DJANGO_SETTINGS_MODULE": "almoner.settings.production",
    }


def _answers(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{address} does not answer")


def _rate(address: str) -> float:
    return statistics.median(_once(address) for _ in range(RUNS))


def _once(address: str) -> float:
    told = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{SECONDS}s", address], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    refused, rate = _REFUSED.search(told), _RATE.search(told)
    if refused or rate is None:
        raise RuntimeError(f"{address} did not always answer: {told}")
    return float(rate[1])


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def __getattr__(name: str) -> Any:
    """`application`: the service, with its pages kept as long as this run asks for."""
    if name != "application":
        raise AttributeError(name)
    from django.conf import settings

    settings.PAGES_KEPT = int(os.environ[_KEPT])
    from almoner.settings import wsgi

    return wsgi.application


if __name__ == "__main__":
    {"fill": fill}[sys.argv[1]]()
