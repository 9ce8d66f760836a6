"""The known things, read from the data files beside this module.

Each file is a table (CSV, UTF-8) with one thing a row and lists parted by "; ". `nations` are letters: E, W, S, N.
A name that ends in "?" is also an ordinary word, a surname, or stands for other things too: it counts only with
evidence of its own, which is its entry's long form in the same text, or one of the entry's words of `evidence`.

The facts (names, codes, dates) are public; the selection and the files are ours. Area codes are those that the
Office for National Statistics gives.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from almoner.pipeline.model import MentionKind

FOLDER: Final = Path(__file__).parent

_WORK_KINDS: Final = {
    "guidance": MentionKind.GUIDANCE, "strategy": MentionKind.GUIDANCE,
    "act": MentionKind.ACT, "regulations": MentionKind.ACT, "bill": MentionKind.ACT, "convention": MentionKind.ACT,
}  # fmt: skip


class Entry(NamedTuple):
    """A known thing. `id` is ours, or the ONS code of an area; `nations` where it works or holds (letters)."""

    kind: MentionKind
    id: str
    name: str
    nations: str = ""
    evidence: tuple[str, ...] = ()


class Named(NamedTuple):
    """A name in use for an entry. `is_short`: an abbreviation, which counts only as it is printed here."""

    printed: str
    entry: Entry
    is_short: bool = False
    needs_evidence: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated version of a work. `in_force` is the day (ISO 8601) from which it holds, where that is sure."""

    year: str
    status: str
    in_force: str | None = None


def table(file: str) -> Iterator[dict[str, str]]:
    """The rows of one of our data files."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        head = next(rows)
        for row in rows:
            yield dict(zip(head, row, strict=True))


def named() -> Iterator[Named]:
    """Every name of every known thing. Where two have one name, the first in this order has it."""
    yield from _organisations()
    yield from _works()
    yield from _programmes()
    yield from _areas()


@cache
def editions() -> Mapping[str, tuple[Edition, ...]]:
    """The editions of each work that has some, oldest first, by the work's id."""
    found: dict[str, list[Edition]] = {}
    for row in table("editions.csv"):
        edition = Edition(row["edition"], row["status"], row["in_force"] or None)
        found.setdefault(row["work"], []).append(edition)
    return MappingProxyType({work: tuple(sorted(each, key=lambda e: e.year)) for work, each in found.items()})


def _organisations() -> Iterator[Named]:
    for row in table("organisations.csv"):
        yield from _names_of(row, MentionKind.ORGANISATION)
    for row in table("forces.csv"):
        yield from _names_of(row, MentionKind.ORGANISATION)


def _works() -> Iterator[Named]:
    for row in table("works.csv"):
        yield from _names_of(row, _WORK_KINDS[row["kind"]])


def _programmes() -> Iterator[Named]:
    for row in table("programmes.csv"):
        yield from _names_of(row, MentionKind.PROGRAMME)


def _names_of(row: Mapping[str, str], kind: MentionKind) -> Iterator[Named]:
    evidence = tuple(parts(row.get("evidence") or ""))
    entry = Entry(kind, row["id"], row["name"].rstrip("?"), row["nations"], evidence)
    yield _name(row["name"], entry)
    for printed in parts(row.get("abbreviations") or ""):
        yield _name(printed, entry, is_short=True)
    for column in ("former_names", "other_names"):
        for printed in parts(row.get(column) or ""):
            yield _name(printed, entry, is_short=" " not in printed.rstrip("?") and printed[1:2].isupper())


def _areas() -> Iterator[Named]:
    rows = sorted(table("areas.csv"), key=lambda row: row["ended"] != "")  # what is there now has the name
    areas: dict[str, Entry] = {}
    for row in rows:
        area = row["area"].rstrip("?")
        place = areas[row["code"]] = Entry(MentionKind.PLACE, row["code"], area, row["nation"])
        council = Entry(MentionKind.ORGANISATION, row["code"], row["name"], row["nation"])
        yield _name(row["area"], place)
        if row["name"]:
            yield _name(row["name"], council)
            if row["kind"] != "combined authority":
                yield _name(f"{area} Council", council)
            if row["name"] == f"City of {area} Council":
                yield _name(f"{area} City Council", council)
        for printed in parts(row["other_names"]):
            governs = printed.endswith(("Council", "Corporation")) or printed.startswith(
                ("Royal Borough", "London Borough", "Cyngor")
            )
            yield _name(printed, council if governs else place, is_short=printed.isupper())
    for row in table("towns.csv"):
        yield _name(row["name"], areas[row["area"]])


def _name(printed: str, entry: Entry, *, is_short: bool = False) -> Named:
    name = printed.rstrip("?")
    return Named(name, entry, is_short or (name.isupper() and " " not in name), printed.endswith("?"))


def parts(cell: str) -> list[str]:
    """The list that a cell holds."""
    return [part.strip() for part in cell.split(";") if part.strip()]
