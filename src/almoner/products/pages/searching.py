"""What pages are found by: the words that readers see of them, without the names of children and victims
(`records.search.own_texts`). A page that nothing leads to is found by whoever has its address, and not by searching."""

from __future__ import annotations

from django.utils import timezone

from almoner.products.pages.enums import Place
from almoner.products.pages.models import OfficePage
from almoner.products.pages.queries import words_of
from almoner.records.search import own_texts
from almoner.records.search.names import without_names


def name_of(page: OfficePage) -> str:
    """What the index calls it."""
    return f"page {page.pk}"


def index(page: OfficePage) -> None:
    """Have a page found by what its row says while readers see it, else not at all."""
    is_led_to = page.place != Place.NOWHERE or page.under_id is not None
    if not (page.live and is_led_to):
        own_texts.forget(name_of(page))
        return
    own_texts.keep(
        name_of(page),
        rank=own_texts.PAGE,
        title=page.title,
        what="a page of ours",
        address=page.get_absolute_url(),
        shown_at=page.last_published_at or timezone.now(),
        texts=without_names(words_of(page).splitlines(), page.private_names),
    )
