"""`almoner import`: read documents and keep them in the service's records."""

from __future__ import annotations

import argparse
import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from almoner.cli import prepare
from almoner.pipeline.errors import PipelineError

if TYPE_CHECKING:
    from almoner.pipeline.model import Reading, Snapshot
    from almoner.records.ingest.foreseeing import Foreseen, Outlook
    from almoner.records.ingest.outcomes import ImportOutcome, Problem

DEFAULT_SOURCE: Final = "Imported files"
LISTED: Final = 40
"""Documents that get a line of their own in the table; of more, the rest is only counted."""
COLUMNS: Final = ("items added", "seen again", "waiting", "published", "findings")
FORESEEN: Final = ("would be new", "changed", "there already", "findings")
PROGRESS_EVERY: Final = 100
BAR: Final = 24
WIDEST_NAME: Final = 44

EXIT_ALL, EXIT_SOME, EXIT_STOPPED = 0, 1, 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help='a file, a folder, a WARC file, or "-"')
    parser.add_argument(
        "--source",
        metavar="NAME",
        help=f"the source they belong to (default: each document's publisher, else “{DEFAULT_SOURCE}”)",
    )
    parser.add_argument("--publisher", metavar="NAME", help="who published them, where the pages do not say")
    parser.add_argument(
        "--trust",
        choices=("review", "auto"),
        help="review: an editor approves each item (a new source's default); auto: published at once, "
        "unless there are findings",
    )
    parser.add_argument(
        "--licence",
        choices=("unknown", "ogl", "permission", "own"),
        help="what readers may see of the source's own words (a new source's default: unknown, no full text)",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="keep nothing: say what would become items, what is there already, what was found, what cannot be read",
    )


def run(arguments: argparse.Namespace) -> int:
    """Import the documents and print what came of it. 0 all kept, 1 something was not (the rest was)."""
    if not prepare.load_settings():
        return EXIT_SOME
    from django.conf import settings

    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    prepare.migrate()
    return _import(arguments)


