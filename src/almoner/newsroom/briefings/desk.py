"""What the desk says of our briefings: which issue is due, how far it is, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from almoner.newsroom.briefings.listing import open_issue
from almoner.products.briefing.enums import AnswerState, IssueState, Rhythm
from almoner.products.briefing.models import Answer, Briefing, Issue
from almoner.products.briefing.queries import issues
from almoner.records.catalogue.times import in_words


@dataclass(frozen=True, slots=True)
class Due:
    """What a briefing needs: a word, a sentence, and the issue that is being made, if one is."""

    briefing: Briefing
    issue: Issue | None
    word: str
    sentence: str


class IssuesPanel(Component):  # type: ignore[misc]
    """The briefings, each with its next issue."""

    name = "issues"
    template_name = "newsroom/desk/issues.html"
    order = 11

    def get_context_data(self, _parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """They."""
        today = timezone.localdate()
        return {
            "rows": [due(briefing, today) for briefing in Briefing.objects.all()],
            "answers": Answer.objects.filter(state=AnswerState.WAITING).count(),
        }


def due(briefing: Briefing, today: date) -> Due:
    """How a briefing stands on a day."""
    issue = open_issue(briefing)
    if issue is not None and issue.problem:
        return Due(briefing, issue, "Failed", issue.problem)
    if issue is not None and issue.state == IssueState.SCHEDULED and issue.publish_at is not None:
        at = timezone.localtime(issue.publish_at)
        return Due(briefing, issue, "Scheduled", f"Comes out on {at:%A} {at.day} {at:%B} at {at:%H:%M}.")
    if issue is not None:
        late = "was due" if issue.on < today else "is due"
        return Due(
            briefing,
            issue,
            issue.get_state_display(),
            f"Issue {issue.number} {late} on {in_words(issue.on.isoformat())}.",
        )
    last = issues(briefing).first()
    if last is None:
        return Due(briefing, None, "Due", "Its first issue can be composed.")
    if briefing.rhythm == Rhythm.OCCASIONAL:
        return Due(briefing, None, "Quiet", f"Last on {in_words(last.on.isoformat())}.")
    comes = last.on + timedelta(days=Rhythm(briefing.rhythm).days)
    word = "Due" if comes <= today + timedelta(days=2) else "Quiet"
    return Due(briefing, None, word, f"The next issue is due on {in_words(comes.isoformat())}.")
