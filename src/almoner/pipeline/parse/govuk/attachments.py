"""The files and pages that belong to a GOV.UK document: as data, or as the mark-up of older documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from almoner.pipeline.model import Attachment
from almoner.pipeline.parse import stated
from almoner.pipeline.parse.json_values import Object, objects, string

_BOX: Final = re.compile(
    r"<section\b[^<>]{0,500}\bclass=[\"'][^\"'<>]{0,200}\battachment\b[^<>]{0,500}>(?:(?!</?section\b).)*+</section>",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP_KEYS: Final = (
    "documents", "final_outcome_documents", "public_feedback_documents", "outcome_documents",
)  # fmt: skip
_TYPES: Final = {
    "pdf": "application/pdf",
    "html": "text/html",
    "csv": "text/csv",
    "ms word document": "application/msword",
    "ms excel spreadsheet": "application/vnd.ms-excel",
    "ms powerpoint presentation": "application/vnd.ms-powerpoint",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "opendocument text": "application/vnd.oasis.opendocument.text",
    "opendocument spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "zip": "application/zip",
}
_SIZE: Final = re.compile(r"([\d.,]{1,12})\s*(bytes?|kb|mb|gb)", re.IGNORECASE)
_UNITS: Final = {"b": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
_NUMBER: Final = re.compile(r"\d{1,6}")
_PAGES: Final = re.compile(r"(\d{1,6}) pages?")
_REFERENCES: Final = ("unique_reference", "command_paper_number", "hoc_paper_number", "isbn")


def attachments(details: Object, base: str) -> tuple[Attachment, ...]:
    """All attachments that the details name, each address once, in the order given."""
    found: dict[str, Attachment] = {}
    for attachment in (*_listed(details, base), *_marked_up(details, base)):
        found.setdefault(attachment.href, attachment)
    return tuple(found.values())


def without_boxes(markup: str, base: str) -> str:
    """`markup` with each attachment's box as one line with its link: the box repeats the same words each time."""

    def line(box: re.Match[str]) -> str:
        attachment = _from_box(box[0], base)
        if attachment is None:
            return ""
        return f'<p><a href="{stated.escaped(attachment.href)}">{stated.escaped(attachment.title)}</a></p>'

    return _BOX.sub(line, markup) if "attachment" in markup else markup


def _listed(details: Object, base: str) -> Iterator[Attachment]:
    files = objects(details.get("attachments"))
    document = details.get("document")
    if isinstance(document, dict):
        files = [*files, document]
    for file in files:
        reference = next(filter(None, (string(file.get(key)) for key in _REFERENCES)), "")
        found = stated.attachment(
            stated.address(string(file.get("url")), base),
            string(file.get("title")) or string(file.get("filename")),
            string(file.get("content_type"))
            or ("text/html" if file.get("attachment_type") == "html" else ""),
            file.get("file_size"),
            file.get("number_of_pages"),
            reference,
        )
        if found is not None:
            yield found
    ways = details.get("ways_to_respond")
    extra = [string(ways.get("attachment_url"))] if isinstance(ways, dict) else []
    for address in (*extra, string(details.get("poster_url"))):
        found = stated.attachment(stated.address(address, base))
        if found is not None:
            yield found


def _marked_up(details: Object, base: str) -> Iterator[Attachment]:
    texts: list[str] = []
    for key in _MARKUP_KEYS:
        given = details.get(key)
        texts.extend(one for one in given if isinstance(one, str)) if isinstance(given, list) else None
    texts.append(string(details.get("body")))
    for text in texts:
        if "attachment" not in text:
            continue
        for box in _BOX.finditer(text):
            found = _from_box(box[0], base)
            if found is not None:
                yield found
        if "attachment-inline" in text or "attachment-link" in text:
            yield from _within(text, base)


def _within(markup: str, base: str) -> Iterator[Attachment]:
    """The attachments that a sentence links to."""
    from selectolax.lexbor import LexborHTMLParser

    for box in LexborHTMLParser(markup).css(".attachment-inline, .gem-c-attachment-link"):
        link = box.css_first("a[href]")
        if link is not None:
            found = stated.attachment(
                stated.address(link.attributes.get("href") or "", base), link.text(), *_described(box.text())
            )
            if found is not None:
                yield found


def _described(printed: str) -> tuple[str, int | None, str | None]:
    """Type, size and pages as they stand behind a link: "(PDF, 277KB, 12 pages)"."""
    kind = next(
        (media for name, media in _TYPES.items() if re.search(rf"\b{name}\b", printed, re.IGNORECASE)), ""
    )
    pages = _PAGES.search(printed)
    return kind, _size(printed), pages[1] if pages is not None else None


def _from_box(markup: str, base: str) -> Attachment | None:
    from selectolax.lexbor import LexborHTMLParser

    box = LexborHTMLParser(markup)

    def text(selector: str) -> str:
        node = box.css_first(selector)
        return node.text() if node is not None else ""

    link = box.css_first(
        ".title a[href], .gem-c-attachment__title a[href], .download a[href]"
    ) or box.css_first("a[href]")
    if link is None:
        return None
    title = text(".title") or text(".gem-c-attachment__title") or link.text()
    metadata = text(".metadata") or text(".gem-c-attachment__metadata")
    pages = _NUMBER.search(text(".page-length")) or _PAGES.search(metadata)
    return stated.attachment(
        stated.address(link.attributes.get("href") or "", base),
        title,
        _TYPES.get(" ".join((text(".type") or text(".gem-c-attachment__attribute")).lower().split()), ""),
        _size(text(".file-size") or metadata),
        pages[0].split()[0] if pages is not None else None,
        text(".unique_reference"),
    )


def _size(printed: str) -> int | None:
    """Bytes, as exact as they are printed: "277KB" may be off by half a kilobyte."""
    found = _SIZE.search(printed)
    if found is None:
        return None
    try:
        return int(float(found[1].replace(",", "")) * _UNITS[found[2][0].lower()])
    except ValueError:
        return None