def _import(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from almoner.records.catalogue import relating
    from almoner.records.guidance import proposals
    from almoner.records.ingest.foreseeing import Outlook

    report = _Report(arguments.dry_run, _count(arguments.paths))
    outlook = Outlook()
    try:
        for found in _snapshots(arguments.paths):
            if isinstance(found, PipelineError):
                report.fail(str(found))
            else:
                _import_one(found, arguments, report, outlook)
            report.tick()
        if arguments.dry_run:
            report.print()
            return EXIT_SOME if report.failures else EXIT_ALL
        while relating.relate_waiting():
            pass
        while proposals.propose_waiting(timezone.now()):
            pass
    except KeyboardInterrupt:
        kept = (
            "Nothing was kept." if arguments.dry_run else "What is listed is kept; run it again for the rest."
        )
        prepare.complain(f"stopped. {kept}")
        report.print()
        return EXIT_STOPPED
    report.print()
    return EXIT_SOME if report.failures else EXIT_ALL


def _snapshots(paths: Iterable[str]) -> Iterator[Snapshot | PipelineError]:
    """The documents at these paths; those in a WARC file one by one."""
    from almoner.pipeline.fetch import files, warc

    for path in paths:
        yield from warc.snapshots(path) if path.lower().endswith(warc.ENDINGS) else files.snapshots([path])


def _count(paths: Sequence[str]) -> int:
    """How many documents there will be; 0 where nobody can tell before they are read."""
    from almoner.pipeline.fetch import files, warc

    return 0 if any(path.lower().endswith(warc.ENDINGS) for path in paths) else files.count(paths)


def _import_one(snapshot: Snapshot, arguments: argparse.Namespace, report: _Report, outlook: Outlook) -> None:
    try:
        if arguments.dry_run:
            report.foresee(_foresee(snapshot, arguments, outlook))
            return
        outcome = _keep(snapshot, arguments)
    except PipelineError as error:
        report.fail(str(error))
    except Exception:  # a mistake of ours with one document must not cost the others
        logging.getLogger(__name__).exception("%s: something unforeseen", snapshot.source)
        report.fail(f"{snapshot.source}: not imported. This is a fault of the programme: please report it.")
    else:
        report.add(snapshot.source, outcome)


def _keep(snapshot: Snapshot, arguments: argparse.Namespace) -> ImportOutcome:
    from django.db import DatabaseError
    from django.utils import timezone

    from almoner.pipeline import run as pipeline
    from almoner.records.ingest import services
    from almoner.records.ingest.recording import STAGE

    reading = pipeline.read(snapshot)
    publisher = arguments.publisher or _printed_publisher(reading)
    try:
        source = services.source_named(
            arguments.source or publisher or DEFAULT_SOURCE,
            publisher=arguments.publisher,
            printed_publisher=None if arguments.source else publisher,
            trust=arguments.trust,
            licence=arguments.licence,
        )
        return services.keep(reading, snapshot, source, now=timezone.now())
    except DatabaseError as error:
        raise PipelineError(
            snapshot.source,
            STAGE,
            f"the database refused it: {error}.",
            advice="Nothing of it was kept; run the import again.",
            permanent=False,
        ) from error


def _foresee(snapshot: Snapshot, arguments: argparse.Namespace, outlook: Outlook) -> Foreseen:
    from django.utils import timezone

    from almoner.pipeline import run as pipeline
    from almoner.records.ingest.models import Source

    reading = pipeline.read(snapshot)
    name = arguments.source or arguments.publisher or _printed_publisher(reading) or DEFAULT_SOURCE
    source = Source.objects.filter(name=name).first() or Source(name=name)
    return outlook.look(reading, snapshot, source, now=timezone.now())


def _printed_publisher(reading: Reading) -> str | None:
    """Who the document says published it: its head, or what its items were found to share."""
    return reading.document.publisher or next(
        (item.publisher for item in reading.items if item.publisher), None
    )


class _Report:
    """What to say: problems at once, progress while there is much to do, the table at the end."""

    def __init__(self, foresees: bool, documents: int) -> None:
        self.failures = 0
        self._foresees = foresees
        self._columns = FORESEEN if foresees else COLUMNS
        self._to_come = documents
        self._done = 0
        self._documents = 0
        self._rows: list[tuple[str, ...]] = []
        self._totals = [0] * len(self._columns)
        self._findings: Counter[str] = Counter()

    def add(self, name: str, outcome: ImportOutcome) -> None:
        """Count a document that was kept."""
        numbers = (outcome.added, outcome.seen_again, outcome.waiting, outcome.published, outcome.findings)
        self._count(name, numbers, outcome.problems)

    def foresee(self, foreseen: Foreseen) -> None:
        """Count a document that would be kept."""
        numbers = (len(foreseen.new), foreseen.changed, foreseen.seen_again, foreseen.findings.total())
        self._findings += foreseen.findings
        self._count(foreseen.name, numbers, foreseen.problems)

    def _count(self, name: str, numbers: Sequence[int], problems: Iterable[Problem]) -> None:
        self._documents += 1
        self._totals = [total + number for total, number in zip(self._totals, numbers, strict=True)]
        if len(self._rows) < LISTED:
            self._rows.append((_shortened(name), *map(str, numbers)))
        for problem in problems:
            self.fail(str(problem))

    def tick(self) -> None:
        """Say how far we are: a bar where somebody looks on, else a line now and then."""
        self._done += 1
        if sys.stderr.isatty():
            print(f"\r\033[K{_bar(self._done, self._to_come)}", end="", file=sys.stderr, flush=True)
        elif self._done % PROGRESS_EVERY == 0:
            prepare.complain(f"{_bar(self._done, self._to_come)}, {self._totals[0]} new items …")

    def fail(self, words: str) -> None:
        """Say what could not be kept."""
        self.failures += 1
        self._clear()
        prepare.complain(words)

    def print(self) -> None:
        """Print the table."""
        self._clear()
        if not self._documents:
            if not self.failures:
                from almoner.pipeline.fetch.files import FORMATS

                prepare.complain(f"no documents found. {FORMATS} are read; name one to try it.")
            return
        rows = [("document", *self._columns), *self._rows]
        if self._documents > len(self._rows):
            rows.append((f"… and {self._documents - len(self._rows)} more", *[""] * len(self._columns)))
        rows.append((_counted(self._documents, "document"), *map(str, self._totals)))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
            print("  ".join((row[0].ljust(widths[0]), *cells)).rstrip())
        if self._foresees:
            self._print_findings()
        elif self._totals[COLUMNS.index("waiting")]:
            print("What waits is shown to readers once an editor has approved it in the newsroom.")

    def _print_findings(self) -> None:
        from almoner.records.ingest.foreseeing import gravest

        for name, number in gravest(self._findings):
            print(f"{number:>6}  {name}")
        unread = (
            f" {_counted(self.failures, 'document')} could not be read; see above." if self.failures else ""
        )
        print(f"Nothing was kept.{unread} Without --dry-run it would be.")

    def _clear(self) -> None:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _bar(done: int, of: int) -> str:
    """How much is done, as a bar of `BAR` characters and in numbers."""
    if not of:
        return f"{done} documents read"
    full = BAR * min(done, of) // of
    return f"[{'#' * full}{'.' * (BAR - full)}] {done} of {of} documents read"


def _shortened(name: str) -> str:
    return name if len(name) <= WIDEST_NAME else "…" + name[-WIDEST_NAME + 1 :]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
