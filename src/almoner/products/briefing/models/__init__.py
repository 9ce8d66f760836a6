"""Briefings of ours, their issues with sections and entries, and the question of the week."""

from almoner.products.briefing.models.briefings import Briefing
from almoner.products.briefing.models.issues import Entry, Issue, Section
from almoner.products.briefing.models.questions import Answer, Question

__all__ = ["Answer", "Briefing", "Entry", "Issue", "Question", "Section"]
