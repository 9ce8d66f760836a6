"""An item of which a list showed a card, read on its own page."""

from __future__ import annotations

from dataclasses import replace

from almoner.pipeline.model import Item, Reading


def completed(card: Item, reading: Reading) -> Item:
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
