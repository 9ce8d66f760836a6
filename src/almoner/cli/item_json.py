"""An item as the JSON that `almoner read --json` prints; docs/item.schema.json is its schema."""

from __future__ import annotations

from typing import Any

from almoner.pipeline.model import Credit, Figure, Item, MediaType, Mention, Place, Promise, When


def item_json(item: Item, media_type: MediaType) -> dict[str, Any]:
    """A plain dictionary with every key of the schema, ready for `json.dumps`."""
    return {
        "document": item.document,
        "place": place_json(item.place, media_type),
        "title": item.title,
        "title_is_printed": item.title_is_printed,
        "kind": item.kind.value,
        "credit": _credit(item.credit),
        "published": _when(item.published),
        "updated": _when(item.updated),
        "added": _when(item.added),
        "categories": list(item.categories),
        "link": item.link,
        "links": [{"href": link.href, "text": link.text} for link in item.links],
        "events": [
            {"title": event.title, "starts": event.starts, "ends": event.ends, "mode": event.mode} for event in item.events
        ],
        "figures": [_figure(figure, media_type) for figure in item.figures],
        "promises": [_promise(promise, media_type) for promise in item.promises],
        "mentions": [_mention(mention, media_type) for mention in item.mentions],
        "findings": [
            {"code": found.code, "message": found.message, "place": place_json(found.place, media_type)}
            for found in item.findings
        ],
        "summary": item.summary,
        "text": item.text,
        "html": item.html,
        "same_as": None
        if item.same_as is None
        else {"document": item.same_as.document, "first_line": item.same_as.first_line},
        "publisher": item.publisher,
        "section": item.section,
        "briefing": None
        if item.briefing is None
        else {"title": item.briefing.title, "date": item.briefing.date, "author": item.briefing.author},
        "footnotes": [{"mark": note.mark, "word": note.word, "place": place_json(note.place, media_type)} for note in item.footnotes],
        **_stated(item),
    }  # fmt: skip


def _stated(item: Item) -> dict[str, Any]:
    """What only structured formats state."""
    return {
        "id": item.id,
        "effective": _when(item.effective),
        "opens": _when(item.opens),
        "closes": _when(item.closes),
        "times": {named.name: _when(named.when) for named in item.times},
        "status": item.status.value if item.status is not None else None,
        "moved_to": item.moved_to,
        "changes": [
            {"note": change.note, "when": _when(change.when), "title": change.title, "link": change.link}
            for change in item.changes
        ],
        "attachments": [
            {
                "href": file.href,
                "title": file.title,
                "media_type": file.media_type,
                "size": file.size,
                "pages": file.pages,
                "reference": file.reference,
            }
            for file in item.attachments
        ],
        "licence": item.licence,
        "applies_to": list(item.applies_to),
    }


def place_json(place: Place, media_type: MediaType) -> dict[str, Any]:
    """Lines for text, XML and CSV, a CSS path for HTML, a pointer for JSON, pages for PDF, paragraphs for Word."""
    if media_type is MediaType.PDF:
        return {"page": place.page, "last_page": place.last_page}
    if media_type is MediaType.WORD:
        return {"paragraph": place.paragraph, "last_paragraph": place.last_paragraph}
    if media_type is MediaType.HTML:
        return {"css": place.css}
    if media_type is MediaType.JSON:
        return {"pointer": place.pointer}
    return {"first_line": place.first_line, "last_line": place.last_line}


def _figure(figure: Figure, media_type: MediaType) -> dict[str, Any]:
    return {
        "value": figure.value,
        "unit": figure.unit,
        "approx": figure.approx,
        "of": figure.of,
        "direction": figure.direction,
        "bound": figure.bound,
        "counts": figure.counts,
        "who": figure.who,
        "where": figure.where,
        "when": figure.when,
        "as_printed": figure.as_printed,
        "sentence": figure.sentence,
        "place": _spot(figure.place, media_type),
    }


def _promise(promise: Promise, media_type: MediaType) -> dict[str, Any]:
    return {
        "who": promise.who,
        "what": promise.what,
        "due": {"starts": promise.due_start, "ends": promise.due_end, "as_printed": promise.due_as_printed},
        "sentence": promise.sentence,
        "place": _spot(promise.place, media_type),
    }


def _mention(mention: Mention, media_type: MediaType) -> dict[str, Any]:
    return {
        "kind": mention.kind.value,
        "id": mention.id,
        "name": mention.name,
        "edition": mention.edition,
        "as_printed": mention.as_printed,
        "count": mention.count,
        "place": _spot(mention.place, media_type),
    }


def _spot(place: Place, media_type: MediaType) -> dict[str, Any]:
    """The line on which it begins, the element, or the value."""
    if media_type in {MediaType.HTML, MediaType.JSON, MediaType.PDF, MediaType.WORD}:
        return place_json(place, media_type)
    return {"line": place.first_line}


def _credit(credit: Credit) -> dict[str, str | None]:
    return {
        "source": credit.source,
        "outlet": credit.outlet,
        "author": credit.author,
        "byline": credit.byline,
        "as_printed": credit.as_printed,
    }


def _when(when: When | None) -> dict[str, str] | None:
    if when is None:
        return None
    return {"value": when.value, "precision": when.precision.value, "as_printed": when.as_printed}
