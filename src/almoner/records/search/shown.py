"""Titles and summaries as they may stand away from an item's own page: in lists, feeds and page titles."""

from __future__ import annotations

from almoner.records.catalogue.models import Item
from almoner.records.search.names import without_names
from almoner.records.search.words import has_word, plain


def public_title(item: Item) -> str:
    """The title with a gap in place of each private name and its parts; the kind of item where that leaves
    no word. That an editor let the item be published changes nothing: its own page shows the names."""
    title = _public(item, item.title)
    return title if has_word(title) else item.get_kind_display()


def public_summary(item: Item) -> str:
    """The summary with a gap in place of each private name and its parts."""
    return _public(item, item.summary)


def public_words(item: Item, words: str) -> str:
    """Any other words of an item, such as whom it credits, with a gap in place of each private name; "" where that
    leaves no word."""
    shown = _public(item, words)
    return shown if has_word(shown) else ""


def _public(item: Item, text: str) -> str:
    return without_names([plain(text)], item.private_names)[0] if item.private_names and text else text
