"""How items stand to each other: copies, stories, threads, and what it takes to find them for a new item.

What the machine decided can be decided again; what an editor decided (`How.EDITOR`, `StoryBar`) stays.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from almoner.records.catalogue.enums import How, Stands
from almoner.records.catalogue.models import new_key


class Story(models.Model):
    """Items about the same happening. It is called what its first item is called."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """The story's page. It holds no word of a title: titles can name a child."""
        return reverse("web:story", args=[self.key])


class StoryItem(models.Model):
    """That an item belongs to a story, who said so, and how like the others the machine found it (0 to 1)."""

    item = models.OneToOneField(
        "catalogue.Item", on_delete=models.CASCADE, primary_key=True, related_name="in_story"
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="members")
    how = models.CharField(max_length=8, choices=How, default=How.MACHINE)
    likeness = models.FloatField(default=0.0)

    def __str__(self) -> str:
        return f"{self.item} in {self.story}"


class StoryBar(models.Model):
    """That an editor said an item does not belong to a story."""

    item = models.ForeignKey("catalogue.Item", on_delete=models.CASCADE, related_name="barred_from")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="bars")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "story"), name="story_bar_once"),)

    def __str__(self) -> str:
        return f"{self.item} not in {self.story}"


class FormerStory(models.Model):
    """That an item has left the story with this key. It is kept for ever, without the item if that is deleted: when
    nothing is left of the story, its address leads on to where its items are told now."""

    key = models.CharField(max_length=12)
    item = models.ForeignKey(
        "catalogue.Item", null=True, on_delete=models.SET_NULL, related_name="left_stories"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "item"), name="former_story_once"),)
        verbose_name_plural = "former stories"

    def __str__(self) -> str:
        return self.key


class FormerItem(models.Model):
    """That the address of the item with this key leads to another item, which stands for it since they were merged;
    to nothing, where it was deleted. It is kept for ever."""

    key = models.CharField(max_length=12, unique=True)
    item = models.ForeignKey(
        "catalogue.Item", null=True, on_delete=models.SET_NULL, related_name="stands_for"
    )

    def __str__(self) -> str:
        return self.key


class KeptPromise(models.Model):
    """That an editor says a promise of an item was kept, and which later item tells of it. `sentence` is the promise, as
    the item says it, cut to what an index takes."""

    item = models.ForeignKey("catalogue.Item", on_delete=models.CASCADE, related_name="kept_promises")
    sentence = models.CharField(max_length=600)
    kept_by = models.ForeignKey("catalogue.Item", on_delete=models.CASCADE, related_name="keeps_promises")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "sentence"), name="kept_promise_once"),)

    def __str__(self) -> str:
        return f"{self.item}: kept, says {self.kept_by}"


class Thread(models.Model):
    """A work, programme or promise that is followed over years. `subject` is `pipeline.relate.threads`' id for it."""

    subject = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=300)
    items = models.ManyToManyField("catalogue.Item", related_name="threads")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The thread's page."""
        return reverse("web:thread", args=[self.subject])


class ItemCopy(models.Model):
    """How an item stands to another: nearly the same (then `item` is the copy of `original`), or held in it."""

    item = models.OneToOneField(
        "catalogue.Item", on_delete=models.CASCADE, primary_key=True, related_name="as_copy"
    )
    original = models.ForeignKey("catalogue.Item", on_delete=models.CASCADE, related_name="copies")
    standing = models.CharField(max_length=8, choices=Stands)

    class Meta:
        verbose_name_plural = "item copies"

    def __str__(self) -> str:
        return f"{self.item} {self.get_standing_display()} {self.original}"


class ItemTrait(models.Model):
    """What an item is about, as numbers (`pipeline.relate.traits`). An item without one, or with a stale one, waits to
    be related."""

    item = models.OneToOneField(
        "catalogue.Item", on_delete=models.CASCADE, primary_key=True, related_name="trait"
    )
    weights = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    meaning = models.JSONField(default=list)
    stale = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Trait of {self.item}"


class CopyMark(models.Model):
    """A mark (`pipeline.relate.marks`) of an item. Without a foreign key: a million items have twenty million marks,
    and one that outlives its item does no harm."""

    mark = models.IntegerField()
    item = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("mark", "item"), name="copy_mark"),)

    def __str__(self) -> str:
        return f"{self.mark} in {self.item}"


class StoryTerm(models.Model):
    """One of the heaviest terms of an item, by which stories are looked up."""

    term = models.IntegerField()
    item = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("term", "item"), name="story_term"),)

    def __str__(self) -> str:
        return f"{self.term} in {self.item}"


class TermUse(models.Model):
    """In how many items a term stands."""

    term = models.IntegerField(primary_key=True)
    items = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.term}: {self.items}"
