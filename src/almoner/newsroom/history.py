"""How decisions read in the history: who did what when."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from almoner.newsroom.changes import NAMES, shown
from almoner.pipeline.findings import FINDINGS
from almoner.records.catalogue.times import in_words


class Corrected(LogFormatter):  # type: ignore[misc]
    """Which fields were corrected, and how."""

    label = "Correct"
    message = "Corrected"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """The fields by their names in the form."""
        return f"{self.message}: " + ", ".join(
            NAMES.get(name, name) for name in log_entry.data.get("fields", [])
        )

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        """What each field said before and after, one a line."""
        changed = sorted(log_entry.data.get("changes", {}).items())
        return "\n".join(f"{NAMES.get(name, name)}: {shown(change)}" for name, change in changed)


class TakenOver(Corrected):
    """What the publisher changed was put in front of readers."""

    label = "Take over"
    message = "Took over what the publisher changed"


class PutBack(Corrected):
    """Fields were made what they had been."""

    label = message = "Put back"


class Proposed(Corrected):
    """A change of an item that readers see was proposed."""

    label = "Propose"
    message = "Proposed"


class Accepted(Corrected):
    """What somebody proposed was put before readers."""

    label = "Accept"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Whose proposal it was, and the fields."""
        fields = ", ".join(NAMES.get(name, name) for name in log_entry.data.get("fields", []))
        return f"Accepted what {log_entry.data.get('proposed_by', 'somebody')} proposed: {fields}"


class Merged(LogFormatter):  # type: ignore[misc]
    """An item is the same as another."""

    label = "Merge"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Which one it is the same as."""
        return f"Merged into “{log_entry.data.get('title', '')}”"


class WithReason(LogFormatter):  # type: ignore[misc]
    """A decision that has to say why."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """The decision, and the reason that was given."""
        return ": ".join(filter(None, (self.message, log_entry.data.get("reason", ""))))


class Decided(WithReason):
    """The decision that an item may be read although a child may be identifiable."""

    label = message = "Decided that it may be published"


class Withdrawn(WithReason):
    """Taken away from readers."""

    label = message = "Withdrawn"


class LetStand(WithReason):
    """The decision that a name may stand, before the item is published."""

    label = message = "Decided that a name may stand"


class Planned(LogFormatter):  # type: ignore[misc]
    """When an item is to be published or withdrawn."""

    label = "Plan"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """The moments, in local time; none if the plan was taken back."""
        told = [
            f"{word} {in_words(log_entry.data[name])}"
            for name, word in (("publish", "to be published"), ("withdraw", "to be withdrawn"))
            if name in log_entry.data
        ]
        return f"Planned: {', '.join(told)}" if told else "Took its plan back"


class PlanKept(LogFormatter):  # type: ignore[misc]
    """What was done at a planned moment, by nobody who was there."""

    label = "As planned"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """What was done, or why it was not."""
        if fault := log_entry.data.get("fault"):
            return f"Not published as planned: {fault}"
        return "Published as planned" if log_entry.data.get("done") == "publish" else "Withdrawn as planned"


class PageNotPublished(WithReason):
    """A page was to be published at a moment, and could not be."""

    label = message = "Not published as planned"


class Declined(WithReason):
    """What somebody proposed was not taken."""

    label = "Decline"
    message = "Declined a proposal"


class Paused(WithReason):
    """A source is no longer checked."""

    label = message = "Paused"


class RuleKept(LogFormatter):  # type: ignore[misc]
    """The rule for a source's pages was changed."""

    label = "Save a rule"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Whether there is one now."""
        return "Took the rule away" if log_entry.data.get("empty") else "Saved a rule for its pages"


class OfLetter(LogFormatter):  # type: ignore[misc]
    """What was decided about a message."""

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        """Whose it was, and what it was about."""
        return f"{log_entry.data.get('sender', '')}: {log_entry.data.get('subject', '')}"


class LetterLetIn(OfLetter):
    """A message was read."""

    label = message = "Let in a message"


class LetterDiscarded(OfLetter):
    """A message was not."""

    label = message = "Discarded a message"


class SenderLetIn(OfLetter):
    """A message was read, and others of its sender are."""

    label = message = "Let in a sender"


class Settled(LogFormatter):  # type: ignore[misc]
    """A finding was looked at."""

    label = "Settle a finding"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Which finding it was."""
        kind = FINDINGS.get(log_entry.data.get("finding", ""))
        return f"Settled: {kind.name}" if kind else "Settled a finding"


