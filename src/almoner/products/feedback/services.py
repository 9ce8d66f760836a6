"""Keeping what readers write, and settling it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.products.feedback.enums import About, Outcome
from almoner.products.feedback.models import LONGEST, ReaderNote
from almoner.records.accounts.models import Person
from almoner.records.catalogue.columns import storable
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import is_safe_link

KEPT: Final = timedelta(days=180)
"""How long a note is kept after it was settled."""
MOST: Final = 5_000
"""Notes at once, so that nobody can fill the disk with them."""


@sensitive_variables("words")  # keeps them out of error reports
def write(
    about: About, words: str, *, now: datetime, item: Item | None = None, address: str = ""
) -> ReaderNote | None:
    """Keep a note; None where nothing is said, or where there are too many. Notes that were settled long ago are
    removed on the way."""
    ReaderNote.objects.filter(settled_at__lt=now - KEPT).delete()
    words, address = storable(words).strip()[:LONGEST], storable(address).strip()
    if not is_safe_link(address) or len(address) > 1000:  # what is no address may still say something
        words, address = "\n".join(filter(None, (words, address)))[:LONGEST], ""
    if not (words or address) or ReaderNote.objects.count() >= MOST:
        return None
    return ReaderNote.objects.create(about=about, item=item, words=words, address=address, written_at=now)


def settle(note: ReaderNote, outcome: Outcome, by: Person, *, now: datetime) -> None:
    """Say what came of a note; `Outcome.OPEN` puts it back."""
    is_open = outcome is Outcome.OPEN
    note.outcome = outcome
    note.settled_at, note.settled_by = (None, None) if is_open else (now, by)
    note.save(update_fields=["outcome", "settled_at", "settled_by"])
