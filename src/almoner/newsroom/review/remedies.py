"""What can be done about a finding in one step: a field to fill in, or a correction that is worked out already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from almoner.newsroom.items.fields import typed_time
from almoner.pipeline.findings import FINDINGS, FindingKind, Gravity
from almoner.pipeline.lines import dates
from almoner.records.catalogue.models import Item, ItemFinding
from almoner.records.catalogue.times import in_words

_FIELDS: Final = {
    "weekday_mismatch": "published", "date_conflict": "published", "date_implausible": "published",
    "date_ambiguous": "published", "date_missing": "published", "date_relative": "published",
    "title_missing": "title", "title_cut": "title", "text_cut": "text", "quotation_open": "text",
    "figures_disagree": "text", "encoding_mended": "text", "letters_unknown": "text", "edition_superseded": "text",
    "organisation_unknown": "text", "address_hidden": "text", "link_missing": "link",
}  # fmt: skip
"""Finding → the field that is wrong."""
_LABELS: Final = {
    "published": "Published", "title": "Title", "text": "Text", "link": "The address that is missing",
}  # fmt: skip
_QUOTED: Final = re.compile(r"“([^”]+)”")
_WORDS: Final = ("title", "summary", "text", "credit_source", "credit_outlet")
"""Fields in which a name may be spelt wrongly."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction that is worked out: what it does in words, and the fields it changes."""

    label: str
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Remedy:
    """An open finding with what to do about it. Without `field`, it can only be looked at."""

    finding: ItemFinding
    kind: FindingKind
    word: str
    field: str
    label: str
    value: str
    fixes: tuple[Fix, ...]

    @property
    def holds(self) -> bool:
        """Whether the item waits until it is answered."""
        return self.kind.gravity is Gravity.HOLD

    @property
    def is_long(self) -> bool:
        """Whether its field takes several lines."""
        return self.field == "text"


def remedy(item: Item, finding: ItemFinding, word: str) -> Remedy:
    """What can be done about a finding; `word` says how grave it is."""
    field = _FIELDS.get(finding.code, "")
    value = str(getattr(item, field)) if field and field != "link" else ""
    return Remedy(
        finding,
        FINDINGS[finding.code],
        word,
        field,
        _LABELS.get(field, ""),
        in_words(value) if field == "published" else value,
        tuple(_fixes(item, finding)),
    )


def changes(item: Item, field: str, typed: str) -> dict[str, Any]:
    """What was typed into a remedy's field, as the catalogue takes it. `ValidationError` if it does not fit."""
    typed = typed.replace("\r\n", "\n").strip()
    if field == "published":
        return {field: typed_time(typed) if typed else ""}
    if field == "link" and item.link:  # its own address is known: the promised one is another
        return {"links": [*item.links, {"href": typed, "text": ""}]}
    return {field: typed}


def _fixes(item: Item, finding: ItemFinding) -> Iterator[Fix]:
    quoted = _QUOTED.findall(finding.message)
    if finding.code == "weekday_mismatch" and quoted:
        yield from _weekday_fixes(item, quoted[0])
    if finding.code == "organisation_unknown" and len(quoted) > 1:
        printed, known = quoted[:2]
        differ = {
            name: words.replace(printed, known)
            for name in _WORDS
            if printed in (words := str(getattr(item, name)))
        }
        if differ:
            yield Fix(f"Write “{known}”", differ)


def _weekday_fixes(item: Item, printed: str) -> Iterator[Fix]:
    """Either the weekday is right, and the nearest such day was meant; or the date is, which nothing changes where it
    dates the item, and corrects the weekday where it stands in its text."""
    mention = dates.first(printed)
    day = mention.day_date if mention else None
    if mention is None or day is None or mention.weekday is None:
        return
    if item.published[:10] == day.isoformat():
        meant = _nearest(day, mention.weekday)
        value = meant.isoformat() + item.published[10:]
        yield Fix(f"{meant:%A} {in_words(value)} was meant", {"published": value})
    elif printed in item.text and (wrong := printed.split()[0].rstrip(",")).isalpha():
        right = printed.replace(wrong, f"{day:%A}", 1)
        yield Fix(f"Write “{right}”", {"text": item.text.replace(printed, right)})


def _nearest(day: date, weekday: int) -> date:
    steps = (weekday - day.weekday() + 3) % 7 - 3
    return day + timedelta(days=steps)
