"""What columns of a library's table are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from almoner.pipeline.model import Kind


class Column(StrEnum):
    """What a column holds."""

    TITLE = "title"
    LINK = "link"
    PUBLISHED = "published"
    UPDATED = "updated"
    ADDED = "added"
    EFFECTIVE = "effective"
    OPENS = "opens"
    CLOSES = "closes"
    CATEGORY = "category"
    SUMMARY = "summary"
    TEXT = "text"
    AUTHOR = "author"
    SOURCE = "source"
    KIND = "kind"
    ID = "id"
    LICENCE = "licence"


# The surest names first: where two columns could be the title, the one called so is it.
_NAMES: Final = {
    Column.TITLE: "title|name|headline|document title|resource title|document name|resource name|item|document|resource|subject|heading",
    Column.LINK: "link|url|web address|address|web link|weblink|website|web site|hyperlink|permalink|href|uri|web page|webpage|page url|link to resource|source url|location",
    Column.PUBLISHED: "published|date published|publication date|published date|published on|date of publication|pub date|pubdate|issued|date issued|issue date|release date|date|year",
    Column.UPDATED: "updated|date updated|last updated|updated on|last updated on|modified|date modified|last modified|revised|date revised|last revised|last changed|reviewed|last reviewed",
    Column.ADDED: "added|date added|added on|date of entry|date entered|created|date created|date uploaded|uploaded|entered|timestamp",
    Column.EFFECTIVE: "effective|effective date|effective from|in force|in force from|date in force|comes into force|applies from|valid from",
    Column.OPENS: "opens|opening date|opens on|start date|starts",
    Column.CLOSES: "closes|closing date|closes on|deadline|end date|ends|valid until|expires|expiry date|close date|response deadline",
    Column.CATEGORY: "category|categories|topic|topics|theme|themes|tag|tags|keyword|keywords|subject area|subject areas|subjects|section|subject",
    Column.SUMMARY: "summary|description|abstract|teaser|excerpt|synopsis|overview|short description|about",
    Column.TEXT: "text|body|content|full text|article|details|notes|comment|comments",
    Column.AUTHOR: "author|authors|by|written by|writer|creator|author s",
    Column.SOURCE: "source|publisher|organisation|organization|published by|publishing organisation|publishing body|provider|issued by|from|body|source organisation|owner|issuer",
    Column.KIND: "kind|type|document type|resource type|item type|content type|media type|type of resource|type of document",
    Column.ID: "id|identifier|reference|ref|reference number|ref no|guid|uid|number|isbn|doi",
    Column.LICENCE: "licence|license|rights|copyright",
}  # fmt: skip
_BY_NAME: Final = {column: tuple(names.split("|")) for column, names in _NAMES.items()}
_MARKS: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 60

KINDS: Final = {
    **{kind.value: kind for kind in Kind},
    "article": Kind.NEWS, "blog": Kind.NEWS, "blog post": Kind.NEWS, "press release": Kind.NEWS, "news story": Kind.NEWS,
    "statutory guidance": Kind.GUIDANCE, "practice guidance": Kind.GUIDANCE, "policy": Kind.GUIDANCE, "legislation": Kind.GUIDANCE,
    "act": Kind.GUIDANCE, "standard": Kind.GUIDANCE, "procedure": Kind.GUIDANCE, "code of practice": Kind.GUIDANCE,
    "call for evidence": Kind.CONSULTATION, "survey": Kind.CONSULTATION,
    "statistic": Kind.STATISTICS, "data": Kind.STATISTICS, "dataset": Kind.STATISTICS,
    "report": Kind.RESOURCE, "research": Kind.RESOURCE, "toolkit": Kind.RESOURCE, "tool": Kind.RESOURCE, "video": Kind.RESOURCE,
    "leaflet": Kind.RESOURCE, "book": Kind.RESOURCE, "form": Kind.RESOURCE, "template": Kind.RESOURCE, "website": Kind.RESOURCE,
    "training": Kind.COURSE, "webinar": Kind.COURSE, "workshop": Kind.COURSE, "e learning": Kind.COURSE,
    "conference": Kind.EVENT, "seminar": Kind.EVENT,
}  # fmt: skip
"""What libraries call kinds of things → ours."""


def columns_of(cells: Sequence[str]) -> tuple[Column | None, ...] | None:
    """The meaning of each cell of a heading row; None where the row is no heading.

    A heading names a title or an address and at least one thing more, unless the table has one column. Two columns
    of one meaning are allowed for categories only; else the surer name has it.
    """
    names = [_MARKS.sub(" ", cell.lower()).strip() if len(cell) <= _LONGEST else "" for cell in cells]
    found: list[Column | None] = [None] * len(names)
    for column, known in _BY_NAME.items():
        places = [
            (known.index(name), at) for at, name in enumerate(names) if name in known and found[at] is None
        ]
        places.sort()
        for _, at in places if column is Column.CATEGORY else places[:1]:
            found[at] = column
    meant = [column for column in found if column is not None]
    if not {Column.TITLE, Column.LINK} & set(meant):
        return None
    filled = sum(bool(name) for name in names)
    return tuple(found) if len(meant) >= 2 or filled == 1 else None
