"""Whom new items concern, and why: items beside subscriptions, streamed by subscriber."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from django.db.models import Max, Q
from django.views.decorators.debug import sensitive_variables

from almoner.pipeline.model import MentionKind
from almoner.products.alerts.enums import Follows, Pace, Standing
from almoner.products.alerts.models import SavedSearch, Subscriber, Subscription
from almoner.records.catalogue.models import ItemAudience, ItemMention, ItemTopic
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.stories import unfolded
from almoner.records.guidance.models import Edition, Work
from almoner.records.search.queries import newest_with

Sign: TypeAlias = tuple[str, str]
"""What can be followed: one of `Follows`, and which one."""
Entry: TypeAlias = tuple[int, list[int]]
"""An item, and the subscriptions that it comes by."""

SPAN: Final = 10_000
"""Subscribers that are looked at in one query. Between two, whoever reads may write, and nothing is held open."""
LISTED: Final = 500
"""Things of one kind, named in a query."""
SHAPES: Final = 20_000
"""What people follow is often the same: so many of these are worked out once."""
_AREA: Final = re.compile(r"[EWSNK][0-9]{8}")
"""The ONS code of an area, which mentions of places and of councils have."""


class Reader(NamedTuple):
    """Somebody who follows a briefing, by which subscription, and in the edition for which audience ("" for all)."""

    subscriber: int
    subscription: int
    audience: str


def matched(
    items: Iterable[int], *, paces: Collection[Pace] = tuple(Pace)
) -> Iterator[tuple[int, list[Entry]]]:
    """For each confirmed subscriber, by rising primary key, the items that they follow and why.

    `items` are primary keys; what is not published, or is a near copy of what is, concerns nobody. Entries stand in the
    order of `items`, subscriptions in the order in which they began. Only subscriptions at one of `paces` count. A
    subscriber whom nothing concerns is left out. The lists are shared between entries: read them, do not change them.
    """
    order = list(dict.fromkeys(items))
    signs = signs_of(order)
    if not signs:
        return
    place = {pk: at for at, pk in enumerate(order)}

    @lru_cache(SHAPES)
    def shape(followed: tuple[Sign, ...]) -> tuple[list[tuple[int, int]], list[tuple[int, ...]]]:
        """For what somebody follows: the items, each with the number of its group, and the groups: which of `followed` it
        comes by. So a million people with the same interests cost one look."""
        by_item: defaultdict[int, list[int]] = defaultdict(list)
        for at, sign in enumerate(followed):
            for pk in signs[sign]:
                by_item[pk].append(at)
        groups: dict[tuple[int, ...], int] = {}
        rows = [
            (pk, groups.setdefault(tuple(by_item[pk]), len(groups)))
            for pk in sorted(by_item, key=place.__getitem__)
        ]
        return rows, list(groups)

    for subscriber, rows in groupby(_followed(_wanted(signs), paces), key=itemgetter(0)):
        own = [row for row in rows if row[2:] in signs]
        entries, groups = shape(tuple((follows, about) for _, _, follows, about in own))
        why = [[own[at][1] for at in group] for group in groups]
        if entries:
            yield subscriber, [(pk, why[group]) for pk, group in entries]


def readers(briefing: str, audiences: Collection[str] = ()) -> Iterator[Reader]:
    """Everybody confirmed who follows a briefing, once each, by rising primary key. `audiences` are those that the issue
    has an edition for; who follows it for another gets the one for all. See `briefing_about`."""
    editions = {briefing_about(briefing, each): each for each in audiences}
    wanted = Q(follows=Follows.BRIEFING) & (Q(about=briefing) | Q(about__startswith=f"{briefing}/"))
    for subscriber, rows in groupby(_followed(wanted, tuple(Pace)), key=itemgetter(0)):
        own = list(rows)
        # Who follows it twice gets the edition that is made for them.
        _, subscription, _, about = next((row for row in own if row[3] in editions), own[0])
        yield Reader(subscriber, subscription, editions.get(about, ""))


def briefing_about(briefing: str, audience: str) -> str:
    """How a subscription says which edition of a briefing it follows (`Subscription.about`): the one for an audience, or
    for all ("")."""
    return f"{briefing}/{audience}" if audience else briefing


def signs_of(items: Sequence[int]) -> dict[Sign, list[int]]:
    """What could be followed so that one of these items comes by it, and the items that do."""
    shown = list(
        unfolded(published()).filter(pk__in=items).order_by("pk").values_list("pk", "publisher__slug")
    )
    pks = [pk for pk, _ in shown]
    if not pks:
        return {}
    signs: defaultdict[Sign, list[int]] = defaultdict(list)
    signs[Follows.EVERYTHING, ""] = pks
    for pk, publisher in shown:
        if publisher:
            signs[Follows.PUBLISHER, publisher].append(pk)
    for pk, topic in ItemTopic.objects.filter(item__in=pks).values_list("item", "topic"):
        signs[Follows.TOPIC, topic].append(pk)
    for pk, audience in ItemAudience.objects.filter(item__in=pks).values_list("item", "audience"):
        signs[Follows.AUDIENCE, audience].append(pk)
    for pk, kind, known in _mentions(pks):
        signs[kind, known].append(pk)
    for key, found in _searches(pks).items():
        signs[Follows.SEARCH, key] = found
    return {(str(follows), about): found for (follows, about), found in signs.items()}


def _mentions(pks: Sequence[int]) -> set[tuple[int, str, str]]:
    """The areas that items name, or whose council they name, and the works that they mention or announce an edition of."""
    rows = ItemMention.objects.filter(item__in=pks).values_list("item", "kind", "known")
    works = dict(Work.objects.exclude(known="").values_list("known", "slug"))
    places = {(pk, Follows.AREA.value, known) for pk, _, known in rows if _AREA.fullmatch(known)}
    mentioned = {
        (pk, Follows.WORK.value, works[known])
        for pk, kind, known in rows
        if kind == MentionKind.GUIDANCE.value and known in works
    }
    announced = Edition.objects.filter(item__in=pks).values_list("item", "work__slug")
    return places | mentioned | {(pk, Follows.WORK.value, slug) for pk, slug in announced if pk is not None}


@sensitive_variables()  # keeps the words out of error reports
def _searches(pks: Sequence[int]) -> dict[str, list[int]]:
    """What each saved search that somebody follows finds among the items."""
    followed = Subscription.objects.filter(follows=Follows.SEARCH, ended_at=None).values("about")
    rows = SavedSearch.objects.filter(key__in=followed).values_list("key", "words", "chosen")
    found = {key: newest_with(words, chosen, limit=len(pks), among=pks) for key, words, chosen in rows}
    return {key: pks for key, pks in found.items() if pks}


def _wanted(signs: Mapping[Sign, Sequence[int]]) -> Q:
    """The subscriptions that follow one of these. Where there are very many, the reader of the rows looks again."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for follows, about in signs:
        by_kind[follows].append(about)
    wanted = Q()
    for follows, abouts in by_kind.items():
        one = Q(follows=follows)
        wanted |= one & Q(about__in=abouts) if len(abouts) <= LISTED else one
    return wanted


def _followed(wanted: Q, paces: Collection[Pace]) -> Iterator[tuple[int, int, str, str]]:
    """Subscriber, subscription, what it follows and which, of those in force of the confirmed, in this order."""
    last = Subscriber.objects.aggregate(last=Max("pk"))["last"] or 0
    rows = Subscription.objects.filter(
        wanted, ended_at=None, pace__in=paces, subscriber__standing=Standing.CONFIRMED
    ).order_by("subscriber_id", "pk")
    for start in range(0, last, SPAN):
        span = rows.filter(subscriber_id__gt=start, subscriber_id__lte=start + SPAN)
        yield from span.values_list("subscriber_id", "pk", "follows", "about")
