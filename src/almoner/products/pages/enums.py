"""Choices that pages store."""

from __future__ import annotations

from django.db import models


class Place(models.TextChoices):
    """Where the way to a page stands on every other."""

    MENU = "menu", "In the menu at the top, and at the foot"
    FOOT = "foot", "At the foot of every page"
    NOWHERE = "nowhere", "Nowhere: whoever has its address finds it"
