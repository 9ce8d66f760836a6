"""Relating new items: of what they are copies, which story they belong to, which threads they follow.

It runs behind the keeping of items, not inside it: an item without a trait waits, whatever happened in between, so
nothing is missed, and a fault here never keeps an item out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db.models import F

from almoner.pipeline import model
from almoner.pipeline.model import Kind
from almoner.pipeline.relate import meaning, near, stories
from almoner.pipeline.relate.comparison import SHORTEST, Standing, compare
from almoner.pipeline.relate.marks import marks, words_of
from almoner.pipeline.relate.original import Witness, original
from almoner.pipeline.relate.threads import subjects_of
from almoner.pipeline.relate.traits import Trait, Usage, terms_of, trait
from almoner.records.catalogue.enums import How, Stands, Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.relations import (
    CopyMark,
    ItemCopy,
    ItemTrait,
    Story,
    StoryBar,
    StoryItem,
    StoryTerm,
    TermUse,
    Thread,
)
from almoner.records.catalogue.turns import in_turn

BATCH: Final = 200
"""Items that are related in one sweep."""
RELATED_BY: Final = frozenset({"title", "text", "kind", "published", "private_names"})
"""Fields of an item by which it is related: when one changes, it is related anew."""
_OF_A_TERM: Final = 200
"""The newest items of a term that are looked at."""
_HAPPENINGS: Final = frozenset({Kind.NEWS, Kind.GUIDANCE, Kind.CONSULTATION, Kind.STATISTICS})
"""Kinds that tell of something that happened. A course or a library's entry belongs to no story."""
_OFFICIAL: Final = (".gov.uk", ".police.uk", ".nhs.uk", ".gov.scot", ".gov.wales", ".parliament.uk")


def relate_waiting(most: int = BATCH) -> int:
    """Relate items that wait for it, oldest first, up to `most`; returns how many there were. One transaction each."""
    waiting = Item.objects.filter(trait=None).exclude(status=Status.WITHDRAWN).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:most])
    for key in keys:
        relate(Item.objects.select_related("publisher").get(pk=key))
    return len(keys)


def relate(item: Item) -> None:
    """Find what an item is a copy of, its story and its threads; again, where its words have changed. What an editor
    said of its story stays."""
    with in_turn():
        former = _forget(item)
        _mark_copy(item)
        own = _learn(item)
        if Kind(item.kind) in _HAPPENINGS:
            _place(item, own, former)
        Story.objects.filter(pk__in=former, members=None, bars=None).delete()
        _thread(item)


def look_again_later(item: Item) -> None:
    """Have an item related anew, since its words have changed."""
    ItemTrait.objects.filter(item=item).delete()


def _forget(item: Item) -> list[int]:
    """Take back all that was found of an item before; returns the story that it leaves empty, if it does."""
    CopyMark.objects.filter(item=item.pk).delete()
    StoryTerm.objects.filter(item=item.pk).delete()
    ItemTrait.objects.filter(item=item).delete()
    ItemCopy.objects.filter(item=item).delete()
    left = list(StoryItem.objects.filter(item=item, how=How.MACHINE).values_list("story", flat=True))
    StoryItem.objects.filter(item=item, how=How.MACHINE).delete()
    for thread in Thread.objects.filter(items=item):
        thread.items.remove(item)
    return list(Story.objects.filter(pk__in=left, members=None).values_list("pk", flat=True))


def _mark_copy(item: Item) -> None:
    if len(words_of(item.text)) < SHORTEST:
        return  # "Read more." stands under many titles
    own = marks(item.text)
    holders: dict[int, list[int]] = {mark: [] for mark in own}
    found = CopyMark.objects.filter(mark__in=own).values_list("mark", "item")
    for mark, holder in found:
        holders[mark].append(holder)
    CopyMark.objects.bulk_create(CopyMark(mark=mark, item=item.pk) for mark in own)
    candidates = near.worth_a_look(holders)
    others = Item.objects.select_related("publisher", "as_copy").in_bulk(candidates)
    for key in candidates:
        other = others.get(key)
        if other is None or other.status == Status.WITHDRAWN:
            continue
        standing = compare(item.text, other.text).standing
        if standing in (Standing.SAME, Standing.NEAR):
            _fold(item, other)
            return
        if standing is Standing.HELD:
            ItemCopy.objects.create(item=item, original=other, standing=Stands.HELD)
            return
        if standing is Standing.HOLDS and not hasattr(other, "as_copy"):
            ItemCopy.objects.create(item=other, original=item, standing=Stands.HELD)


