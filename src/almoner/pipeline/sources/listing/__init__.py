"""Pages that list items: each new one is read on its own page, and the list's next pages while there is news."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.extract.cards import completed
from almoner.pipeline.model import Item, MediaType, Reading
from almoner.pipeline.ports import Known, Step, Wanted

LIST: Final = "list"
ITEM: Final = "item"
TITLE: Final = 3
"""Words from which a link's text may be a title: "Read more" is none."""
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
            return Step((completed(wanted.card, reading),)) if wanted.card else Step(reading.items)
        number = int(wanted.role.removeprefix(LIST))
        host = urlsplit(wanted.address).hostname
        items = [
            _alone(item, host) if number > 1 and len(reading.items) == 1 else item for item in reading.items
        ]
        links = {item.link for item in items if item.link and urlsplit(item.link).hostname == host}
        old = known(links)
        new = [item for item in items if item.link in links and item.link not in old]
        pages = tuple(
            Wanted(item.link, ITEM, MediaType.HTML, card=item, is_leaf=True) for item in new if item.link
        )
        following = reading.document.next_page
        if new and following and number < MOST_PAGES:
            pages = (*pages, Wanted(following, f"{LIST} {number + 1}", MediaType.HTML))
        return Step(tuple(item for item in items if item.link not in links), pages)


def _alone(item: Item, host: str | None) -> Item:
    """The item of a list's last page, on which it stands alone. Nothing repeats there, so that the page was read as
    one article: the item is what its one link with a title leads to."""
    titled = {
        link.href: link.text
        for link in item.links
        if urlsplit(link.href).hostname == host and len(link.text.split()) >= TITLE
    }
    if item.link or len(titled) != 1:
        return item
    ((link, title),) = titled.items()
    return replace(item, link=link, title=title, title_is_printed=True, text="", html="", summary="")


ADAPTER = ListingAdapter()
