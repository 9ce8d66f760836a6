"""Whether this is the installation that sends, or a copy of it: a copy would send everything once more.

The database says who it is and how many messages were begun; a file in the data folder says the same, and which file
it is (its number in the file system, which a copy or a restored backup does not have). Where the two differ, sending
is held until somebody says go. The file is written after each commit and before the message leaves: so it never lags
behind what the server was given, and a database that does was restored.

What restores the whole disk to an earlier moment, number and all, is not seen.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from almoner.products.alerts.models import Installation

_ONLY: Final = 1
"""The primary key of the one row."""
_MOST_TURNS: Final = 100
"""More processes than this do not send at once."""
_WIDTH: Final = 256
"""Bytes of the file: written in place, so that it stays the same file."""


@dataclass(frozen=True, slots=True)
class _Note:
    key: str
    begun: int
    address: str
    file: int


def why_held() -> str:
    """Why nothing may be sent from here, in words; "" where all may. `OSError` where the file cannot be read."""
    kept, note = Installation.objects.first(), _read()
    if kept is None and (note is None or not note.begun):  # nothing was ever sent, or introducing broke off
        return ""
    if kept is None:
        return "The data folder is of an installation that sent, and the database is new."
    if note is None:
        return "The database is of an installation that sent from another data folder."
    if note.key != kept.key:
        return "The database and the data folder are of different installations."
    if note.file != os.stat(_path()).st_ino:
        return "The data folder is a copy or was restored."
    if note.begun > kept.begun:
        return f"The database was restored: {note.begun - kept.begun} messages were sent that it does not know of."
    if note.address != settings.SITE_ADDRESS:
        return f"The service stood at {note.address} when it last sent."
    return ""


def introduce() -> None:
    """Note down, the first time, that this is the installation that sends; of several processes at once, one does.
    `OSError` where that cannot be written."""
    note = _read()
    if Installation.objects.exists() or (note is not None and note.begun):
        return
    with transaction.atomic():
        kept, is_new = Installation.objects.get_or_create(pk=_ONLY, defaults={"key": _new_key()})
        if is_new:
            _write(kept)  # before the commit: whoever sees the row sees the file


def go() -> None:
    """This is the installation that sends from now on. `OSError` where that cannot be written."""
    with transaction.atomic():
        kept, _ = Installation.objects.update_or_create(pk=_ONLY, defaults={"key": _new_key()})
        _write(kept)


def _new_key() -> str:
    return secrets.token_hex(12)


def _write(kept: Installation) -> None:
    with open(_path(), "wb") as file:
        note = {"key": kept.key, "begun": kept.begun, "address": settings.SITE_ADDRESS}
        note["file"] = os.fstat(file.fileno()).st_ino
        file.write(json.dumps(note).encode().ljust(_WIDTH))
        file.flush()
        os.fsync(file.fileno())


def begin() -> int:
    """Count a message, in the transaction that marks it; the number it has."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Installation._meta.db_table} SET begun = begun + 1 RETURNING begun")  # noqa: S608, a name of our own
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError("nobody asked whether this installation may send")
    return int(row[0])


def next_turn(apart: timedelta) -> timedelta:
    """Take the next turn of all processes that send, where turns are so far apart; how long to wait for it. A turn that
    lies far ahead was taken by a clock that was wrong, and is forgotten."""
    now = timezone.now()
    with transaction.atomic():
        kept = Installation.objects.select_for_update().get(pk=_ONLY)
        turn = kept.next_turn
        if turn is None or not now <= turn <= now + apart * _MOST_TURNS:
            turn = now
        Installation.objects.filter(pk=_ONLY).update(next_turn=turn + apart)
    return turn - now


def note_begun(begun: int) -> None:
    """Write down outside the database that this many were begun. `OSError` where that cannot be written: then nothing may leave."""
    note = _read()
    if note is None:
        raise FileNotFoundError(_path())
    if begun > note.begun:
        with open(_path(), "r+b", buffering=0) as file:
            words = {"key": note.key, "begun": begun, "address": note.address, "file": note.file}
            file.write(json.dumps(words).encode().ljust(_WIDTH))


def _path() -> Path:
    return Path(settings.DATA) / "sending"


def _read() -> _Note | None:
    try:
        return _Note(**json.loads(_path().read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
