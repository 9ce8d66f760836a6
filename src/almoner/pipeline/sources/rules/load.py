"""A rule from its TOML text, with every fault in words that an editor can act on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from almoner.pipeline.model import Defaults, Kind
from almoner.pipeline.sources.rules import form, selector
from almoner.pipeline.sources.rules.form import Form
from almoner.pipeline.sources.rules.rule import FORMED, SELECTED, PageKind, Rule
from almoner.pipeline.sources.rules.selector import Selector

MAX_BYTES: Final = 64_000
MAX_VALUE: Final = 300
TOP: Final = ("name", "publisher", "match", "page", "date_order", "default", "select", "lines")
DEFAULT: Final = ("source", "outlet", "kind", "licence", "language", "time_zone")
_KEY = re.compile(r"\s*(?:\[(?P<table>[^\[\]]+)\]|(?P<key>[\w\"'.-]+)\s*=)")
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule: in which file, line and key, and what was expected there."""

    file: str
    line: int
    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {f'“{self.key}” ' if self.key else ''}{self.problem}"


class InvalidRule(ValueError):
    """A text that is no rule; `faults` says all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load(text: str, file: str = "rule") -> Rule:
    """The rule in a TOML text; `file` names it in faults. Raises `InvalidRule` with all faults at once."""
    if len(text) > MAX_BYTES:
        raise InvalidRule(
            (Fault(file, 1, "", f"The file is over {MAX_BYTES:,} characters, too long for a rule."),)
        )
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise InvalidRule(
            (Fault(file, line, "", f"This is no TOML: {_AT_LINE.sub('', str(error))}."),)
        ) from error
    return _Checking(file, _lines(text)).rule(said)


def _lines(text: str) -> dict[str, int]:
    """The line of each key, as "table.key". Good for pointing: what tomllib reads, it reads without places."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        match = _KEY.match(line)
        if match is not None and match["table"]:
            table = f"{match['table'].strip()}."
            found.setdefault(table[:-1], number)
        elif match is not None:
            found.setdefault(table + match["key"].strip("\"'"), number)
    return found


