"""How what was done with guidance reads in the history."""

from __future__ import annotations

from typing import Any, Final

from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

DONE: Final = {
    "edition_add": "Added an edition",
    "edition_status": "Said what an edition is",
    "edition_status_back": "Took back what an edition is",
    "edition_correct": "Corrected an edition",
    "edition_audiences": "Said whom a part is for",
    "edition_read_again": "Had an edition read anew",
    "change_note": "Wrote beside a change",
    "proposal_attach": "Attached an announcement",
    "proposal_dismiss": "Set an announcement aside",
}


class WithEdition(LogFormatter):  # type: ignore[misc]
    """What was done, with which edition, and the details below."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """The deed and the edition."""
        return ": ".join(filter(None, (self.message, log_entry.data.get("edition", ""))))

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        """The details."""
        return str(log_entry.data.get("detail", ""))


def register_deeds(actions: Any) -> None:
    """Tell Wagtail's log about them."""
    for name, words in DONE.items():
        deed = type(name, (WithEdition,), {"label": words, "message": words})
        actions.register_action(f"almoner.{name}")(deed)


hooks.register("register_log_actions", register_deeds)
