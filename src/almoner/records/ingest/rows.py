"""From what was read to rows that fit their columns. Nothing here touches the database.

What is too long, or cannot be kept, is cut or left out with a finding that says so; the whole stays in the
snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from almoner.pipeline import model
from almoner.pipeline.findings import finding
from almoner.pipeline.relate.fingerprints import fingerprint
from almoner.records.catalogue import moments
from almoner.records.catalogue.audiences import audience_rows
from almoner.records.catalogue.columns import cut, storable
from almoner.records.catalogue.dues import due_rows
from almoner.records.catalogue.mentions import mention_rows
from almoner.records.catalogue.models import (
    Item,
    ItemAudience,
    ItemDue,
    ItemEvent,
    ItemFinding,
    ItemMention,
    ItemTopic,
)
from almoner.records.catalogue.services import is_safe_link
from almoner.records.catalogue.topics import topic_rows, topics_found
from almoner.records.ingest.models import Document, Sighting


@dataclass(frozen=True, slots=True)
class ItemRows:
    """An item as it was `read`, and its rows, not yet saved; publisher and categories by name. The sighting does not
    point to the item: it may turn out to be one of an item that is known."""

    read: model.Item
    item: Item
    findings: tuple[ItemFinding, ...]
    events: tuple[ItemEvent, ...]
    mentions: tuple[ItemMention, ...]
    topics: tuple[ItemTopic, ...]
    audiences: tuple[ItemAudience, ...]
    dues: tuple[ItemDue, ...]
    sighting: Sighting
    publisher: str
    categories: tuple[str, ...]

    @property
    def may_go_out(self) -> bool:
        """Whether a trusted source's item needs no editor."""
        return all(found.code == "copy_of" for found in self.findings)


def item_rows(
    read: model.Item,
    position: int,
    *,
    licence: str,
    captured: datetime,
    now: datetime,
    undated: datetime | None = None,
) -> ItemRows:
    """The rows of one item, the `position`-th of its document, which stands at `undated` if it has no date.
    `ValueError` if there is nothing to keep."""
    if not (read.title.strip() or read.text.strip()):
        raise ValueError("it has neither a title nor a text.")
    noted: list[model.Finding] = list(read.findings)
    if any(storable(words) != words for words in (read.title, read.text)):
        noted.append(
            finding("encoding_mended", "Characters that no database keeps were left out.", read.place)
        )
    item = Item(
        kind=read.kind.value,
        title_is_printed=read.title_is_printed,
        summary=storable(read.summary),
        text=storable(read.text),
        html=storable(read.html),
        links=_links(read.links),
        change_notes=_change_notes(read.changes),
        licence=licence,
        captured_at=captured,
        changed_at=now,
        private_names=[storable(name) for name in read.private_names],
        fingerprint=_fingerprint(read),
    )
    item.title = _fit(item, "title", read.title.strip() or read.text.strip(), "title_cut", read, noted)
    item.section = _fit(item, "section", read.section, "text_cut", read, noted)
    for name in ("source", "outlet", "author", "byline", "as_printed"):
        column = f"credit_{name}"
        setattr(item, column, _fit(item, column, getattr(read.credit, name), "text_cut", read, noted))
    for name in ("published", "updated", "added"):
        _set_time(item, name, getattr(read, name), read, noted)
    item.link = _link(item, read, noted)
    item.undated_at = undated
    item.sorts_at = moments.sorting_moment(item.published, item.added, captured, undated)
    mentions, topics = mention_rows(item, read.mentions), topics_found(item)
    return ItemRows(
        read,
        item,
        tuple(
            ItemFinding(
                item=item,
                code=found.code,
                message=cut(ItemFinding, "message", found.message),
                place=cut(ItemFinding, "place", str(found.place)),
            )
            for found in noted
        ),
        tuple(_event(item, event) for event in read.events),
        mentions,
        tuple(topic_rows(item, topics)),
        tuple(audience_rows(item, topics, mentions)),
        due_rows(item, read),
        Sighting(
            position=position,
            first_line=read.place.first_line,
            last_line=read.place.last_line,
            css=cut(Sighting, "css", read.place.css or ""),
        ),
        storable(read.publisher or ""),
        tuple(storable(name) for name in read.categories),
    )


