"""Messages that somebody passed on inline: where the original begins, and what it says about itself.

Each mail programme prints a line of its own ("Forwarded message", "Begin forwarded message:") over some fields of the
original's header. A reply quotes the same fields; it is told apart by the line, or by the subject's "Fwd:".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

MAX_LINES: Final = 3_000
"""Lines in which a forwarded message must begin."""
_REACH: Final = 40
"""Lines among which the fields of its header stand."""

_MARK: Final = re.compile(
    r"[\s>*_=-]*(?:begin\s+forwarded\s+message|(?:start\s+of\s+)?forwarded\s+(?:message|e-?mail)|neges\s+wedi.i\s+hanfon\s+ymlaen)\s*:?[\s*_=-]*",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"[>\s*_]{0,20}(from|oddi\s+wrth|sent|date|anfonwyd|dyddiad|to|at|cc|bcc|subject|pwnc|reply-to)\s*:[*_]*\s*(.*)",
    re.IGNORECASE,
)
_NAMES: Final = {
    "oddi wrth": "from",
    "sent": "date",
    "anfonwyd": "date",
    "dyddiad": "date",
    "at": "to",
    "pwnc": "subject",
}
_PASSED_ON: Final = re.compile(r"\s*(?:(?:re|aw|sv|vs|atb)\s*:\s*)*(?:fwd?|fw|wg|tr|yml)\s*:", re.IGNORECASE)
_PREFIXES: Final = re.compile(r"\s*(?:(?:re|aw|sv|vs|atb|fwd?|fw|wg|tr|yml)\s*:\s*)+", re.IGNORECASE)
_BREAK: Final = re.compile(
    r"</?(?:br|p|div|tr|td|table|blockquote|hr|li|h[1-6]|head|style|script)\b[^<>]*>", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Original:
    """The fields of the original's header as printed ("" where they are not), and where its text begins."""

    sender: str
    date: str
    subject: str
    others: str
    begins: int


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    end: int


def passed_on(subject: str) -> bool:
    """Whether a subject says that the message was passed on: "Fwd: …"."""
    return _PASSED_ON.match(subject) is not None


def bare_subject(subject: str) -> str:
    """A subject without "Fwd:" and "Re:"."""
    return _PREFIXES.sub("", subject, count=1).strip()


def in_text(text: str, subject: str) -> Original | None:
    """The original in a plain text; None where nothing is passed on in it."""
    return _find(list(_text_lines(text)), passed_on(subject), blank_ends=True)


def in_markup(markup: str, subject: str) -> Original | None:
    """The original in mark-up. `begins` is behind the last field: elements opened before it are then not open."""
    return _find(list(_markup_lines(markup)), passed_on(subject), blank_ends=False)


def unquoted(text: str) -> str:
    """A text of which every line is quoted, without the quotation's marks."""
    lines = text.split("\n")
    if all(line.startswith(">") or not line.strip() for line in lines):
        return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
    return text


def _text_lines(text: str) -> Iterator[_Line]:
    start = 0
    for _ in range(MAX_LINES):
        end = text.find("\n", start)
        if end < 0:
            yield _Line(text[start:].strip(), len(text))
            return
        yield _Line(text[start:end].strip(), end + 1)
        start = end + 1


def _markup_lines(markup: str) -> Iterator[_Line]:
    start = 0
    for match in itertools.islice(_BREAK.finditer(markup), MAX_LINES):
        yield _Line(_words(markup[start : match.start()]), match.end())
        start = match.end()


def _words(markup: str) -> str:
    return " ".join(unescape(_TAG.sub("", markup[:5_000])).split())


def _find(lines: list[_Line], forwarded: bool, *, blank_ends: bool) -> Original | None:
    for number, line in enumerate(lines):
        marked = _MARK.fullmatch(line.text) is not None
        field = _FIELD.fullmatch(line.text) if forwarded and not marked else None
        if not marked and (field is None or _named(field) != "from"):
            continue
        found = _fields(lines, number + 1 if marked else number, blank_ends)
        if found is not None:
            return found
    return None


def _named(field: re.Match[str]) -> str:
    name = " ".join(field[1].lower().split())
    return _NAMES.get(name, name)


def _fields(lines: list[_Line], start: int, blank_ends: bool) -> Original | None:
    """The fields of a header that begins at line `start`; None where there are too few to be one."""
    found: dict[str, str] = {}
    name = ""
    end = 0
    for line in lines[start : start + _REACH]:
        field = _FIELD.fullmatch(line.text)
        bare = line.text.strip("> ")
        if field is not None and _named(field) not in found:
            name = _named(field)
            found[name] = field[2].strip()
        elif not bare:
            if found and blank_ends and not (name and not found[name]):
                break
            continue
        elif name and (not found[name] or (blank_ends and name in {"to", "cc", "bcc", "subject"})):
            found[name] = f"{found[name]} {bare}".strip()
        else:
            break
        end = line.end
    if "from" not in found or len({"date", "subject"} & found.keys()) < 1 or len(found) < 3:
        return None
    others = " ".join(found.get(key, "") for key in ("to", "cc", "bcc", "reply-to"))
    return Original(found["from"], found.get("date", ""), found.get("subject", ""), others, end)
