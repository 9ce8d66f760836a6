"""What GOV.UK's search API answers: a list of documents, each with its title, address, day and organisations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import moments
from almoner.pipeline.model import Cut, Decision, Document, Finding, MediaType, Place, Stated, Status
from almoner.pipeline.parse import content, stated
from almoner.pipeline.parse.govuk.kinds import KINDS, kind_of, status_of
from almoner.pipeline.parse.govuk.record import LEAST_PUBLISHER, ORIGIN
from almoner.pipeline.parse.json_values import MAX_RECORDS, Object, objects, string

BY: Final = "the GOV.UK Search API"
LAYOUT: Final = "search"
_TYPES: Final = ("content_store_document_type", "document_type", "format", "detailed_format")
_TOPICS: Final = (
    "taxons",
    "topics",
    "policy_areas",
    "mainstream_browse_pages",
    "topical_events",
    "specialist_sectors",
)


def are_results(answer: Object) -> bool:
    """Whether an object is an answer of a search: a list of results that lead somewhere."""
    results = answer.get("results")
    return isinstance(results, list) and all(
        isinstance(one, dict) and ("link" in one or "_id" in one or "web_url" in one) for one in results
    )


def parse_results(source: str, answer: Object, address: str = "") -> Document:
    """The document of a search's answer: each result is an item."""
    results = objects(answer.get("results"))
    records = [
        _record(one, Place(pointer=f"#/results/{index}")) for index, one in enumerate(results[:MAX_RECORDS])
    ]
    findings: tuple[Finding, ...] = ()
    if len(results) > MAX_RECORDS:
        message = f"The answer has {len(results):,} results; the first {MAX_RECORDS:,} were read."
        findings = (finding("text_cut", message, Place(pointer=f"#/results/{MAX_RECORDS}")),)
    total = answer.get("total")
    of_all = f" of {total:,}" if isinstance(total, int) else ""
    return Document(
        source,
        MediaType.JSON,
        tuple(part.block for cut in records for part in cut.parts),
        publisher=LEAST_PUBLISHER,
        address=address,
        findings=findings,
        decisions=(Decision("parse", f"{BY}: {len(records)} results{of_all}", "it has a list of results"),),
        records=tuple(records),
    )


def _record(result: Object, place: Place) -> Cut:
    notes = stated.Notes(place)
    path = string(result.get("link")) or string(result.get("web_url")) or string(result.get("_id"))
    link = stated.address(path, ORIGIN) if path else None
    document_type = next(filter(None, (_word(result.get(key)) for key in _TYPES)), "")
    description = stated.plain(
        string(result.get("description_with_highlighting")), markup=True
    ) or stated.plain(string(result.get("description")), markup=True)
    named = stated.names(_titles(result.get("organisations")))
    status = status_of(document_type, "", withdrawn=result.get("is_withdrawn") is True)
    says = Stated(
        by=BY,
        title=notes.title(string(result.get("title"))),
        stand_in=path,
        link=link,
        id=stated.name(string(result.get("content_id")) or string(result.get("_id"))),
        published=notes.time(
            moments.read(string(result.get("first_published_at")), f"{BY}: first_published_at")
        ),
        updated=notes.time(moments.read(string(result.get("public_timestamp")), f"{BY}: public_timestamp")),
        effective=notes.time(
            moments.read(string(result.get("release_timestamp")), f"{BY}: release_timestamp")
        ),
        opens=notes.time(moments.read(string(result.get("opening_date")), f"{BY}: opening_date")),
        closes=notes.time(moments.read(string(result.get("closing_date")), f"{BY}: closing_date")),
        source=named[0] if named else None,
        credit_as_printed=", ".join(named) or None,
        categories=stated.names(title for key in _TOPICS for title in _titles(result.get(key))),
        summary=description or None,
        kind=kind_of(document_type) if document_type in KINDS else None,
        status=status if status is not Status.UPCOMING else None,
        findings=tuple(notes.findings),
    )
    return stated.record(
        says, place, LAYOUT, content.of_text(description, place).blocks if description else ()
    )


def _word(value: object) -> str:
    return string(value).strip().lower().replace(" ", "_")


def _titles(value: Any) -> Iterator[str]:
    """Names of what a result belongs to, given whole or by its title alone; identifiers are none."""
    for one in value if isinstance(value, list) else []:
        if isinstance(one, dict):
            yield string(one.get("title"))
        elif isinstance(one, str) and " " in one:
            yield one
