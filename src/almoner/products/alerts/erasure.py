"""Erasing a person: after it their address is in no table, file, log or export of ours, and a restored backup does not
bring it back.

What is left is a keyed hash of the address: on the list of those never to be written to if they were on it, and in the
ledger of erasures. The ledger stands in the database and in a file beside it; a database that was restored does not
know of entries that the file has, so what was erased since is erased again (`erase_again`).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Model
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.enums import Ended
from almoner.products.alerts.models import Erasure, Request, Subscriber, Suppression
from almoner.products.alerts.suppression import hashed, marks

LEDGER: Final = "erased"
"""The file in the data folder: a line an erasure, keyed hash and time."""
BLOCK: Final = 1 << 20
SPAN: Final = 10_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of an erasure: the rows that went, and whether the database's files are free of the address."""

    rows: int
    files_clean: bool


@sensitive_variables()
def erase(folded: str, now: datetime) -> Erased:
    """Erase everything about an address (`Address.folded`), known here or not. It is written to the ledger first: broken
    off in between, it is done at the next start. `OSError` where the ledger cannot be written."""
    mark = hashed(folded)
    _note(mark, now)
    with transaction.atomic():
        Erasure.objects.get_or_create(hashed=mark, at=now)
        # No list that somebody imports later brings them back; they themselves may.
        Suppression.objects.get_or_create(hashed=mark, defaults={"why": Ended.LEFT, "since": now})
        addresses = {folded, *_typed(folded)}
        rows = _delete(folded)
    return Erased(rows, _clean_files(addresses))


def erase_again() -> int:
    """Erase what the ledger's file says was erased and this database does not know of: it was restored from a backup.
    Who signed up after being erased stays. How many rows went."""
    known = {(row.hashed, row.at) for row in Erasure.objects.all()}
    missing = {mark: at for mark, at in _ledger() if (mark, at) not in known}
    if not missing:
        return 0
    rows, addresses = 0, set()
    for model in (Subscriber, Request):
        for pk, folded, at in _addresses(model):
            if any(at <= missing[mark] for mark in marks(folded) if mark in missing):
                addresses |= {folded, *_typed(folded)}
                rows += model._default_manager.filter(pk=pk).delete()[0]
    Erasure.objects.bulk_create([Erasure(hashed=mark, at=at) for mark, at in missing.items()])
    _clean_files(addresses)
    if rows:
        log.warning("erased again from a restored database: %d rows", rows)
    return rows


def _addresses(model: type[Subscriber | Request]) -> Iterator[tuple[int, str, datetime]]:
    """Primary key, address and when it was asked for, of every row."""
    when = "asked_at" if model is Subscriber else "at"
    rows = model._default_manager.order_by("pk").values_list("pk", "folded", when)
    last = 0
    while span := list(rows.filter(pk__gt=last)[:SPAN]):
        yield from span
        last = span[-1][0]


def _delete(folded: str) -> int:
    models: tuple[type[Model], ...] = (Subscriber, Request)
    return sum(model._default_manager.filter(folded=folded).delete()[0] for model in models)


def _typed(folded: str) -> set[str]:
    found: set[str] = set()
    for model in (Subscriber, Request):
        found.update(model._default_manager.filter(folded=folded).values_list("address", flat=True))
    return found


@sensitive_variables()
def _clean_files(addresses: set[str]) -> bool:
    """See that the files of SQLite do not hold the addresses in the room of deleted rows, and pack the database anew where
    they do. Other databases see to that themselves (docs/alerts.md)."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not os.path.isfile(name) or not addresses:
        return True
    wanted = [address.encode() for address in addresses]
    for statement in ("", "VACUUM"):
        try:
            with connection.cursor() as cursor:
                if statement:
                    cursor.execute(statement)
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError as fault:  # somebody reads for long, or the disk is full
            log.warning("the database could not be packed: %s", fault)
        if not any(_holds(Path(name + end), wanted) for end in ("", "-wal")):
            return True
    log.error("an erased address still stands in the room of deleted rows of the database's files")
    return False


def _holds(path: Path, wanted: list[bytes]) -> bool:
    """Whether a file has one of these in it, however its letters are written."""
    longest, rest = max(map(len, wanted)), b""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                text = (rest + block).lower()
                if any(each.lower() in text for each in wanted):
                    return True
                rest = text[-longest:]
    except FileNotFoundError:
        return False
    return False


def _note(mark: str, at: datetime) -> None:
    with open(os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as file:
        file.write(f"{mark} {at.isoformat()}\n")
        file.flush()
        os.fsync(file.fileno())


def _ledger() -> Iterator[tuple[str, datetime]]:
    """What the file says; a line that was cut off is passed over."""
    try:
        lines = _path().read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        mark, _, at = line.partition(" ")
        try:
            yield mark, datetime.fromisoformat(at)
        except ValueError:
            continue


def _path() -> Path:
    return Path(settings.DATA) / LEDGER
