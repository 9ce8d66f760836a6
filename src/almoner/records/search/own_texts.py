"""Finding what we wrote that is no item, such as pages of the office and issues of our briefings, by its words.

There are a few hundred of them, so the database looks through all. What is looked through is what readers see, as stems;
whoever shows it to readers keeps it here, and forgets it when they see it no longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from almoner.records.search.language import stems
from almoner.records.search.models import OwnText
from almoner.records.search.words import Term, plain, understand

PAGE, ISSUE = 0, 1
"""Ranks."""
MOST_READ: Final = 60
"""Texts that have the words, of which a few of each rank are told."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found: its title, where it is, and what it is, in words for readers."""

    rank: int
    title: str
    address: str
    what: str


def keep(
    name: str, *, rank: int, title: str, what: str, address: str, shown_at: datetime, texts: Sequence[str]
) -> None:
    """Have something found by the words of these texts from now on, in place of what was kept of it before. No phrase
    goes from one text to the next. No name of a child or a victim may stand in them, or in its title."""
    words = [stem for text in stems([plain(text) for text in texts]) for stem in (*text, "\n")]
    given = {"rank": rank, "title": title, "what": what, "address": address, "shown_at": shown_at}
    OwnText.objects.update_or_create(name=name, defaults=given | {"stems": f" {' '.join(words)} "})


def forget(name: str) -> None:
    """Have it found no more."""
    OwnText.objects.filter(name=name).delete()


@sensitive_variables()  # keeps the words out of error reports
def find(words: str, most: int) -> list[Found]:
    """What has all of these words, the lowest rank first and then the newest, so many of each rank. Words, "phrases" and
    -words are as in the search for items."""
    query = understand(words)
    if not query.wanted:
        return []
    terms = zip(query.wanted, _stems(query.wanted), strict=True)
    wanted = [f" {said}" if term.is_prefix else f" {said} " for term, said in terms]
    unwanted = [f" {said} " for said in _stems(query.unwanted)]
    within = "strpos" if connection.vendor == "postgresql" else "instr"
    matches = [f"{within}(stems, %s) > 0"] * len(wanted) + [f"{within}(stems, %s) = 0"] * len(unwanted)
    # Most searches find none, and to put a query of Django's together takes longer than to answer this one.
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rank, title, address, what FROM {OwnText._meta.db_table} WHERE {' AND '.join(matches)} "  # noqa: S608
            f"ORDER BY rank, shown_at DESC LIMIT {MOST_READ}",
            [*wanted, *unwanted],
        )
        found = [Found(*row) for row in cursor.fetchall()]
    return [each for rank in (PAGE, ISSUE) for each in [one for one in found if one.rank == rank][:most]]


def _stems(terms: Iterable[Term]) -> list[str]:
    return [" ".join(each) for each in stems([term.text for term in terms])]
