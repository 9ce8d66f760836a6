"""Answers of readers: taken, and decided about by an editor."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from almoner.products.briefing.enums import AnswerState
from almoner.products.briefing.models import Answer, Question
from almoner.records.accounts.enums import Purpose
from almoner.records.accounts.services import admit
from almoner.records.catalogue.columns import storable

LONGEST: Final = 2_000
"""Letters of an answer."""
WAITING: Final = 500
"""Answers to one question that may wait for an editor at once."""


@sensitive_variables()
def take_answer(question: Question, words: str, name: str, address: str, *, now: datetime) -> None:
    """Keep an answer until an editor has looked at it. `address` is where it comes from: counted by, and not kept with it.
    `ValidationError` in words for the reader where it is not taken."""
    words, name = storable(words).strip(), " ".join(storable(name).split())[:80]
    if not question.is_open:
        raise ValidationError("This question is closed.")
    if not words:
        raise ValidationError("Write your answer.")
    if len(words) > LONGEST:
        raise ValidationError(f"Your answer is over {LONGEST:,} letters long. Shorten it a little.")
    if not admit(Purpose.ANSWER, question.key, address, now=now):
        raise ValidationError("Too many answers came from where you are. Try again in an hour.")
    if question.answers.filter(state=AnswerState.WAITING).count() >= WAITING:
        raise ValidationError("So many have answered that we have to read first. Try again tomorrow.")
    Answer.objects.create(question=question, words=words, name=name, at=now)


def decide(answer: Answer, state: AnswerState) -> None:
    """Show an answer, or do not."""
    Answer.objects.filter(pk=answer.pk).update(state=state)
