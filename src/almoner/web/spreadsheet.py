"""Tables as CSV, for the spreadsheets that people have."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

_FORMULA: Final = re.compile(r"^[\s'\"]*[=+\-@\t\r]")


def spreadsheet(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A row of names, then the rows (RFC 4180). A cell that a spreadsheet would take for a formula begins with an
    apostrophe (OWASP, "CSV Injection")."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(f"'{cell}" if _FORMULA.match(cell) else cell for cell in row)
    return "\ufeff" + written.getvalue()  # without the mark Excel takes UTF-8 for Windows-1252
