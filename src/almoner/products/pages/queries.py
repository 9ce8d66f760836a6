"""Reads of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.html import strip_tags
from wagtail.models import Revision

from almoner.lib.written import is_followed
from almoner.products.pages.enums import Place
from almoner.products.pages.models import FormerPage, OfficePage, PictureSize
from almoner.products.pages.models.pages import ABOUT

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
    """A picture in one width: for readers only while a page that they see has it."""
    sizes = PictureSize.objects.filter(picture__key=key, width=width, form=form)
    return (sizes if for_editor else sizes.filter(picture__uses__page__live=True)).first()


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
