"""E-mail against what a whole set of messages holds, a JSON file beside each.

Six fields a message: subject, from (names and addresses), date, text, html, attachments (name, type and bytes; of an
attached message all six of its own). Equality is exact, once these are the same in both: line ends; white space at the
ends of a text and at the ends of its lines; spaces that follow each other. A date is the same to the minute, zones
reckoned in. Text and html are the parts that RFC 8621 (4.1.4) shows as one and as the other, in order, those without a
character left out; pictures among them count as attachments only. Where the set itself has lost a letter (U+FFFD), any
letter is right there. The set lists as an attachment a text that no boundary ends, or that is not in the encoding it
names, and so does our reader; an item is made of such a text only where a message has no other.

Messages are numbered in the order of their paths; the rules were worked out on the even ones. The peers get the same
messages in the same run: the standard library's `email` with `policy.default`, and imap-tools.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from time import process_time
from typing import Any, Final

from almoner.pipeline.parse.mail.message import Message, open_message, text_of
from almoner.pipeline.parse.mail.parts import Part
from benchmarks.machine import described
from benchmarks.peers import OURS
from benchmarks.race import Scores

NEEDS: Final = "email"

FIELDS: Final = ("subject", "from", "date", "text", "html", "attachments")
LOST: Final = "\ufffd"

Fields = dict[str, Any]
"""A message's six fields, each as something that can be compared."""


@dataclass(frozen=True, slots=True)
class Case:
    """A message, what it holds, and its number in the set."""

    number: int
    path: Path
    content: bytes
    gold: Fields


def cases(folder: Path) -> Iterator[Case]:
    """The messages of the set that have a JSON file."""
    for number, path in enumerate(sorted(folder.rglob("*.eml"))):
        known = path.with_suffix(".json")
        if known.exists():
            yield Case(number, path, path.read_bytes(), _gold(json.loads(known.read_text())))


def _gold(message: dict[str, Any]) -> Fields:
    parts = message["parts"]
    head = parts[0]["headers"] if parts else []
    return {
        "subject": _value(head, "subject", "Text") or "",
        "from": [
            (one["name"] or "", one["address"] or "")
            for one in _mailboxes(_value(head, "from", "Address") or {})
        ],
        "date": _moment(_value(head, "date", "DateTime")),
        "text": [found for index in message["text_body"] if (found := _shown(parts[index]))],
        "html": [found for index in message["html_body"] if (found := _shown(parts[index]))],
        "attachments": [_attached(parts[index]) for index in message["attachments"]],
    }


def _value(head: list[dict[str, Any]], name: str, form: str) -> Any:
    """The last field of that name which holds something of that form."""
    for one in reversed(head):
        if one["name"] == name and isinstance(one["value"], dict) and form in one["value"]:
            return one["value"][form]
    return None


def _mailboxes(value: dict[str, Any]) -> list[dict[str, Any]]:
    if "Group" in value:
        return [one for group in value["Group"] for one in group["addresses"]]
    return list(value.get("List", ()))


def _moment(value: dict[str, Any] | None) -> datetime | None:
    if value is None:
        return None
    ahead = timedelta(hours=value["tz_hour"], minutes=value["tz_minute"])
    zone = timezone(-ahead if value["tz_before_gmt"] else ahead)
    return datetime(value["year"], value["month"], value["day"], value["hour"], value["minute"], tzinfo=zone)


def _shown(part: dict[str, Any]) -> str:
    form, value = next(iter(part["body"].items()))
    return _text(value) if form in {"Text", "Html"} else ""


def _attached(part: dict[str, Any]) -> tuple[str, str, Any]:
    kind = _value(part["headers"], "content_type", "ContentType") or {}
    disposition = _value(part["headers"], "content_disposition", "ContentType") or {}
    name = _attribute(disposition, "filename") or _attribute(kind, "name") or ""
    form, value = next(iter(part["body"].items()))
    media_type = f"{kind.get('c_type') or 'text'}/{kind.get('c_subtype') or 'plain'}"
    if form == "Message":
        return name, "message", _gold(value)
    if form in {"Text", "Html"}:
        return name, media_type, _text(value)
    return name, media_type, _lines(bytes(value))


def _attribute(value: dict[str, Any], name: str) -> str | None:
    return next((one["value"] for one in value.get("attributes") or () if one["name"] == name), None)


