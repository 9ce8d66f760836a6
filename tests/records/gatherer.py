"""A process that gathers from the test server into a database on the disk, to be killed, doubled or starved of room.

    python -m tests.records.gatherer once PORT            when a line comes in, gather
    python -m tests.records.gatherer killed PORT N SEED   gather until killed N times, each time at some moment
    python -m tests.records.gatherer full PORT BYTES      gather where no file may grow beyond so many bytes

What came of it is printed as JSON.
"""

from __future__ import annotations

import json
import math
import os
import random
import resource
import signal
import sys
import time
import traceback
from datetime import timedelta
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.records.on_disk"
django.setup()

from django.db import DatabaseError, connections  # noqa: E402, only once Django stands

from almoner.pipeline.errors import PipelineError  # noqa: E402
from almoner.records.catalogue.models import Item  # noqa: E402
from almoner.records.ingest import watching  # noqa: E402
from almoner.records.ingest.watching import Gathering  # noqa: E402
from tests.servers.ways import NOW, fetcher  # noqa: E402
from tests.servers.web import Web  # noqa: E402

WEEK = timedelta(days=8)
"""From one run to the next: every source is due again, and every lease has run out."""


def gather(port: int, number: int = 0) -> int:
    """One sweep, in the `number`-th week."""
    moment = NOW + number * WEEK
    with fetcher(Web(port=port), clock=lambda: moment) as way:
        return Gathering(way, lambda: moment).run()


def in_a_child(port: int, number: int, seconds: float | None) -> bool:
    """Gather in a process of its own; whether it was killed, after `seconds` if they are given, before it was done.
    `RuntimeError` if it broke off by itself."""
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            gather(port, number)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    ended, status = 0, 0
    until = math.inf if seconds is None else time.monotonic() + seconds
    while not ended:
        if time.monotonic() >= until:
            os.kill(child, signal.SIGKILL)
            until = math.inf
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.001)
    code = os.waitstatus_to_exitcode(status)
    if code > 0:
        raise RuntimeError("A sweep broke off that nobody had killed.")
    return code < 0


def killed(port: int, times: int, seed: int) -> dict[str, Any]:
    """Be killed again and again, then gather to the end twice. One sweep in ten is left to its end: a feed forgets
    what nobody has come for in forty."""
    chance = random.Random(seed)
    kills = number = in_a_row = 0
    whole = 0.0
    while kills < times:
        began = time.monotonic()
        kill = bool(number) and in_a_row < 9
        if in_a_child(port, number, chance.uniform(0.0, whole) if kill else None):
            kills, in_a_row = kills + 1, in_a_row + 1
        else:
            in_a_row = 0
            whole = time.monotonic() - began
        number += 1
    gather(port, number + 1)
    first = Item.objects.count()
    gather(port, number + 2)
    return {"items": first, "after_a_replay": Item.objects.count(), "kills": kills, "sweeps": number}


def once(port: int) -> dict[str, Any]:
    """Gather, say what broke it off, and read on."""
    checked, said = 0, ""
    try:
        checked = gather(port)
    except (PipelineError, DatabaseError) as error:
        said = f"{type(error).__name__}: {error}"
    return {"checked": checked, "said": said, "items": Item.objects.count()}


def full(port: int, most: int) -> dict[str, Any]:
    """Gather where the disk has no more room, and read on."""
    Item.objects.count()  # a service that runs has its database open
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    return once(port)


def main(words: list[str]) -> None:
    """Do what the first word says."""
    verb, port, *rest = words[0], int(words[1]), *map(int, words[2:])
    if verb == "once":
        watching.BATCH = 2  # type: ignore[misc]  # so that each of several has something to take
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        sys.stdout.write(json.dumps(once(port)) + "\n")
    else:
        came = killed(port, *rest) if verb == "killed" else full(port, *rest)
        sys.stdout.write(json.dumps(came) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
