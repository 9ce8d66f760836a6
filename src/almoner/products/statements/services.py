"""Answering the questions of the statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from almoner.products.statements.enums import QUESTIONS
from almoner.products.statements.models import Answer
from almoner.records.accounts.models import Person
from almoner.records.catalogue.columns import storable


def answer(words: Mapping[str, str], by: Person, *, now: datetime) -> list[str]:
    """Keep answers by the ids of their questions, those that differ; returns these ids. An empty one takes an answer
    back. What is no question is passed over. `ValidationError`, by question, where one is too long."""
    kept = dict(Answer.objects.values_list("question", "words"))
    changed: list[str] = []
    with transaction.atomic():
        for asked in QUESTIONS:
            said = storable(words.get(asked.id, kept.get(asked.id, ""))).replace("\r\n", "\n").strip()
            if said == kept.get(asked.id, ""):
                continue
            changed.append(asked.id)
            if not said:
                Answer.objects.filter(question=asked.id).delete()
                continue
            limit = Answer._meta.get_field("words").max_length or 0
            if len(said) > limit:
                raise ValidationError({asked.id: f"This has {len(said)} characters; {limit} is the most."})
            Answer.objects.update_or_create(
                question=asked.id, defaults={"words": said, "answered_at": now, "answered_by": by}
            )
    return changed
