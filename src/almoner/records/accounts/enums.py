"""Choices that accounts store."""

from __future__ import annotations

from django.db import models


class Purpose(models.TextChoices):
    """What somebody at the door tried to do."""

    SIGN_IN = "sign_in", "Sign in"
    RESET = "reset", "Ask for a new password"
