"""Choices that ingest stores."""

from __future__ import annotations

from django.db import models


class Trust(models.TextChoices):
    """How far a source is trusted."""

    REVIEW = "review", "An editor approves each item"
    AUTO = "auto", "Published at once, unless it has findings"
