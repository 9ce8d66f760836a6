"""JSON told apart by its keys: a feed, GOV.UK content, search results."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from almoner.pipeline.errors import Malformed, UnknownFormat
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Document, Place
from almoner.pipeline.parse.json_values import Loaded, Object, is_list_of_objects, load, string

STAGE: Final = "parse"


def parse_json(source: str, text: str, address: str, *, sure: bool) -> Document | None:
    """The document in `text`: a JSON Feed, GOV.UK content or search results.

    Raises `UnknownFormat` for any other JSON and `Malformed` for what is none. Where it is not `sure` that it is
    JSON at all, None takes the place of both.
    """
    loaded = load(text)
    value = loaded.value
    document: Document | None = None
    if isinstance(value, dict):
        if "jsonfeed.org" in string(value.get("version")):
            from almoner.pipeline.parse.feed.json_feed import parse_json_feed

            document = parse_json_feed(source, value, address)
        elif _is_content(value):
            from almoner.pipeline.parse.govuk import parse_content

            document = parse_content(source, value)
        elif "results" in value:
            from almoner.pipeline.parse.govuk.search import are_results, parse_results

            document = parse_results(source, value, address) if are_results(value) else None
    elif is_list_of_objects(value) and all(map(_is_content, value)):
        from almoner.pipeline.parse.govuk import parse_contents

        document = parse_contents(source, value)
    if document is not None:
        return _report(document, loaded)
    if not sure:
        return None
    if loaded.broken:
        raise Malformed(
            source,
            STAGE,
            f"is no whole JSON: {loaded.broken}.",
            advice="Fetch it again; it may have been cut off.",
        )
    raise UnknownFormat(
        source, STAGE, "is JSON that nothing here reads.",
        advice="JSON Feed and what GOV.UK's content and search APIs give can be read.",
    )  # fmt: skip


def _is_content(value: Object) -> bool:
    """Whether it is a document of the GOV.UK Content API, or a message that carries one."""
    return "base_path" in value and ("document_type" in value or "schema_name" in value)


def _report(document: Document, loaded: Loaded) -> Document:
    if not loaded.broken:
        return document
    last = document.records[-1].place if document.records else Place(pointer="#")
    note = finding(
        "markup_mended", f"The JSON is broken ({loaded.broken}); the entries before that were read.", last
    )
    return replace(document, findings=(*document.findings, note))
