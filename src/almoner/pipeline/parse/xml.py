"""XML that comes from anywhere: what its root is, and its text without a DTD.

No DTD is ever loaded and no entity expanded by a parser. Short plain entities that a file defines for itself
are put in here, within a bound; all others are refused and reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.parsers import expat

MAX_ENTITIES: Final = 100
MAX_ENTITY: Final = 200
"""Characters that a defined entity may stand for: names and addresses, no more."""
MAX_EXPANSION: Final = 1_000_000
MAX_PROLOG: Final = 1_000_000

_DECLARATION: Final = re.compile(r"<\?xml\b[^>]{0,500}\?>", re.IGNORECASE)
_SKIPPED: Final = re.compile(r"\s+|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->", re.DOTALL)
_DOCTYPE: Final = re.compile(
    r"""<!DOCTYPE (?:[^\["'>]|"[^"]*+"|'[^']*+')*+
    (?:\[ (?P<subset>(?:[^\]"'<]|"[^"]*+"|'[^']*+'|<!--(?:(?!-->).)*+-->|<(?:[^>"']|"[^"]*+"|'[^']*+')*+>)*+) \]\s*+)?+ >""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ROOT: Final = re.compile(r"<(?:[\w.-]{1,80}:)?([A-Za-z_][\w.-]{0,80})(?=[\s/>])")
_ENTITY: Final = re.compile(
    r"""<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[\w.:-]{1,200})\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<external>SYSTEM|PUBLIC)\b)"""
)
_REFERENCE: Final = re.compile(r"<!\[CDATA\[(?:(?!\]\]>).)*+(?:\]\]>|\Z)|&([\w.:-]{1,200});", re.DOTALL)
_CDATA: Final = "<![CDATA["
_VALUE: Final = re.compile(r"<!\[CDATA\[(?:(?!\]\]>|<!\[CDATA\[).)*+\]\]>|[^<]++", re.DOTALL)
_CHARACTER: Final = re.compile(r"&#(?:x[0-9a-fA-F]{1,6}|\d{1,7});")


@dataclass(frozen=True, slots=True)
class Bare:
    """XML without declaration and DTD, with as many lines as before. `refused` names the entities that are used and
    were left alone."""

    text: str
    refused: tuple[str, ...] = ()


def root_name(text: str) -> str | None:
    """The root element's name in lower case, without its prefix; None where `text` is no XML or HTML."""
    root = _ROOT.match(text, _prolog(text)[1])
    return root[1].lower() if root is not None else None


def bare(text: str) -> Bare:
    """`text` without XML declaration and DTD; entities of its own are put in where they are short and plain."""
    (start, end), root = _prolog(text)
    declaration = _DECLARATION.search(text, 0, root)
    doctype = text[start:end]
    prolog = text[:start] + "\n" * doctype.count("\n") + text[end:root]
    if declaration is not None:
        prolog = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), prolog, count=1)
    body = text[root:]
    plain, refused = _entities(doctype)
    if plain:
        longest = max(map(len, plain.values()))
        if body.count("&") * longest <= MAX_EXPANSION:
            body = _REFERENCE.sub(lambda found: plain.get(found[1], found[0]) if found[1] else found[0], body)
        else:
            refused = (*plain, *refused)
    # What is defined and never used (RSS 0.91 names HTML's own entities so) is no loss.
    return Bare(prolog + body, tuple(name for name in refused if f"&{name};" in body))


def problem(content: bytes) -> tuple[int, str] | None:
    """The line on which `content` (UTF-8, without DTD) stops being well-formed, and why; None where it is."""
    parser = expat.ParserCreate("utf-8", " ")
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return error.lineno, expat.ErrorString(error.code)
    return None


def with_short_values(text: str, most: int) -> tuple[str, list[int]]:
    """`text` with runs of text cut to `most` characters, and the lines on which one was. Line ends are kept."""
    if len(text) <= most:
        return text, []
    cut_at: list[int] = []
    counted = [1, 0]

    def shorter(found: re.Match[str]) -> str:
        if len(found[0]) <= most:
            return found[0]
        counted[0] += text.count("\n", counted[1], found.start())
        counted[1] = found.start()
        cut_at.append(counted[0])
        kept = found[0][:most]
        if found[0].startswith(_CDATA):
            return kept + "\n" * found[0].count("\n", most) + "]]>"
        entity = kept.rfind("&", most - 12)  # never half of one
        return kept[: entity if entity >= 0 else most] + "\n" * found[0].count("\n", most)

    return _VALUE.sub(shorter, text), cut_at


def _prolog(text: str) -> tuple[tuple[int, int], int]:
    """Where the DOCTYPE stands (start, end), and where the prolog ends: at the root's tag, if there is one."""
    position = 0
    doctype = (0, 0)
    while position < min(len(text), MAX_PROLOG):
        skipped = _SKIPPED.match(text, position)
        if skipped is not None:
            position = skipped.end()
            continue
        found = _DOCTYPE.match(text, position) if doctype == (0, 0) else None
        if found is None:
            break
        doctype = found.span()
        position = found.end()
    return doctype, position


def _entities(doctype: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The entities that may be put in, as mark-up, and the names of the others."""
    plain: dict[str, str] = {}
    refused: list[str] = []
    for count, found in enumerate(_ENTITY.finditer(doctype)):
        value = found["double"] if found["double"] is not None else found["single"]
        if count >= MAX_ENTITIES:
            break
        if value is None or found["parameter"] or len(value) > MAX_ENTITY or not _is_plain(value):
            refused.append(found["name"])
        else:
            parts = _CHARACTER.split(value)
            marks = [*_CHARACTER.findall(value), ""]
            plain.setdefault(
                found["name"], "".join(escape(part) + mark for part, mark in zip(parts, marks, strict=True))
            )
    return plain, tuple(refused)


def _is_plain(value: str) -> bool:
    """Whether an entity stands for text alone, with no other entity and no mark-up in it."""
    bare_value = _CHARACTER.sub("", value)
    return not any(mark in bare_value for mark in "&%<")
