"""Which parts of a message are its text, which are the same as HTML, and which are files (RFC 8621, 4.1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.parse.mail.parts import Part

_SHOWN: Final = ("image/", "audio/", "video/")
_TEXTS: Final = frozenset({"text/plain", "text/html"})


@dataclass(slots=True)
class Bodies:
    """The parts to show as text, those to show as HTML (a part with one form only stands in both), and the files."""

    text: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """Where a part stands: the kind of its multipart, and which of the two bodies still take parts from there."""

    kind: str
    alternative: bool
    text: bool = True
    html: bool = True


def bodies(root: Part) -> Bodies:
    """Sort the parts of the message `root`. A part that breaks off, since no boundary ends it, and one
    that is not in the encoding it names, are files."""
    found = Bodies()
    _sort([root], _Place("mixed", alternative=False), found)
    return found


def _sort(parts: list[Part], place: _Place, found: Bodies) -> None:
    texts, htmls = len(found.text), len(found.html)
    for number, part in enumerate(parts):
        if part.is_multipart:
            kind = part.media_type.partition("/")[2]
            inner = _Place(kind, place.alternative or kind == "alternative", place.text, place.html)
            _sort(part.children, inner, found)
        elif _is_body(part, number, place.kind):
            _add(part, place, found)
        else:
            found.files.append(part)
    if place.kind == "alternative" and place.text and place.html:
        # Only one of the two forms was there: it stands for both.
        if len(found.text) == texts and len(found.html) > htmls:
            found.text.extend(found.html[htmls:])
        elif len(found.html) == htmls and len(found.text) > texts:
            found.html.extend(found.text[texts:])


def _is_body(part: Part, number: int, kind: str) -> bool:
    shown = part.media_type.startswith(_SHOWN)
    return (
        part.closed
        and not part.encoded
        and part.disposition != "attachment"
        and (part.media_type in _TEXTS or shown)
        and (number == 0 or (kind != "related" and (shown or not part.name)))
    )


def _add(part: Part, place: _Place, found: Bodies) -> None:
    shown = part.media_type.startswith(_SHOWN)
    if shown:
        found.files.append(part)
    elif place.kind == "alternative":
        (found.html if part.media_type == "text/html" else found.text).append(part)
    else:
        if place.alternative and part.media_type == "text/plain":
            place.html = False
        elif place.alternative:
            place.text = False
        if place.text:
            found.text.append(part)
        if place.html:
            found.html.append(part)
