"""How what was done with an issue reads in the history of its briefing."""

from __future__ import annotations

from typing import Any, Final

from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

DONE: Final = {
    "issue_approve": "Approved an issue",
    "issue_schedule": "Scheduled an issue",
    "issue_publish": "Published an issue",
    "issue_withdraw": "Withdrew an issue",
    "answer_decide": "Decided about an answer",
}


class WithIssue(LogFormatter):  # type: ignore[misc]
    """What was done, and with which issue or question."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """The deed, and its object."""
        return ": ".join(filter(None, (self.message, log_entry.data.get("about", ""))))


def register_deeds(actions: Any) -> None:
    """Tell Wagtail's log about them."""
    for name, words in DONE.items():
        deed = type(name, (WithIssue,), {"label": words, "message": words})
        actions.register_action(f"almoner.{name}")(deed)


hooks.register("register_log_actions", register_deeds)
