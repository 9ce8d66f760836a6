"""JSON values from anywhere: loaded within bounds, and what can be had of a text that breaks off."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

MAX_RECORDS: Final = 10_000
"""Entries that are read of one list."""

Object = dict[str, Any]
_LIST: Final = re.compile(r'"(items|results)"\s*:\s*\[')


@dataclass(frozen=True, slots=True)
class Loaded:
    """A JSON value. `broken`: what is wrong with the text, where the value is only what could be had of it."""

    value: Any
    broken: str = ""


def load(text: str) -> Loaded:
    """The value in `text`. Never raises: what is wrong with it stands in `broken`."""
    try:
        return Loaded(json.loads(text, strict=False, parse_int=_integer))
    except json.JSONDecodeError as error:
        return Loaded(_salvaged(text), f"{error.msg} in line {error.lineno}, column {error.colno}")
    except RecursionError:
        return Loaded(_salvaged(text), "it nests too deep")


def string(value: object) -> str:
    """`value` where it is a string, else nothing."""
    return value if isinstance(value, str) else ""


def objects(value: object) -> list[Object]:
    """The objects of a list; of anything else none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def is_list_of_objects(value: object) -> bool:
    """Whether `value` is a list with something in it, all of it objects."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _integer(digits: str) -> int | None:
    """A whole number; none that has more digits than anybody counts to, which take long to read."""
    return int(digits) if len(digits) <= 30 else None


def _salvaged(text: str) -> Any:
    """Of a list that breaks off, what stands before the break: the object around it and its whole entries."""
    found = _LIST.search(text)
    if found is None:
        return None
    decoder = json.JSONDecoder(strict=False, parse_int=_integer)
    try:
        around = json.loads(
            text[: found.start()].rstrip().rstrip(",") + "}", strict=False, parse_int=_integer
        )
    except (ValueError, RecursionError):
        return None
    entries: list[Any] = []
    position = found.end()
    while len(entries) < MAX_RECORDS:
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        try:
            entry, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        entries.append(entry)
    if isinstance(around, dict):
        around[found[1]] = entries
    return around