@dataclass(slots=True)
class _Checking:
    """One rule being checked: its faults are gathered, so that an editor sees them all at once."""

    file: str
    lines: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)

    def rule(self, said: Mapping[str, Any]) -> Rule:
        self._known(said, TOP, "")
        page = self._one_of(said, "page", PageKind, required=True)
        order = self._one_of(said, "date_order", ("dmy", "mdy"))
        select = self._read_all(said, "select", SELECTED, self._selector)
        lines = self._read_all(said, "lines", FORMED, self._forms)
        self._agree(page, select, lines)
        made = Rule(
            name=self._text(said, "name", required=True) or "",
            page=PageKind(page or "any"),
            match=self._match(said),
            publisher=self._text(said, "publisher"),
            date_order=order,  # type: ignore[arg-type]
            defaults=self._defaults(said),
            select=MappingProxyType(select),
            lines=MappingProxyType(lines),
        )
        if self.faults:
            raise InvalidRule(tuple(sorted(self.faults, key=lambda fault: fault.line)))
        return made

    def _fault(self, key: str, problem: str) -> None:
        line = self.lines.get(key) or self.lines.get(key.split(".")[0]) or 1
        self.faults.append(Fault(self.file, line, key, problem))

    def _known(self, said: Mapping[str, Any], keys: tuple[str, ...], table: str) -> None:
        for key in said:
            if key not in keys:
                self._fault(table + key, f"is not known. Expected one of: {', '.join(keys)}.")

    def _text(
        self, said: Mapping[str, Any], key: str, table: str = "", *, required: bool = False
    ) -> str | None:
        value = said.get(key)
        if value is None:
            if required:
                self._fault(table + key, "is missing. Expected some words in quotation marks.")
            return None
        if not isinstance(value, str) or not value.strip() or len(value) > MAX_VALUE:
            self._fault(
                table + key, f"must be some words in quotation marks, at most {MAX_VALUE} characters."
            )
            return None
        return value.strip()

    def _one_of(
        self, said: Mapping[str, Any], key: str, values: Any, table: str = "", *, required: bool = False
    ) -> str | None:
        value = self._text(said, key, table, required=required)
        if value is not None and value not in list(values):
            self._fault(table + key, f"is “{value}”. Expected one of: {', '.join(values)}.")
            return None
        return value

    def _match(self, said: Mapping[str, Any]) -> tuple[str, ...]:
        value = said.get("match")
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            self._fault("match", 'must be a list of addresses, such as ["https://www.example.org/news/*"].')
            return ()
        for one in value:
            if (
                len(one.replace("*", "").strip("/:. ")) < 4
                or len(one) > MAX_VALUE
                or any(map(str.isspace, one))
            ):
                self._fault("match", f"has “{one}”, which is no address. A * stands for anything within one.")
        return tuple(value)

    def _defaults(self, said: Mapping[str, Any]) -> Defaults:
        table = self._table(said, "default")
        self._known(table, DEFAULT, "default.")
        kind = self._one_of(table, "kind", Kind, "default.")
        zone = self._text(table, "time_zone", "default.")
        if zone is not None:
            try:
                ZoneInfo(zone)
            except (KeyError, ValueError, OSError):  # no such zone, an impossible name, the name of a folder
                self._fault(
                    "default.time_zone", f"is “{zone}”. Expected a zone's name, such as Europe/London."
                )
        return Defaults(
            source=self._text(table, "source", "default."),
            outlet=self._text(table, "outlet", "default."),
            kind=Kind(kind) if kind is not None else None,
            licence=self._text(table, "licence", "default."),
            language=self._text(table, "language", "default."),
            time_zone=zone,
        )

    def _table(self, said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = said.get(name, {})
        if not isinstance(value, dict):
            self._fault(name, f"must be a table: a line [{name}] with keys below it.")
            return {}
        return value

    def _read_all(
        self, said: Mapping[str, Any], name: str, keys: tuple[str, ...], read: Callable[[str, Any], Any]
    ) -> dict[str, Any]:
        table = self._table(said, name)
        self._known(table, keys, f"{name}.")
        found = ((key, read(f"{name}.{key}", table[key])) for key in keys if key in table)
        return {key: value for key, value in found if value is not None}

    def _selector(self, key: str, value: Any) -> Selector | None:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if not isinstance(value, str) or not value.strip():
            self._fault(key, 'must be a CSS selector in quotation marks, such as "h3 a", or a list of them.')
            return None
        try:
            return selector.parse(value.strip())
        except selector.BadSelector as error:
            self._fault(key, f"is no selector that is known: “{value}” {error}.")
            return None

    def _forms(self, key: str, value: Any) -> tuple[Form, ...] | None:
        values = [value] if isinstance(value, str) else value
        if (
            not isinstance(values, list)
            or not values
            or not all(isinstance(one, str) and one.strip() for one in values)
        ):
            self._fault(
                key, 'must be the form of a line, such as "Posted {date} by {author}", or a list of them.'
            )
            return None
        try:
            return tuple(form.parse(one) for one in values)
        except form.BadForm as error:
            self._fault(key, f"{error}.")
            return None

    def _agree(self, page: str | None, select: Mapping[str, Selector], lines: Mapping[str, Any]) -> None:
        """Whether the parts of the rule are for the same kind of page."""
        if page in {"text", "any"} and select:
            self._fault("select", f"is for the pages of a listing or an article, and “page” is “{page}”.")
        if page in {"listing", "article", "any"} and lines:
            self._fault("lines", f"is for text, and “page” is “{page}”.")
        if page == "article" and (key := next((key for key in ("record", "starts") if key in select), None)):
            self._fault(f"select.{key}", "is for listings; an article is one record.")
        if "record" in select and "starts" in select:
            self._fault("select.starts", "stands beside “record”. Expected only one of the two.")
