"""Relating new items: of what they are copies, which story they belong to, which threads they follow.

It runs behind the keeping of items, not inside it: an item without a trait, or with a stale one, waits, whatever
happened in between, so nothing is missed, and a fault here never keeps an item out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import F, Q

from almoner.pipeline import model
from almoner.pipeline.model import Kind
from almoner.pipeline.relate import meaning, near, stories
from almoner.pipeline.relate.comparison import SHORTEST, Standing, compare
from almoner.pipeline.relate.marks import marks, words_of
from almoner.pipeline.relate.original import Witness, original
from almoner.pipeline.relate.periods import period_of
from almoner.pipeline.relate.threads import subjects_of
from almoner.pipeline.relate.traits import Trait, Usage, terms_of, trait
from almoner.records.catalogue.addresses import remember_stories
from almoner.records.catalogue.enums import How, Stands, Status
from almoner.records.catalogue.models import Item, ItemFinding
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
from almoner.records.catalogue.signals import item_published
from almoner.records.catalogue.topic_learning import give_learnt
from almoner.records.catalogue.turns import in_turn

BATCH: Final = 200
"""Items that are related in one sweep."""
RELATED_BY: Final = frozenset({"title", "text", "kind", "published", "added", "private_names"})
"""Fields of an item by which it is related: when one changes, it is related anew."""
_NEARLY: Final = "It is nearly word for word"
"""How the message of the finding begins that a near copy gets."""
_OF_A_TERM: Final = 200
"""The newest items of a term that are looked at."""
_HAPPENINGS: Final = frozenset({Kind.NEWS, Kind.GUIDANCE, Kind.CONSULTATION, Kind.STATISTICS})
"""Kinds that tell of something that happened. A course or a library's entry belongs to no story."""
_OFFICIAL: Final = (".gov.uk", ".police.uk", ".nhs.uk", ".gov.scot", ".gov.wales", ".parliament.uk")


def relate_waiting(most: int = BATCH) -> int:
    """Relate items that wait for it, oldest first, up to `most`; returns how many there were. One transaction each."""
    waiting = (
        Item.objects.filter(Q(trait=None) | Q(trait__stale=True))
        .exclude(status=Status.WITHDRAWN)
        .order_by("pk")
    )
    keys = list(waiting.values_list("pk", flat=True)[:most])
    for key in keys:
        relate(Item.objects.select_related("publisher").get(pk=key))
    return len(keys)


def relate(item: Item) -> None:
    """Find what an item is a copy of, its story, its threads and the topics that were learnt; again, where its words
    have changed. What an editor said of its story and its topics stays."""
    with in_turn():
        told = StoryItem.objects.filter(item=item).select_related("story").first()
        former = _forget(item)
        _mark_copy(item)
        _tell_of_copies(item)
        own = _learn(item)
        if Kind(item.kind) in _HAPPENINGS:
            _place(item, own, former)
        if told is not None and not StoryItem.objects.filter(item=item, story=told.story_id).exists():
            remember_stories([told])
        Story.objects.filter(pk__in=former, members=None, bars=None).delete()
        _thread(item)
        if give_learnt(item) and item.status == Status.PUBLISHED:
            item_published.send(Item, items=[item])


def look_again_later(item: Item) -> None:
    """Have an item related anew, since its words have changed."""
    ItemTrait.objects.filter(item=item).update(stale=True)


def _forget(item: Item) -> list[int]:
    """Take back all that was found of an item before; returns the story that it leaves empty, if it does."""
    CopyMark.objects.filter(item=item.pk).delete()
    StoryTerm.objects.filter(item=item.pk).delete()
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


def _tell_of_copies(item: Item) -> None:
    """Give the item, and those that became its copies, the finding that they are near copies, while they wait: an
    editor keeps one. An item that is none any more loses it. No title stands in it: a title can name a child."""
    folded = Q(item=item) | Q(original=item)
    copies = ItemCopy.objects.filter(folded, standing=Stands.NEAR).select_related(
        "item", "original__publisher"
    )
    told = ItemFinding.objects.filter(code="copy_of", message__startswith=_NEARLY)
    told.filter(item=item, settled_at=None).exclude(item__as_copy__standing=Stands.NEAR).delete()
    known = set(told.filter(item__in=[copy.item_id for copy in copies]).values_list("item", flat=True))
    ItemFinding.objects.bulk_create(
        ItemFinding(
            item=copy.item,
            code="copy_of",
            message=f"{_NEARLY} another item{_of(copy.original)}.",
        )
        for copy in copies
        if copy.item.status == Status.WAITING and copy.item_id not in known
    )


