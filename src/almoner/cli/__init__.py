"""The `almoner` command: thin verbs over services, a module each.

A verb's module is imported only when it is asked for, so that `almoner read` never waits for Django.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Final

from almoner import __version__

VERBS: Final = {
    "read": ("almoner.cli.read", "read documents and print the items in them"),
    "diff": ("almoner.cli.diff", "show what changed between two editions of a document"),
    "guidance": ("almoner.cli.guidance", "add, list or compare editions of guidance in the records"),
    "brief": ("almoner.cli.brief", "compose, preview or publish an issue of a briefing of yours"),
    "rules": ("almoner.cli.rules", "check, try or propose a rule for the pages of one source"),
    "import": ("almoner.cli.import_documents", "read documents and keep them in the service's records"),
    "sources": ("almoner.cli.sources", "list, add, try, check, pause, import or export the sources"),
    "gather": ("almoner.cli.gather", "check the sources that are due, once or round the clock"),
    "deliveries": ("almoner.cli.deliveries", "send alerts and briefings, and see what became of them"),
    "snapshots": ("almoner.cli.snapshots", "list, check or remove the copies of what sources gave"),
    "export": ("almoner.cli.export", "hand on the copies of what sources gave, as a WARC file"),
    "move-database": ("almoner.cli.move_database", "move the records from SQLite to PostgreSQL"),
    "run": ("almoner.cli.serve", "set up the database and start the service"),
}
"""Verb → (module, one line of help). A module offers `add_arguments(parser)` and `run(arguments) -> int`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the verb named in `argv` (default: the process's arguments) and return its exit code.

    0 all done, 1 something could not be done (the rest was), 2 the command was not understood.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="almoner", description="A safeguarding information service.")
    parser.add_argument("--version", action="version", version=f"almoner {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = next((word for word in words if not word.startswith("-")), None)
    verb_parsers = {}
    for name, (module, summary) in VERBS.items():
        verb_parser = verb_parsers[name] = verbs.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        if name == verb:
            importlib.import_module(module).add_arguments(verb_parser)
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        # Said by the verb's own parser, so that its usage is what stands above the complaint.
        verb_parsers[arguments.verb].error(f"unrecognized arguments: {' '.join(unknown)}")
    return int(importlib.import_module(VERBS[arguments.verb][0]).run(arguments))
