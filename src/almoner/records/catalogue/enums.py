"""Choices that the catalogue stores."""

from __future__ import annotations

from django.db import models

from almoner.pipeline.findings import FINDINGS
from almoner.pipeline.model import Kind, MentionKind, Precision

KIND_CHOICES = [(kind.value, kind.value.capitalize()) for kind in Kind]
MENTION_CHOICES = [(kind.value, kind.value.capitalize()) for kind in MentionKind]
PRECISION_CHOICES = [(precision.value, precision.value) for precision in Precision]


class Status(models.TextChoices):
    """Where an item stands between the pipeline and the reader."""

    WAITING = "waiting", "Waiting for an editor"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Told(models.TextChoices):
    """What readers are told of why an item was withdrawn. Sentences of ours: what editors write of it may name somebody."""

    NOTHING = "", "Nothing"
    WRONG = "wrong", "What it said was wrong."
    SOURCE = "source", "Its publisher took it back."
    ASKED = "asked", "We were asked to take it down, and agreed."
    RIGHTS = "rights", "We may not show it."
    OVER = "over", "It was to be read until then."


class Licence(models.TextChoices):
    """What we may show of a source's own words."""

    UNKNOWN = "unknown", "Not known: title, summary, credit and link only"
    OGL = "ogl", "Open Government Licence v3.0: full text"
    PERMISSION = "permission", "The publisher has agreed: full text"
    OWN = "own", "Our own words: full text"

    @property
    def allows_full_text(self) -> bool:
        """Whether the full text may be shown to readers."""
        return self is not Licence.UNKNOWN


def finding_choices() -> list[tuple[str, str]]:
    """Codes and names of findings. A function, so that a new finding, or a plainer name, is no migration."""
    return [(kind.code, kind.name) for kind in FINDINGS.values()]


class GivenBy(models.TextChoices):
    """How an item came to a topic or an audience."""

    WORDS = "words", "By the words in it"
    EDITOR = "editor", "By an editor"
    NARROWER = "narrower", "By a narrower one that it has"
    LEARNT = "learnt", "As editors gave it to others"


class VersionState(models.TextChoices):
    """What became of a change that a publisher made."""

    APPLIED = "applied", "Taken over"
    WAITING = "waiting", "Waiting for an editor"
    DISMISSED = "dismissed", "Not taken over"
    SUPERSEDED = "superseded", "Followed by a newer change before anybody decided"


class Due(models.TextChoices):
    """What falls due on a day that an item names."""

    CLOSES = "closes", "Closes"
    IN_FORCE = "in_force", "Comes into force"
    PROMISE = "promise", "Promised"


class How(models.TextChoices):
    """Who said that an item belongs to a story."""

    MACHINE = "machine", "By likeness"
    EDITOR = "editor", "By an editor"


class Stands(models.TextChoices):
    """How an item stands to its original."""

    NEAR = "near", "is a copy of"
    HELD = "held", "is held in"
