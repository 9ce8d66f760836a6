"""`almoner diff`: what changed between two editions of a document. Nothing here imports Django."""

from __future__ import annotations

import argparse
import json
from typing import Final

from almoner.cli.output import Printing, complain
from almoner.cli.redline_json import redline_json
from almoner.pipeline.editions.model import Comparison
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import file
from almoner.pipeline.run import compare

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest edition that is compared: 64 MiB."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "old", metavar="OLD", help="the older edition: a PDF, Word, HTML, Markdown or text file"
    )
    parser.add_argument("new", metavar="NEW", help="the newer one, of any of these formats")
    parser.add_argument("--json", action="store_true", help="all changes and the whole text in runs, as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Compare and print. 0: done; 1: a file could not be read or the result not be written."""
    try:
        comparison = _compared(arguments.old, arguments.new)
    except PipelineError as error:
        complain(str(error))
        return 1
    for found in comparison.findings:
        complain(f"warning: {found.message}")
    printing = Printing(for_machines=arguments.json)
    printing.print([json.dumps(redline_json(comparison), ensure_ascii=False) + "\n"])
    printing.finish()
    return 0 if printing.whole else 1


def _compared(old: str, new: str) -> Comparison:
    snapshots = []
    for path in (old, new):
        found = file(path, MAX_BYTES)
        if isinstance(found, PipelineError):
            raise found
        snapshots.append(found)
    return compare(*snapshots)
