"""Messages a second to a mail server on this machine: ours with its rows and checks, beside a plain loop over Django's
backend, and django-post-office, in one run.

    python -m benchmarks sending            # 2,000 readers; N=500 in the environment for fewer

All send the same issue of a briefing, 20 kB of HTML and text with each reader's own links, over one connection, from a
database of SQLite that is synced at each commit. The server answers at once and keeps nothing. Told are messages a
second, and CPU a message without the server's.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.machine import described

OURS: Final = "ours"
LOOP: Final = "Django's backend in a loop"
PEER: Final = "django-post-office"
_PARAGRAPH: Final = "<p>Clubs and schools check who may collect a child, and write down who did.</p>\n"


def main() -> None:
    """Print the table."""
    count = int(os.environ.get("N", "2000"))
    print(f"{described()}\n{count} messages, one connection\n")
    print(
        "| | messages/s | CPU ms a message | commits a message that outlast a power cut |\n|---|---|---|---|"
    )
    for name, commits in ((OURS, "1"), (LOOP, "0, nothing is noted"), (PEER, "2")):
        if name == PEER and importlib.util.find_spec("post_office") is None:
            print(f"| {PEER} | not installed: make setup-bench | | |")
            continue
        with tempfile.TemporaryDirectory() as folder:
            told = _race(name, count, Path(folder))
        assert told["accepted"] == count, told
        print(f"| {name} | {count / told['wall']:,.0f} | {told['cpu'] / count * 1000:.2f} | {commits} |")


def _race(name: str, count: int, folder: Path) -> dict[str, Any]:
    """Run one of them in a process of its own, against a server in another."""
    command = [sys.executable, "-m", "benchmarks.sending"]
    server = subprocess.Popen([*command, "serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        done = subprocess.run(
            [*command, name, str(count), port, str(folder)], stdout=subprocess.PIPE, text=True, check=True
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told
    finally:
        server.kill()
        server.wait()


def serve() -> None:
    """A mail server that takes everything, and tells at EHLO how much that was."""
    accepted = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal accepted
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                writer.write(f"250-sink\r\n250-PIPELINING\r\n250 X-ACCEPTED {accepted}\r\n".encode())
            elif verb == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                accepted += 1
                writer.write(b"250 ok\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        writer.close()

    async def run() -> None:
        started = await asyncio.start_server(talk, "127.0.0.1", 0, limit=2**20)
        print(started.sockets[0].getsockname()[1], flush=True)
        await started.serve_forever()

    asyncio.run(run())


def _bodies(number: int) -> tuple[str, str]:
    from almoner.lib.message import LEAVE, Message

    words = Message(
        "", "", "", _PARAGRAPH * 200 + f'<p><a href="{LEAVE}">Leave</a></p>', f"Words.\n{LEAVE}\n"
    )
    own = words.addressed(leave=f"https://news.example.org/leave/{number}/", change="")
    return own.html, own.text


def _settings(port: int, folder: Path, *apps: str) -> None:
    os.environ |= {
        "ALMONER_DATA": str(folder), "ALMONER_SMTP_URL": f"smtp://127.0.0.1:{port}", "ALMONER_FROM": "news@example.org",
        "DJANGO_SETTINGS_MODULE": "almoner.settings.production",
    }  # fmt: skip
    from django.conf import settings

    settings.INSTALLED_APPS += list(apps)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def ours(count: int) -> Callable[[], object]:
    """Our own: a run of a briefing, filled."""
    import threading

    from almoner.lib.message import CHANGE, LEAVE, Message
    from almoner.products.alerts import running, runs
    from almoner.products.alerts.models import Subscriber, Subscription

    now = datetime.now(UTC)
    Subscriber.objects.bulk_create(
        Subscriber(address=f"r{n}@example.org", folded=f"r{n}@example.org", standing="confirmed", asked_at=now)
        for n in range(count)
    )  # fmt: skip
    Subscription.objects.bulk_create(
        Subscription(subscriber=one, follows="briefing", about="weekly", began_at=now)
        for one in Subscriber.objects.all()
    )
    html = _PARAGRAPH * 200 + f'<p><a href="{LEAVE}">Leave</a> <a href="{CHANGE}">Change</a></p>'
    words = Message("The briefing", "The briefing", "", html, f"Words.\n{LEAVE}\n{CHANGE}\n")
    runs.open_issue("weekly", "may", {"": words}, now)
    runs.fill_open(now)
    return lambda: running.send_once(threading.Event())


def loop(count: int) -> Callable[[], object]:
    """Django's backend: one connection, a message after the other, nothing looked up and nothing noted."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    def send() -> None:
        with get_connection() as connection:
            for number in range(count):
                html, text = _bodies(number)
                message = EmailMultiAlternatives("The briefing", text, to=[f"r{number}@example.org"])
                message.attach_alternative(html, "text/html")
                connection.send_messages([message])

    return send


def peer(count: int) -> Callable[[], object]:
    """django-post-office: its queue, filled; then what its worker does."""
    from post_office import mail
    from post_office.models import Email

    for start in range(0, count, 500):
        mail.send_many(
            {"recipients": [f"r{n}@example.org"], "subject": "The briefing", "html_message": _bodies(n)[0], "message": _bodies(n)[1]}
            for n in range(start, min(start + 500, count))
        )  # fmt: skip
    assert Email.objects.count() == count
    return lambda: mail.send_queued_mail_until_done(processes=1)


def run(name: str, count: int, port: int, folder: Path) -> None:
    """Fill, send, and print what it came to."""
    import smtplib

    _settings(port, folder, *(["post_office"] if name == PEER else []))
    send = {OURS: ours, LOOP: loop, PEER: peer}[name](count)
    began, cpu = time.perf_counter(), time.process_time()
    send()
    told = {"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    with smtplib.SMTP("127.0.0.1", port) as asked:
        asked.ehlo("bench")
        told["accepted"] = int(asked.esmtp_features["x-accepted"])
    print(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