def document_row(reading: model.Reading, path: str) -> Document:
    """The row of the document itself, without its snapshot."""
    briefing = reading.briefing
    row = Document(
        path=cut(Document, "path", path),
        title=cut(Document, "title", reading.document.title or ""),
        findings=[
            {"code": found.code, "message": storable(found.message), "place": str(found.place)}
            for found in reading.findings
        ],
    )
    if briefing is not None:
        row.briefing_title = cut(Document, "briefing_title", briefing.title)
        row.briefing_author = cut(Document, "briefing_author", briefing.author or "")
        try:
            row.briefing_date = moments.read(briefing.date or "")[0].astimezone(moments.LONDON).date()
        except ValueError:
            row.briefing_date = None
    return row


def _fit(
    item: Item, column: str, text: str | None, code: str, read: model.Item, noted: list[model.Finding]
) -> str:
    fitting = cut(item, column, text or "")
    if fitting != storable(text or ""):
        label = str(item._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
        message = f"The {label} has {len(text or '')} characters and was cut to {len(fitting)}."
        noted.append(finding(code, message, read.place))
    return fitting


def _set_time(
    item: Item, name: str, when: model.When | None, read: model.Item, noted: list[model.Finding]
) -> None:
    if when is None:
        return
    setattr(item, f"{name}_as_printed", cut(item, f"{name}_as_printed", when.as_printed))
    try:
        precision = moments.read(when.value)[1]
    except ValueError as error:
        noted.append(finding("date_implausible", str(error), read.place))
        return
    setattr(item, name, when.value)
    setattr(item, f"{name}_precision", precision.value)


def _link(item: Item, read: model.Item, noted: list[model.Finding]) -> str:
    """The item's own address, whole or not at all: half an address leads elsewhere."""
    link = storable(read.link or "")
    longest = Item._meta.get_field("link").max_length or 0
    if not link or (is_safe_link(link) and link.startswith("http") and len(link) <= longest):
        return link
    why = f"is longer than {longest} characters" if len(link) > longest else "is no web address"
    noted.append(
        finding("link_missing", f"The item's address {why}: {cut(item, 'section', link)}", read.place)
    )
    return ""


def _links(links: tuple[model.Link, ...]) -> list[dict[str, Any]]:
    return [
        {"href": storable(link.href), "text": storable(link.text)}
        for link in links
        if is_safe_link(link.href)
    ]


def _change_notes(notes: tuple[model.ChangeNote, ...]) -> list[dict[str, str]]:
    """What is told of a change, newest first; those without a time come last."""
    told = [
        {
            "note": storable(one.note),
            "when": one.when.value if one.when else "",
            "title": storable(one.title or ""),
            "link": storable(one.link or "") if is_safe_link(one.link or "") else "",
        }
        for one in notes
        if one.note.strip()
    ]
    return sorted(told, key=lambda one: one["when"], reverse=True)


def _event(item: Item, event: model.Event) -> ItemEvent:
    return ItemEvent(
        item=item,
        title=cut(ItemEvent, "title", event.title),
        starts=cut(ItemEvent, "starts", event.starts or ""),
        ends=cut(ItemEvent, "ends", event.ends or ""),
        mode=cut(ItemEvent, "mode", event.mode or ""),
    )


def _fingerprint(read: model.Item) -> str:
    """By printed title and text, as `pipeline.relate` tells copies. A title alone ("Newsletter") says too
    little, so without a text the item's address and its date count as well."""
    if read.text.strip():
        return fingerprint(read.title if read.title_is_printed else "", read.text)
    return fingerprint(read.title, f"{read.link or ''}\n{read.published.value if read.published else ''}")
