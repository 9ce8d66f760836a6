"""Entries of one line: a title with its date or its credit beside it.

"12 March 2024 – New guidance on exclusions", "New guidance on exclusions (12 March 2024)", "New guidance on
exclusions - Schools Week (Sam Reed)".
"""

from __future__ import annotations

from dataclasses import dataclass

from almoner.pipeline.lines import credit, dates
from almoner.pipeline.lines.dates import DateMention, Order

_EDGE = " \t:–—-|•·,.()[]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A title without the date and credit that are printed beside it."""

    title: str
    published: DateMention | None = None
    source: str | None = None
    author: str | None = None

    @property
    def shape(self) -> str:
        """What the line has besides its title, for comparing lines."""
        return "date" if self.published else "credit" if self.author else ""


def read(text: str, order: Order = "dmy", *, shared: bool = False) -> Entry | None:
    """The entry in a line of up to 300 characters, or None where it is none.

    `shared` says that several lines of the page are of the form "Title - Source (Author)".
    """
    if len(text) > 300:
        return None
    found = [
        mention
        for mention in dates.mentions(text, order)
        if mention.year is not None and mention.day is not None
    ]
    if len(found) == 1:
        mention = found[0]
        before, after = text[: mention.start], text[mention.end :]
        if (
            not before.strip(_EDGE)
            and len(after.strip(_EDGE)) >= 8
            and after[:1] in " :–—-|)],\t"
            and _joins(after)
        ):
            return Entry(
                after.strip(_EDGE + "?") if not after.rstrip().endswith("?") else after.strip(_EDGE), mention
            )
        in_sentence = ". " in before or before.rstrip(_EDGE + " ").endswith((".", "!"))
        if (
            not after.strip(_EDGE)
            and not in_sentence
            and len(before.strip(_EDGE)) >= 8
            and before.rstrip(" ")[-1:] in "(–—-|[,:"
        ):
            return Entry(before.strip(_EDGE), mention)
    inside = credit.in_title(text, order, shared=shared)
    if inside.bare != text and inside.source:
        return Entry(inside.bare, inside.published, inside.source, inside.author)
    return None


def _joins(after: str) -> bool:
    """Whether what follows a leading date is set off from it: by a mark, or by a capital letter."""
    rest = after.lstrip(" ")
    return (
        rest[:1] in ":–—-|)]•·"
        or (rest[:1].isupper() and not rest.rstrip().endswith("."))
        or (rest[:1] in "‘“'\"")
    )