def register_decisions(actions: Any) -> None:
    """Tell Wagtail's log about ours."""
    actions.register_action("almoner.correct")(Corrected)
    actions.register_action("almoner.let_stand")(LetStand)
    actions.register_action("almoner.plan")(Planned)
    actions.register_action("almoner.plan_kept")(PlanKept)
    actions.register_action("almoner.page_not_published")(PageNotPublished)
    actions.register_action("almoner.comment", "Comment", "Wrote or changed our comment")
    actions.register_action("almoner.picture", "Picture", "Put a picture with it")
    actions.register_action("almoner.picture_taken", "Picture", "Took its picture away")
    actions.register_action("almoner.write", "Write", "Written here")
    actions.register_action("almoner.urgent", "Tell at once", "Told at once")
    actions.register_action("almoner.run_hold", "Hold", "Held")
    actions.register_action("almoner.run_go_on", "Go on", "Let go on")
    actions.register_action("almoner.run_try_again", "Try again", "Tried again what failed")
    actions.register_action("almoner.run_stop", "Stop", "Stopped for good")
    actions.register_action("almoner.approve", "Approve", "Approved")
    actions.register_action("almoner.one_story", "Put into one story", "Put into one story with others")
    actions.register_action("almoner.promise_kept", "Mark a promise as kept", "Marked a promise as kept")
    actions.register_action(
        "almoner.promise_open", "Mark a promise as open", "Marked a promise as open again"
    )
    actions.register_action("almoner.own_story", "Take out of its story", "Taken out of its story")
    actions.register_action("almoner.decide")(Decided)
    actions.register_action("almoner.withdraw")(Withdrawn)
    actions.register_action("almoner.restore", "Restore", "Put back into the queue")
    actions.register_action("almoner.put_back")(PutBack)
    actions.register_action("almoner.merge")(Merged)
    actions.register_action("almoner.propose")(Proposed)
    actions.register_action("almoner.accept")(Accepted)
    actions.register_action("almoner.decline")(Declined)
    actions.register_action("almoner.part", "Part", "Parted again from the item it was merged into")
    actions.register_action("almoner.take_back", "Take back", "Approval taken back")
    actions.register_action("almoner.reopen", "Open again", "Opened a finding again")
    actions.register_action("almoner.settle")(Settled)
    actions.register_action("almoner.take_over")(TakenOver)
    actions.register_action(
        "almoner.leave", "Leave as it is", "Left as it is, though the publisher changed it"
    )
    actions.register_action("almoner.check", "Check now", "Asked for a check")
    actions.register_action("almoner.watch", "Watch", "Watched again")
    actions.register_action("almoner.pause")(Paused)
    actions.register_action("almoner.rule")(RuleKept)
    actions.register_action("almoner.letter_let_in")(LetterLetIn)
    actions.register_action("almoner.letter_discard")(LetterDiscarded)
    actions.register_action("almoner.sender_let_in")(SenderLetIn)
    actions.register_action("almoner.bring", "Bring documents", "Brought documents along")
    actions.register_action("almoner.subscriber_copy", "Copy", "Made a copy of what is kept about them")
    actions.register_action("almoner.subscriber_end", "End", "Ended what they get")
    actions.register_action("almoner.subscriber_erase", "Erase", "Erased everything about an address")
    actions.register_action("almoner.subscriber_list", "Take in a list", "Took in a list of addresses")
    actions.register_action("almoner.let_in", "Let in", "Let in what was held")


hooks.register("register_log_actions", register_decisions)
