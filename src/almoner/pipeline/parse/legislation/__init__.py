"""A law in CLML, the Crown Legislation Markup Language of legislation.gov.uk (legislation.gov.uk/schema), or in Akoma
Ntoso, in which it and many parliaments give laws: its own dates, extent and parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from almoner.pipeline.lines import moments
from almoner.pipeline.model import (
    Attachment,
    Decision,
    Document,
    Kind,
    MediaType,
    NamedTime,
    Place,
    Stated,
    When,
)
from almoner.pipeline.parse import content, stated
from almoner.pipeline.parse.legislation.akoma_ntoso import AkomaNtosoReader
from almoner.pipeline.parse.legislation.markup import Law, read_law

ORIGIN: Final = "https://www.legislation.gov.uk"
PUBLISHER: Final = "legislation.gov.uk"
BY: Final = "legislation.gov.uk"
AKOMA_NTOSO: Final = "Akoma Ntoso"
LAYOUT: Final = "legislation"
_MADE: Final = ("enacted", "made")
_IN_FORCE: Final = "in_force"
_NATIONS: Final = {
    "E": "England",
    "W": "Wales",
    "S": "Scotland",
    "N.I.": "Northern Ireland",
    "NI": "Northern Ireland",
}


def parse_legislation(source: str, text: str) -> Document:
    """The document of one law in CLML, as one item. What is damaged is read as far as it goes, with a finding."""
    return _document(source, text, read_law(text), BY, "its root is Legislation")


def parse_akoma_ntoso(source: str, text: str) -> Document:
    """The same of one law in Akoma Ntoso; whose it is says its address."""
    return _document(source, text, read_law(text, AkomaNtosoReader()), AKOMA_NTOSO, "its root is akomaNtoso")


def _document(source: str, text: str, law: Law, by: str, why: str) -> Document:
    place = Place(1, text.count("\n") + 1)
    notes = stated.Notes(place)
    for code, message in law.findings:
        notes.add(code, message)
    link = stated.address(law.said("address").replace("http://", "https://", 1), ORIGIN)
    publisher = PUBLISHER if by == BY or (link or "").startswith(f"{ORIGIN}/") else None
    body = notes.content(content.of_markup(stated.scrubbed(law.body), link or ORIGIN, place))
    times = tuple(_times(law, notes, by))
    description = stated.plain(law.said("description"))
    record = stated.record(
        Stated(
            by=by,
            title=notes.title(law.said("title")),
            stand_in=link,
            link=link,
            id=stated.name(law.said("id")),
            published=_first(times, _MADE),
            updated=notes.time(moments.read(law.said("modified"), f"{by}: modified")),
            effective=_first(times, (_IN_FORCE,)),
            times=times,
            source=publisher,
            categories=stated.names(subject.partition(",")[0].capitalize() for subject in law.subjects),
            summary=description or None,
            kind=Kind.GUIDANCE,
            attachments=tuple(_files(law)),
            applies_to=tuple(_nations(law.said("extent"))),
            html=body.html or None,
            findings=tuple(notes.findings),
        ),
        place,
        LAYOUT,
        body.blocks,
    )
    return Document(
        source,
        MediaType.XML,
        tuple(part.block for part in record.parts),
        title=record.stated.title if record.stated else None,
        publisher=publisher,
        language=law.said("language") or None,
        address=link or "",
        decisions=(Decision("parse", f"{by}: {law.said('type') or 'a law'}", why),),
        records=(record,),
    )


def _times(law: Law, notes: stated.Notes, by: str) -> Iterator[NamedTime]:
    """When it was made or enacted, laid, and comes into force, the earliest first of each."""
    for name, printed in sorted(law.dates):
        when = notes.time(moments.read(printed, f"{by}: {name}"))
        if when is not None:
            yield NamedTime(name, when)


def _first(times: tuple[NamedTime, ...], names: tuple[str, ...]) -> When | None:
    return next((time.when for time in times if time.name in names), None)


def _files(law: Law) -> Iterator[Attachment]:
    for href, title, size in law.files:
        file = stated.attachment(
            stated.address(href.replace("http://", "https://", 1), ORIGIN), title, size=size
        )
        if file is not None:
            yield file


def _nations(extent: str) -> list[str]:
    """ "E+W+S+N.I." as the names of nations."""
    return [_NATIONS[part] for part in extent.split("+") if part in _NATIONS]
