"""`almoner read`: read documents and print the items in them. Nothing here imports Django."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path, PurePath

from almoner.cli.item_json import item_json
from almoner.cli.item_table import explanation, table
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import snapshots
from almoner.pipeline.model import Reading
from almoner.pipeline.run import read, relate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file, a folder (all its documents), or - for standard input",
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one item a line, as JSON (docs/item.schema.json)")
    shape.add_argument("--explain", action="store_true", help="which stage decided what, and why")
    parser.add_argument(
        "--save", metavar="FOLDER", type=Path, help="also write one JSON-lines file a document into FOLDER"
    )
    parser.add_argument("--date-order", choices=("dmy", "mdy"), help="how to read 3/4/2025 (default: as the page shows, else day first)")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Read and print. 0: all read; 1: something could not be read, and the rest was; 2: wrong usage."""
    readings: list[Reading] = []
    failed = False
    for found in snapshots(arguments.paths):
        try:
            if isinstance(found, PipelineError):
                raise found
            reading = read(found, order=arguments.date_order)
        except PipelineError as error:
            failed = True
            print(f"almoner: {error}", file=sys.stderr)
            continue
        if not reading.items:
            print(f"almoner: warning: {reading.document.source}: no items were found in it.", file=sys.stderr)
        for note in reading.findings:
            print(
                f"almoner: warning: {reading.document.source}: {note.place}: {note.message}", file=sys.stderr
            )
        readings.append(reading)
    related = relate(readings)
    if arguments.save is not None and not _save(related, arguments.save):
        return 1
    for reading in related:
        if arguments.json:
            sys.stdout.writelines(_lines(reading))
        else:
            print(explanation(reading) if arguments.explain else table(reading))
    return 1 if failed else 0


def _lines(reading: Reading) -> list[str]:
    media_type = reading.document.media_type
    return [json.dumps(item_json(item, media_type), ensure_ascii=False) + "\n" for item in reading.items]


def _save(readings: tuple[Reading, ...], folder: Path) -> bool:
    """Write each reading's items beside each other; two documents of one name get a number."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        used: set[str] = set()
        for reading in readings:
            stem = PurePath(reading.document.source).name.strip("-") or "standard-input"
            name, number = f"{stem}.jsonl", 2
            while name in used:
                name, number = f"{stem}.{number}.jsonl", number + 1
            used.add(name)
            (folder / name).write_text("".join(_lines(reading)), encoding="utf-8")
    except OSError as error:
        print(f"almoner: {folder}: save: could not be written: {error.strerror}.", file=sys.stderr)
        return False
    return True
