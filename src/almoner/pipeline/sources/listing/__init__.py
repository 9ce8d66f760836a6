"""Pages that list items: each new one is read on its own page, and the list's next pages while there is news. A page is
read again once the list shows it with another title or date."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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
_ALL: Final = 4
"""If so many known entries or more have all changed at once, the list is shown otherwise, which says nothing of them."""


class ListingAdapter:
    """A page whose items have pages of their own."""

    def first(self, address: str) -> tuple[Wanted, ...]:
        """The list."""
        return (Wanted(address, f"{LIST} 1", MediaType.HTML),)

    def step(self, wanted: Wanted, reading: Reading, known: Known) -> Step:
        """From a list: the pages of the items that are new or whose entry has changed, and the next page if any were new;
        items without a page of their own as they stand. From an item's page: the item, with what only its card said."""
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
        changed, unmarked = _changed([item for item in items if item.link in old], old)
        pages = tuple(_page(item) for item in (*new, *changed))
        following = reading.document.next_page
        if new and following and number < MOST_PAGES:
            pages = (*pages, Wanted(following, f"{LIST} {number + 1}", MediaType.HTML))
        return Step(
            tuple(item for item in items if item.link not in links),
            pages,
            tuple(_page(item) for item in unmarked),
        )


def _page(item: Item) -> Wanted:
    assert item.link
    return Wanted(item.link, ITEM, MediaType.HTML, card=item, is_leaf=True, mark=_mark(item))


def _mark(card: Item) -> str:
    """What the list says of an item: its title and its dates. Its words are none of it: lists draw them at random, or
    count readers in them."""
    times = (when.value for when in (card.published, card.updated) if when is not None)
    return hashlib.sha256("\n".join((card.title, *times)).encode(errors="replace")).hexdigest()[:16]


def _changed(known: Sequence[Item], old: Mapping[str, str]) -> tuple[list[Item], list[Item]]:
    """Of known items those that the list shows with another title or date, and those whose state is only to be noted."""
    other = [item for item in known if old[item.link or ""] != _mark(item)]
    changed = [item for item in other if old[item.link or ""]]
    if len(changed) >= _ALL and len(changed) == len(known):
        return [], other
    return changed, [item for item in other if not old[item.link or ""]]


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
