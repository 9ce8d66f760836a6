"""Finding issues by their words. There are a few hundred of them, so the database looks through all.

What is looked through is what readers see of an issue, as stems: it is written down when the issue comes out, and anew
when one of its items is corrected or withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from almoner.products.briefing.content import content_of
from almoner.products.briefing.models import Issue
from almoner.products.briefing.queries import issues
from almoner.records.catalogue.models import Item
from almoner.records.search.language import stems
from almoner.records.search.words import Term, plain, understand


@sensitive_variables()  # keeps the words out of error reports
def found_issues(words: str, most: int) -> list[Issue]:
    """The published issues that have all of these words, newest first. Words, "phrases" and -words are as in the search
    for items."""
    query = understand(words)
    if not query.wanted:
        return []
    found = issues().defer("stems")
    for term, words_of in zip(query.wanted, _stems(query.wanted), strict=True):
        found = found.filter(stems__contains=f" {words_of}" if term.is_prefix else f" {words_of} ")
    unwanted = Q()
    for words_of in _stems(query.unwanted):
        unwanted |= Q(stems__contains=f" {words_of} ")
    return list((found.exclude(unwanted) if unwanted else found)[:most])


def _stems(terms: Iterable[Term]) -> list[str]:
    return [" ".join(each) for each in stems([term.text for term in terms])]


def index(issue: Issue) -> None:
    """Write down what an issue is found by."""
    words = [stem for text in stems([plain(text) for text in _texts(issue)]) for stem in (*text, "\n")]
    Issue.objects.filter(pk=issue.pk).update(stems=f" {' '.join(words)} ")


def index_with(items: Iterable[Item]) -> None:
    """Write down anew what those issues are found by that tell of these items."""
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
