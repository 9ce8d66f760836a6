"""The numbers that Word prints before paragraphs and keeps nowhere: counted as Word counts (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from almoner.pipeline.parse.nodes import Node, nodes
from almoner.pipeline.parse.word.styles import attribute, child, value

MAX_DEPTH: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restarts: bool = True
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    restarts_at: dict[int, int] = field(default_factory=dict)
    used: bool = False


class Numbering:
    """The lists of one file, with where each stands."""

    def __init__(self, content: bytes | None) -> None:
        """Read the part "numbering"; a file without it has no lists."""
        abstracts: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for node in nodes(content, frozenset({"abstractnum", "num"})) if content else ():
            if node.name == "abstractnum":
                abstracts[attribute(node, "abstractNumId")] = dict(_levels(node))
                continue
            abstract = value(node, "abstractnumid")
            made = _List(abstract, dict(abstracts.get(abstract, {})))
            for over in (one for one in node.children if one.name == "lvloverride"):
                depth = _whole(attribute(over, "ilvl"))
                made.levels.update(_levels(over))
                start = value(over, "startoverride")
                if start.isdigit():
                    made.restarts_at[depth] = int(start)
            self._lists[attribute(node, "numId")] = made

    def depth_of_style(self, number: str, style: str) -> int | None:
        """How deep in a list the paragraphs of a style stand, where the list says so."""
        made = self._lists.get(number)
        levels = made.levels.items() if made is not None else ()
        return next((depth for depth, level in levels if level.style == style), None)

    def label(self, number: str, depth: int) -> str | None:
        """Count one further paragraph of a list, and give what Word prints before it: "" for a bullet, None for one
        of no list."""
        made = self._lists.get(number)
        depth = min(depth, MAX_DEPTH - 1)
        if made is None or depth not in made.levels:
            return None
        counts = self._counts.setdefault(made.abstract, {})
        if not made.used:
            made.used = True
            for at, start in made.restarts_at.items():
                counts[at] = start - 1
        level = made.levels[depth]
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [at for at in counts if at > depth and made.levels.get(at, level).restarts]:
            del counts[deeper]
        if level.format == "bullet":
            return ""

        def printed(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = made.levels.get(at, _Level())
            return _printed(counts.get(at, other.start), "decimal" if level.legal else other.format)

        label = _PLACE.sub(printed, level.text)
        return label.strip() or None


def _levels(node: Node) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for one in node.children:
        if one.name != "lvl":
            continue
        start = value(one, "start")
        found[_whole(attribute(one, "ilvl"))] = _Level(
            int(start) if start.isdigit() else 1,
            value(one, "numfmt") or "decimal",
            value(one, "lvltext"),
            value(one, "lvlrestart") != "0",
            child(one, "islgl") is not None,
            value(one, "pstyle"),
        )
    return {depth: replace(level) for depth, level in found.items() if depth < MAX_DEPTH}


def _whole(printed: str) -> int:
    return int(printed) if printed.isdigit() and len(printed) < 4 else 0


def _printed(count: int, style: str) -> str:
    if style in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 9) if count > 0 else ""
        return letter.upper() if style == "upperLetter" else letter
    if style in {"lowerRoman", "upperRoman"}:
        roman = to_roman(count)
        return roman.upper() if style == "upperRoman" else roman
    if style == "decimalZero":
        return f"{count:02d}"
    if style == "ordinal":
        return f"{count}{_ending(count)}"
    return "" if style == "none" else str(count)


def _ending(count: int) -> str:
    return "th" if count % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def to_roman(count: int) -> str:
    """A number in small Roman figures."""
    text = ""
    for whole, letters in _ROMAN:
        times, count = divmod(min(count, 3_999), whole)
        text += letters * times
    return text