def _text(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _lines(content: bytes) -> bytes:
    """Bytes of which those of a text may have come with other line ends."""
    return content.replace(b"\r\n", b"\n").rstrip(b"\n")


def ours(content: bytes) -> Fields:
    """What the service reads."""
    return _of(open_message(content))


def _of(message: Message) -> Fields:
    dated = message.date
    when = datetime.fromisoformat(dated.when.value) if dated is not None and dated.when is not None else None
    return {
        "subject": message.subject,
        "from": [(one.name, one.address) for one in message.senders],
        "date": when,
        "text": [found for part in message.bodies.text if (found := _text(text_of(part).text))],
        "html": [found for part in message.bodies.html if (found := _text(text_of(part).text))],
        "attachments": [_file(part) for part in message.bodies.files],
    }


def _file(part: Part) -> tuple[str, str, Any]:
    if part.message is not None:
        return part.name, "message", _of(Message(part.message))
    if part.media_type.startswith("text/"):
        return part.name, part.declared, _text(text_of(part).text)
    return part.name, part.declared, _lines(part.content)


def standard_library(content: bytes) -> Fields:
    """What `email` reads with `policy.default`."""
    return _of_standard(email.message_from_bytes(content, policy=email.policy.default))


def _of_standard(message: Any) -> Fields:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    try:
        when = parsedate_to_datetime(str(message["date"] or ""))
    except (TypeError, ValueError):
        when = None
    texts = [found for part in (plain or html,) if part is not None and (found := _text(part.get_content()))]
    htmls = [found for part in (html or plain,) if part is not None and (found := _text(part.get_content()))]
    return {
        "subject": str(message["subject"] or ""),
        "from": [(name, address) for name, address in getaddresses([str(message["from"] or "")]) if name or address],
        "date": when.astimezone(UTC) if when is not None else None,
        "text": texts,
        "html": htmls,
        "attachments": [_standard_file(part) for part in message.iter_attachments()] if message.is_multipart() else [],
    }  # fmt: skip


def _standard_file(part: Any) -> tuple[str, str, Any]:
    name = part.get_filename() or ""
    if part.get_content_type() == "message/rfc822":
        return name, "message", _of_standard(part.get_content())
    found = part.get_content()
    return name, part.get_content_type(), _text(found) if isinstance(found, str) else _lines(bytes(found))


def imap_tools(content: bytes) -> Fields:
    """What imap-tools reads, which gives a message one text and one HTML."""
    from imap_tools import MailMessage

    mail = MailMessage.from_bytes(content)
    sender = mail.from_values
    dated = mail.date if mail.date_str else None
    return {
        "subject": mail.subject,
        "from": [(sender.name, sender.email)] if sender is not None else [],
        "date": dated if dated is None or dated.tzinfo is not None else dated.replace(tzinfo=UTC),
        "text": [found for text in (mail.text or mail.html,) if (found := _text(text))],
        "html": [found for text in (mail.html or mail.text,) if (found := _text(text))],
        "attachments": [(one.filename, one.content_type, _lines(one.payload)) for one in mail.attachments],
    }


def same(name: str, gold: Any, found: Any) -> bool:
    """Whether a field is as in the set."""
    if name == "date":
        if gold is None or found is None:
            return gold is found
        return bool(abs(gold - found) < timedelta(minutes=1))
    return _alike(gold, found)


def _alike(gold: Any, found: Any) -> bool:
    gold, found = _alike_bytes(gold, found)
    if isinstance(gold, str) and isinstance(found, str):
        gold, found = " ".join(gold.split(" ")), " ".join(found.split(" "))
        if LOST not in gold:
            return bool(gold == found)
        return re.fullmatch(".{0,3}".join(map(re.escape, gold.split(LOST))), found, re.DOTALL) is not None
    if isinstance(gold, dict) and isinstance(found, dict):
        return all(same(name, gold[name], found[name]) for name in FIELDS)
    if isinstance(gold, list | tuple) and isinstance(found, list | tuple):
        return len(gold) == len(found) and all(map(_alike, gold, found))
    return bool(gold == found)


def _alike_bytes(gold: Any, found: Any) -> tuple[Any, Any]:
    """A text and bytes made comparable: the set has some files as the one where a reader has the other."""
    if isinstance(gold, str) and isinstance(found, bytes):
        return gold, _text(found.decode(errors="replace"))
    if isinstance(gold, bytes) and isinstance(found, str):
        return _text(gold.decode(errors="replace")), found
    return gold, found


READERS: Final[tuple[tuple[str, Callable[[bytes], Fields]], ...]] = (
    (OURS, ours), ("email (standard library)", standard_library), ("imap-tools", imap_tools),
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Fields that are as in the set, of how many, by field and by half; messages that failed; CPU seconds."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def share(self, key: str) -> float:
        """Of the fields counted under `key`, those that are right."""
        return self.right[key] / max(1, self.of[key])


def tally(read: Callable[[bytes], Fields], known: list[Case]) -> Tally:
    """Every field of every message, looked at."""
    count = Tally()
    for case in known:
        begun = process_time()
        try:
            found = read(case.content)
        except Exception:
            found = {}
            count.failed += 1
        count.seconds += process_time() - begun
        for name in FIELDS:
            held = bool(found) and same(name, case.gold[name], found[name])
            for key in (name, "odd" if case.number % 2 else "even", "all"):
                count.right[key] += held
                count.of[key] += 1
            if not held:
                count.wrong.append(
                    f"{case.path.name}: {name}: {case.gold[name]!r:.300} but {found.get(name)!r:.300}"
                )
    return count


def scores(folder: Path, stride: int) -> Scores:
    """The share of all fields that are right."""
    return {"fields": tally(ours, list(cases(folder))[::stride]).share("all")}


def compare(folder: Path, stride: int) -> None:
    """Prints how many fields are right, by field and half, and how many messages a second of CPU that took."""
    known = list(cases(folder))[::stride]
    columns = (*FIELDS, "even", "odd", "all")
    print(f"{described()}; {len(known)} messages")
    print(f"\n| reader | {' | '.join(columns)} | failed | messages a CPU second |")
    print("|---|" + "---|" * (len(columns) + 2))
    for name, read in READERS:
        count = tally(read, known)
        cells = " | ".join(f"{count.share(key):.3f}" for key in columns)
        print(f"| {name} | {cells} | {count.failed} | {len(known) / max(count.seconds, 1e-9):.0f} |")
        if name == OURS and "--failures" in sys.argv[1:]:
            print("\n".join(count.wrong))
