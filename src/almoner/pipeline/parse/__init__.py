"""Snapshot → Document, by format."""

from __future__ import annotations

from almoner.pipeline.errors import NotText, UnknownFormat
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import Document, MediaType, Snapshot
from almoner.pipeline.parse.containers import reader_of
from almoner.pipeline.parse.decode import decode
from almoner.pipeline.parse.formats import Format, format_of, is_mail
from almoner.pipeline.parse.packed import unpacked
from almoner.pipeline.ports import Seen

STAGE = "parse"


def parse(snapshot: Snapshot, order: Order | None = None, seen: Seen | None = None) -> Document:
    """The snapshot as blocks in reading order; with the records of a format that keeps them apart itself.

    `order` is the order of numeric dates, where a format's own fields hold such; None works it out from them. Records
    that were `seen` are passed over where the format can tell them apart before they are read (feeds).
    Raises `NotText` for bytes that are no text, `UnknownFormat` for XML, JSON, tables and archives that nothing
    here reads, `Malformed` for what is too damaged, `TooLarge` for what unpacks to too much; for PDF and Word files also `Locked`, `NoWords`, `TooLarge`,
    `TooCostly` and `ReaderDied`. An empty snapshot is a document without blocks.
    """
    if is_mail(snapshot.content, snapshot.media_type):
        from almoner.pipeline.parse.mail import parse_mail

        return parse_mail(snapshot.source, snapshot.content)
    reader = reader_of(snapshot)
    if reader is not None:
        from almoner.pipeline.parse.apart import read_apart

        return read_apart(snapshot.source, snapshot.content, reader, snapshot.address)
    decoded = decode(unpacked(snapshot.source, snapshot.content))
    if decoded is None:
        raise NotText(
            snapshot.source, STAGE, "is no text (a picture, an archive or a programme?).",
            advice="Text, HTML, PDF, Word (.docx), feeds, GOV.UK content, e-mail, WordPress exports, OPML and CSV can be read.",
        )  # fmt: skip
    return decoded.report(_document(snapshot, decoded.text, order, seen))


def parse_whole(snapshot: Snapshot) -> Document:
    """The snapshot as `parse` reads it, but plain text and Markdown word for word: nothing joined, nothing set aside.

    Raises what `parse` raises.
    """
    plain = snapshot.media_type is MediaType.TEXT
    decoded = decode(snapshot.content) if plain else None
    if decoded is None:
        return parse(snapshot)
    from almoner.pipeline.parse.paragraphs import parse_paragraphs

    return decoded.report(parse_paragraphs(snapshot.source, decoded.text, snapshot.address))


def _document(snapshot: Snapshot, text: str, order: Order | None, seen: Seen | None) -> Document:
    source, address = snapshot.source, snapshot.address
    # Each parser is imported when its format comes: reading text never waits for the HTML engine.
    match format_of(text, snapshot.media_type):
        case Format.HTML:
            from almoner.pipeline.parse.html import parse_html

            return parse_html(source, text, address)
        case Format.FEED:
            from almoner.pipeline.parse.feed import parse_feed

            return parse_feed(source, text, address, seen)
        case Format.WORDPRESS:
            from almoner.pipeline.parse.wordpress import parse_wordpress

            return parse_wordpress(source, text, address)
        case Format.SOURCES:
            from almoner.pipeline.parse.opml import parse_opml

            return parse_opml(source, text)
        case Format.SITEMAP:
            from almoner.pipeline.parse.sitemap import parse_sitemap

            return parse_sitemap(source, text, address)
        case Format.LEGISLATION:
            from almoner.pipeline.parse.legislation import parse_legislation

            return parse_legislation(source, text)
        case Format.AKOMA_NTOSO:
            from almoner.pipeline.parse.legislation import parse_akoma_ntoso

            return parse_akoma_ntoso(source, text)
        case Format.JSON:
            from almoner.pipeline.parse.json_data import parse_json

            document = parse_json(source, text, address, sure=snapshot.media_type is MediaType.JSON)
            if document is not None:
                return document
        case Format.TABLE:
            from almoner.pipeline.parse.table import parse_table

            return parse_table(source, text, order)
        case Format.UNKNOWN:
            raise UnknownFormat(
                source, STAGE, "is XML that nothing here reads.",
                advice="Feeds (RSS, Atom, RDF, CDF), sitemaps, legislation (CLML, Akoma Ntoso), WordPress exports and OPML can be read.",
            )  # fmt: skip
    if snapshot.media_type is None and (table := _unnamed_table(source, text, order)) is not None:
        return table
    from almoner.pipeline.parse.text import parse_text

    return parse_text(source, text, address)


def _unnamed_table(source: str, text: str, order: Order | None) -> Document | None:
    """A table that came without a name to say so, as through a pipe."""
    if not any(mark in text[:2_000] for mark in ",;\t|"):
        return None
    from almoner.pipeline.parse.table import looks_like_table, parse_table

    return parse_table(source, text, order) if looks_like_table(text) else None
