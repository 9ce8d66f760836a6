"""Mends what most often keeps a feed from being well-formed, and changes nothing else."""

from __future__ import annotations

import re
from html.entities import html5, name2codepoint
from typing import Final

_KEPT: Final = (
    r"<!\[CDATA\[(?:(?!\]\]>|<!\[CDATA\[).)*+\]\]>|<!--(?:(?!-->|<!--).)*+-->|<\?(?:(?!\?>|<\?).)*+\?>"
)
_LOOSE: Final = re.compile(
    rf"(?P<kept>{_KEPT})|&(?P<entity>(?:\#[xX]?)?[\w.:-]{{1,60}};?)?|<(?P<less>(?![A-Za-z_:/!?]))", re.DOTALL
)
_PREFIX: Final = re.compile(
    r"</?([A-Za-z_][\w.-]{0,40}):(?=[A-Za-z_])|\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]{0,40}\s*=\s*[\"']"
)
_DECLARED: Final = re.compile(r"\bxmlns:([A-Za-z_][\w.-]*)\s*=")
_ROOT: Final = re.compile(r"<[A-Za-z_][\w.:-]*")
_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAMESPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
}
_MOST_PREFIXES: Final = 50


def mended(text: str) -> str:
    """`text` with HTML's entities, bare "&" and "<" written as XML wants them, and missing namespaces declared.

    Lines stay where they are. What it cannot mend it leaves.
    """
    return _with_namespaces(_LOOSE.sub(_written, text))


def _written(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found["kept"]
    if found["less"] is not None:
        return "&lt;"
    entity = found["entity"]
    if entity is None:
        return "&amp;"
    name = entity.rstrip(";")
    if entity.startswith("#"):
        return _character(name[1:], entity)
    if entity.endswith(";"):
        if name in _OWN:
            return f"&{entity}"
        if name in name2codepoint:
            return f"&#{name2codepoint[name]};"
        if entity in html5:
            return "".join(f"&#{ord(character)};" for character in html5[entity])
    return f"&amp;{entity}"


def _character(number: str, entity: str) -> str:
    """A reference to a character, if XML has that character."""
    try:
        code = int(number[1:], 16) if number[:1] in "xX" else int(number)
    except ValueError:
        return f"&amp;{entity}"
    if (
        code in {9, 10, 13}
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    ):
        return f"&#{code};"
    return ""


def _with_namespaces(text: str) -> str:
    root = _ROOT.search(text)
    if root is None:
        return text
    declared = set(_DECLARED.findall(text)) | {"xml", "xmlns"}
    used = {
        name for pair in _PREFIX.findall(re.sub(_KEPT, "", text, flags=re.DOTALL)) for name in pair if name
    }
    missing = sorted(used - declared)[:_MOST_PREFIXES]
    added = "".join(f' xmlns:{name}="{_NAMESPACES.get(name, "urn:undeclared:" + name)}"' for name in missing)
    return text[: root.end()] + added + text[root.end() :]
