"""Choices that guidance stores."""

from __future__ import annotations

from django.db import models

from almoner.pipeline.model import BlockKind

BLOCK_CHOICES = [(kind.value, kind.value.replace("_", " ")) for kind in BlockKind]


class EditionStatus(models.TextChoices):
    """What an edition is to those who work by it."""

    DRAFT = "draft", "Draft for consultation"
    INFORMATION = "information", "For information"
    IN_FORCE = "in_force", "In force"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Nation(models.TextChoices):
    """Where a work applies, by the letters of the taxonomy."""

    ENGLAND = "E", "England"
    WALES = "W", "Wales"
    SCOTLAND = "S", "Scotland"
    NORTHERN_IRELAND = "N", "Northern Ireland"


class Decision(models.TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", "Waiting for an editor"
    ATTACHED = "attached", "Attached"
    DISMISSED = "dismissed", "Dismissed"
