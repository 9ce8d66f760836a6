"""Many sources on this machine checked again and again: ours beside lemon24/reader, on one server, in one run.

Each source has a host of its own (127.0.x.y), a feed of 20 items, an ETag. Three rounds: all new, nothing changed, one
in twenty changed. Told are sources a second and CPU a source of each, without the server's, and peak memory.

    python -m benchmarks polling            # 2,000 sources; N=400 in the environment for fewer
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.machine import described

ROUNDS: Final = ("all new", "nothing changed", "1 in 20 changed")
ITEMS: Final = 20
CHANGED: Final = 20
"""In the last round each feed whose number this divides has one new item."""
THREADS: Final = 8


def addresses(count: int, port: int) -> list[str]:
    """The feeds' addresses, each on a host of its own on this machine."""
    return [f"http://127.0.{number // 250}.{number % 250 + 1}:{port}/{number}.xml" for number in range(count)]


def main() -> None:
    """Print the table."""
    count = int(os.environ.get("N", "2000"))
    print(f"{described()}\n{count} sources, {ITEMS} items each, {THREADS} threads")
    rows = []
    for name in ("ours", "reader"):
        if name == "reader" and importlib.util.find_spec("reader") is None:
            print("reader is not installed: make setup-bench")
            continue
        with tempfile.TemporaryDirectory() as folder:
            rows.append((name, list(_race(name, count, Path(folder)))))
    for number, title in enumerate(ROUNDS):
        print(f"\n{title}")
        for name, rounds in rows:
            told = rounds[number]
            print(
                f"  {name:7} {told['checked'] / told['wall']:8.0f} sources/s  {told['cpu'] / told['checked'] * 1000:7.2f} "
                f"CPU ms a source  peak {told['peak']:4.0f} MB"
            )
        if len(rows) == 2:
            ours, peer = rows[0][1][number], rows[1][1][number]
            print(
                f"  ratio   {peer['wall'] / ours['wall']:.1f} in time, {peer['cpu'] / ours['cpu']:.1f} in CPU"
            )


def _race(name: str, count: int, folder: Path) -> Iterator[dict[str, Any]]:
    """Run one of the two in a process of its own, against a server in another; what each round came to."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.polling", "serve"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.polling", name, str(count), port, str(folder)],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        yield from (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    finally:
        server.kill()
        server.wait()


def serve() -> None:
    """A small HTTP server for feeds with ETags. `/round/N` says which round it is."""
    state = {"round": 0}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                writer.write(_response(path, head.lower(), state))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=512)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


def _response(path: str, head: str, state: dict[str, int]) -> bytes:
    if path == "/robots.txt":
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    if path.startswith("/round/"):
        state["round"] = int(path.rpartition("/")[2])
        return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    number = int(path.strip("/").partition(".")[0])
    changed = state["round"] == 2 and number % CHANGED == 0
    tag = '"b"' if changed else '"a"'
    if f"if-none-match: {tag}" in head:
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    body = _feed(number, ITEMS + changed).encode()
    return (
        f"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _feed(number: int, items: int) -> str:
    entries = "".join(
        f"<item><title>Notice {item} of council {number}</title><link>http://council-{number}.example/{item}</link>"
        f"<guid>council-{number}-{item}</guid><pubDate>{_day(item)}</pubDate>"
        f"<description>Council {number} asks schools and clubs to read notice {item} before the meeting.</description></item>"
        for item in reversed(range(items))
    )
    return f"<rss version='2.0'><channel><title>Council {number}</title><link>http://council-{number}.example/</link>{entries}</channel></rss>"


def _day(item: int) -> str:
    return (datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=item)).strftime("%a, %d %b %Y %H:%M:%S GMT")


def ours(count: int, port: int, folder: Path) -> None:
    """Our rounds."""
    os.environ |= {"ALMONER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "almoner.settings.production"}
    import django

    django.setup()
    from django.core.management import call_command

    from almoner.pipeline.fetch.dial import Dialler
    from almoner.pipeline.fetch.http import HttpFetcher
    from almoner.pipeline.fetch.pace import Pace
    from almoner.records.ingest.models import Source, host_of
    from almoner.records.ingest.running import now
    from almoner.records.ingest.watching import Gathering

    call_command("migrate", verbosity=0)
    Source.objects.bulk_create(
        Source(name=address, adapter="feed", address=address, host=host_of(address))
        for address in addresses(count, port)
    )
    # The machine checks itself here: the guard against just that is off, all else is as in service.
    web = HttpFetcher("benchmark", now, dialler=Dialler(refuses=lambda machine: ""), pace=Pace(0))  # noqa: ARG005

    def check() -> int:
        return Gathering(web, now).run()

    def due() -> None:
        Source.objects.update(next_check_at=now() - timedelta(hours=1))

    _rounds(port, due, check)


def reader(count: int, port: int, folder: Path) -> None:
    """The peer's rounds."""
    import reader as peer

    library = peer.make_reader(str(folder / "reader.sqlite"))
    for address in addresses(count, port):
        library.add_feed(address)

    def check() -> int:
        return sum(1 for _ in library.update_feeds_iter(workers=THREADS, scheduled=False))

    _rounds(port, lambda: None, check)


def _rounds(port: int, due: Any, check: Any) -> None:
    from urllib.request import urlopen

    for number in range(len(ROUNDS)):
        urlopen(f"http://127.0.0.1:{port}/round/{number}").close()
        due()
        wall, cpu = time.perf_counter(), time.process_time()
        checked = check()
        told = {
            "checked": checked,
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        {"ours": ours, "reader": reader}[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
