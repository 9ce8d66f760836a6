"""Cuts → items: one module a field. `extract` calls them in order; none knows another's business."""

from __future__ import annotations

from collections.abc import Set

from almoner.pipeline.extract import (
    defaults,
    events,
    findings,
    kind,
    links,
    sources,
    stated,
    summary,
    times,
    titles,
    words,
)
from almoner.pipeline.extract.figures import figures_in
from almoner.pipeline.extract.mentions import mentions_of
from almoner.pipeline.extract.private import private_names
from almoner.pipeline.extract.promises import promises_in
from almoner.pipeline.extract.record import Record, records
from almoner.pipeline.lines import glance
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import Decision, Document, Item, Splitting


def extract(document: Document, splitting: Splitting, order: Order, captured: str = "") -> tuple[Item, ...]:
    """The items of a document with all their fields, and what an editor should look at.

    `order` is the order of numeric dates on the page, `captured` when it was captured (ISO 8601, or empty).
    """
    read = splitting.letters or ((document, splitting),)
    return tuple(_item(record, captured) for doc, part in read for record in records(doc, part, order))


def _item(record: Record, captured: str) -> Item:
    title, printed, title_why = stated.title(record) or titles.read(record)
    dated = stated.times(record) or times.read(record)
    credit, credit_why = defaults.credit(record, *(stated.credit(record) or sources.read(record)))
    text = words.text(record)
    told = record.told
    seen: Set[str] = record.seen[0] if len(told) == 1 else frozenset().union(*record.seen)
    if not told or title not in told[0].text:  # what is part of a text has no other words
        seen = glance.seen(title).union(seen)
    sort, kind_why = stated.kind(record) or kind.read(record, title, dated, seen)
    sort, kind_why = defaults.kind(record, sort, kind_why, open_=kind_why == kind.UNSAID)
    announced = events.read(record, sort, title)
    if announced.takes_date:
        dated = times.Times(None, dated.updated, dated.added)
    anchor = dated.published or dated.updated
    private = private_names(f"{title}\n{text}", seen)
    decisions = [
        Decision("extract", f"title: {title[:80]}", title_why),
        Decision("extract", f"kind: {sort}", kind_why),
        Decision("extract", "credit: " + (credit.as_printed or "none"), credit_why),
    ]
    for name, when in (("published", dated.published), ("updated", dated.updated), ("added", dated.added)):
        if when is not None:
            decisions.append(Decision("extract", f"{name}: {when.value}", f"“{when.as_printed}”, {when.how}"))
    if record.is_foreign:
        said = f"its language is said to be {record.document.language}, and no English word stands in it"
        decisions.append(Decision("extract", "figures and promises: not looked for", said))
    if private:
        decisions.append(
            Decision("extract", f"{len(private)} private name(s)", "a child or victim seems to be named")
        )
    item = Item(
        document=record.document.source,
        place=record.cut.place,
        title=title,
        title_is_printed=printed,
        kind=sort,
        credit=credit,
        published=dated.published,
        updated=dated.updated,
        added=dated.added,
        categories=stated.categories(record) or record.categories,
        link=record.cut.link,
        links=links.read(record),
        events=announced.events,
        text=text,
        html=stated.html(record) or words.html(record),
        summary=stated.summary(record) or summary.read(record),
        publisher=record.splitting.publisher,
        section=record.section_name,
        briefing=record.splitting.briefing,
        figures=()
        if record.is_foreign
        else tuple(
            [
                one
                for block, near in zip(told, record.seen, strict=True)
                for one in figures_in(block.text, block.place, block.raw, near)
            ]
        ),
        promises=()
        if record.is_foreign
        else tuple(
            [
                one
                for block, near in zip(told, record.seen, strict=True)
                for one in promises_in(block.text, block.place, anchor, near)
            ]
        ),
        mentions=mentions_of(told, record.seen, credit, record.cut.place),
        footnotes=tuple([mark for block in record.body for mark in block.footnotes]),
        private_names=private,
        decisions=(*record.cut.decisions, *decisions),
    )
    item = defaults.complete(stated.complete(item, record.cut.stated), record)
    return findings.attach(item, record, captured)
