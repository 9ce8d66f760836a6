"""GOV.UK documents read whole: every title, date, status, change note, attachment, organisation, word and link.

    python -m benchmarks govuk [--failures]

What a document states is taken from its JSON here by itself, without the parser that is measured. Words and links
are those of the body and parts of a page; the boxes around attachments count as their title and address.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from time import process_time
from typing import Any, Final
from urllib.parse import urljoin

from almoner.pipeline.model import Item, MediaType, Snapshot
from almoner.pipeline.run import read
from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS: Final = "govuk"
ORIGIN: Final = "https://www.gov.uk"
_WORD: Final = re.compile(r"\w+")
_BOX: Final = re.compile(r"<section\b[^>]*\battachment\b[^>]*>.*?</section>", re.DOTALL)
_TITLE: Final = re.compile(r"<h2\b[^>]*title[^>]*>\s*(?:<a\b[^>]*href=\"([^\"]+)\")?", re.DOTALL)
_BODIES: Final = ("body", "introduction", "introductory_paragraph", "more_information", "need_to_know", "final_outcome_detail", "public_feedback_detail", "outcome_detail")  # fmt: skip
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup", "u"}
)
_STATUSES: Final = {
    "gone": "gone", "redirect": "redirected", "consultation": "upcoming", "call_for_evidence": "upcoming",
    "consultation_outcome": "answered", "call_for_evidence_outcome": "answered",
}  # fmt: skip


class _Page(HTMLParser):
    """The words and links of a piece of mark-up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        self.hidden += tag in {"script", "style", "svg", "button", "form", "video", "audio"}
        self.words.append("" if tag in _INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style", "svg", "button", "form", "video", "audio"}
        self.words.append("" if tag in _INLINE else " ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def page(markup: str) -> _Page:
    """A piece of mark-up, read."""
    found = _Page()
    found.feed(_BOX.sub("", markup))
    found.close()
    return found


def checks(stated: dict[str, Any], item: Item) -> Iterator[tuple[str, bool, str]]:
    """Each thing that a document states: what sort it is of, whether the item has it, and what it is."""
    details = stated.get("details") or {}
    links = stated.get("expanded_links") or stated.get("links") or {}
    if stated.get("title"):
        yield "title", item.title == " ".join(stated["title"].split()), stated["title"]
    yield from _dates(stated, details, item)
    yield from _status(stated, details, item)
    noted = [*(details.get("change_history") or []), *(details.get("change_notes") or [])]
    for number, change in enumerate(noted):
        ours = item.changes[number] if number < len(item.changes) else None
        note = change.get("note") or change.get("change_note") or ""
        when = change.get("public_timestamp") or change.get("published_at")
        same = ours is not None and "".join(ours.note.split()) == "".join("".join(page(note).words).split())
        timed = ours is not None and ours.when is not None and _same_minute(ours.when.value, when)
        yield "change notes", same and timed, note
    for href, title in _attachments(stated, details):
        held = next((file for file in item.attachments if file.href == href), None)
        yield "attachments", held is not None and (not title or held.title == " ".join(title.split())), href
    for organisation in links.get("organisations") or []:
        yield (
            "organisations",
            organisation["title"].strip() in (item.credit.as_printed or ""),
            organisation["title"],
        )
    yield from _texts(stated, details, item)


def _dates(stated: dict[str, Any], details: dict[str, Any], item: Item) -> Iterator[tuple[str, bool, str]]:
    named = {
        "published": details.get("first_public_at") or stated.get("first_published_at"),
        "updated": stated.get("public_updated_at"),
        "opens": details.get("opening_date"),
        "closes": details.get("closing_date"),
    }
    for name, value in named.items():
        if value:
            ours = getattr(item, name)
            yield "dates", ours is not None and _same_minute(ours.value, value), f"{name} {value}"
    others = {**details, **(stated.get("withdrawn_notice") or {}), **(details.get("metadata") or {})}
    for name, value in others.items():
        if name in {"delivered_on", "withdrawn_at", "cancelled_at"} or name.endswith(
            ("_date", "date_of_occurrence")
        ):
            if name in {"opening_date", "closing_date"} or not isinstance(value, str):
                continue
            if name.endswith("display_date"):
                if name == "display_date":
                    yield (
                        "dates",
                        item.effective is not None and item.effective.as_printed == value,
                        f"{name} {value}",
                    )
                continue
            ours = next((one.when for one in item.times if one.name == name), None)
            yield "dates", ours is not None and _same_minute(ours.value, value), f"{name} {value}"


def _status(stated: dict[str, Any], details: dict[str, Any], item: Item) -> Iterator[tuple[str, bool, str]]:
    document_type = str(stated["document_type"])
    ours = item.status.value if item.status is not None else None
    state = details.get("state")
    if (stated.get("withdrawn_notice") or {}).get("withdrawn_at"):
        yield "status", ours == "withdrawn", "withdrawn"
    elif document_type.endswith("statistics_announcement"):
        yield "status", ours == {"provisional": "upcoming"}.get(str(state), state), str(state)
    elif document_type in _STATUSES:
        yield "status", ours == _STATUSES[document_type], document_type
    elif document_type.endswith(("_consultation", "_call_for_evidence")):
        yield "status", ours == document_type.partition("_")[0], document_type
    for redirect in stated.get("redirects") or []:
        if redirect["path"] == stated.get("base_path"):
            yield "status", item.moved_to == urljoin(ORIGIN, redirect["destination"]), redirect["destination"]
    if details.get("alternative_path"):
        yield (
            "status",
            item.moved_to == urljoin(ORIGIN, details["alternative_path"]),
            details["alternative_path"],
        )


def _attachments(stated: dict[str, Any], details: dict[str, Any]) -> Iterator[tuple[str, str]]:
    base = ORIGIN + (stated.get("base_path") or "")
    for file in details.get("attachments") or []:
        if file.get("url"):
            yield urljoin(base, file["url"]), file.get("title") or ""
    for key in ("documents", "final_outcome_documents", "public_feedback_documents", "outcome_documents"):
        for box in details.get(key) or []:
            found = _TITLE.search(box) if isinstance(box, str) else None
            if found is not None and found[1]:
                yield urljoin(base, found[1].replace("&amp;", "&")), ""


def _texts(stated: dict[str, Any], details: dict[str, Any], item: Item) -> Iterator[tuple[str, bool, str]]:
    base = ORIGIN + (stated.get("base_path") or "")
    have = Counter(_WORD.findall(item.text.lower()))
    hrefs = {link.href for link in item.links} | {item.link}
    pieces = [details.get(key) for key in _BODIES]
    pieces += [part.get("body") for part in details.get("parts") or [] if isinstance(part, dict)]
    for piece in pieces:
        markup = _markup(piece)
        if "</" not in markup:
            continue
        found = page(markup)
        want = Counter(_WORD.findall("".join(found.words).lower()))
        missing = want - have
        yield "words", sum(missing.values()) <= 0.005 * sum(want.values()), f"missing {list(missing)[:8]}"
        for href in found.links:
            address = urljoin(base, href.strip())
            if (
                address.startswith("http")
                and not re.search("utm_|gclid", address)
                and not href.startswith("#")
            ):
                yield "links", address in hrefs, address


def _markup(value: Any) -> str:
    if isinstance(value, list):
        return next((one.get("content") or "" for one in value if one.get("content_type") == "text/html"), "")
    return value if isinstance(value, str) else ""


def _same_minute(ours: str, theirs: str) -> bool:
    if len(ours) <= 10:
        return theirs.startswith(ours) or datetime.fromisoformat(theirs).astimezone().isoformat()[:10] == ours
    moment = datetime.fromisoformat(theirs)
    return abs((datetime.fromisoformat(ours) - moment).total_seconds()) < 60


@dataclass(slots=True)
class Tally:
    """What the documents state and what of it the items have, by sort; how many were read; and what is missing."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    read: int = 0
    seconds: float = 0.0
    missing: list[str] = field(default_factory=list)


def tally(folder: Path, stride: int) -> Tally:
    """Every document of the set, looked at."""
    count = Tally()
    for path in sorted(folder.rglob("*.json"))[::stride]:
        content = path.read_bytes()
        begun = process_time()
        items = read(Snapshot(path.name, content, MediaType.JSON)).items
        count.seconds += process_time() - begun
        count.documents += 1
        count.read += len(items) == 1
        for sort, held, what in checks(json.loads(content), items[0]) if items else ():
            count.right[sort] += held
            count.of[sort] += 1
            if not held:
                count.missing.append(f"{path.relative_to(folder)}: {sort}: {what[:160]}")
    return count


def scores(folder: Path, stride: int) -> Scores:
    """Documents read, and each sort of thing stated that is in the items."""
    count = tally(folder, stride)
    found = {sort: count.right[sort] / count.of[sort] for sort in count.of}
    return {"documents": count.read / max(1, count.documents), **found}


def compare(folder: Path, stride: int) -> None:
    """Prints how much of what the documents state is in the items. There is no peer that reads them."""
    count = tally(folder, stride)
    print(described())
    print("\n| stated | in the items | of | share |\n|---|---|---|---|")
    for sort in count.of:
        print(
            f"| {sort} | {count.right[sort]} | {count.of[sort]} | {count.right[sort] / count.of[sort]:.4f} |"
        )
    print(f"| documents | {count.read} | {count.documents} | {count.read / max(1, count.documents):.4f} |")
    print(f"\n{count.documents / max(count.seconds, 0.001):.0f} documents a CPU second.")
    if "--failures" in sys.argv[1:]:
        print("\n".join(count.missing))
