"""`almoner deliveries`: what is sent, whether anything may be, and what came back."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from almoner.cli import prepare

SHOWN: Final = 15
"""Runs that are listed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own verbs and their arguments."""
    verbs = parser.add_subparsers(dest="deliveries_verb", metavar="VERB", required=True)
    verbs.add_parser("status", help="the latest runs and how they stand; why nothing is sent, if so")
    send = verbs.add_parser("send", help="send what is due, round and round, in this process")
    send.add_argument("--once", action="store_true", help="stop when nothing is due any more")
    verbs.add_parser("go", help="say that this installation may send: it was restored, copied or moved")
    bounce = verbs.add_parser("bounce", help="read bounces and complaints that came back")
    bounce.add_argument(
        "files", nargs="*", metavar="FILE", help="messages, or folders of them (default: standard input)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it. 0: done; 1: something could not be done, and was said."""
    if not prepare.load_settings():
        return 1
    prepare.migrate()
    return {"status": _status, "send": _send, "go": _go, "bounce": _bounce}[arguments.deliveries_verb](
        arguments
    )


def _status(_: argparse.Namespace) -> int:
    from almoner.products.alerts import running, runs
    from almoner.products.alerts.models import Run

    why = running.why_not()
    prepare.say(f"nothing is sent: {why}" if why else "sending.")
    for one in Run.objects.all()[:SHOWN]:
        counts = runs.counts(one)
        told = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
        print(
            f"{one.name}: {one.get_state_display().lower()}, {one.recipients} recipients ({told or 'none'})"
        )
        if one.reason:
            print(f"    {one.reason}")
    return 0


def _send(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from almoner.products.alerts import running
    from almoner.products.alerts.sending import Unwell

    if not settings.MAIL_SERVER:
        prepare.complain(f"{running.NO_SERVER}: set ALMONER_SMTP_URL and ALMONER_FROM.")
        return 1
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    if not arguments.once:
        prepare.say("sending what is due. Stop with Ctrl-C.")
        running.send_all(stop)
        prepare.say("stopped.")
        return 0
    if why := running.why_not():
        prepare.complain(f"nothing is sent: {why}")
        return 1
    try:
        prepare.say(f"{running.send_once(stop)} messages were dealt with.")
    except Unwell as fault:
        prepare.complain(f"the mail server takes nothing: {fault}")
        return 1
    return 0


def _go(_: argparse.Namespace) -> int:
    from almoner.products.alerts import installation

    installation.go()
    prepare.say("this installation sends from now on.")
    return 0


def _bounce(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from almoner.products.alerts import bounces

    failed = 0
    for name, message in _messages(arguments.files):
        if message is None:
            failed += 1
            continue
        told = bounces.take_in(message, timezone.now())
        print(f"{name}: {told.value}")
        failed += told is bounces.Told.NOTHING
    return 1 if failed else 0


def _messages(names: list[str]) -> Iterator[tuple[str, bytes | None]]:
    """Messages with what they are called, from files, folders, or standard input where none is named. None, after
    saying why, for a file that cannot be read."""
    if not names:
        yield "standard input", sys.stdin.buffer.read()
    for name in names:
        path = Path(name)
        for file in sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]:
            try:
                yield file.name, file.read_bytes()
            except OSError as error:
                prepare.complain(f"{file} cannot be read: {error.strerror}. Check that the path is right.")
                yield file.name, None
