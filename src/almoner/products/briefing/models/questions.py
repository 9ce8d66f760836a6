"""The question of the week, and what readers answer."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from almoner.products.briefing.enums import AnswerState
from almoner.products.briefing.models.briefings import Briefing
from almoner.records.catalogue.models import new_key


class Question(models.Model):
    """A question that a briefing asks. Readers may answer it once it is published in an issue, as long as `is_open`;
    `answer` is ours."""

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    asked = models.CharField("question", max_length=300)
    words = models.TextField("what is behind it", blank=True)
    answer = models.TextField("our answer", blank=True)
    is_open = models.BooleanField("readers may answer", default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.asked

    def get_absolute_url(self) -> str:
        """Its page, with the answers."""
        return reverse("web:question", args=[self.briefing.key, self.key])


class Answer(models.Model):
    """What a reader answered. Nothing is kept of who they are but the name that they typed, if any."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    words = models.TextField()
    name = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=AnswerState, default=AnswerState.WAITING, db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.name or 'Somebody'}, {self.at:%d %B %Y}"
