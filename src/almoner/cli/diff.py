"""`almoner diff`: what changed between two editions of a document. Nothing here imports Django."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from almoner.cli.output import Printing, complain
from almoner.cli.redline_page import redline_page
from almoner.cli.redline_table import redline_table
from almoner.pipeline.editions.model import Comparison
from almoner.pipeline.editions.print_file import print_file
from almoner.pipeline.editions.redline_json import redline_json
from almoner.pipeline.editions.word_file import word_file
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import file
from almoner.pipeline.model import Snapshot
from almoner.pipeline.run import compare

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest edition that is compared: 64 MiB."""
EXIT_FAILED: Final = 1
EXIT_NOT_UNDERSTOOD: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "old", metavar="OLD", help="the older edition: a PDF, Word, HTML, Markdown or text file"
    )
    parser.add_argument("new", metavar="NEW", help="the newer one, of any of these formats")
    parser.add_argument("more", nargs="*", help=argparse.SUPPRESS)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--table", action="store_true", help="a table of the changes (the default)")
    shape.add_argument(
        "--html", action="store_true", help="the whole text with its changes, as one page of HTML"
    )
    shape.add_argument("--docx", action="store_true", help="the same as a Word file with tracked changes")
    shape.add_argument(
        "--pdf", action="store_true", help="the whole text with its changes, as an accessible PDF"
    )
    shape.add_argument(
        "--json",
        action="store_true",
        help="changes, renumbering and the text in runs (docs/redline.schema.json)",
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="write to FILE (default: standard output)")


def run(arguments: argparse.Namespace) -> int:
    """Compare and print. 0: done; 1: a file could not be read or the result not be written; 2: not
    understood."""
    if arguments.more:
        complain(
            "diff: two files are compared, and more were given. To write the result to a file, use --out FILE."
        )
        return EXIT_NOT_UNDERSTOOD
    binary = arguments.docx or arguments.pdf
    if binary and arguments.out is None and sys.stdout.isatty():
        what = "Word file" if arguments.docx else "PDF"
        complain(f"a {what} is no text for a terminal. Name a file with --out, or send it on with >.")
        return EXIT_FAILED
    try:
        comparison = compare(_edition(arguments.old), _edition(arguments.new))
    except PipelineError as error:
        complain(str(error))
        return EXIT_FAILED
    for found in comparison.findings:
        complain(f"warning: {found.message}")
    written = _written(arguments, comparison)
    if arguments.out is not None:
        return _save(arguments.out, written)
    printing = Printing(for_machines=not _for_people(arguments))
    if binary:
        sys.stdout.buffer.write(written)
    else:
        printing.print([written.decode()])
    printing.finish()
    return 0 if printing.whole else EXIT_FAILED


def _edition(path: str) -> Snapshot:
    found = file(path, MAX_BYTES)
    if isinstance(found, PipelineError):
        raise found
    return found


def _for_people(arguments: argparse.Namespace) -> bool:
    return not (arguments.json or arguments.html or arguments.docx or arguments.pdf)


def _written(arguments: argparse.Namespace, comparison: Comparison) -> bytes:
    if arguments.docx:
        return word_file(comparison, author="Almoner", date=datetime.now(UTC).isoformat(timespec="seconds"))
    if arguments.pdf:
        printed = print_file(comparison, made=datetime.now(UTC))
        if not printed.is_accessible:
            complain("warning: the text has letters that no font at hand can show, so the PDF is not PDF/UA.")
        return printed.content
    if arguments.html:
        return redline_page(comparison).encode()
    if arguments.json:
        return (
            json.dumps(redline_json(comparison), ensure_ascii=False).encode("utf-8", "backslashreplace")
            + b"\n"
        )
    return redline_table(comparison).encode("utf-8", "backslashreplace")


def _save(path: Path, content: bytes) -> int:
    try:
        path.write_bytes(content)
    except OSError as error:
        complain(f"{path}: save: could not be written: {error.strerror or error}.")
        return EXIT_FAILED
    return 0
