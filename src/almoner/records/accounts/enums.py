"""Choices that accounts store."""

from __future__ import annotations

from django.db import models


class Purpose(models.TextChoices):
    """What somebody at the door, or at a form that is open to all, tried to do."""

    SIGN_IN = "sign_in", "Sign in"
    RESET = "reset", "Ask for a new password"
    ALERTS = "alerts", "Ask for anything by e-mail"
    SIGN_UP = "sign_up", "Follow something by e-mail"
    MY_LINK = "my_link", "Ask for the link to what one follows"
    ANSWER = "answer", "Answer a question of a briefing"
    NOTE = "note", "Write to the editors"
