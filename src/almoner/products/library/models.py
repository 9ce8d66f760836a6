"""Reading lists: what an editor would give somebody to read, in order, each with why."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from almoner.records.catalogue.models import Item, new_key


class ReadingList(models.Model):
    """A list of items that an editor made. Readers see it once it is public."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=200, unique=True)
    description = models.TextField(blank=True, help_text="Who it is for, and what they will know after it.")
    is_public = models.BooleanField("readers see it", default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("web:reading_list", args=[self.key])


class ReadingListEntry(models.Model):
    """One item of a reading list, and why it is there, in the editor's words."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="list_entries")
    position = models.PositiveIntegerField()
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("reading_list", "item"), name="item_once_on_a_reading_list"),
        )

    def __str__(self) -> str:
        return f"{self.reading_list}: {self.item}"