def _of(item: Item) -> str:
    return f" of {item.publisher}" if item.publisher else ""


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
    """The item's trait, stored; its terms are counted, once for each item, however often its words change."""
    words = _without(item.private_names, item.text)
    terms = terms_of(item.title, words)
    for name in item.private_names:  # not even as a number
        for term in terms_of("", name):
            terms.pop(term, None)
    if not ItemTrait.objects.filter(item=item).exists():
        TermUse.objects.bulk_create((TermUse(term=term) for term in terms), ignore_conflicts=True)
        TermUse.objects.filter(term__in=list(terms)).update(items=F("items") + 1)
        ItemTrait.objects.create(item=item)
    counts = dict(TermUse.objects.filter(term__in=list(terms)).values_list("term", "items"))
    title = _without(item.private_names, item.title)
    found = trait(terms, Usage(ItemTrait.objects.count(), counts), meaning.of(title, words))
    ItemTrait.objects.filter(item=item).update(
        weights={str(term): round(weight, 4) for term, weight in found.weights.items()},
        names={str(term): round(weight, 2) for term, weight in found.names.items()},
        meaning=[round(value, 4) for value in found.meaning],
        stale=False,
    )
    return found


def _without(names: Iterable[str], text: str) -> str:
    """A text without the words of some names."""
    words = [re.escape(word) for name in names for word in words_of(name)]
    return re.sub(rf"\b(?:{'|'.join(words)})\b", " ", text, flags=re.IGNORECASE) if words else text


def _place(item: Item, own: Trait, former: Sequence[int]) -> None:
    """Put an item into its story, or into one of its own: its `former` one, where that has nobody else. The stories
    that it is like are sorted anew with it, but for what an editor has said."""
    if StoryItem.objects.filter(item=item).exists():
        return  # an editor put it there
    probes = own.heaviest(stories.PROBES)
    StoryTerm.objects.bulk_create(StoryTerm(term=term, item=item.pk) for term in probes)
    copy = (
        ItemCopy.objects.filter(item=item, standing=Stands.NEAR).select_related("original__in_story").first()
    )
    together = getattr(copy.original, "in_story", None) if copy else None
    barred = set(StoryBar.objects.filter(item=item).values_list("story", flat=True))
    if together is not None and together.story_id not in barred:
        StoryItem.objects.create(item=item, story_id=together.story_id, likeness=1.0)
        return
    near = _near(probes)
    changed = stories.settle(
        stories.Member(own, _day(item), period_of(item.title)),
        {story: [member for _, member in held.members] for story, held in near.items()},
        fixed=[story for story, held in near.items() if held.is_fixed],
        barred=barred,
    )
    free = [story for story in former if story not in barred]
    for told in changed:
        story = told.story or (free.pop() if told.has_new and free else Story.objects.create().pk)
        moved = [near[was].members[at][0] for was, at in told.members if was != story]
        remember_stories(StoryItem.objects.filter(item__in=moved).select_related("story"))
        StoryItem.objects.filter(item__in=moved).update(story=story)
        if told.has_new:
            StoryItem.objects.create(item=item, story_id=story, likeness=told.likeness)
    Story.objects.filter(pk__in=list(near), members=None, bars=None).delete()


@dataclass(slots=True)
class _Held:
    """What a story holds, old to new, each with its item; whether an editor has said anything of it."""

    members: list[tuple[int, stories.Member]] = field(default_factory=list)
    is_fixed: bool = False


def _near(probes: Iterable[int]) -> dict[int, _Held]:
    """The stories of the newest items that share a probe."""
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
        .only(
            *(
                "story",
                "how",
                "item__title",
                "item__published",
                "item__added",
                "item__captured_at",
                "item__sorts_at",
            ),
            "item__trait",
        )
        .order_by("item__sorts_at")
    )
    found: dict[int, _Held] = {}
    for row in rows:
        if stored := getattr(row.item, "trait", None):
            held = found.setdefault(row.story_id, _Held())
            member = stories.Member(_trait(stored), _day(row.item), period_of(row.item.title))
            held.members.append((row.item_id, member))
            held.is_fixed |= row.how == How.EDITOR
    for story in StoryBar.objects.filter(story__in=list(found)).values_list("story", flat=True):
        found[story].is_fixed = True
    return found


def _trait(stored: ItemTrait) -> Trait:
    return Trait(
        {int(term): weight for term, weight in stored.weights.items()},
        {int(term): weight for term, weight in stored.names.items()},
        tuple(stored.meaning),
    )


def _day(item: Item) -> date | None:
    """When it was published, else when its library added it: what was added long before is no report of what is new."""
    return item.sorts_at.date() if item.published or item.added else None


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
