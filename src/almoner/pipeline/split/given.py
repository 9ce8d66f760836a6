"""What is known of a page before it is split: from a rule for its source."""

from __future__ import annotations

from dataclasses import dataclass

from almoner.pipeline.split.groups import Span


@dataclass(frozen=True, slots=True)
class Given:
    """The spans of nodes that are the page's records, in order, where that is known; or that it is one article."""

    records: tuple[Span, ...] = ()
    article: bool = False


NOTHING = Given()
