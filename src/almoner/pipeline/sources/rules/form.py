"""Forms of lines: "Posted {date} in {category}". What an editor writes instead of a regular expression.

A form is matched without going back, so no form and no line can make it slow: words in a form are looked for from
left to right, dates are found by the grammar of dates. Lines over `MAX_LINE` characters fit no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import Order

MAX_LENGTH: Final = 300
MAX_LINE: Final = 500
"""Titles and metadata lines are shorter than this."""
MAX_SLOTS: Final = 8
MAX_DATES: Final = 5
"""Dates of a line that are tried; a line that tells about an item has two or three."""
DATES: Final = frozenset({"date", "updated"})
FREE: Final = frozenset({"any", "number"})
SLOTS: Final = frozenset({"title", "author", "category", "source", "outlet", *DATES, *FREE})
"""`any` is anything, also nothing; `number` is digits; the others are the fields of their names."""

_SLOT = re.compile(r"\{([^{}]*)\}")


class BadForm(ValueError):
    """A form that cannot be matched. The words say why."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as words and slots in turn: `words[0] {slots[0]} words[1] …`."""

    printed: str
    words: tuple[str, ...]
    slots: tuple[str, ...]

    def read(self, line: str, order: Order) -> dict[str, str] | None:
        """What stands in each slot of `line`, as printed; None where the line does not have this form."""
        line = " ".join(line.split())
        if not line or len(line) > MAX_LINE:
            return None
        return _match(self.words, self.slots, line, order)


def parse(printed: str) -> Form:
    """The form that is written. Raises `BadForm`."""
    if len(printed) > MAX_LENGTH:
        raise BadForm(f"is {len(printed)} characters long; at most {MAX_LENGTH} are read")
    pieces = _SLOT.split(" ".join(printed.split()))
    words, slots = tuple(pieces[::2]), tuple(name.strip() for name in pieces[1::2])
    for name in slots:
        if name not in SLOTS:
            raise BadForm(f"has {{{name}}}; known are {', '.join(f'{{{slot}}}' for slot in sorted(SLOTS))}")
        if name not in FREE and slots.count(name) > 1:
            raise BadForm(f"has {{{name}}} more than once")
    if any(brace in word for word in words for brace in "{}"):
        raise BadForm("has a brace without its other half")
    if len(slots) > MAX_SLOTS:
        raise BadForm(f"has more than {MAX_SLOTS} slots")
    if any(not word for word in words[1:-1]):
        raise BadForm("has two slots without words between them, so nothing tells where one ends")
    if not any(word.strip() for word in words) and not {*DATES, "number"} & set(slots):
        raise BadForm("would fit every line: give it a word, a {date} or a {number}")
    return Form(printed, words, slots)


def _match(words: tuple[str, ...], slots: tuple[str, ...], line: str, order: Order) -> dict[str, str] | None:
    dated = next((place for place, name in enumerate(slots) if name in DATES), None)
    if dated is None:
        return _plain(words, slots, line)
    for mention in dates.mentions(line, order)[:MAX_DATES]:
        before = _plain(words[: dated + 1], slots[:dated], line[: mention.start])
        if before is None:
            continue
        after = _match(words[dated + 1 :], slots[dated + 1 :], line[mention.end :], order)
        if after is not None:
            return {**before, slots[dated]: mention.as_printed, **after}
    return None


def _plain(words: tuple[str, ...], slots: tuple[str, ...], line: str) -> dict[str, str] | None:
    """The values of slots without dates; each ends at the first place where the next words stand."""
    if not line.startswith(words[0]) or (not slots and line != words[0]):
        return None
    found: dict[str, str] = {}
    position = len(words[0])
    for place, (name, following) in enumerate(zip(slots, words[1:], strict=True), 1):
        end = len(line) - len(following) if place == len(slots) else line.find(following, position)
        if end < position or not line.startswith(following, end):
            return None
        value = line[position:end].strip()
        if (not value and name != "any") or (name == "number" and not value.isdigit()):
            return None
        found[name] = value
        position = end + len(following)
    return found if position == len(line) else None


def fields(forms: tuple[Form, ...]) -> Iterator[str]:
    """The fields that these forms fill."""
    for form in forms:
        yield from (name for name in form.slots if name not in FREE)
