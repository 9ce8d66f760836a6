"""Saved searches: kept when somebody asks for it, gone when nobody asks for them any longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.enums import Follows
from almoner.products.alerts.models import SavedSearch, Subscription
from almoner.records.search import narrowing
from almoner.records.search.words import MAX_LENGTH, plain, understand

KEPT: Final = timedelta(days=400)
"""How long one is kept that nobody asks for: a reader may be away for a school year."""
MOST: Final = 20_000
"""Saved searches at once, so that nobody can fill the disk with them."""
NAMED: Final = "Saved search"
"""What one is called that was given no name. It tells nothing to whoever looks over a shoulder."""


@sensitive_variables()  # keeps the words out of error reports
def save(words: str, chosen: Mapping[str, str], *, name: str, today: date) -> SavedSearch | None:
    """Keep a search under a new key; None where nothing is asked for, or where there are too many. Those that nobody
    has asked for in `KEPT`, and nobody follows by e-mail, are removed on the way. `chosen` is as for `queries.search`."""
    followed = Subscription.objects.filter(follows=Follows.SEARCH, ended_at=None).values("about")
    SavedSearch.objects.filter(asked_on__lt=today - KEPT).exclude(key__in=followed).delete()
    if not understand(words).wanted or SavedSearch.objects.count() >= MOST:
        return None
    narrowing.narrowed(chosen)
    called = " ".join(plain(name).split())[:80] or NAMED
    return SavedSearch.objects.create(
        name=called, words=plain(words)[:MAX_LENGTH], chosen=dict(chosen), asked_on=today
    )


def find(key: str, *, today: date) -> SavedSearch | None:
    """The saved search of a key, which is asked for with this."""
    found = SavedSearch.objects.filter(key=key).first()
    if found is not None and found.asked_on < today:
        SavedSearch.objects.filter(pk=found.pk).update(asked_on=today)
    return found


def remove(key: str) -> None:
    """Forget a saved search; one that is not there is forgotten already."""
    SavedSearch.objects.filter(key=key).delete()
