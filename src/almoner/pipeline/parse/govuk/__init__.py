"""GOV.UK's Content API: any document of it, and the messages in which GOV.UK passes documents on.

One document is one item. The members of a collection or the sections of a manual stand in it as links: they are
documents of their own, with texts and dates that only their own addresses give.
"""

from __future__ import annotations

from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.model import Cut, Decision, Document, Finding, MediaType, Place
from almoner.pipeline.parse.govuk.record import LEAST_PUBLISHER, links_of, organisations, record
from almoner.pipeline.parse.json_values import MAX_RECORDS, Object, string

BY: Final = "the GOV.UK Content API"


def parse_content(source: str, content: Object) -> Document:
    """The document of one content item that was loaded. Any type is read, known or not."""
    return _document(source, [record(content, Place(pointer="#"))], [content])


def parse_contents(source: str, contents: list[Object]) -> Document:
    """The document of a list of content items."""
    records = [record(one, Place(pointer=f"#/{index}")) for index, one in enumerate(contents[:MAX_RECORDS])]
    left = len(contents) - len(records)
    findings: tuple[Finding, ...] = ()
    if left:
        message = f"The list has {len(contents):,} documents; the first {MAX_RECORDS:,} were read."
        findings = (finding("text_cut", message, Place(pointer=f"#/{MAX_RECORDS}")),)
    return _document(source, records, contents, findings)


def _document(
    source: str, records: list[Cut], contents: list[Object], findings: tuple[Finding, ...] = ()
) -> Document:
    first = contents[0]
    named = organisations(first, links_of(first))
    only = records[0].stated if len(records) == 1 else None
    kinds = sorted({string(one.get("document_type")) or string(one.get("schema_name")) for one in contents})
    return Document(
        source,
        MediaType.JSON,
        tuple(part.block for cut in records for part in cut.parts),
        title=only.title if only is not None else None,
        publisher=named[0] if named else LEAST_PUBLISHER,
        language=string(first.get("locale")) or None,
        address=(only.link or "") if only is not None else "",
        findings=findings,
        decisions=(Decision("parse", f"{BY}: {', '.join(kinds[:5])}", "it has a base path and a type"),),
        records=tuple(records),
    )
