"""A reading as a table for people, and as an explanation of how it was read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from almoner.pipeline.model import Decision, Item, Mention, Reading


def table(reading: Reading) -> str:
    """One row an item: where, what kind, when, who, title; findings below their item."""
    width = max(72, min(140, shutil.get_terminal_size((110, 40)).columns))
    return "\n".join(_table(reading, width)) + "\n"


def explanation(reading: Reading) -> str:
    """Each decision with its stage and reason: first the document's, then each item's."""
    return "\n".join(_explanation(reading)) + "\n"


def _table(reading: Reading, width: int) -> Iterator[str]:
    count = len(reading.items)
    named = f" · {reading.document.publisher}" if reading.document.publisher else ""
    yield f"{reading.document.source}{named} · {count} item{'' if count == 1 else 's'}"
    if reading.briefing is not None:
        by = f", by {reading.briefing.author}" if reading.briefing.author else ""
        yield f"  issue: {reading.briefing.title}{by}"
    for item in reading.items:
        when = item.published or item.added or item.updated
        yield _cut(
            f"  {_where(item):>9}  {item.kind.value:<12}  {when.value[:10] if when else '–':<10}  {_who(item)[:26]:<26}  "
            + (item.title if item.title_is_printed else f"({item.title})"),
            width,
        )
        for found in item.findings:
            yield _cut(f"             ! {found.code}: {found.message} ({found.place})", width)


def _explanation(reading: Reading) -> Iterator[str]:
    yield reading.document.source
    yield from (_decision(decision, "  ") for decision in reading.decisions)
    for item in reading.items:
        yield f"  {item.place}: {item.title[:90]}"
        yield from (_decision(decision, "    ") for decision in item.decisions)
        yield from (f"    mention  {_mention(mention)}" for mention in item.mentions)
        yield from (f"    finding  {found.code} at {found.place}: {found.message}" for found in item.findings)


def _decision(decision: Decision, indent: str) -> str:
    return f"{indent}{decision.stage:<8} {decision.what}  ({decision.why})"


def _mention(mention: Mention) -> str:
    edition = f", edition of {mention.edition}" if mention.edition else ""
    often = f", {mention.count} times" if mention.count > 1 else ""
    return f"{mention.kind} {mention.id}: {mention.name}{edition}  (“{mention.as_printed}” at {mention.place}{often})"


def _where(item: Item) -> str:
    place = item.place
    if place.first_line is not None:
        return f"{place.first_line}–{place.last_line}"
    return str(place) if place.page is not None or place.paragraph is not None else "page"


def _who(item: Item) -> str:
    credit = item.credit
    return credit.source or credit.outlet or credit.author or credit.byline or "–"


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"
