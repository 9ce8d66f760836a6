"""Where the address of a story or an item leads that is no more: it was given out, so it answers for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from django.db.models import Q

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.relations import FormerItem, FormerStory, Story, StoryItem


def remember_stories(members: Iterable[StoryItem]) -> None:
    """Keep that items are about to leave the stories they are in."""
    FormerStory.objects.bulk_create(
        (FormerStory(key=member.story.key, item_id=member.item_id) for member in members),
        ignore_conflicts=True,
    )


def remember_items(items: Collection[Item]) -> None:
    """Keep that there were these items, and the stories they are in: they are about to be deleted."""
    FormerItem.objects.bulk_create((FormerItem(key=item.key) for item in items), ignore_conflicts=True)
    remember_stories(StoryItem.objects.filter(item__in=items).select_related("story"))


def lead_on(item: Item, into: Item) -> None:
    """Have an item's address lead to another item's while it is withdrawn."""
    FormerItem.objects.update_or_create(key=item.key, defaults={"item": into})


def lead_back(item: Item) -> None:
    """Have an item's address be its own again."""
    FormerItem.objects.filter(key=item.key).delete()


def story_leads_to(key: str) -> Story | Item | None:
    """What tells of the items that left the story with this key: the story that most of them are in, the newer one of
    two; or the newest of them, where none is in a story. None where nothing of it is published."""
    left = published().filter(left_stories__key=key)
    stories = Counter(Story.objects.filter(members__item__in=left).values_list("pk", flat=True))
    if stories:
        return Story.objects.get(pk=max(stories, key=lambda story: (stories[story], story)))
    return left.first()


def item_leads_to(key: str) -> Item | None:
    """The published item that stands for the one with this key, through as many mergings as it takes."""
    seen: set[str] = set()
    while key not in seen:
        seen.add(key)
        former = FormerItem.objects.filter(key=key).select_related("item").first()
        if former is None or former.item is None:
            return None
        if former.item.status == Status.PUBLISHED:
            return former.item
        key = former.item.key
    return None


def story_is_gone(key: str) -> bool:
    """Whether there was a story with this key, and all that was ever in it is withdrawn or deleted."""
    ever = Item.objects.filter(Q(in_story__story__key=key) | Q(left_stories__key=key))
    if ever.exclude(status=Status.WITHDRAWN).exists():
        return False
    return ever.exists() or FormerStory.objects.filter(key=key).exists()


def item_is_gone(key: str) -> bool:
    """Whether there was an item with this key that was deleted."""
    return FormerItem.objects.filter(key=key).exists()
