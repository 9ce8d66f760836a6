"""What issues are found by: what readers see of them, kept when an issue comes out, and anew when one of its items is
corrected or withdrawn (`records.search.own_texts`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from almoner.products.briefing.content import content_of
from almoner.products.briefing.models import Issue
from almoner.products.briefing.queries import issues
from almoner.records.catalogue.models import Item
from almoner.records.search import own_texts


def name_of(issue: Issue) -> str:
    """What the index calls it."""
    return f"issue {issue.pk}"


def index(issue: Issue) -> None:
    """Have an issue that came out found by what readers see of it."""
    own_texts.keep(
        name_of(issue),
        rank=own_texts.ISSUE,
        title=issue.title,
        what=f"issue {issue.number} of {issue.briefing.name}",
        address=issue.get_absolute_url(),
        shown_at=issue.published_at or issue.changed_at,
        texts=list(_texts(issue)),
    )


def forget(issue: Issue) -> None:
    """Have it found no more."""
    own_texts.forget(name_of(issue))


def index_with(items: Iterable[Item]) -> None:
    """Keep anew what those issues are found by that tell of these items."""
    for issue in issues().filter(entries__item__in=[item.pk for item in items]).distinct():
        index(issue)


def _texts(issue: Issue) -> Iterator[str]:
    content = content_of(issue)
    yield content.title
    for part in content.parts:
        yield part.heading
        for told in part.entries:
            yield from (told.title, told.credit)
            yield from (block.words for block in told.blocks)
    yield from (block.words for block in (*content.opening, *content.closing))
