"""One document of GOV.UK as a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from almoner.pipeline.lines import moments
from almoner.pipeline.model import ChangeNote, Cut, Link, NamedTime, Place, Precision, Stated, Status, When
from almoner.pipeline.parse import content, stated
from almoner.pipeline.parse.content import Content
from almoner.pipeline.parse.govuk.attachments import attachments
from almoner.pipeline.parse.govuk.body import markup
from almoner.pipeline.parse.govuk.kinds import kind_of, status_of
from almoner.pipeline.parse.json_values import Object, objects, string

ORIGIN: Final = "https://www.gov.uk"
LEAST_PUBLISHER: Final = "GOV.UK"
"""The publisher of what names no organisation."""
LAYOUT: Final = "govuk"

_BY: Final = "the GOV.UK Content API"
_TOPICS: Final = (
    "taxons", "policy_areas", "topics", "mainstream_browse_pages", "topical_events", "service_manual_topics",
)  # fmt: skip
_RELATED: Final = (
    "parent",
    "manual",
    "related_guides",
    "related_statistical_data_sets",
    "field_of_operation",
)
_AUTHORS: Final = ("speaker", "authors")
_TIME_NAME: Final = re.compile(r"(?:\w+_)?(?:date|on|at|timestamp)(?:_\w+)?")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?")
_OWN_TIMES: Final = frozenset(
    {"first_public_at", "first_published_at", "public_updated_at", "opening_date", "closing_date"}
)
_CLOCKS: Final = frozenset({"updated_at"})
"""When a database last wrote it, which says nothing of the document."""
_NATIONS: Final = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
}


def record(item: Object, place: Place) -> Cut:
    """The record of a content item. Whatever is missing or of an unknown form, there is one."""
    notes = stated.Notes(place)
    details = _object(item.get("details"))
    links = links_of(item)
    document_type = string(item.get("document_type")) or string(item.get("schema_name"))
    notice = _object(item.get("withdrawn_notice"))
    status = status_of(
        document_type, string(details.get("state")), withdrawn=bool(notice) or item.get("withdrawn") is True
    )
    base = ORIGIN + string(item.get("base_path"))
    elsewhere = stated.address(string(details.get("url")), ORIGIN)
    link = base if string(item.get("base_path")) else elsewhere
    parents = objects(links.get("parent"))
    organisation_names = organisations(item, links)
    author = ", ".join(_authors(details, links)) or None
    published, updated = _published_and_updated(item, details, notes)
    description = stated.plain(string(item.get("description")), markup=True)
    body = _body(details, links, string(notice.get("explanation")), base, place, notes)
    says = Stated(
        by=_BY,
        title=notes.title(string(item.get("title"))),
        stand_in=string(item.get("base_path")) or link,
        link=link,
        id=stated.name(string(item.get("content_id"))),
        published=published,
        updated=updated,
        effective=_time(details.get("display_date"), "display_date", notes),
        opens=_time(details.get("opening_date"), "opening_date", notes),
        closes=_time(details.get("closing_date"), "closing_date", notes),
        times=tuple(_times(details, notice, notes)),
        source=organisation_names[0] if organisation_names else None,
        author=author,
        credit_as_printed=_credit(organisation_names, author),
        categories=stated.names(
            string(one.get("title")) for key in _TOPICS for one in objects(links.get(key))
        ),
        summary=description or None,
        kind=kind_of(document_type, string(parents[0].get("document_type")) if parents else ""),
        status=status,
        moved_to=_moved_to(item, details, status),
        changes=tuple(_changes(details, notes)),
        attachments=attachments(details, base),
        applies_to=tuple(_nations(details)),
        html=body.html or None,
        findings=tuple(notes.findings),
    )
    if not body.blocks and description:
        body = content.of_text(description, place)
    return stated.record(says, place, LAYOUT, body.blocks, _links(details, links))


def links_of(item: Object) -> Object:
    """The documents that an item links to, whole; messages carry them under another name."""
    return _object(item.get("expanded_links")) or _object(item.get("links"))


def organisations(item: Object, links: Object) -> list[str]:
    """The names of the organisations that it comes from, the leading ones first."""
    details = _object(item.get("details"))
    emphasised = details.get("emphasised_organisations")
    leading = [one for one in emphasised if isinstance(one, str)] if isinstance(emphasised, list) else []
    found = [
        *objects(links.get("lead_organisations")),
        *objects(links.get("organisations")),
        *objects(details.get("organisations")),
        *objects(links.get("worldwide_organisations")),
        *objects(links.get("primary_publishing_organisation")),
    ]
    found.sort(key=lambda one: string(one.get("content_id")) not in leading)
    return list(stated.names(string(one.get("title")) for one in found))


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _body(
    details: Object, links: Object, notice: str, base: str, place: Place, notes: stated.Notes
) -> Content:
    whole = markup(details, links, notice, base)
    return (
        notes.content(content.of_markup(stated.scrubbed(whole), base, place)) if whole.strip() else Content()
    )


def _published_and_updated(
    item: Object, details: Object, notes: stated.Notes
) -> tuple[When | None, When | None]:
    """As GOV.UK's own pages have it: first made public by its own account, else by the API's."""

    def read(value: object, name: str) -> When | None:
        return _time(value, name, notes, days=False)

    published = read(details.get("first_public_at"), "first_public_at") or read(
        item.get("first_published_at"), "first_published_at"
    )
    updated = read(item.get("public_updated_at"), "public_updated_at")
    if published is None and "public_timestamp" in details and details.get("first_published_version") is True:
        published = read(details.get("public_timestamp"), "public_timestamp")
    return published, updated


def _time(value: object, name: str, notes: stated.Notes, *, days: bool = True) -> When | None:
    """A time of the API. With `days`, midnight in the UK stands for the day: that is how it writes one."""
    when = notes.time(moments.read(string(value), f"{_BY}: {name}"))
    if days and when is not None and when.precision is Precision.MINUTE and when.value[10:16] == "T00:00":
        return replace(when, value=when.value[:10], precision=Precision.DAY)
    return when


def _times(details: Object, notice: Object, notes: stated.Notes) -> Iterator[NamedTime]:
    """Every other time that the details state, under its own name."""
    for given in (details, _object(details.get("metadata")), notice):
        for name, value in given.items():
            if (
                not isinstance(value, str)
                or name in _OWN_TIMES
                or name in _CLOCKS
                or not _TIME.fullmatch(value)
            ):
                continue
            when = _time(value, name, notes) if _TIME_NAME.fullmatch(name) else None
            if when is not None:
                yield NamedTime(name, when)


def _authors(details: Object, links: Object) -> tuple[str, ...]:
    people = [string(one.get("title")) for key in _AUTHORS for one in objects(links.get(key))]
    return stated.names([*people, string(details.get("speaker_without_profile"))])


def _credit(named: list[str], author: str | None) -> str | None:
    """The line "From:" of GOV.UK's page, and who spoke."""
    whole = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)
    return " · ".join(filter(None, (whole, author))) or None


