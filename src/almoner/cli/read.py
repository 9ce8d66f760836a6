"""`almoner read`: read documents and print the items in them. Nothing here imports Django."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from almoner.cli.item_json import item_json
from almoner.cli.item_table import explanation, table
from almoner.cli.output import Printing, Saving, complain
from almoner.cli.rule_file import UnusableRule, rule_file
from almoner.cli.shelf import Shelf
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import FORMATS, STANDARD_INPUT, snapshots
from almoner.pipeline.model import Reading
from almoner.pipeline.run import read, relate

if TYPE_CHECKING:
    from almoner.pipeline.sources.rules import Rule

EXIT_ALL: Final = 0
EXIT_SOME: Final = 1
EXIT_STOPPED: Final = 130


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
    parser.add_argument(
        "--rule", metavar="FILE", help="what is known of the source these documents are from (docs/rules.md)"
    )
    parser.add_argument("--date-order", choices=("dmy", "mdy"), help="how to read 3/4/2025 (default: as the page shows, else day first)")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Read and print. 0: all done; 1: something could not be read or written, and the rest was; 130: stopped."""
    try:
        rule = rule_file(arguments.rule) if arguments.rule is not None else None
    except UnusableRule as error:
        complain(str(error))
        return EXIT_SOME
    try:
        shelf, whole = _read(arguments, rule)
        saving = Saving(arguments.save) if arguments.save is not None else None
        printing = Printing(for_machines=arguments.json)
        for reading in relate(shelf):
            if saving is not None:
                saving.save(_file_name(reading.document.source), _lines(reading))
            printing.print(_shown(reading, arguments))
        printing.finish()
    except KeyboardInterrupt:
        complain("stopped.")
        return EXIT_STOPPED
    written = printing.whole and (saving is None or saving.whole)
    return EXIT_ALL if whole and written else EXIT_SOME


def _read(arguments: argparse.Namespace, rule: Rule | None) -> tuple[Shelf, bool]:
    """What could be read, and whether that is all."""
    shelf = Shelf()
    whole = True
    for path in arguments.paths:
        documents = 0
        for found in snapshots([path]):
            documents += 1
            try:
                if isinstance(found, PipelineError):
                    raise found
                reading = read(found, order=arguments.date_order, rule=rule)
            except PipelineError as error:
                whole = False
                complain(str(error))
                continue
            _warn(reading)
            shelf.add(reading)
        if not documents:
            complain(f"warning: {path}: no documents in it. {FORMATS} are read; name a file to try it.")
    return shelf, whole


def _warn(reading: Reading) -> None:
    source = reading.document.source
    if not reading.items:
        complain(f"warning: {source}: no items were found in it.")
    for note in reading.findings:
        complain(f"warning: {source}: {note.place}: {note.message}")


def _shown(reading: Reading, arguments: argparse.Namespace) -> Iterable[str]:
    if arguments.json:
        return _lines(reading)
    return explanation(reading) if arguments.explain else table(reading), "\n"


def _lines(reading: Reading) -> Iterator[str]:
    media_type = reading.document.media_type
    return (json.dumps(item_json(item, media_type), ensure_ascii=False) + "\n" for item in reading.items)


def _file_name(source: str) -> str:
    return "standard-input" if source == STANDARD_INPUT else PurePath(source).name
