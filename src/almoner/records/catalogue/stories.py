"""What editors decide about stories, and what readers see of them. An editor's word is never overruled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from almoner.records.catalogue.addresses import remember_stories
from almoner.records.catalogue.enums import How, Stands
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.queries import IN_TIME, published
from almoner.records.catalogue.relations import ItemCopy, Story, StoryBar, StoryItem, Thread
from almoner.records.catalogue.turns import in_turn


def merge(story: Story, other: Story) -> None:
    """Make two stories one: all that is in `other` belongs to `story` from now on, and `other` is no more. What may
    not be in `other` may not be in `story` either, unless it is there already."""
    if story.pk == other.pk:
        return
    with in_turn():
        there = set(story.members.values_list("item", flat=True))
        moved = set(other.members.values_list("item", flat=True))
        StoryBar.objects.filter(story=story, item__in=moved).delete()
        StoryBar.objects.bulk_create(
            (
                StoryBar(story=story, item_id=item)
                for item in other.bars.values_list("item", flat=True)
                if item not in there
            ),
            ignore_conflicts=True,
        )
        remember_stories(other.members.select_related("story"))
        StoryItem.objects.filter(item__in=there | moved).update(story=story, how=How.EDITOR)
        other.delete()


def split(story: Story, items: Collection[Item]) -> Story:
    """Take items out of a story and give them one of their own, which is returned. Neither they go back there, nor
    what stays goes with them, by itself."""
    with in_turn():
        new = Story.objects.create()
        out = set(story.members.filter(item__in=[item.pk for item in items]).values_list("item", flat=True))
        left = set(story.members.exclude(item__in=out).values_list("item", flat=True))
        remember_stories(story.members.filter(item__in=out).select_related("story"))
        story.members.filter(item__in=out).update(story=new, how=How.EDITOR)
        bars = [StoryBar(story=story, item_id=item) for item in out]
        bars += [StoryBar(story=new, item_id=item) for item in left]
        StoryBar.objects.bulk_create(bars, ignore_conflicts=True)
    return new


def pin(item: Item, story: Story) -> None:
    """Say that an item belongs to a story, whatever the machine finds."""
    with in_turn():
        StoryBar.objects.filter(item=item, story=story).delete()
        remember_stories(StoryItem.objects.filter(item=item).exclude(story=story).select_related("story"))
        StoryItem.objects.update_or_create(item=item, defaults={"story": story, "how": How.EDITOR})


def put_together(items: Sequence[Item]) -> Story:
    """Make the stories of these items one, which is returned; an item without one joins it. `ValueError` for none."""
    if not items:
        raise ValueError("there is no item to put into a story")
    with in_turn():
        keys = [item.pk for item in items]
        first, *others = Story.objects.filter(members__item__in=keys).distinct().order_by("pk") or [
            Story.objects.create()
        ]
        for other in others:
            merge(first, other)
        for item in items:
            pin(item, first)
    return first


def take_apart(items: Sequence[Item]) -> Story:
    """Take items out of the stories they are in and make them a story of their own, which is returned."""
    with in_turn():
        new = Story.objects.create()
        keys = [item.pk for item in items]
        for story in list(Story.objects.filter(members__item__in=keys).distinct()):
            taken = split(story, items)
            merge(new, taken)
            if not story.members.exists():
                story.delete()
        for item in items:
            pin(item, new)
    return new


def told_in(story: Story) -> QuerySet[Item]:
    """The published items of a story, oldest first. What is withdrawn is not among them."""
    return published().filter(in_story__story=story).order_by(IN_TIME, "pk")


def with_copies(items: QuerySet[Item]) -> QuerySet[Item]:
    """Items, each with the published copies of it (`copies_known`: `ItemCopy` rows, the oldest copy first)."""
    copies = ItemCopy.objects.filter(standing=Stands.NEAR, item__in=published())
    rows = (
        copies.select_related("item__publisher").defer("item__text", "item__html").order_by("item__sorts_at")
    )
    return items.prefetch_related(Prefetch("copies", queryset=rows, to_attr="copies_known"))


def unfolded(items: QuerySet[Item]) -> QuerySet[Item]:
    """Items without those that are near copies of another of them: readers see one of each."""
    originals = items.order_by().values("pk")
    return items.exclude(as_copy__standing=Stands.NEAR, as_copy__original__in=originals)


def with_company(items: QuerySet[Item]) -> QuerySet[Item]:
    """Items, each with how many published copies of it there are (`copies_shown`), how many published items its story
    has with it (`story_items`), and the story's row."""
    copies = published().filter(as_copy__original=OuterRef("pk"), as_copy__standing=Stands.NEAR)
    told = published().filter(in_story__story=OuterRef("in_story__story"))
    return items.annotate(
        copies_shown=_count(copies.values("as_copy__original")),
        story_items=_count(told.values("in_story__story")),
    ).select_related("in_story__story")


def _count(rows: QuerySet[Item, Any]) -> Coalesce:
    counted = rows.order_by().annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def threads_of(items: QuerySet[Item]) -> QuerySet[Thread]:
    """The threads that one of these items follows."""
    return Thread.objects.filter(items__in=items).distinct()


def follows(item: Item) -> QuerySet[Thread]:
    """The threads that an item follows."""
    return Thread.objects.filter(items=item)


def followed_by(thread: Thread) -> QuerySet[Item]:
    """The published items of a thread, newest first, without copies."""
    return unfolded(published().filter(threads=thread))


def story_beside(item: Item) -> Story | None:
    """The story of an item where something else in it is published."""
    return (
        Story.objects.filter(members__item=item)
        .filter(pk__in=published().exclude(pk=item.pk).values("in_story__story"))
        .first()
    )
