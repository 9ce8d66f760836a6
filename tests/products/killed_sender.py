"""A process that sends to the test's mail server from a database on the disk, to be killed or doubled.

    python -m tests.products.killed_sender once PORT             when a line comes in, open, fill and send what is due
    python -m tests.products.killed_sender killed PORT N SEED    send until killed N times, each time at some moment

What came of it is printed as JSON. Before each life of it, the leases of the one before are made to have run out: by the
clock alone, a thousand lives would take weeks, and messages would be too late.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from datetime import datetime, timedelta
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.records.on_disk"
django.setup()

from django.db import connections  # noqa: E402, only once Django stands

from almoner.products.alerts import running  # noqa: E402
from almoner.products.alerts.models import Delivery  # noqa: E402
from almoner.products.alerts.sending import Unwell  # noqa: E402
from tests.products.sending import Clock, relay_to, sender_over  # noqa: E402
from tests.servers.smtp import Smtp  # noqa: E402

BEGAN = datetime.fromisoformat("2025-04-10T09:00:00+00:00")
LIFE = timedelta(seconds=20)


def send(port: int, life: int = 0) -> int:
    """Send what is due, in so many-th life, as often as the server is unwell and well again."""
    clock = Clock(BEGAN + life * LIFE)
    done = 0
    with relay_to(Smtp(port=port), commands=1.0, accepting=1.0) as relay:
        sender = sender_over(relay, clock)
        for _ in range(3):
            try:
                done += running.send_due(sender, clock)
                break
            except Unwell:
                clock.passes(minutes=1)
    return done


def in_a_child(port: int, life: int, seconds: float | None) -> bool:
    """Send in a process of its own; whether it was killed, after `seconds` if they are given, before it was done."""
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            send(port, life)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("sending broke off by itself")
    return os.WIFSIGNALED(status)


def killed(port: int, wanted: int, seed: int) -> dict[str, Any]:
    """Send until killed so many times, or until nothing is left; then without being killed, to the end."""
    moments, kills, life = random.Random(seed), 0, 0
    while kills < wanted and _is_open():
        kills += in_a_child(port, life, moments.uniform(0.05, 0.3))
        life += 1
        _forget_leases()
    for _ in range(60):
        if not _is_open():
            break
        in_a_child(port, life, None)
        life += 60
        _forget_leases()
    return {"kills": kills, "lives": life}


def _forget_leases() -> None:
    Delivery.objects.exclude(lease="").update(lease_until=BEGAN - LIFE)
    connections.close_all()


def _is_open() -> bool:
    is_open = Delivery.objects.filter(state__in=("waiting", "sending")).exists()
    connections.close_all()
    return is_open


def main(verb: str, port: int, *numbers: int) -> dict[str, Any]:
    """Do what the command says."""
    if verb == "killed":
        return killed(port, *numbers)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return {"sent": send(port)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], *map(int, sys.argv[2:]))) + "\n")
