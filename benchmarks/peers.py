"""Readers of one HTML page: ours and, where they are installed, the libraries that people use today.

Each gives what it found as `Found`s. Ours gives one for each item; the peers give one for the page, for that is what
they do. A peer that is not installed is named as absent (`make setup-bench` installs them all).
"""

from __future__ import annotations

import importlib
import importlib.metadata
import io
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any, Final

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import read


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader says of an item or a page; "" where it says nothing. `date` is ISO 8601."""

    title: str = ""
    text: str = ""
    author: str = ""
    date: str = ""
    link: str = ""
    links: tuple[str, ...] = ()


Reader = Callable[[bytes], list[Found]]


@dataclass(frozen=True, slots=True)
class Peer:
    """A reader with its name and version; `read` is None where it is not installed."""

    name: str
    read: Reader | None
    fields: frozenset[str] = field(default=frozenset({"title", "author", "date", "text"}))
    """What it gives at all; a score of another field is no figure about it."""


OURS: Final = "almoner"


def ours(order: Order | None = None) -> Peer:
    """This project. `order` fixes the order of numeric dates."""

    def reader(content: bytes) -> list[Found]:
        try:
            items = read(Snapshot("page.html", content, MediaType.HTML), order=order).items
        except PipelineError:
            return []
        return [
            Found(
                item.title,
                item.text,
                " ".join(filter(None, (item.credit.author, item.credit.byline))),
                item.published.value if item.published else "",
                item.link or "",
                tuple(link.href for link in item.links),
            )
            for item in items
        ]

    return Peer(OURS, reader, frozenset({"title", "author", "date", "text", "link"}))


def page_readers(order: Order | None = None) -> Iterator[Peer]:
    """Ours first, then each peer that reads whole pages."""
    yield ours(order)
    yield _peer("trafilatura", "trafilatura", _trafilatura)
    yield _peer("newspaper4k", "newspaper", _newspaper)
    yield _peer("readability-lxml", "readability", _readability, frozenset({"title", "text"}))


def date_readers() -> Iterator[Peer]:
    """Ours, and the peers that date a page."""
    yield ours()
    yield _peer("htmldate", "htmldate", _htmldate, frozenset({"date"}))
    yield _peer("trafilatura", "trafilatura", _trafilatura, frozenset({"date"}))
    yield _peer("newspaper4k", "newspaper", _newspaper, frozenset({"date"}))


def _peer(
    package: str,
    module: str,
    build: Callable[[Any], Reader],
    fields: frozenset[str] = frozenset({"title", "author", "date", "text"}),
) -> Peer:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            library = importlib.import_module(module)
    except ImportError:
        return Peer(package, None, fields)
    # Their complaints about a page are theirs; here only what they find is counted.
    logging.getLogger(module).setLevel(logging.CRITICAL)
    return Peer(f"{package} {importlib.metadata.version(package)}", _quiet(build(library)), fields)


def _quiet(reader: Reader) -> Reader:
    def read_page(content: bytes) -> list[Found]:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                return reader(content)
            except Exception:  # a page that a peer cannot read counts as one in which it found nothing
                return []

    return read_page


def _trafilatura(library: Any) -> Reader:
    def reader(content: bytes) -> list[Found]:
        page = library.bare_extraction(content, with_metadata=True)
        if page is None:
            return []
        given = page if isinstance(page, dict) else page.as_dict()
        return [Found(given.get("title") or "", given.get("text") or "", given.get("author") or "",
                      given.get("date") or "", given.get("url") or "")]  # fmt: skip

    return reader


def _newspaper(library: Any) -> Reader:
    def reader(content: bytes) -> list[Found]:
        text = content.decode("utf-8", "replace")
        page = library.article("https://example.org/", input_html=text, language="en")
        dated = page.publish_date
        return [Found(page.title or "", page.text or "", " ".join(page.authors),
                      dated.isoformat() if hasattr(dated, "isoformat") else str(dated or ""))]  # fmt: skip

    return reader


def _readability(library: Any) -> Reader:
    from lxml import html

    def reader(content: bytes) -> list[Found]:
        page = library.Document(content.decode("utf-8", "replace"))
        summary = page.summary(html_partial=True)
        return [Found(page.short_title() or "", html.fromstring(summary).text_content() if summary else "")]

    return reader


def _htmldate(library: Any) -> Reader:
    def reader(content: bytes) -> list[Found]:
        return [Found(date=library.find_date(content, original_date=True) or "")]

    return reader
