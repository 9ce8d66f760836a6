"""Invitations: what an attached calendar entry says (iCalendar, RFC 5545). Who was asked and by whom is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from almoner.pipeline.lines.dates import LONDON
from almoner.pipeline.model import Event

MAX_LENGTH: Final = 200_000
MAX_EVENTS: Final = 50

_FOLD: Final = re.compile(r"\n[ \t]")
_LINE: Final = re.compile(r'([A-Za-z-]{1,40})((?:;[A-Za-z-]{1,40}=(?:"[^"\n]*"|[^;:"\n]*))*):(.*)')
_ZONE: Final = re.compile(r'TZID="?([\w/+ -]{1,60})', re.IGNORECASE)
_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?(Z?))?")
_ESCAPED: Final = re.compile(r"\\([nN,;\\])")
_ONLINE: Final = re.compile(r"\b(?:teams|zoom|online|webinar|webex|google meet)\b|https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What can be attended, the text that describes it, and whether it is called off."""

    events: tuple[Event, ...]
    text: str = ""
    cancelled: bool = False


def read_invitation(calendar: str) -> Invitation | None:
    """The entries of `calendar` as events; None where it holds none."""
    events: list[Event] = []
    entry: dict[str, tuple[str, str]] | None = None
    text, cancelled = "", False
    for line in _FOLD.sub("", calendar[:MAX_LENGTH]).split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            continue
        name, value = match[1].upper(), match[3].strip()
        if name == "METHOD" or (name == "STATUS" and entry is not None):
            cancelled = cancelled or value.upper() in {"CANCEL", "CANCELLED"}
        elif (name, value.upper()) == ("BEGIN", "VEVENT"):
            entry = {}
        elif (name, value.upper()) == ("END", "VEVENT") and entry is not None:
            if len(events) < MAX_EVENTS:
                events.append(_event(entry))
            text = text or _plain(entry.get("DESCRIPTION", ("", ""))[1])
            entry = None
        elif entry is not None and name not in {"BEGIN", "END"}:
            entry.setdefault(name, (match[2], value))
    return Invitation(tuple(events), text, cancelled) if events else None


def _event(entry: dict[str, tuple[str, str]]) -> Event:
    title = " ".join(_plain(entry.get("SUMMARY", ("", ""))[1]).split())
    place = _plain(entry.get("LOCATION", ("", ""))[1])
    mode = ("live online" if _ONLINE.search(place) else "in person") if place else None
    return Event(title, _time(entry.get("DTSTART")), _time(entry.get("DTEND")), mode)


def _time(given: tuple[str, str] | None) -> str | None:
    """A day, or a moment in UK time, as ISO 8601."""
    match = _TIME.match(given[1]) if given is not None else None
    if match is None or given is None:
        return None
    try:
        if match[4] is None:
            return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC).date().isoformat()
        numbers = (int(part) for part in match.groups()[:5])
        zone = UTC if match[6] else _zone(given[0])
        return datetime(*numbers, tzinfo=zone).astimezone(LONDON).isoformat(timespec="minutes")  # type: ignore[arg-type,misc]
    except (ValueError, OverflowError):
        return None


def _zone(parameters: str) -> tzinfo:
    """The zone that is named, where the tables know it; else the UK's, which Outlook calls "GMT Standard Time"."""
    named = _ZONE.search(parameters)
    if named is None or "/" not in named[1]:
        return LONDON
    try:
        return ZoneInfo(named[1].strip())
    except (ValueError, OSError, KeyError):
        return LONDON


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
