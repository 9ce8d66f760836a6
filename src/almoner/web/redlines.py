"""A stored comparison as a page shows it: changes in the order of the newer edition, what stayed between them folded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from almoner.pipeline.editions.kinds import swap_in_words
from almoner.pipeline.editions.model import Kind
from almoner.pipeline.model import BlockKind
from almoner.records.guidance.models import Note, Paragraph
from almoner.records.guidance.notes import key_of

BINDING: Final = "binding"
"""The choice among kinds that means: words that bind came or went."""
KINDS: Final = {
    Kind.SUBSTANTIVE.value: "Substantive",
    Kind.CLARIFICATION.value: "Clarification",
    Kind.FACTUAL.value: "Factual",
    Kind.EDITORIAL.value: "Editorial",
    Kind.MOVED.value: "Moved",
}
_TAGS: Final = {
    "ins": ("ins", "added: ", " (end of added)"),
    "del": ("del", "removed: ", " (end of removed)"),
}
_SIDES: Final = {"old": {"same", "moved", "del"}, "new": {"same", "moved", "ins"}}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change: its place among those shown (from 1), what it means in words, its runs as `docs/redline.schema.json` has
    them, whom it concerns, and what an editor says of it."""

    place: int
    kind: str
    reason: str
    swaps: tuple[str, ...]
    fate: str
    olds: tuple[str, ...]
    news: tuple[str, ...]
    numbers: str
    part: str
    runs: tuple[tuple[str, str], ...]
    audiences: tuple[str, ...] = ()
    note: Note | None = None

    @property
    def name(self) -> str:
        """Its kind in words."""
        return KINDS[self.kind]

    @property
    def marked(self) -> SafeString:
        """Its words in one line of text, what came and went marked and said."""
        return _html(self.runs)

    @property
    def before(self) -> SafeString:
        """Its words as they were, with what went marked."""
        return _html([run for run in self.runs if run[0] in _SIDES["old"]])

    @property
    def after(self) -> SafeString:
        """Its words as they are, with what came marked."""
        return _html([run for run in self.runs if run[0] in _SIDES["new"]])

    def text(self, side: str) -> str:
        """Its words as they were ("old") or are ("new"), without marks."""
        return "".join(words for op, words in self.runs if op in _SIDES[side]).strip()


