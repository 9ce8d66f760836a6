"""Pages that list items: each new one is read on its own page, and the list's next pages while there is news."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.model import Item, MediaType, Reading
from almoner.pipeline.ports import Known, Step, Wanted

LIST: Final = "list"
ITEM: Final = "item"
MOST_PAGES: Final = 5
"""Pages of a list that one check goes through."""


class ListingAdapter:
    """A page whose items have pages of their own."""

    def first(self, address: str) -> tuple[Wanted, ...]:
        """The list."""
        return (Wanted(address, f"{LIST} 1", MediaType.HTML),)

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:
        """From a list: the pages of the items that are new, and the next page if any were; items without a page of
        their own as they stand. From an item's page: the item, with what only its card said."""
        if wanted.role == ITEM:
            return Step((_whole(wanted.card, reading),)) if wanted.card else Step(reading.items)
        host = urlsplit(wanted.address).hostname
        links = {item.link for item in reading.items if item.link and urlsplit(item.link).hostname == host}
        old = known(links)
        new = [item for item in reading.items if item.link in links and item.link not in old]
        pages = tuple(Wanted(item.link, ITEM, MediaType.HTML, card=item) for item in new if item.link)
        number = int(wanted.role.removeprefix(LIST))
        following = reading.document.next_page
        if new and following and number < MOST_PAGES:
            pages = (*pages, Wanted(following, f"{LIST} {number + 1}", MediaType.HTML))
        return Step(tuple(item for item in reading.items if item.link not in links), pages)


def _whole(card: Item, reading: Reading) -> Item:
    """The item of a page, completed from its card. A page on which the card's item cannot be told is not trusted
    over the card."""
    page = reading.items[0] if len(reading.items) == 1 else _by_title(card, reading)
    if page is None or not page.text.strip():
        return card
    return replace(
        page,
        link=card.link,
        title=page.title if page.title_is_printed else card.title,
        title_is_printed=page.title_is_printed or card.title_is_printed,
        published=page.published or card.published,
        summary=card.summary or page.summary,
        categories=tuple(dict.fromkeys((*card.categories, *page.categories))),
    )


def _by_title(card: Item, reading: Reading) -> Item | None:
    wanted = card.title.casefold().split()
    return next((item for item in reading.items if item.title.casefold().split() == wanted), None)


ADAPTER = ListingAdapter()
