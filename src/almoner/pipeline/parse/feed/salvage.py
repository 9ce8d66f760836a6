"""Feeds that are not well-formed, entry by entry: those that are make a feed of their own, the others stand apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Place
from almoner.pipeline.parse import xml
from almoner.pipeline.parse.feed.survey import NAMES, Caps, survey

MAX_BROKEN: Final = 200
"""Broken entries that are read as loosely as can be; that takes long."""
MAX_BROKEN_LENGTH: Final = 100_000
"""Characters of such an entry that are looked at."""
MAX_HEAD: Final = 20_000
_LONGEST_TAG: Final = 20_000

_ENTRY_START: Final = re.compile(
    r"<!\[CDATA\[(?:(?!\]\]>|<!\[CDATA\[).)*+\]\]>|<!--(?:(?!-->|<!--).)*+-->|<((?:[\w.-]+:)?(?:item|entry))(?=[\s>/])",
    re.DOTALL | re.IGNORECASE,
)
_TAG: Final = re.compile(
    r"<!\[CDATA\[(?:(?!\]\]>).)*+(?:\]\]>|(?P<cdata>\Z))|<(?P<end>/)?(?P<name>[A-Za-z][\w.:-]*+)(?P<rest>[^<>]*+)>",
    re.DOTALL,
)
_HALF_TAG: Final = re.compile(r"<[^<>]{0,200}\Z")
_DEEPEST: Final = 8
"""Elements of an entry that are closed for it; mark-up in them may nest further."""
_ROOT_TAG: Final = re.compile(r"<(?P<name>[\w.:-]+)(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>")
_CHANNEL: Final = re.compile(r"<channel\b[^>]{0,2000}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that is not well-formed, in a frame of its own; `position` counts it among all entries."""

    position: int
    content: bytes
    place: Place
    breaks_off: bool


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was saved: the sound entries as a feed (`content`) with their places, the broken ones, and the feed's own
    head where that is itself broken. `left` are the places of entries that were left out."""

    content: bytes
    places: tuple[Place, ...]
    broken: tuple[Broken, ...]
    head: bytes
    left: tuple[Place, ...]


def salvaged(text: str, raw: str, caps: Caps) -> Salvage:
    """Take `text` apart, a feed without DTD that was mended as far as it could be; `raw` is it unmended."""
    starts = [found.start() for found in _ENTRY_START.finditer(text) if found[1]]
    opening, closing = _frame(text, starts[0] if starts else len(text))
    good: list[str] = []
    places: list[Place] = []
    broken: list[Broken] = []
    left: list[Place] = []
    line, position = 1, 0
    for index, start in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else len(text)
        line += text.count("\n", position, start)
        position = start
        piece, ended = _piece(text[start:stop])
        place = Place(line, line + piece.count("\n"))
        if index < caps.entries and ended and _is_sound(opening, piece, closing, caps):
            good.append(piece)
            places.append(place)
        elif index < caps.entries and len(broken) < MAX_BROKEN:
            loose = f"{opening}{_closed(piece[:MAX_BROKEN_LENGTH])}{closing}".encode(errors="replace")
            broken.append(Broken(index, loose, place, not ended or len(piece) > MAX_BROKEN_LENGTH))
        else:
            left.append(place)
    head = text[: starts[0]] if starts else text
    whole = f"{head}{''.join(good)}{closing}".encode(errors="replace")
    loose_head = b""
    if xml.problem(whole) is not None or not survey(whole, caps).is_sound:
        whole = f"{opening}{''.join(good)}{closing}".encode(errors="replace")
        # Reading loosely wants the "&" of an address as it stood.
        first = next((found.start() for found in _ENTRY_START.finditer(raw) if found[1]), len(raw))
        loose_head = f"{raw[: min(first, MAX_HEAD)]}{closing}".encode(errors="replace")
    return Salvage(whole, tuple(places), tuple(broken), loose_head, tuple(left))


def _frame(text: str, before: int) -> tuple[str, str]:
    """What stands open where entries begin, to put around one of them: tags that open, and tags that close."""
    root = _ROOT_TAG.search(text, 0, min(before, len(text)))
    if root is None or len(root[0]) > _LONGEST_TAG or root["name"].rpartition(":")[2].lower() in NAMES:
        return '<rss version="2.0"><channel>', "</channel></rss>"
    opening, closing = root[0].rstrip("/>") + ">", f"</{root['name']}>"
    if xml.problem(f"{opening}{closing}".encode(errors="replace")) is not None:
        opening, closing = f"<{root['name']}>", f"</{root['name']}>"
    channel = _CHANNEL.search(text, root.end(), before)
    if channel is not None and "</channel" not in text[channel.end() : before].lower():
        return f"{opening}{channel[0]}", f"</{channel[0][1:8]}>{closing}"
    return opening, closing


def _piece(text: str) -> tuple[str, bool]:
    """The entry at the start of `text` without what follows its end tag, and whether it has one."""
    found = _ENTRY_START.match(text)
    name = found[1] if found is not None and found[1] else "item"
    end = text.rfind(f"</{name}")
    close = text.find(">", end) if end >= 0 else -1
    return (text[: close + 1], True) if close >= 0 else (text, False)


def _closed(piece: str) -> str:
    """An entry with what it leaves open closed: what stands in an element without an end is not read otherwise."""
    standing: list[str] = []
    for found in _TAG.finditer(piece):
        if found["name"] is None:
            piece += "]]>" if found["cdata"] is not None else ""
        elif found["end"] is None:
            if not found["rest"].endswith("/") and len(standing) < _DEEPEST:
                standing.append(found["name"])
        elif found["name"] in standing:
            while standing.pop() != found["name"]:
                pass
    return _HALF_TAG.sub("", piece) + "".join(f"</{name}>" for name in reversed(standing))


def _is_sound(opening: str, piece: str, closing: str, caps: Caps) -> bool:
    framed = f"{opening}{piece}{closing}".encode(errors="replace")
    return xml.problem(framed) is None and survey(framed, caps).is_sound
