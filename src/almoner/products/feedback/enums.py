"""Choices that feedback stores."""

from __future__ import annotations

from django.db import models


class About(models.TextChoices):
    """What a reader writes about."""

    MISTAKE = "mistake", "A mistake"
    HARM = "harm", "It names or shows somebody it should not"
    FORM = "form", "Needed in another form"
    MISSING = "missing", "Something that is missing here"
    BARRIER = "barrier", "This site does not work for them"


class Outcome(models.TextChoices):
    """What came of a note."""

    OPEN = "", "Not looked at yet"
    DONE = "done", "Put right, or added"
    NOT_SO = "not_so", "Looked at: nothing to change"
