"""What somebody may have meant by words that no item has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from django.views.decorators.debug import sensitive_variables

from almoner.records.search.language import stems
from almoner.records.search.question import Question


@sensitive_variables()  # error reports show no search words
def meant(words: str, question: Question, matches: Iterable[str]) -> str:
    """The words as they were typed, with what was found in place of those that no item has; "" where that changes
    nothing.

    The index knows stems alone, so the spelling is that of the matches that are shown, the most frequent one first.
    """
    wanted = question.query.wanted
    if len(wanted) != len(question.wanted):
        return ""  # a compound was taken apart
    spelt = Counter(match.casefold() for match in matches)
    shown = [match for match, _ in spelt.most_common()]
    known = dict(zip(map(tuple, reversed(stems(shown))), reversed(shown), strict=True))
    better = words
    for term, concept in zip(wanted, question.wanted, strict=True):
        typed, *others = concept.phrases or ((),)
        if not typed or all(stem in question.known for stem in typed):
            continue
        found = (known[phrase] for phrase in others if phrase in known)
        if instead := next(found, ""):
            typed_words = rf"(?<!\w){re.escape(term.text)}(?!\w)"
            better = re.sub(typed_words, instead.replace("\\", r"\\"), better)
    return better if better != words else ""
