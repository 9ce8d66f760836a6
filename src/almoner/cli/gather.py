"""`almoner gather`: check the sources that are due, once or round the clock."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from almoner.cli import prepare

if TYPE_CHECKING:
    from almoner.records.ingest.models import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--once", action="store_true", help="stop when nothing is due any more")


def run(arguments: argparse.Namespace) -> int:
    """Gather. 0 when done or stopped; 1 if the settings are wrong or, with --once, a source failed."""
    if not prepare.load_settings():
        return 1
    prepare.migrate()
    from django.db import DatabaseError

    from almoner.pipeline.errors import PipelineError
    from almoner.records.ingest.running import fetcher, now, watch_all
    from almoner.records.ingest.watching import Gathering

    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    if not arguments.once:
        prepare.say("watching the sources. Stop with Ctrl-C.")
        watch_all(stop)
        prepare.say("stopped.")
        return 0
    with fetcher() as web:
        progress = Progress()
        try:
            total = Gathering(web, now, stop=stop, told=progress.told).run()
        except (PipelineError, DatabaseError) as error:
            prepare.complain(f"gathering broke off: {error}")
            prepare.complain("What was kept before is whole; the rest is due as it was.")
            return 1
    progress.finish(total)
    return 1 if progress.failed else 0


class Progress:
    """A line for each source that there is something to say of, and how far we are where people look on."""

    def __init__(self) -> None:
        self.failed = 0
        self._checked = 0

    def told(self, runs: Sequence[Run], checked: int) -> None:
        """Hear of a commit."""
        self._checked += checked
        for one in runs:
            self.failed += one.ending == "failed"
            self._clear()
            print(line(one), flush=True)
        if sys.stderr.isatty():
            print(f"\r{self._checked} checked", end="", file=sys.stderr, flush=True)

    def finish(self, total: int) -> None:
        """Say what came of it in all."""
        self._clear()
        prepare.say(f"{total} checked, {self.failed} failed." if total else "nothing was due.")

    def _clear(self) -> None:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def line(one: Run) -> str:
    """A run in one line."""
    numbers = f"{one.added} new, {one.changed} changed, {one.seen_again} known"
    problems = "".join(f"\n    {problem}" for problem in one.problems)
    return f"{one.source.name}: {one.get_ending_display().lower()} ({numbers}){problems}"
