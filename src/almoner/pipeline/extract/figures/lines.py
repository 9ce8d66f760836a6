"""On which source line of a joined block a position of its clean text stands."""

from __future__ import annotations

from collections.abc import Callable

from almoner.pipeline.model import Place


def placer(text: str, raw: str, place: Place) -> Callable[[int], Place]:
    """A function from a position in `text` to its place.

    A block of one line, or of a page, is its own place. Where lines were joined, `raw` holds them with their line
    breaks; letters and digits are counted in both, since cleaning only takes white space and marks away.
    """
    first, last = place.first_line, place.last_line
    if first is None or last is None or first == last or "\n" not in raw:
        return lambda _: place
    lines = raw.split("\n")
    if len(lines) != last - first + 1:
        return lambda _: place
    ends: list[int] = []
    total = 0
    for line in lines:
        total += sum(map(str.isalnum, line))
        ends.append(total)
    seen = [0, 0]

    def at(position: int) -> Place:
        if position < seen[0]:
            seen[0] = seen[1] = 0
        seen[1] += sum(map(str.isalnum, text[seen[0] : position]))
        seen[0] = position
        index = next((number for number, end in enumerate(ends) if seen[1] < end), len(ends) - 1)
        return Place(first + index, first + index, place.css)

    return at
