"""Bytes of a message → text, whatever its header calls their encoding.

The order of trust: a byte order mark; UTF-8, where the bytes are UTF-8 and more than ASCII, since nothing else looks
like it by chance; what is declared, if the bytes fit it; then UTF-8 and Windows-1252 mixed. What had to be guessed
against the declaration is reported.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.decode import encoding_named

_SAME_AS_ASCII: Final = frozenset(
    {"", "utf-8", "ascii", "us-ascii", "unknown-8bit", "x-unknown", "default", "binary"}
)
_WIDE: Final = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_SHIFTED: Final = frozenset({"utf-7", "iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz"})
"""Encodings in which ASCII bytes stand for other characters, so that the declaration alone tells."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, what it was read as, and whether characters had to be guessed or were lost."""

    text: str
    encoding: str
    mended: bool = False


def decoded(content: bytes, declared: str) -> Text:
    """The text in `content`, whose header declares the encoding `declared` ("" where it declares none)."""
    if content.isascii() and declared.lower() in _SAME_AS_ASCII:
        return Text(content.decode("ascii"), "us-ascii")
    named = _named(declared)
    for bom, encoding in _BOMS:
        if content.startswith(bom) and (encoding == "utf-8" or named in _WIDE or not len(content) % 2):
            return _certain(content[len(bom) :], encoding)
    if named in _WIDE or named in _SHIFTED:
        return _certain(content, {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(named, named))
    if content.isascii():
        return Text(content.decode("ascii"), "us-ascii")
    try:
        return Text(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if named and named not in {"utf-8", "cp1252"}:
        try:
            return Text(content.decode(named), named)
        except UnicodeDecodeError:
            pass
    mixed = content.decode("utf-8", errors="almoner.windows-1252")
    return Text(mixed, "windows-1252", mended=named != "cp1252" or "\ufffd" in mixed)


def _certain(content: bytes, encoding: str) -> Text:
    text = content.decode(encoding, errors="replace")
    return Text(text, encoding, mended="\ufffd" in text)


def _named(declared: str) -> str:
    """Python's name for a declared encoding; "" for none that a message may ask for."""
    label = declared.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(label).name if label else ""
    except (LookupError, ValueError):
        return ""
    return name if name in _WIDE or name in _SHIFTED or name == "utf-8" else encoding_named(label) or ""
