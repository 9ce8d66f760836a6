"""A briefing: what it is called, how often it comes, how it looks, what stands in it and for whom."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from almoner.products.briefing.enums import Colour, Rhythm, SectionKind


def whole_plan() -> list[str]:
    """Every section."""
    return list(SectionKind.values)


class Briefing(models.Model):
    """A periodical of ours. `plan` lists kinds of sections in order, `audiences` the codes of those who get an edition of
    their own; everybody else gets the whole issue."""

    key = models.SlugField("name in addresses", max_length=40, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, help_text="Who it is for, and what they will know after it.")
    rhythm = models.CharField(max_length=12, choices=Rhythm, default=Rhythm.WEEKLY)
    colour = models.CharField("look", max_length=8, choices=Colour, default=Colour.TEAL)
    plan = models.JSONField("sections", default=whole_plan, blank=True)
    audiences = models.JSONField("editions of their own", default=list, blank=True)
    sign_off = models.TextField(
        blank=True, help_text="What every issue ends with: who writes, and how to reach them."
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its archive."""
        return reverse("web:own_briefing", args=[self.key])

    @property
    def sort(self) -> str:
        """What sort of message it is, in neutral words: "weekly briefing"."""
        often = "" if self.rhythm == Rhythm.OCCASIONAL else Rhythm(self.rhythm).value
        return f"{often} briefing".strip()
