"""`almoner export`: hand on what was captured."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from almoner.cli import prepare
from almoner.pipeline.errors import PipelineError

if TYPE_CHECKING:
    from almoner.pipeline.model import Snapshot

EXIT_DONE: Final = 0
EXIT_NOT: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument(
        "--warc",
        type=Path,
        metavar="FILE",
        required=True,
        help="the WARC file to write, packed: name.warc.gz",
    )
    parser.add_argument("--source", metavar="NAME", help="only what this source gave (default: all)")
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help="only what was captured on this day or later: 2026-03-01"
    )


def _day(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write a day as 2026-03-01") from error


def run(arguments: argparse.Namespace) -> int:
    """Export. 0 all written, 1 something was not, and was said: the file then holds the rest, or is not there."""
    if not prepare.load_settings():
        return EXIT_NOT
    prepare.migrate()
    from django.utils import timezone

    from almoner import __version__
    from almoner.pipeline.fetch import warc
    from almoner.records.ingest import archive
    from almoner.records.ingest.models import Source

    source = None
    if arguments.source is not None:
        source = Source.objects.filter(name=arguments.source).first()
        if source is None:
            prepare.complain(
                f"there is no source called {arguments.source}. Those that there are: almoner sources list"
            )
            return EXIT_NOT
    since = arguments.since
    if since is not None and timezone.is_naive(since):
        since = timezone.make_aware(since)
    problems: list[PipelineError] = []
    target: Path = arguments.warc
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(part, "xb") as stream:
            count = warc.write(
                stream,
                _whole(archive.captured(source, since), problems),
                software=f"Almoner/{__version__}",
                written=timezone.now(),
            )
        os.replace(part, target)
    except OSError as error:
        prepare.complain(f"{target}: could not be written: {error.strerror or error}.")
        return EXIT_NOT
    finally:
        with suppress(OSError):
            part.unlink()
    prepare.say(f"{count} documents written to {target}.")
    return EXIT_NOT if problems else EXIT_DONE


def _whole(found: Iterator[Snapshot | PipelineError], problems: list[PipelineError]) -> Iterator[Snapshot]:
    """What can be exported; the rest is said and noted."""
    for one in found:
        if isinstance(one, PipelineError):
            prepare.complain(str(one))
            problems.append(one)
        else:
            yield one
