"""Items that editors write themselves: read by the same pipeline as what is gathered, for its findings, names and dates.

What was written is put into a JSON Feed of one entry, so that nothing is guessed that the editor has said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from almoner.lib.markdown import to_html
from almoner.pipeline import model, run
from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.pipeline.model import MediaType, Snapshot
from almoner.records.catalogue import moments
from almoner.records.catalogue.classifying import classify_again
from almoner.records.catalogue.columns import cut, storable
from almoner.records.catalogue.dues import due_rows
from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.mentions import mention_rows
from almoner.records.catalogue.models import Item, ItemDue, ItemFinding, ItemMention, new_key
from almoner.records.catalogue.names import publishers_named
from almoner.records.catalogue.turns import in_turn

READ_FIELDS: Final = frozenset({"title", "summary", "written", "kind", "published"})
"""The fields of an item of ours that its findings, names and dates come from."""
_OUT_OF_PLACE: Final = frozenset({"date_missing", "title_missing", "text_cut"})
"""Findings that mean nothing here: the date comes with publishing, the title is what the editor says."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor wrote: its title, what kind of item it is, a summary if it has one, the text as Markdown, and who wrote it."""

    title: str
    kind: str
    summary: str = ""
    text: str = ""
    author: str = ""


def write(written: Written, *, ours: str, now: datetime) -> Item:
    """A new item of our own, which waits. `ours` is the name under which we publish."""
    with in_turn():
        item = Item(
            publisher=publishers_named([ours]).get(ours),
            written_here=True,
            kind=written.kind,
            title=cut(Item, "title", written.title.strip()),
            summary=storable(written.summary),
            corrected=["summary"] if written.summary else [],
            written=storable(written.text),
            licence=Licence.OWN,
            credit_author=cut(Item, "credit_author", written.author),
            captured_at=now,
            changed_at=now,
            sorts_at=now,
            # What we wrote is an item whatever else has the same words; near copies are found by them all the same.
            fingerprint=f"written here {new_key()}{new_key()}",
        )
        follow(item, keeps_summary=bool(written.summary))
        item.save()
        check(item)
        classify_again(item)
    return item


def follow(item: Item, *, keeps_summary: bool = False) -> frozenset[str]:
    """Bring the text, its mark-up, its links, and its summary until an editor has written one, in step with what was
    written; returns their names."""
    item.html = storable(to_html(item.written))
    if not keeps_summary:
        item.summary = ""
    read = _read(item)
    item.summary = item.summary or ("" if keeps_summary else storable(read.summary))
    item.text = storable(read.text)
    item.links = [{"href": link.href, "text": link.text} for link in read.links]
    return frozenset({"html", "text", "links", "summary"})


def check(item: Item) -> None:
    """Look at the words of an item of ours as they stand now: findings, private names, what it mentions, what falls due.

    A finding that an editor has settled stays settled; a name that was not there before opens a new one that holds
    the item.
    """
    read = _read(item)
    known = set(item.private_names)
    has_new_name = not known.issuperset(read.private_names)
    if "private_names" not in item.corrected:
        item.private_names = [storable(name) for name in read.private_names]
    elif has_new_name:
        item.private_names = sorted({*known, *map(storable, read.private_names)})
    item.save(update_fields=["private_names"])
    item.findings.filter(settled_at=None).delete()
    settled = set(item.findings.values_list("code", "message"))
    ItemFinding.objects.bulk_create(
        ItemFinding(
            item=item,
            code=found.code,
            message=cut(ItemFinding, "message", found.message),
        )
        for found in read.findings
        if found.code not in _OUT_OF_PLACE
        and ((found.code, found.message) not in settled or (has_new_name and _holds(found)))
    )
    item.mentions.all().delete()
    ItemMention.objects.bulk_create(mention_rows(item, read.mentions))
    item.dues.all().delete()
    ItemDue.objects.bulk_create(due_rows(item, read))


def new_names(item: Item) -> list[str]:
    """Names of children and victims that the words of an item of ours seem to hold, and nobody has noted yet."""
    return [name for name in _read(item).private_names if name not in item.private_names]


def date_as_published(items: Iterable[Item], now: datetime) -> None:
    """Give those of these items that are ours and undated the moment at which they go out."""
    for item in items:
        if item.written_here and not item.published:
            item.published = now.astimezone(moments.LONDON).isoformat(timespec="minutes")
            item.published_precision = model.Precision.MINUTE.value
            item.captured_at = item.sorts_at = now
            item.save(update_fields=["published", "published_precision", "captured_at", "sorts_at"])


def _holds(found: model.Finding) -> bool:
    return FINDINGS[found.code].gravity is Gravity.HOLD


def _read(item: Item) -> model.Item:
    entry = {
        "id": item.key,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": item.published,
    }
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": item.publisher.name if item.publisher else "",
        "language": "en",
        "items": [{name: value for name, value in entry.items() if value}],
    }
    content = json.dumps(feed).encode()
    reading = run.read(Snapshot(f"item {item.key}", content, MediaType.JSON))
    return reading.items[0]