def _moved_to(item: Object, details: Object, status: Status | None) -> str | None:
    redirects = objects(item.get("redirects")) if status is Status.REDIRECTED else []
    own = [one for one in redirects if one.get("path") == item.get("base_path")]
    target = (
        string((own or redirects)[0].get("destination"))
        if redirects
        else string(details.get("alternative_path"))
    )
    return stated.address(target, ORIGIN) if target else None


def _changes(details: Object, notes: stated.Notes) -> Iterator[ChangeNote]:
    """All change notes, in the order given; of a manual, with the section that each is about."""
    for one in (*objects(details.get("change_history")), *objects(details.get("change_notes"))):
        note = stated.plain(string(one.get("note")) or string(one.get("change_note")), markup=True)
        printed = string(one.get("public_timestamp")) or string(one.get("published_at"))
        when = _time(printed, "change note", notes, days=False)
        path = string(one.get("base_path"))
        yield ChangeNote(
            note, when, stated.name(string(one.get("title"))), stated.address(path, ORIGIN) if path else None
        )
    for key in ("change_description", "latest_change_note", "change_note"):
        note = stated.plain(string(details.get(key)), markup=True)
        if note and not details.get("change_history"):
            yield ChangeNote(note)


def _nations(details: Object) -> Iterator[str]:
    """The nations it applies to, where it says that there are some it does not apply to."""
    for key, one in _object(details.get("national_applicability")).items():
        if isinstance(one, dict) and one.get("applicable") is True:
            yield string(one.get("label")) or _NATIONS.get(key, key)


def _links(details: Object, links: Object) -> Iterator[Link]:
    """Links that stand beside the text: what it belongs to, and what it points to elsewhere."""
    for key in _RELATED:
        for one in objects(links.get(key)):
            href = stated.address(string(one.get("base_path")), ORIGIN) if one.get("base_path") else None
            if href is not None:
                yield Link(href, stated.plain(string(one.get("title"))))
    for one in objects(details.get("external_related_links")):
        href = stated.address(string(one.get("url")), ORIGIN) if one.get("url") else None
        if href is not None:
            yield Link(href, stated.plain(string(one.get("title"))))
