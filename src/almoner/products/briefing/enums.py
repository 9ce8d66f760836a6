"""Choices that briefings store."""

from __future__ import annotations

from typing import Final

from django.db import models

from almoner.lib.letterhead import Look
from almoner.pipeline.taxonomy.audiences import AudienceKind, audiences


class Rhythm(models.TextChoices):
    """How often a briefing comes."""

    WEEKLY = "weekly", "Weekly"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Monthly"
    OCCASIONAL = "occasional", "When there is something to say"

    @property
    def days(self) -> int:
        """How many days an issue looks back where there was none before it."""
        return {"weekly": 7, "fortnightly": 14, "monthly": 31}.get(self.value, 31)


class Colour(models.TextChoices):
    """The look of a briefing: the one colour of its links and lines."""

    TEAL = "teal", "Teal"
    PLUM = "plum", "Plum"
    MOSS = "moss", "Moss"
    SLATE = "slate", "Slate"

    @property
    def look(self) -> Look:
        """The colours by day and by night."""
        return _LOOKS[self.value]


_LOOKS: Final = {
    "teal": Look(),
    "plum": Look("#5b2350", "#e6b8dc"),
    "moss": Look("#2f4a17", "#bcd99b"),
    "slate": Look("#26405c", "#a9cbee"),
}


class SectionKind(models.TextChoices):
    """The sections that an issue may have, in the order in which a plan has them unless it says otherwise."""

    LEAD = "lead", "Lead"
    TO_DO = "to_do", "What to do this week"
    NEWS = "news", "News"
    GUIDANCE = "guidance", "Guidance: what changed"
    CONSULTATIONS = "consultations", "Consultations closing"
    RESEARCH = "research", "Research and figures"
    COURSES = "courses", "Courses and events"
    RESOURCES = "resources", "Resources"
    QUESTION = "question", "Question of the week"
    NOTICES = "notices", "Notices"
    IN_FORCE = "in_force", "Coming into force"


class EntryKind(models.TextChoices):
    """What an entry is about."""

    ITEM = "item", "An item"
    STORY = "story", "A story"
    EDITION = "edition", "What changed between two editions"
    DAY = "day", "Something that falls due"
    QUESTION = "question", "A question of ours"
    NOTE = "note", "Words of an editor"


class IssueState(models.TextChoices):
    """How far an issue is."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


CAME_OUT: Final = (IssueState.PUBLISHED, IssueState.WITHDRAWN)
"""Issues that nobody changes any more."""


class AnswerState(models.TextChoices):
    """What became of a reader's answer."""

    WAITING = "waiting", "Waiting for an editor"
    SHOWN = "shown", "Shown"
    REFUSED = "refused", "Not shown"


def audience_choices() -> list[tuple[str, str]]:
    """Codes and names of the sectors. A function, so that a new one is no migration."""
    return [(one.id, one.name) for one in audiences().values() if one.kind is AudienceKind.SECTOR]
