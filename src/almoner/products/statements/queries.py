"""Reads of the statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from almoner.products.statements.enums import QUESTIONS, Question, Statement
from almoner.products.statements.models import Answer


@dataclass(frozen=True, slots=True)
class Said:
    """A question, and the answer to it; no words where there is none yet."""

    question: Question
    words: str
    answered_at: datetime | None


def said(statement: Statement | None = None) -> tuple[Said, ...]:
    """The questions of a statement, or of all, in their order, each with its answer. One query."""
    answers = {answer.question: answer for answer in Answer.objects.all()}
    return tuple(
        Said(asked, answer.words if answer else "", answer.answered_at if answer else None)
        for asked in QUESTIONS
        if statement in (None, asked.statement)
        for answer in [answers.get(asked.id)]
    )


def unanswered() -> int:
    """How many questions nobody has answered."""
    return sum(not one.words for one in said())
