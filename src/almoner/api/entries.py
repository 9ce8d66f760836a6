"""A feed's contents, before they take one of the three forms."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

from almoner.lib.listing import joined
from almoner.lib.prose import source_html, xml_text
from almoner.pipeline.model import Precision
from almoner.products.pages.pictures import MEDIA_TYPES
from almoner.products.pages.queries import Enclosed, enclosed
from almoner.records.catalogue import moments
from almoner.records.catalogue.models import Comment, Item
from almoner.records.search.shown import public_summary, public_title, public_words
from almoner.web.cards import also_at

IDENTITIES: Final = uuid.UUID("5f0f0c53-6b0e-5f0e-9b57-8f5d7a0c9a11")
"""The name space of entry ids, so that an id tells nothing and outlives a change of domain."""
NEVER_CHANGED: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries last changed. The clock would make each answer differ from the last."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ours with an entry: where it is, its media type, how many bytes, and what it shows."""

    address: str
    media_type: str
    size: int
    alternative: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in a feed. `html` is empty unless its licence lets the source's own words be shown, or we say something
    to it, which stands below them under our name.

    Of an item that names a child or victim there are neither its words nor the publisher's address, which may
    hold the name: readers keep what they fetched, and pass it on.

    `published` is there only if the publisher's date is exact to the day: feeds know no vaguer one.
    """

    id: str
    address: str
    external: str
    title: str
    summary: str
    html: str
    author: str
    categories: tuple[str, ...]
    published: datetime | None
    updated: datetime
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it is called, its own address, the page it belongs to, and its entries, newest first."""

    title: str
    description: str
    address: str
    page: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When one of its entries last changed; never the time of asking."""
        return max((entry.updated for entry in self.entries), default=NEVER_CHANGED)


def absolute(path: str) -> str:
    """A path of ours as a whole address. What a request says of its host is not asked."""
    return f"{settings.SITE_ADDRESS}{path}"


def entries(items: Sequence[Item]) -> tuple[Entry, ...]:
    """The entries of items whose publisher, categories and copies were fetched with them."""
    with_words = [item.pk for item in items if item.written_here or hasattr(item, "comment")]
    pictures = enclosed(with_words) if with_words else {}
    return tuple(_entry(item, pictures.get(item.pk)) for item in items)


def _entry(item: Item, picture: Enclosed | None) -> Entry:
    author = public_words(item, item.credit_author or item.credit_source or item.credit_outlet)
    title = public_title(item)
    shows_words = item.shows_full_text and not item.private_names
    elsewhere = also_at(item)
    summary = public_summary(item) or title
    html = source_html(item.html, item.text) if shows_words else ""
    if elsewhere and html:
        links = joined([format_html('<a href="{}">{}</a>', absolute(path), name) for name, path in elsewhere])
        html += f"<p>Also at {links}</p>"
    elif elsewhere:
        summary += f" Also at {joined([name for name, _ in elsewhere])}."
    if (comment := _comment(item)) and not item.private_names:
        html = (html or str(format_html("<p>{}</p>", summary))) + comment
    return Entry(
        id=uuid.uuid5(IDENTITIES, item.key).urn,
        address=absolute(item.get_absolute_url()),
        external="" if item.private_names else xml_text(item.link),
        title=xml_text(title),
        summary=xml_text(summary),
        html=xml_text(html),
        author=xml_text(author or (item.publisher.name if item.publisher else settings.SITE_NAME)),
        categories=tuple(xml_text(category.name) for category in item.categories.all()),
        published=_exact(item.published),
        updated=item.changed_at.astimezone(UTC).replace(microsecond=0),
        picture=_picture(picture) if picture and not item.private_names else None,
    )


def _picture(found: Enclosed) -> Picture:
    address = absolute(reverse("web:picture", args=[found.key, found.width, found.form]))
    return Picture(address, MEDIA_TYPES[found.form], found.size, xml_text(found.alternative))


def _comment(item: Item) -> str:
    """What we say to an item, under our name; "" if nothing."""
    found: Comment | None = getattr(item, "comment", None)
    if found is None:
        return ""
    by = format_html("<h3>Comment by {}</h3>", found.author or settings.SITE_NAME)
    return f"{by}{source_html(found.html, found.written)}"


def _exact(value: str) -> datetime | None:
    try:
        begins, precision = moments.read(value)
    except ValueError:
        return None
    local = begins.astimezone(moments.LONDON)
    return local if precision in {Precision.DAY, Precision.MINUTE} else None