@dataclass(slots=True)
class Stretch:
    """Paragraphs that stayed as they were between two changes."""

    rows: list[Paragraph] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How many they are, and which."""
        count = f"{len(self.rows)} paragraph{'s' if len(self.rows) != 1 else ''} unchanged"
        numbered = [row.address for row in self.rows if row.address.isdigit()]
        if not numbered:
            return count
        return f"{count} ({numbered[0]}{f' to {numbered[-1]}' if len(numbered) > 1 else ''})"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the edition, and what stands under its heading."""

    address: str
    name: str
    entries: tuple[ShownChange | Stretch, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader wants to see; "" for all."""

    part: str = ""
    kind: str = ""
    audience: str = ""

    def __bool__(self) -> bool:
        return bool(self.part or self.kind or self.audience)

    def lets(self, change: Mapping[str, Any], part: str, audiences: Iterable[str]) -> bool:
        """Whether a change is shown."""
        kind = self.kind in {"", change["kind"]} or (self.kind == BINDING and bool(change["weight"]))
        return kind and self.part in {"", part} and (not self.audience or self.audience in audiences)


def part_headings(rows: Sequence[Paragraph]) -> dict[str, str]:
    """The headings that divide an edition, by address: those of the highest rank that has more than one."""
    ranks = Counter(row.level for row in rows if row.kind == BlockKind.HEADING.value)
    rank = min((level for level, count in ranks.items() if count > 1), default=None)
    return {
        row.address: row.text for row in rows if row.kind == BlockKind.HEADING.value and row.level == rank
    }


def shown_parts(
    redline: Mapping[str, Any],
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
    notes: Mapping[tuple[str, bool], Note],
    chosen: Chosen,
) -> list[Part]:
    """The whole newer edition by parts: changes, and between them what stayed. Where something is chosen, the changes
    that it lets through and nothing else. `old` and `new` are all paragraphs of the editions in reading order."""
    changes = [change for change in redline["changes"] if change["kind"] != Kind.RENUMBERING.value]
    by_address = {address: change for change in changes for address in change["new"]}
    gone = _places_of_gone(redline, old)
    headings = part_headings(new)
    old_rows = {row.address: row for row in old}
    names = _headings(old), _headings(new)
    at = name = ""
    entries: list[ShownChange | Stretch] = []
    parts: list[Part] = []
    place = 0

    def put(change: Mapping[str, Any], audiences: Sequence[str]) -> None:
        nonlocal place
        if chosen.lets(change, at, audiences):
            place += 1
            entries.append(_change(change, place, _numbers(change, *names), at, audiences, notes))

    for change in gone.get("", ()):
        put(change, old_rows[change["old"][0]].audiences)
    for row in new:
        if row.address in headings:
            parts.append(Part(at, name, tuple(entries)))
            at, name, entries = row.address, row.text, []
        found = by_address.get(row.address)
        if found is not None:
            if found["new"][0] == row.address:
                put(found, row.audiences)
        elif not chosen and row.address not in headings:
            if not (entries and isinstance(entries[-1], Stretch)):
                entries.append(Stretch())
            last = entries[-1]
            assert isinstance(last, Stretch)
            last.rows.append(row)
        for change in gone.get(row.address, ()):
            put(change, old_rows[change["old"][0]].audiences)
    parts.append(Part(at, name, tuple(entries)))
    return [part for part in parts if part.entries]


def changes_of(parts: Iterable[Part]) -> Iterator[ShownChange]:
    """The changes of all parts in order."""
    return (entry for part in parts for entry in part.entries if isinstance(entry, ShownChange))


def _places_of_gone(
    redline: Mapping[str, Any], old: Sequence[Paragraph]
) -> dict[str, list[Mapping[str, Any]]]:
    """What is gone, by the address in the newer edition of what stood before it; "" for what stood first."""
    became = {one["old"]: one["new"] for one in redline["renumbering"]}
    became |= {
        was: change["new"][0] for change in redline["changes"] if change["new"] for was in change["old"]
    }
    gone = {change["old"][0]: change for change in redline["changes"] if not change["new"]}
    places: dict[str, list[Mapping[str, Any]]] = {}
    before = ""
    for row in old:
        if row.address in gone:
            places.setdefault(before, []).append(gone[row.address])
        else:
            before = became.get(row.address, row.address)
    return places


_PLACE: Final = re.compile(r"p(\d+)(?:~\d+)?\Z")


def in_words(address: str, headings: Mapping[str, str]) -> str:
    """A paragraph's address as people say it: "94(a)", "Annex A, paragraph 3", "Note 2"; that of a heading by its words."""
    if address in headings:
        return headings[address]
    first, *rest = address.split("~")[0].split("/")
    if first.startswith("note-"):
        return f"Note {first.removeprefix('note-')}"
    said = headings.get(first, first).split(":")[0] if not first[:1].isdigit() else first
    for part in rest:
        unnumbered = _PLACE.match(part)
        said += f", paragraph {unnumbered[1]}" if unnumbered else f"({part})"
    return said


def _numbers(
    change: Mapping[str, Any], old_headings: Mapping[str, str], new_headings: Mapping[str, str]
) -> str:
    was = ", ".join(in_words(one, old_headings) for one in change["old"])
    now = ", ".join(in_words(one, new_headings) for one in change["new"])
    if not was:
        return f"{now} (new)"
    if not now:
        return f"{was} (gone)"
    return now if was == now else f"{was} → {now}"


def _headings(rows: Iterable[Paragraph]) -> dict[str, str]:
    return {row.address: row.text for row in rows if row.kind == BlockKind.HEADING.value}


def _change(
    change: Mapping[str, Any],
    place: int,
    numbers: str,
    part: str,
    audiences: Sequence[str],
    notes: Mapping[tuple[str, bool], Note],
) -> ShownChange:
    return ShownChange(
        place,
        change["kind"],
        change["reason"],
        tuple(swap_in_words(*swap) for swap in change["weight"]),
        "moved" if change["moved"] else change["fate"],
        tuple(change["old"]),
        tuple(change["new"]),
        numbers,
        part,
        tuple((op, text) for op, text in change["words"]),
        tuple(audiences),
        notes.get(key_of(change)),
    )


def _html(runs: Sequence[tuple[str, str]]) -> SafeString:
    return format_html_join("", "{}", ((_run(op, text),) for op, text in runs if text.strip("\n")))


def _run(op: str, text: str) -> SafeString:
    lines = [line for line in re.split(r"\n\n+", text) if line]
    words = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
    if op not in _TAGS or not text.strip():
        return words
    tag, said, ended = _TAGS[op]
    return format_html(
        '<{0}><span class="govuk-visually-hidden">{1}</span>{2}<span class="govuk-visually-hidden">{3} </span></{0}>',
        tag, said, words, ended,
    )  # fmt: skip


_SPOKEN: Final = re.compile(r"^(?:paragraph|para\.?|§)\s*", re.IGNORECASE)


def became(redline: Mapping[str, Any], old: Sequence[Paragraph], asked: str) -> tuple[str, str] | None:
    """What an older paragraph ("158", "paragraph 94(a)") is called now: its address in the older edition, and in the newer
    one, "" where it is gone. None where the older edition has no such paragraph."""
    said = _SPOKEN.sub("", asked.strip()).rstrip(".").lower()
    kept = {row.address for row in old}
    wanted = said if said in kept else re.sub(r"[().\s/]+", "/", said).strip("/")
    if wanted not in kept:
        return None
    for change in redline["changes"]:
        if wanted in change["old"]:
            return wanted, change["new"][0] if change["new"] else ""
    now = next((one["new"] for one in redline["renumbering"] if one["old"] == wanted), wanted)
    return wanted, now
