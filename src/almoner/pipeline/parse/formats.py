"""Which format a text is of: by what stands in it, and only then by what it is called."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from almoner.pipeline.model import MediaType
from almoner.pipeline.parse import xml


class Format(StrEnum):
    """What there is a parser for."""

    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    WORDPRESS = "wordpress export"
    SOURCES = "opml"
    SITEMAP = "sitemap"
    LEGISLATION = "clml"
    AKOMA_NTOSO = "akoma ntoso"
    JSON = "json"
    TABLE = "csv"
    UNKNOWN = "unknown"
    """XML whose root says nothing to us."""


_HEAD: Final = 65_536
_LOOKS_LIKE_HTML: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|article|main|table|p|h[1-6])\b",
                                     re.IGNORECASE | re.DOTALL)  # fmt: skip
_FEEDS: Final = frozenset({"rss", "rdf", "feed", "channel", "item", "entry"})
_BY_ROOT: Final = {
    "opml": Format.SOURCES,
    "urlset": Format.SITEMAP,
    "sitemapindex": Format.SITEMAP,
    "legislation": Format.LEGISLATION,
    "akomantoso": Format.AKOMA_NTOSO,
}
_WORDPRESS: Final = "http://wordpress.org/export/"


_MAY_BE_MAIL: Final = re.compile(rb"[\r\n]{0,10}(?:From |[!-9;-~]{1,100}[ \t]*:)")


def is_mail(content: bytes, media_type: MediaType | None) -> bool:
    """Whether the bytes are a message or a mailbox. Where neither name nor address says so, their header must."""
    if media_type is not None:
        return media_type is MediaType.MAIL
    if _MAY_BE_MAIL.match(content) is None:
        return False
    from almoner.pipeline.parse.mail import mbox  # only what begins like a message waits for its reader

    return mbox.is_mbox(content) or mbox.is_message(content)


def format_of(text: str, media_type: MediaType | None) -> Format:
    """The format of `text`. What a file is called decides alone only for plain text and tables."""
    if media_type is MediaType.TEXT:
        return Format.TEXT
    if media_type is MediaType.CSV:
        return Format.TABLE
    head = text[:_HEAD].lstrip()
    if head.startswith("<"):
        return _marked_up(text, head, media_type)
    if media_type is MediaType.JSON or head.startswith(("{", "[")):
        return Format.JSON
    if media_type is MediaType.XML and head:
        return Format.UNKNOWN
    return Format.HTML if media_type is MediaType.HTML else Format.TEXT


def _marked_up(text: str, head: str, media_type: MediaType | None) -> Format:
    root = xml.root_name(text)
    if root in _FEEDS:
        return Format.WORDPRESS if root == "rss" and _WORDPRESS in head else Format.FEED
    if root is not None and (named := _BY_ROOT.get(root)):
        return named
    if media_type is MediaType.HTML or root == "html" or _LOOKS_LIKE_HTML.match(head[:4096]):
        return Format.HTML
    if media_type is MediaType.XML or (head.startswith("<?xml") and root is not None):
        return Format.UNKNOWN
    return Format.TEXT
