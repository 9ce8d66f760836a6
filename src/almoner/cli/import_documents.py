"""`almoner import`: read documents and keep them in the service's records."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from almoner.cli import prepare
from almoner.pipeline.errors import PipelineError

if TYPE_CHECKING:
    from almoner.pipeline.model import Reading, Snapshot
    from almoner.records.ingest.outcomes import ImportOutcome

DEFAULT_SOURCE: Final = "Imported files"
LISTED: Final = 40
"""Documents that get a line of their own in the table; of more, the rest is only counted."""
COLUMNS: Final = ("items added", "seen again", "waiting", "published", "findings")
PROGRESS_EVERY: Final = 100
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

    report = _Report()
    try:
        for found in _snapshots(arguments.paths):
            if isinstance(found, PipelineError):
                report.fail(str(found))
            else:
                _import_one(found, arguments, report)
        while relating.relate_waiting():
            pass
        while proposals.propose_waiting(timezone.now()):
            pass
    except KeyboardInterrupt:
        prepare.complain("stopped. What is listed is kept; run it again for the rest.")
        report.print()
        return EXIT_STOPPED
    report.print()
    return EXIT_SOME if report.failures else EXIT_ALL


def _snapshots(paths: Iterable[str]) -> Iterator[Snapshot | PipelineError]:
    """The documents at these paths; those in a WARC file one by one."""
    from almoner.pipeline.fetch import files, warc

    for path in paths:
        yield from warc.snapshots(path) if path.lower().endswith(warc.ENDINGS) else files.snapshots([path])


def _import_one(snapshot: Snapshot, arguments: argparse.Namespace, report: _Report) -> None:
    try:
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


def _printed_publisher(reading: Reading) -> str | None:
    """Who the document says published it: its head, or what its items were found to share."""
    return reading.document.publisher or next(
        (item.publisher for item in reading.items if item.publisher), None
    )


class _Report:
    """What to say: problems at once, progress while there is much to do, the table at the end."""

    def __init__(self) -> None:
        self.failures = 0
        self._documents = 0
        self._rows: list[tuple[str, ...]] = []
        self._totals = [0] * len(COLUMNS)

    def add(self, name: str, outcome: ImportOutcome) -> None:
        """Count a document that was kept."""
        numbers = (outcome.added, outcome.seen_again, outcome.waiting, outcome.published, outcome.findings)
        self._documents += 1
        self._totals = [total + number for total, number in zip(self._totals, numbers, strict=True)]
        if len(self._rows) < LISTED:
            self._rows.append((_shortened(name), *map(str, numbers)))
        for problem in outcome.problems:
            self.fail(str(problem))
        if self._documents % PROGRESS_EVERY == 0:
            prepare.complain(f"{self._documents} documents read, {self._totals[0]} items added …")

    def fail(self, words: str) -> None:
        """Say what could not be kept."""
        self.failures += 1
        prepare.complain(words)

    def print(self) -> None:
        """Print the table."""
        if not self._documents:
            if not self.failures:
                from almoner.pipeline.fetch.files import FORMATS

                prepare.complain(f"no documents found. {FORMATS} are read; name one to try it.")
            return
        rows = [("document", *COLUMNS), *self._rows]
        if self._documents > len(self._rows):
            rows.append((f"… and {self._documents - len(self._rows)} more", *[""] * len(COLUMNS)))
        rows.append((_counted(self._documents, "document"), *map(str, self._totals)))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
            print("  ".join((row[0].ljust(widths[0]), *cells)).rstrip())
        if self._totals[COLUMNS.index("waiting")]:
            print("What waits is shown to readers once an editor has approved it in the newsroom.")


def _shortened(name: str) -> str:
    return name if len(name) <= WIDEST_NAME else "…" + name[-WIDEST_NAME + 1 :]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
