"""The one table of findings that code, docs and newsroom share.

It stands beside the model, below the stages: a finding may be made while parsing, splitting, extracting or
relating. `gravity` is how an editor's queue sorts them: `hold` always waits for a person, `check` should be
looked at, `note` is worth knowing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from almoner.pipeline.model import Finding, Place


class Gravity(StrEnum):
    """How much a finding matters, gravest first."""

    HOLD = "hold"
    CHECK = "check"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A row of the table: its code, a name in plain words, its gravity, and what an editor can do."""

    code: str
    name: str
    gravity: Gravity
    remedy: str


_KINDS = (
    FindingKind(
        "child_identifiable",
        "A child or victim may be identifiable",
        Gravity.HOLD,
        "Decide whether the name may stand, and say why; the item waits until you have.",
    ),
    FindingKind(
        "weekday_mismatch",
        "Weekday does not match date",
        Gravity.CHECK,
        "Look at the source: either the weekday or the date is wrong.",
    ),
    FindingKind(
        "date_conflict", "Two dates disagree", Gravity.CHECK, "Choose the date that the source stands by."
    ),
    FindingKind(
        "date_implausible",
        "Date in the future, before 1990, or one that does not exist",
        Gravity.CHECK,
        "Correct the date from the source.",
    ),
    FindingKind(
        "date_ambiguous",
        "Date can be read in more than one way",
        Gravity.CHECK,
        "Check the order of day and month, and the century.",
    ),
    FindingKind("date_missing", "No date", Gravity.NOTE, "Add the date if the source gives it elsewhere."),
    FindingKind(
        "date_relative",
        "A word such as “yesterday”, with no date to go by",
        Gravity.NOTE,
        "Write the date that the words meant when they were published.",
    ),
    FindingKind("title_missing", "No title, first sentence used", Gravity.CHECK, "Write a title."),
    FindingKind("title_cut", "Title cut", Gravity.CHECK, "Complete the title from the source."),
    FindingKind("text_cut", "Text cut", Gravity.CHECK, "Complete the text from the source, or link to it."),
    FindingKind(
        "passage_unread",
        "Passage too long to be read whole",
        Gravity.CHECK,
        "Look through the rest of it yourself: its figures or promises are not all listed.",
    ),
    FindingKind("link_missing", "Promised link missing", Gravity.CHECK, "Find the address and add it."),
    FindingKind(
        "address_hidden",
        "E-mail address hidden from robots",
        Gravity.NOTE,
        "Look the address up on the page and add it if it is needed.",
    ),
    FindingKind("quotation_open", "Quotation not closed", Gravity.NOTE, "Find where the quotation ends."),
    FindingKind(
        "figures_disagree",
        "Figures that do not add up, or stand on different bases",
        Gravity.CHECK,
        "Work the figures out again from the source, and say which one is right.",
    ),
    FindingKind(
        "organisation_unknown",
        "Organisation unknown, nearly the name of a known one",
        Gravity.CHECK,
        "Correct the name, unless there is such an organisation.",
    ),
    FindingKind(
        "editions_unlike",
        "Two editions that hardly match",
        Gravity.CHECK,
        "Look whether both files are editions of one document, and which is the older.",
    ),
    FindingKind(
        "editions_reversed",
        "The newer edition stands first",
        Gravity.NOTE,
        "Compare them the other way round, unless you want to see what going back would change.",
    ),
    FindingKind(
        "numbering_broken",
        "Numbers of paragraphs missing or given twice",
        Gravity.NOTE,
        "Compare with the document: a paragraph may have been lost, or its publisher miscounted.",
    ),
    FindingKind(
        "edition_superseded",
        "Edition older than the one in force",
        Gravity.CHECK,
        "Say which edition is meant, and what the one in force says.",
    ),
    FindingKind(
        "copy_of", "Same text as another item", Gravity.NOTE, "Keep one; the other becomes a sighting of it."
    ),
    FindingKind(
        "version_of",
        "Perhaps a new version of an item that is known",
        Gravity.CHECK,
        "Compare the two. Withdraw the older one, or this one.",
    ),
    FindingKind(
        "encoding_mended",
        "Characters had to be mended, were lost or were left out",
        Gravity.CHECK,
        "Compare the letters in question with the source.",
    ),
    FindingKind(
        "markup_mended",
        "Source file damaged",
        Gravity.CHECK,
        "Compare the entries in question with the source; what could be had of them was read.",
    ),
    FindingKind(
        "markup_refused",
        "Part of the source file not loaded for safety",
        Gravity.CHECK,
        "Look at the source: it defines text that lies elsewhere or grows without end.",
    ),
    FindingKind(
        "row_unread",
        "Row of a table not read",
        Gravity.CHECK,
        "Mend the row in the file and import it again; the other rows were read.",
    ),
    FindingKind(
        "rule_unmatched",
        "The rule for this source no longer fits its pages",
        Gravity.CHECK,
        "Look whether the items were read rightly without it; then mend the rule (`almoner rules suggest`).",
    ),
    FindingKind(
        "entries_unpublished",
        "Drafts and private entries left out",
        Gravity.NOTE,
        "Nothing to do, unless one of them should be read: publish it at its source first.",
    ),
    FindingKind(
        "message_unread",
        "Message that could not be read, or not whole",
        Gravity.CHECK,
        "Open it in a mail programme; the other messages were read.",
    ),
    FindingKind(
        "message_automatic",
        "Bounce, receipt or automatic reply",
        Gravity.NOTE,
        "Nothing to do, unless it says that a subscription has ended.",
    ),
    FindingKind(
        "letters_unknown",
        "Letters that the file does not name",
        Gravity.CHECK,
        "Compare the words with the printed page, or ask the publisher for another file.",
    ),
    FindingKind(
        "changes_tracked",
        "Changes tracked in the file",
        Gravity.CHECK,
        "Make sure that this is the final text: insertions were taken as accepted, deletions left out.",
    ),
    FindingKind(
        "source_listed",
        "A source to watch, not something published",
        Gravity.CHECK,
        "Add it to the sources if it should be watched, and withdraw the item.",
    ),
)

FINDINGS: Final = MappingProxyType({kind.code: kind for kind in _KINDS})


def finding(code: str, message: str, place: Place) -> Finding:
    """Make a finding of a known kind. Raises `KeyError` for a code that is not in the table."""
    return Finding(FINDINGS[code].code, message, place)
