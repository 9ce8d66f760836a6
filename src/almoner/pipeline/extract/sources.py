"""Who the page says an item came from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.lines import credit
from almoner.pipeline.lines.names import looks_personal, without_abbreviation
from almoner.pipeline.lines.stated_authors import stated_author
from almoner.pipeline.model import Credit, Role

SENDER: Final = "mail:from"
"""Under which key a message's sender stands in the metadata of its text."""
MAX_NAME_WORDS: Final = 12
MAX_AUTHORS: Final = 6
_BY = re.compile(
    r"\A(?:written\s+|posted\s+|published\s+|reported\s+|text\s*:?\s+)?(?:by|von|par|author|autor(?:in)?)\b:?\s+",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+")


def read(record: Record) -> tuple[Credit, str]:
    """The credit as printed, and where it stood. What is not printed is None."""
    found = Credit()
    printed: list[str] = []
    where: list[str] = []
    for block, line in record.metadata:
        if block.marked == "author":
            author = _BY.sub("", block.text, count=1).strip(" |,·•–-")
            if author and author != found.byline and _adds(author, found.author):
                found = replace(found, author=f"{found.author}, {author}" if found.author else author)
                printed.append(block.text)
                where.append("the mark-up says so")
            continue
        if block.marked in {"source", "outlet"}:
            name = without_abbreviation(block.text)
            named = Credit(name) if block.marked == "source" else Credit(outlet=name)
            found = _filled(found, named)
            printed.append(block.raw or block.text)
            where.append("the place in which this source names it")
            continue
        if line is None or not (line.source or line.author or line.byline):
            continue
        # A host name is a poor name for a source: it stands in only where nothing else names one.
        source = (
            None
            if line.source is not None and _HOST.fullmatch(line.source) and _names_source(record)
            else line.source
        )
        if line.author and found.author and _is_another(line.author, found.author, record):
            found = replace(found, author=f"{found.author}, {line.author}")
        found = _filled(found, Credit(source, None, line.author, line.byline))
        printed.append(block.text)
        where.append("the line beside the title")
    for block in record.cut.blocks(Role.CREDIT):
        closing = credit.read(block.text) or credit.bare(block.text)
        if closing is not None:
            found = _filled(found, closing)
            printed.append(block.text)
            where.append("the line that closes it")
    if record.entry is not None and record.title is not None and (record.entry.source or record.entry.author):
        found = _filled(found, Credit(record.entry.source, None, record.entry.author))
        printed.append(record.title.text)
        where.append("the title's own line")
    if record.title is not None:
        inside = credit.in_title(record.title.text, record.order, record.forms)
        if inside.source and found.source is None:
            found = _filled(found, Credit(inside.source, None, inside.author))
            printed.append(record.title.text)
            where.append("the end of the title")
    if found == Credit() and record.body:
        closing_bracket = credit.in_closing_bracket(record.body[-1].text, record.order)
        if closing_bracket is not None:
            found = Credit(closing_bracket.source)
            printed.append(record.body[-1].text[record.body[-1].text.rindex("(") :])
            where.append("the brackets that close its text")
    if record.is_only_item and found.author is None and found.byline is None:
        author = stated_author(record.document.metadata)
        if author:
            found = replace(found, author=author)
            where.append("the page's head")
        elif looks_personal(record.splitting.publisher or ""):
            found = replace(found, author=record.splitting.publisher)
            where.append("the site is this person's")
    if found.outlet is None and (sender := record.document.metadata.get(SENDER)):
        found = replace(found, outlet=sender)
        printed.append(sender)
        where.append("the message it came in")
    if found == Credit():
        return found, "no line says where it came from"
    return replace(found, as_printed=" · ".join(dict.fromkeys(printed)) or None), " and ".join(
        dict.fromkeys(where)
    )


def _adds(author: str, known: str | None) -> bool:
    """Whether a name that the mark-up gives is the author's, or another author's beside the one known."""
    if known is None:
        return len(author.split()) <= MAX_NAME_WORDS
    return looks_personal(author) and author.lower() not in known.lower() and known.count(",") < MAX_AUTHORS


def _is_another(author: str, known: str, record: Record) -> bool:
    """Whether a line names one more of those whom the page's head gives as its authors."""
    said = stated_author(record.document.metadata).lower()
    return record.is_only_item and author.lower() in said and _adds(author, known)


def _names_source(record: Record) -> bool:
    return any(
        line is not None and line.source and not _HOST.fullmatch(line.source) for _, line in record.metadata
    )


def _filled(known: Credit, more: Credit) -> Credit:
    return Credit(
        known.source or more.source,
        known.outlet or more.outlet,
        known.author or more.author,
        known.byline or more.byline,
    )
