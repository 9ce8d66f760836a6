"""`almoner move-database`: the records of the data folder's SQLite, moved to the PostgreSQL of `DATABASE_URL`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from almoner.cli import prepare
from almoner.cli.prepare import complain, say

if TYPE_CHECKING:
    from django.db.models import Model


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb has none: the settings say from where and to where."""
    parser.epilog = "Stop the service first. SQLite's file stays as it is."


def run(_: argparse.Namespace) -> int:
    """Move. 0: every row is there; 1: nothing was moved, and why was said."""
    if not prepare.load_settings():
        return 1
    from django.db import connection

    from almoner.cli.copied_tables import NotMoved, copy_everything
    from almoner.settings.base import SQLITE

    if connection.vendor != "postgresql":
        complain("DATABASE_URL is not set: it says which database the records move to.")
        return 1
    if not SQLITE["NAME"].exists():
        complain(f"there is no {SQLITE['NAME']}: nothing to move.")
        return 1
    prepare.migrate()
    try:
        moved = copy_everything(SQLITE, told=_told)
    except NotMoved as error:
        complain(f"{error} Nothing was moved.")
        return 1
    say(f"{moved} rows are in {connection.settings_dict['NAME']} as they were in {SQLITE['NAME']}.")
    say("start the service with the same DATABASE_URL; keep the old file until you trust the new home.")
    return 0


def _told(model: type[Model], rows: int) -> None:
    if rows and sys.stdout.isatty():
        say(f"{model._meta.db_table}: {rows}")
