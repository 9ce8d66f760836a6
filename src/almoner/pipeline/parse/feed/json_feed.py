"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import moments
from almoner.pipeline.model import (
    Attachment,
    Cut,
    Decision,
    Document,
    Finding,
    Link,
    MediaType,
    Place,
    Stated,
)
from almoner.pipeline.parse import content, stated
from almoner.pipeline.parse.content import Content
from almoner.pipeline.parse.feed.boilerplate import without_boilerplate
from almoner.pipeline.parse.json_values import MAX_RECORDS, Object, objects, string

BY: Final = "JSON Feed"
LAYOUT: Final = "feed"


def parse_json_feed(source: str, feed: Object, address: str = "") -> Document:
    """The document of a JSON Feed that was loaded. Items that are no objects are reported and left out."""
    base = address or stated.address(string(feed.get("feed_url")), "") or ""
    given = feed.get("items")
    items = given if isinstance(given, list) else []
    findings: list[Finding] = []
    records: list[Cut] = []
    # A feed that gives its own name as its author's says nothing of who wrote an entry.
    people = tuple(name for name in _people(feed) if name != string(feed.get("title")).strip())
    for index, item in enumerate(items[:MAX_RECORDS]):
        place = Place(pointer=f"#/items/{index}")
        if isinstance(item, dict):
            records.append(_record(item, base, place, people))
        else:
            findings.append(
                finding("markup_mended", "An entry of the feed is no object and was left out.", place)
            )
    if len(items) > MAX_RECORDS:
        findings.append(
            finding(
                "text_cut",
                f"The feed has {len(items):,} entries; the first {MAX_RECORDS:,} were read.",
                Place(pointer=f"#/items/{MAX_RECORDS}"),
            )
        )
    notes = stated.Notes(Place(pointer="#/title"))
    title = notes.title(string(feed.get("title")))
    said = {
        "feed:link": string(feed.get("home_page_url")),
        "feed:author": ", ".join(_people(feed)),
        "feed:description": stated.plain(string(feed.get("description"))),
    }
    return Document(
        source,
        MediaType.JSON,
        tuple(part.block for cut in records for part in cut.parts),
        title=title,
        publisher=title,
        language=string(feed.get("language")) or None,
        address=base,
        metadata={key: value for key, value in said.items() if value},
        findings=(*findings, *notes.findings),
        decisions=(Decision("parse", f"{BY}, {len(records)} entries", "its version says so"),),
        records=tuple(records),
        next_page=stated.address(string(feed.get("next_url")), base),
    )


def _record(item: Object, base: str, place: Place, feed_people: tuple[str, ...]) -> Cut:
    """One entry. The feed's own authors are those of an entry that names none (JSON Feed 1.1)."""
    notes = stated.Notes(place)
    link = stated.address(string(item.get("url")), base)
    elsewhere = stated.address(string(item.get("external_url")), base)
    body = notes.content(_body(item, link or base, place))
    people = tuple(_people(item)) or feed_people
    says = Stated(
        by=BY,
        title=notes.title(string(item.get("title"))),
        stand_in=link or elsewhere,
        link=link or elsewhere,
        id=stated.name(_id(item)),
        published=notes.time(moments.read(string(item.get("date_published")), f"{BY}: date_published")),
        updated=notes.time(moments.read(string(item.get("date_modified")), f"{BY}: date_modified")),
        author=", ".join(people) or None,
        credit_as_printed=", ".join(people) or None,
        categories=stated.names(_strings(item.get("tags"))),
        summary=stated.plain(string(item.get("summary"))) or None,
        attachments=tuple(_files(item, base)),
        html=body.html or None,
        findings=tuple(notes.findings),
    )
    further = (Link(elsewhere),) if link and elsewhere and elsewhere != link else ()
    return stated.record(says, place, LAYOUT, body.blocks, further)


def _body(item: Object, base: str, place: Place) -> Content:
    markup = string(item.get("content_html"))
    if markup.strip():
        return content.of_markup(without_boilerplate(stated.scrubbed(markup)), base, place, furnished=True)
    text = string(item.get("content_text")) or string(item.get("summary"))
    return content.of_text(stated.scrubbed(text), place)


def _id(item: Object) -> str:
    found = item.get("id")
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else string(found)


def _people(item: Object) -> Iterator[str]:
    """Names of the authors; 1.0 had one `author`, 1.1 has a list."""
    people = objects(item.get("authors")) or objects([item.get("author")])
    yield from stated.names(string(person.get("name")) for person in people)


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _files(item: Object, base: str) -> Iterator[Attachment]:
    for file in objects(item.get("attachments"))[: stated.MAX_NAMES]:
        found = stated.attachment(
            stated.address(string(file.get("url")), base),
            string(file.get("title")),
            string(file.get("mime_type")),
            file.get("size_in_bytes"),
        )
        if found is not None:
            yield found
