"""Guidance cited in an edition that another has replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.lines import dates
from almoner.pipeline.model import Finding, Item, Mention, MentionKind
from almoner.pipeline.taxonomy.entries import Edition, editions

_LOOKS_BACK: Final = re.compile(
    r"\b(?:replac\w+|supersed\w+|revis\w+|previous\w*|former\w*|earlier|older?|withdrawn|histor\w+|archiv\w+"
    r"|at\s+the\s+time|then[\s-]in[\s-]force|came\s+in\s?to\s+force|was\s+(?:first\s+)?(?:published|introduced|issued)"
    r"|since|until|change[sd]?\s+(?:from|since|to|in|between)|compar\w+|updated\s+from|no\s+longer|instead\s+of|differ\w*"
    r"|consult\w+|draft|inquest|inquiry|tribunal|investigat\w+|inspected|new\s+edition|latest\s+edition|followed\s+by)\b",
    re.IGNORECASE,
)
"""Words of a passage that speaks of an edition as one that was."""

_AROUND: Final = 160


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`edition_superseded`: an edition older than the one in force when the item was published.

    Not where the item looks back: names the edition in force as well, or speaks of the old one as old. Nor where
    it has no date of its own, nor its briefing.
    """
    yield from superseded(item, editions(), lambda mention: _around(mention, record))


def superseded(
    item: Item, known: Mapping[str, Sequence[Edition]], around: Callable[[Mention], str]
) -> Iterator[Finding]:
    """The findings of `check` by other tables of editions (oldest first). `around` gives the words around a mention."""
    cited = [mention for mention in item.mentions if mention.kind is MentionKind.GUIDANCE and mention.edition]
    day = _day(item) if cited else None
    if day is None:
        return
    for mention in cited:
        holds = _in_force(known.get(mention.id, ()), day)
        if holds is None or mention.edition is None or mention.edition >= holds.year:
            continue
        if any(other.id == mention.id and (other.edition or "") >= holds.year for other in cited):
            continue
        if not _LOOKS_BACK.search(around(mention)):
            yield finding("edition_superseded", _message(mention, holds), mention.place)


def words_around(text: str, printed: str) -> str:
    """The words of a text around what is printed there; none where it is not."""
    at = text.find(printed)
    return text[max(0, at - _AROUND) : at + _AROUND] if at >= 0 else ""


def _day(item: Item) -> str | None:
    """The first day (ISO 8601) on which the item may have been published."""
    dated = item.published or item.updated
    value = dated.value if dated is not None else item.briefing.date if item.briefing is not None else None
    return dates.span_of(value)[0].isoformat() if value else None


def _in_force(known: Sequence[Edition], day: str) -> Edition | None:
    """The newest edition that was in force on a day."""
    held = [edition for edition in known if edition.in_force and edition.in_force <= day]
    return held[-1] if held else None


def _around(mention: Mention, record: Record) -> str:
    blocks = [block for block in record.told if block.place == mention.place]
    return "\n".join(words_around(block.text, mention.as_printed) for block in blocks)


def _message(mention: Mention, holds: Edition) -> str:
    since = date.fromisoformat(holds.in_force or "")
    day = f"{since.day} {since:%B %Y}"
    what = "withdrawn" if holds.status == "withdrawn" else "in force"
    return f"The {mention.edition} edition of {mention.name} is cited; that of {holds.year} is {what} from {day}."
