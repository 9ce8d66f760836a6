"""Answers of whoever runs the service."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from almoner.products.statements.enums import QUESTIONS


def question_choices() -> list[tuple[str, str]]:
    """Ids and headings. A function, so that another question is no migration."""
    return [(asked.id, asked.heading) for asked in QUESTIONS]


class Answer(models.Model):
    """What readers are told on a question (`enums.QUESTIONS`); plain text."""

    question = models.CharField(max_length=40, unique=True, choices=question_choices)
    words = models.TextField(max_length=4000)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.get_question_display())
