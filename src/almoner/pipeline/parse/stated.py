"""What structured formats state, cleaned one way for all of them, and made into records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines.moments import Moment
from almoner.pipeline.model import (
    Attachment,
    Block,
    BlockKind,
    Cut,
    Decision,
    Finding,
    Link,
    Part,
    Place,
    Role,
    Stated,
    When,
)
from almoner.pipeline.page import addresses
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.tracking import untracked
from almoner.pipeline.parse import content
from almoner.pipeline.parse.content import Content

MAX_TITLE: Final = 1_000
"""Characters of a title; longer ones are text that stands in the wrong field."""
MAX_NAME: Final = 500
MAX_NAMES: Final = 100
ELLIPSIS: Final = "…"
_INVISIBLE: Final = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u180b-\\u180e\\u200b\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]"
)
"""What shows nothing; but joiners and marks of direction stay, which Persian, Arabic and Hebrew need."""


class Notes:
    """The findings of one record, gathered while its fields are read."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.findings: list[Finding] = []

    def add(self, code: str, message: str) -> None:
        """Note what an editor should look at."""
        self.findings.append(finding(code, message, self.place))

    def time(self, moment: Moment | None) -> When | None:
        """The time itself; what is wrong with it is noted."""
        if moment is None:
            return None
        if moment.code:
            self.add(moment.code, moment.problem)
        return moment.when

    def title(self, raw: str, *, markup: bool = False) -> str | None:
        """A title as plain text, cut if it is a whole text; None where there is none."""
        text = plain(raw[: content.MAX_MARKUP], markup=markup)
        if len(text) > MAX_TITLE:
            self.add("title_cut", f"The title has {len(text):,} characters and was cut to {MAX_TITLE:,}.")
            text = text[: MAX_TITLE - 1].rstrip() + ELLIPSIS
        return text or None

    def content(self, read: Content) -> Content:
        """The content itself; that it was cut is noted."""
        if read.cut:
            self.add("text_cut", "The text was too long or too deep to be read whole.")
        return read


def plain(raw: str, *, markup: bool = False) -> str:
    """One line of plain text; tags and entities are resolved where `raw` is mark-up."""
    if markup and ("<" in raw or "&" in raw):
        raw = " ".join(block.raw for block in content.of_markup(raw, "", Place()).blocks)
    text = " ".join(scrubbed(raw).split())
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


def scrubbed(raw: str) -> str:
    """Text without halves of surrogate pairs, which JSON and broken references can smuggle in."""
    return raw if raw.isascii() else raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def escaped(text: str) -> str:
    """Plain text, as it stands in mark-up."""
    return escape(plain(text))


def name(raw: str) -> str | None:
    """A short value, such as a person's or a category's name; None where there is none."""
    text = plain(raw[: 10 * MAX_NAME])
    return text[:MAX_NAME] or None


def names(raws: Iterable[str]) -> tuple[str, ...]:
    """Short values, each once, in order."""
    found = dict.fromkeys(text for raw in raws if (text := name(raw)))
    return tuple(found)[:MAX_NAMES]


def address(raw: str, base: str) -> str | None:
    """A web address, absolute and without tracking; None for anything else."""
    found = untracked(addresses.absolute(clean(scrubbed(raw)) if raw else "", base))
    return found if found.startswith(("http://", "https://")) else None


def record(
    stated: Stated, place: Place, layout: str, blocks: Iterable[Block] = (), links: Iterable[Link] = ()
) -> Cut:
    """The record that a format states, with its text as blocks. `links` are further ones, beside the text's."""
    parts: list[Part] = []
    if stated.title is not None:
        own = (Link(stated.link, stated.title),) if stated.link else ()
        title = Block(BlockKind.HEADING, stated.title, place, raw=stated.title, level=2, links=own)
        parts.append(Part(Role.TITLE, title))
    parts.extend(Part(Role.BODY, block) for block in blocks)
    further = (*links, *(Link(file.href, file.title) for file in stated.attachments))
    parts.extend(
        Part(Role.METADATA, Block(BlockKind.PARAGRAPH, link.text, place, links=(link,))) for link in further
    )
    why = "the format keeps its records apart itself"
    return Cut(
        tuple(parts),
        place,
        layout,
        (),
        stated.link,
        (Decision("split", f"a record of {stated.by}", why),),
        stated,
    )


def attachment(
    href: str | None,
    title: str = "",
    media_type: str = "",
    size: object = None,
    pages: object = None,
    reference: str = "",
) -> Attachment | None:
    """A file that belongs to a record; None where it has no address."""
    if href is None:
        return None
    return Attachment(
        href, name(title) or "", name(media_type), whole_number(size), whole_number(pages), name(reference)
    )


def whole_number(value: object) -> int | None:
    """A size or count, where `value` is one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 < value < 10**15 else None
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) <= 15:
        return int(value) or None
    return None