def _fold(item: Item, other: Item) -> None:
    """Make one of two near copies the original; the other, and its copies, point to it."""
    copy = (
        ItemCopy.objects.filter(item=other, standing=Stands.NEAR)
        .select_related("original__publisher")
        .first()
    )
    first = copy.original if copy else other
    if original([_witness(first), _witness(item)]) == 0:
        ItemCopy.objects.create(item=item, original=first, standing=Stands.NEAR)
        return
    ItemCopy.objects.filter(original=first).update(original=item)
    ItemCopy.objects.update_or_create(item=first, defaults={"original": item, "standing": Stands.NEAR})


def _witness(item: Item) -> Witness:
    host = item.link.split("/")[2] if item.link.count("/") >= 2 else ""
    return Witness(
        item.publisher.name if item.publisher else "",
        tuple(name for name in (item.credit_source, item.credit_outlet) if name),
        host.endswith(_OFFICIAL),
        item.published,
        len(item.text.split()),
    )


def _learn(item: Item) -> Trait:
    """The item's trait, stored; its terms are counted."""
    terms = terms_of(item.title, item.text)
    for name in item.private_names:  # not even as a number
        for term in terms_of("", name):
            terms.pop(term, None)
    TermUse.objects.bulk_create((TermUse(term=term) for term in terms), ignore_conflicts=True)
    TermUse.objects.filter(term__in=list(terms)).update(items=F("items") + 1)
    counts = dict(TermUse.objects.filter(term__in=list(terms)).values_list("term", "items"))
    texts = ItemTrait.objects.count() + 1
    opening = "" if item.private_names else item.text
    found = trait(terms, Usage(texts, counts), meaning.of(item.title, opening) if opening else ())
    ItemTrait.objects.create(
        item=item,
        weights={str(term): round(weight, 4) for term, weight in found.weights.items()},
        names={str(term): round(weight, 2) for term, weight in found.names.items()},
        meaning=[round(value, 4) for value in found.meaning],
    )
    return found


def _place(item: Item, own: Trait, former: Sequence[int]) -> None:
    """Put an item into its story, or into one of its own: its `former` one, where that has nobody else."""
    if StoryItem.objects.filter(item=item).exists():
        return  # an editor put it there
    probes = own.heaviest(stories.PROBES)
    copy = (
        ItemCopy.objects.filter(item=item, standing=Stands.NEAR).select_related("original__in_story").first()
    )
    together = getattr(copy.original, "in_story", None) if copy else None
    barred = set(StoryBar.objects.filter(item=item).values_list("story", flat=True))
    if together is not None and together.story_id not in barred:
        chosen, likeness = together.story_id, 1.0
    else:
        choice = stories.choose(stories.Member(own, _day(item)), _near(probes), barred)
        alone = [story for story in former if story not in barred]
        chosen = choice.story or (alone[0] if alone else Story.objects.create().pk)
        likeness = choice.likeness
    StoryItem.objects.create(item=item, story_id=chosen, likeness=likeness)
    StoryTerm.objects.bulk_create(StoryTerm(term=term, item=item.pk) for term in probes)


def _near(probes: Iterable[int]) -> dict[int, Sequence[stories.Member]]:
    """The stories of the newest items that share a probe, each with its newest members, old to new."""
    items: set[int] = set()
    for term in probes:
        items.update(
            StoryTerm.objects.filter(term=term).order_by("-item").values_list("item", flat=True)[:_OF_A_TERM]
        )
    told = StoryItem.objects.filter(item__in=items).values("story")
    rows = (
        StoryItem.objects.filter(story__in=told)
        .exclude(item__status=Status.WITHDRAWN)
        .select_related("item", "item__trait")
        .only("story", "item__published", "item__captured_at", "item__sorts_at", "item__trait")
        .order_by("item__sorts_at")
    )
    found: dict[int, list[stories.Member]] = {}
    for row in rows:
        if stored := getattr(row.item, "trait", None):
            found.setdefault(row.story_id, []).append(stories.Member(_trait(stored), _day(row.item)))
    return dict(found)


def _trait(stored: ItemTrait) -> Trait:
    return Trait(
        {int(term): weight for term, weight in stored.weights.items()},
        {int(term): weight for term, weight in stored.names.items()},
        tuple(stored.meaning),
    )


def _day(item: Item) -> date | None:
    return item.sorts_at.date() if item.published else None


def _thread(item: Item) -> None:
    named = [
        model.Mention(
            model.MentionKind(row.kind), row.known, row.name, row.as_printed, model.Place(), None, row.count
        )
        for row in item.mentions.all()
    ]
    for subject in subjects_of(item.title, item.text, named):
        thread, _ = Thread.objects.get_or_create(subject=subject.id, defaults={"name": subject.name})
        thread.items.add(item)
