"""`almoner snapshots`: list what a source gave, check that all of it is there, remove what is too old."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from almoner.cli import prepare

if TYPE_CHECKING:
    from almoner.records.guidance.models import Edition
    from almoner.records.ingest.models import Snapshot, Source

EXIT_DONE: Final = 0
EXIT_NOT: Final = 1
BAR: Final = 30
FOR_EVER: Final = "for-ever"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own verbs and their arguments."""
    verbs = parser.add_subparsers(dest="snapshots_verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="the snapshots of a source, newest first")
    listing.add_argument("source", metavar="SOURCE")
    check = verbs.add_parser("verify", help="hash every snapshot again, and say which are missing or damaged")
    check.add_argument(
        "--tidy", action="store_true", help="remove files that belong to no snapshot and are older than a day"
    )
    keep = verbs.add_parser("keep", help="for how long the snapshots of a source are kept")
    keep.add_argument("source", metavar="SOURCE")
    keep.add_argument("months", metavar="MONTHS", type=_months, help=f"a number, or {FOR_EVER}")
    retain = verbs.add_parser("retain", help="remove what is older than its source's rule lets us keep")
    retain.add_argument("--dry-run", action="store_true", help="only say what would be removed")


def run(arguments: argparse.Namespace) -> int:
    """Do it. 0: done, all is well; 1: something is missing or could not be done, and was said."""
    if not prepare.load_settings():
        return EXIT_NOT
    prepare.migrate()
    return _VERBS[arguments.snapshots_verb](arguments)


def _months(value: str) -> int | None:
    if value == FOR_EVER:
        return None
    if value.isdecimal() and 1 <= int(value) <= 1200:
        return int(value)
    raise argparse.ArgumentTypeError(f"write a number of months from 1 to 1200, or {FOR_EVER}")


def _source(name: str) -> Source | None:
    from almoner.records.ingest.models import Source

    source = Source.objects.filter(name=name).first()
    if source is None:
        prepare.complain(f"there is no source called {name}. Those that there are: almoner sources list")
    return source


def _list(arguments: argparse.Namespace) -> int:
    source = _source(arguments.source)
    if source is None:
        return EXIT_NOT
    snapshots = source.snapshots.prefetch_related("documents")
    for snapshot in snapshots:
        state = f"removed {_day(snapshot.removed_at)}" if snapshot.removed_at else f"{snapshot.size:,} bytes"
        print(f"{_day(snapshot.captured_at)}  {snapshot.sha256[:12]}  {state}, {snapshot.media_type}")
        for document in snapshot.documents.all():
            print(f"    {document.path}")
    prepare.say(f"{len(snapshots)} snapshot{'' if len(snapshots) == 1 else 's'}, kept {_how_long(source)}.")
    return EXIT_DONE


def _how_long(source: Source) -> str:
    return "for ever" if source.keep_months is None else f"for {source.keep_months} months"


def _day(when: object) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _verify(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest import verification

    faults = 0
    for fault in verification.verify(_show_progress):
        _clear()
        faults += 1
        print(f"{'missing' if fault.missing else 'damaged'}: {_named(fault.of)}", flush=True)
    _clear()
    if arguments.tidy:
        removed, size = verification.tidy()
        prepare.say(f"{removed} files that belonged to no snapshot were removed ({size:,} bytes).")
    left = sum(1 for _ in verification.unnamed())
    if left:
        prepare.say(f"{left} files belong to no snapshot; --tidy removes those that are older than a day.")
    prepare.say(
        f"{faults} snapshots or editions are missing or damaged."
        if faults
        else "every snapshot is there, whole."
    )
    return EXIT_NOT if faults else EXIT_DONE


def _named(kept: Snapshot | Edition) -> str:
    from almoner.records.guidance.models import Edition

    if isinstance(kept, Edition):
        return f"{kept}, {kept.file_name}, {kept.sha256}"
    return f"{kept.source.name}, {_day(kept.captured_at)}, {kept.sha256}"


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % 20 == 0 or done == total):
        filled = BAR * done // total
        print(
            f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done} of {total}", end="", file=sys.stderr, flush=True
        )


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _keep(arguments: argparse.Namespace) -> int:
    source = _source(arguments.source)
    if source is None:
        return EXIT_NOT
    source.keep_months = arguments.months
    source.save(update_fields=["keep_months"])
    prepare.say(f"{source.name}: snapshots are kept {_how_long(source)}.")
    return EXIT_DONE


def _retain(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest import retention
    from almoner.records.ingest.running import now

    removed = retention.would_remove(now()) if arguments.dry_run else retention.retain(now())
    for one in removed:
        print(one)
    done = "would be removed" if arguments.dry_run else "were removed"
    prepare.say(
        f"{sum(one.snapshots for one in removed)} snapshots and {sum(one.items for one in removed)} items {done}."
    )
    return EXIT_DONE


_VERBS: Final = {"list": _list, "verify": _verify, "keep": _keep, "retain": _retain}
