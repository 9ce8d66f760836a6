"""Values with parameters: Content-Type and Content-Disposition (RFC 2045, 5.1; RFC 2231 for long and 8-bit ones)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from almoner.pipeline.parse.mail.charsets import decoded
from almoner.pipeline.parse.mail.words import with_words

MAX_PARAMETERS: Final = 200

# A value in quotes, or up to the next ";": also one with spaces, which writers leave unquoted.
_PARAMETER: Final = re.compile(
    r""";\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.){0,9000})"?|([^;]{0,9000}))""", re.DOTALL
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_PIECE: Final = re.compile(r"(.+?)\*(\d{1,3})?(\*)?\Z")
_COMMENT: Final = re.compile(r"\([^()]{0,500}\)")
_CHARSET: Final = re.compile(r"([^']{0,60})'[^']{0,60}'(.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """The value in lower case ("text/plain", "attachment"), and its parameters by name in lower case."""

    value: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


_NO_SEMICOLON: Final = re.compile(r"\A(\s*[\w.+-]{1,100}/[\w.+-]{1,100})\s+(?=[\w*-]{1,60}=)")


def read_value(line: str) -> Value:
    """Read a field's `line`. The first of two parameters of one name counts, as with most readers; of a name given
    plainly and in the form of RFC 2231, the latter."""
    line = _NO_SEMICOLON.sub(r"\1; ", line)
    value = _COMMENT.sub("", line.partition(";")[0]).strip().strip('"').lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for number, match in enumerate(_PARAMETER.finditer(line)):
        if number >= MAX_PARAMETERS:
            break
        name = match[1].lower()
        given = _ESCAPE.sub(r"\1", match[2]) if match[2] is not None else (match[3] or "").strip().strip('"')
        piece = _PIECE.match(name)
        if piece is None:
            plain.setdefault(name, with_words(given))
        else:
            coded = piece[3] is not None or piece[2] is None
            pieces.setdefault(piece[1], {}).setdefault(int(piece[2] or 0), (coded, given))
    return Value("".join(value.split()), plain | {name: _joined(found) for name, found in pieces.items()})


def _joined(pieces: dict[int, tuple[bool, str]]) -> str:
    """The pieces of one parameter in order, up to one that is missing."""
    charset = ""
    content = b""
    for number in range(len(pieces)):
        if number not in pieces:
            break
        coded, given = pieces[number]
        if coded and number == 0:
            match = _CHARSET.match(given)
            if match is not None:
                charset, given = match[1], match[2]
        content += unquote_to_bytes(given) if coded else given.encode("utf-8", "replace")
    return decoded(content, charset).text
