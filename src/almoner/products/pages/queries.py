"""Reads of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Length
from django.utils.html import strip_tags
from wagtail.models import Revision

from almoner.lib.written import is_followed
from almoner.products.pages.enums import Place
from almoner.products.pages.models import FormerPage, ItemPicture, OfficePage, PictureSize, PictureUse
from almoner.products.pages.models.pages import ABOUT
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item

FOR_FEEDS: Final = 960
"""Pixels across of a picture in a feed, at most."""
_NO_WORDS: Final = frozenset({"id", "type", "level", "known", "number", "item", "picture", "address"})
"""Parts of blocks that hold no words of the page."""
_HREF: Final = re.compile(r'<a [^>]*href="([^"]*)"')


def shown_pages() -> QuerySet[OfficePage]:
    """The pages that readers see, in their order."""
    return OfficePage.objects.filter(live=True)


def listed_pages() -> list[OfficePage]:
    """The pages that every page leads to, in their order: those at the foot, of which some are in the menu too."""
    return list(shown_pages().exclude(place=Place.NOWHERE).exclude(slug=ABOUT).defer("body", "private_names"))


def scheduled() -> QuerySet[Revision]:
    """The drafts of pages that are to be published at a moment."""
    of_pages = ContentType.objects.get_for_model(OfficePage)
    found: QuerySet[Revision] = Revision.objects.filter(
        base_content_type=of_pages, approved_go_live_at__isnull=False
    )
    return found


def page_at(slug: str) -> OfficePage | None:
    """The page at an address, or the one that was there, whether readers see it or not."""
    found = OfficePage.objects.filter(slug=slug).first()
    if found is None:
        former = FormerPage.objects.filter(slug=slug).select_related("page").first()
        return former.page if former else None
    return found


def about_page() -> OfficePage | None:
    """What the office says about itself, if it does."""
    return shown_pages().filter(slug=ABOUT).first()


def pages_below(page: OfficePage) -> list[OfficePage]:
    """The pages that are parts of this one and that readers see."""
    return list(shown_pages().filter(under=page))


def size_of(key: str, width: int, form: str, *, for_editor: bool) -> PictureSize | None:
    """A picture in one width: for readers only while a page or an item that they see has it."""
    sizes = PictureSize.objects.filter(picture__key=key, width=width, form=form)
    if for_editor:
        return sizes.first()
    on_page = PictureUse.objects.filter(picture=OuterRef("picture"), page__live=True)
    with_item = shown_with_items().filter(picture=OuterRef("picture"))
    return sizes.filter(Exists(on_page) | Exists(with_item)).first()


def shown_with_items() -> QuerySet[ItemPicture]:
    """The pictures that readers see with items: with what we wrote, and with comments that stand there."""
    is_with_words = Q(item__written_here=True) | Q(item__comment__isnull=False)
    return ItemPicture.objects.filter(is_with_words, item__status=Status.PUBLISHED)


def picture_with(item: Item) -> ItemPicture | None:
    """The picture that was put with an item, with its sizes, whether readers see it or not."""
    sizes = Prefetch("picture__sizes", PictureSize.objects.defer("content"))
    return ItemPicture.objects.filter(item=item).select_related("picture").prefetch_related(sizes).first()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A picture as feeds tell of it: its key, width and form ("jpg" or "png"), how many bytes, and what it shows."""

    key: str
    width: int
    form: str
    size: int
    alternative: str


def enclosed(items: Iterable[int]) -> dict[int, Enclosed]:
    """Of these items (primary keys), the pictures that readers see with them, in the widest form for a small screen. One
    query."""
    rows = (
        shown_with_items()
        .filter(item__in=list(items), picture__sizes__width__lte=FOR_FEEDS)
        .order_by("picture__sizes__width")
        .values_list(
            "item", "picture__key", "picture__sizes__width", "picture__sizes__form",
            Length("picture__sizes__content"), "alternative",
        )
    )  # fmt: skip
    return {item: Enclosed(*rest) for item, *rest in rows}


def words_of(page: OfficePage) -> str:
    """All words of a page as plain text, a line a piece."""
    return "\n".join(filter(None, (page.title, page.lead, *_words(page.body.get_prep_value()))))


def links_of(page: OfficePage) -> list[str]:
    """Where a page leads, each address once, without the place on the page that it names."""
    found = _links(page.body.get_prep_value())
    whole = dict.fromkeys(address.partition("#")[0] for address in found)
    return [address for address in whole if address and is_followed(address)]


def _links(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (unescape(href) for href in _HREF.findall(value))
    elif isinstance(value, dict):
        for name, part in value.items():
            if name == "address" and isinstance(part, str):
                yield part
            else:
                yield from _links(part)
    elif isinstance(value, list):
        for part in value:
            yield from _links(part)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield unescape(strip_tags(value.replace("</p>", "</p>\n").replace("</li>", "</li>\n"))).strip()
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_WORDS:
                yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
