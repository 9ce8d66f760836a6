"""Whom items concern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from almoner.pipeline.extract.audiences import audiences_of
from almoner.pipeline.extract.topics import TopicFound
from almoner.pipeline.model import MentionKind
from almoner.pipeline.taxonomy.audiences import Audience, audiences, sectors_of
from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import WHY_LENGTH, Item, ItemAudience, ItemMention
from almoner.records.catalogue.schemes import Scheme

AUDIENCES: Final[Scheme[ItemAudience, Audience]] = Scheme(ItemAudience, "audience", audiences, sectors_of)


def audience_rows(
    item: Item, topics: Iterable[TopicFound], mentions: Iterable[ItemMention]
) -> list[ItemAudience]:
    """The rows, not yet saved, of whom an item concerns by its words, its topics as they were found, and the works that
    its title names. Where there is no text, its summary is read."""
    title = item.title.casefold()
    named = {
        mention.known
        for mention in mentions
        if mention.kind == MentionKind.GUIDANCE and mention.as_printed.casefold() in title
    }
    found = audiences_of(item.title, item.text or item.summary, topics=topics, works=named)
    given = [
        ItemAudience(item=item, audience=each.audience, given_by=GivenBy.WORDS, why=each.why[:WHY_LENGTH])
        for each in found
    ]
    return AUDIENCES.with_broader(item, given)
