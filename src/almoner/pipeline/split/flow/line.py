"""One line of a page and what it looks like, by itself and beside its neighbours. Facts only; no weights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from almoner.pipeline.lines import addresses, credit, dates, furniture, headings, metadata
from almoner.pipeline.lines.entries import Entry
from almoner.pipeline.lines.metadata import Metadata
from almoner.pipeline.lines.names import looks_personal
from almoner.pipeline.model import Block, BlockKind

_CLOSES: Final = re.compile(
    r"\b(?:here|below|go\s+to|visit|link|at)\b:?\s*(?:\S+\.\S+)?\s*\Z|(?:https?://|www\.)\S+\s*\Z"
    r"|^(?:you\s+can\s+(?:find|read|download|access|see|order|book|watch|listen)|for\s+(?:further|more)\s+(?:information|details)"
    r"|(?:find\s+out|read)\s+more|download\b|to\s+(?:book|register|find\s+out)|further\s+(?:reading|information)"
    r"|(?:read|book|watch|visit|apply|register|see|join|sign\s+up|listen)\b(?:\s+\S+){0,8}[.:]?\Z)",
    re.IGNORECASE,
)
_CALL: Final = re.compile(
    r"\b(?:subscribe|unsubscribe|sign\s+up|follow\s+us|contact(?:ed)?|get\s+in\s+touch|(?:e-?mail|send|tell|write\s+to)\s+us"
    r"|manage\s+your|opt\s+out)\b|\A(?:upload|submit|suggest)\b|\Amore\Z|\S@\S|\[email",
    re.IGNORECASE,
)
_PICTURE: Final = re.compile(
    r"\b(?:image|photo|photograph|picture|logo|thumbnail|portrait|icon|banner|graphic)\b", re.IGNORECASE
)
_PAGE_NAME: Final = re.compile(
    r"\b(?:news\s?feed|news(?:\s(?:centre|room|desk|page))?|blogs?|archives?|newsletter|bulletin|library|latest|home)\W*\Z|\A(?:latest|our|all)\b",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"(?:question|q)\s*[:.]\s*\S", re.IGNORECASE)
_HOURS: Final = re.compile(
    r"(?:time:?\s*)?\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?\s*(?:-|–|—|to)\s*\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m|noon)?\s*(?:GMT|BST)?\W*\Z",
    re.IGNORECASE,
)
_ISSUE_NUMBER: Final = re.compile(r"(?:issue|edition|volume|vol|no|number)\b\.?\s*\d+", re.IGNORECASE)
_OF_AN_ISSUE: Final = re.compile(
    r"(?:(?:issue|edition|volume|vol|no|number|autumn|spring|summer|winter|term|half|week|ending|beginning|commencing|of|the|and|to|"
    + "|".join([*dates.MONTHS, *dates.WEEKDAYS])
    + r")\b|\d+(?:st|nd|rd|th)?\b|[\W_])+",
    re.IGNORECASE,
)
"""Nothing but what tells one issue from another: "Autumn term 2025, week 3", "Issue 14 | November 2025"."""
_STOPPED: Final = re.compile(r"[.!…][\"”’)\]]*\Z")
_MONTH: Final = re.compile(
    r"(?:" + "|".join(name for name in dates.MONTHS if len(name) > 4 or name in {"may", "june", "july"}) + r")\W*\Z",
    re.IGNORECASE,
)  # fmt: skip
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_A_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SHORT_CONTEXT: Final = 40


@dataclass(eq=False)
class Line:
    """A block and what it looks like. What the whole page must be seen for is filled in by `evidence.look`."""

    block: Block
    metadata: Metadata | None
    entry: Entry | None = None
    before: Line | None = None
    after: Line | None = None
    times: int = 1
    """How often the page has this text."""
    anchor: float = 0.0
    """How far it is of the sort that every record has once (0 to 3)."""
    parted: float = 0.0
    """Whether the gap before it is of the width that parts records here (1), or is not (-1); 0: nobody knows."""
    run_on: float = 0.0
    """Whether it follows without a gap on a page that parts things by gaps (0 to 1)."""
    in_head: bool = False
    """Whether it stands above the page's first running text."""
    numbered: bool = False
    """Whether it is one of a list that counts upwards from 1 through the page."""
    listed: bool = False
    """Whether it begins an entry of a list that makes up the page, or of the list under a month."""
    labelled: bool = False
    """Whether it is one of a group of lines with a label each: "Venue: Town Hall"."""
    last_call: bool = False
    """Whether it and all that follows it call the page's readers to do something."""
    in_lead: bool = False
    """Whether it stands above a heading that closes an article, on a page with one such article."""
    refrain: bool = False
    """Whether several lines below text begin like it: "Press release …"."""
    capital: bool = False
    """Whether it is written in capitals, as are the headings of this page and not its text."""

    @cached_property
    def text(self) -> str:
        return self.block.text

    @cached_property
    def words(self) -> int:
        return len(headings.words(self.text))

    @cached_property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.block.kind is BlockKind.LIST_ITEM

    @cached_property
    def stands_in_list(self) -> bool:
        """Whether it is an item of a list beside other items."""
        beside = (self.before, self.after)
        return self.is_item and any(line is not None and line.is_item for line in beside)

    @cached_property
    def is_prose(self) -> bool:
        return headings.is_sentence(self.text) or len(self.text) > headings.MAX_TITLE

    @cached_property
    def stopped(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(_STOPPED.search(self.text))

    @cached_property
    def can_be_title(self) -> bool:
        table = self.block.kind is BlockKind.TABLE_ROW
        return headings.is_title_like(self.text) and not (table or self.is_hours)

    @cached_property
    def is_heading_like(self) -> bool:
        return self.can_be_title and (headings.is_heading_like(self.text) or self.asks)

    @cached_property
    def heads(self) -> bool:
        """Whether it looks like a heading and tells nothing about an item: no label, no date."""
        return (
            self.is_heading_like
            and self.metadata is None
            and not self.labelled
            and not dates.mentions(self.text)
        )

    @cached_property
    def is_inner(self) -> bool:
        """Whether it is a heading that stands inside articles: "Background", "Links"."""
        return headings.is_inner_heading(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether it puts a question of a question-and-answer column."""
        return bool(_QUESTION.match(self.text))

    @cached_property
    def is_name(self) -> bool:
        """Whether it is a person's name and nothing else."""
        return self.words <= 4 and self.section is None and looks_personal(self.text)

    @cached_property
    def section(self) -> str | None:
        """The kind of item that a section of this name holds, or None where it names no section."""
        return headings.section_of(self.text)

    @cached_property
    def is_month(self) -> bool:
        """Whether it is a month or a year and nothing else."""
        return is_month(self.text)

    @cached_property
    def is_day(self) -> bool:
        """Whether it is a full date and nothing else."""
        return self.is_dated and len(self.text) <= _SHORT_CONTEXT and dates.is_only_date(self.text)

    @cached_property
    def heads_days(self) -> bool:
        """Whether it is a day that stands over items rather than beside one."""
        held = self.after is not None and self.after.is_hours
        return self.is_day and self.anchor < 1.0 and not held

    @cached_property
    def is_context(self) -> bool:
        """Whether it can stand over several items: a month, or the name of a section or of an issue."""
        return self.is_month or self.section is not None or self.names_issue

    @cached_property
    def names_periodical(self) -> bool:
        """Whether it says that the page is an issue of something: "Newsletter", "News from …"."""
        return headings.names_periodical(self.text)

    @cached_property
    def names_issue(self) -> bool:
        """Whether it names an issue of a periodical with its date."""
        if self.entry is not None or (self.metadata is not None and set(self.metadata.labels) != {"date"}):
            return False
        names = headings.names_periodical if self.metadata is None else headings.names_issue
        dated = bool(dates.mentions(self.text)) or (self.words <= 6 and bool(_A_YEAR.search(self.text)))
        return dated and names(self.text)

    @cached_property
    def names_page(self) -> bool:
        """Whether it is what a page calls itself: "Latest News", "SAFE Newsfeed", "Issue 17 | Spring Term"."""
        return (self.words <= 4 and bool(_PAGE_NAME.search(self.text))) or bool(
            _ISSUE_NUMBER.match(self.text)
        )

    @cached_property
    def is_dateline(self) -> bool:
        """Whether it says of which week or term an issue is, or its number, and nothing else."""
        named = len(self.text) <= 80 and any(map(str.isdigit, self.text))
        return named and self.words > 0 and _OF_AN_ISSUE.fullmatch(self.text) is not None

    @cached_property
    def is_salutation(self) -> bool:
        return furniture.is_salutation(self.text)

    @cached_property
    def is_dated(self) -> bool:
        """Whether it is a line about an item that holds a time."""
        return self.metadata is not None and (self.metadata.has_date or bool(self.metadata.relative))

    @cached_property
    def is_label(self) -> bool:
        """Whether it is a body's name or a sort of text, as stands beside titles: "Home Office", "Press release"."""
        return self.words <= 5 and self.section is None and metadata.is_bare_label(self.text)

    @cached_property
    def is_hours(self) -> bool:
        """Whether it says from when to when something lasts: "10:30 - 12:00 GMT"."""
        return bool(_HOURS.match(self.text))

    @cached_property
    def is_trailer(self) -> bool:
        """Whether it says where to read on."""
        return furniture.is_trailer(self.text)

    @cached_property
    def is_tag(self) -> bool:
        """Whether it is a word that stands over every item: "news item"."""
        return self.times > 2 and len(self.text) <= 30 and self.metadata is None and not self.closes

    @cached_property
    def is_call(self) -> bool:
        """Whether it calls the page's readers to write in, to subscribe or to follow."""
        return len(self.text) <= 130 and bool(_CALL.search(self.text))

    @cached_property
    def is_picture(self) -> bool:
        """Whether it is a picture's text or a file's name rather than words of the page."""
        bare = self.text.strip()
        if not any(character.isalpha() for character in bare):
            return self.metadata is None
        if " " not in bare and (bare.islower() or any(character.isdigit() for character in bare)):
            return True
        return self.words <= 8 and not self.stopped and bool(_PICTURE.search(bare))

    @cached_property
    def closes(self) -> bool:
        """Whether a text often ends with such a line: where to read on, an address, a credit."""
        return bool(
            self.refrain or _CLOSES.search(self.text) or furniture.is_more_link(self.text) or credit.read(self.text)
            or (self.block.links and addresses.without_addresses(self.text).strip().endswith(":"))
        )  # fmt: skip

    @cached_property
    def leads_on(self) -> bool:
        """Whether something must follow it: a list, a quotation."""
        return self.text.endswith((":", ",", ";")) and not self.closes and self.metadata is None


def is_month(text: str) -> bool:
    """Whether a text is a month or a year and nothing else."""
    bare = text.strip(" :")
    if len(bare) > _SHORT_CONTEXT:
        return False
    if _MONTH.match(bare) or _YEAR.match(bare):
        return True
    found = dates.mentions(bare)
    return len(found) == 1 and found[0].day is None and dates.is_only_date(bare)
