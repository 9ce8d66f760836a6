"""The plain text of a message, and on which line of the file each of its lines stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.model import Place
from almoner.pipeline.parse.mail.forwarded import unquoted
from almoner.pipeline.parse.mail.parts import Part

MAX_LINES: Final = 50_000
_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_SOFT: Final = re.compile(rb"=[ \t]*\r?\Z")


@dataclass(frozen=True, slots=True)
class Lines:
    """A text, and for each of its lines the line of the file; no numbers where they could not be had."""

    text: str = ""
    numbers: tuple[int, ...] = ()

    def after(self, position: int) -> Lines:
        """What follows a position that begins a line; where all of that is quoted, without the quotation's marks."""
        gone = self.text.count("\n", 0, position)
        return Lines(unquoted(self.text[position:]), self.numbers[gone:])

    def bounded(self) -> Lines:
        """Its first lines, as many as are read."""
        if self.text.count("\n") <= MAX_LINES:
            return self
        return Lines("\n".join(self.text.split("\n", MAX_LINES)[:MAX_LINES]), self.numbers[:MAX_LINES])

    def place(self, within: Place, whole: Place) -> Place:
        """Where in the file the lines `within` the text stand; `whole` is the message's place."""
        first, last = within.first_line, within.last_line
        if first is None or last is None or last > len(self.numbers):
            return whole
        return Place(self.numbers[first - 1], max(self.numbers[last - 1], self.numbers[first - 1]))


def lines_of(parts: list[Part], read: Callable[[Part], str]) -> Lines:
    """The parts' texts, each as `read` decodes it, one after the other with an empty line between.

    Soft line breaks are taken out of flowed text (RFC 3676); a signature below "-- " is left out.
    """
    texts: list[str] = []
    numbers: list[int] = []
    whole = True
    for part in parts:
        text = read(part)
        numbered = list(_numbered(part, text))
        whole = whole and bool(numbered)
        if part.parameters.get("format", "").lower() == "flowed":
            text, numbered = _unflowed(text, numbered, part.parameters.get("delsp", "").lower() == "yes")
        signed = _SIGNATURE.search(text)
        if signed is not None:
            text = text[: signed.start()]
        text = text.rstrip("\n")
        numbered = numbered[: text.count("\n") + 1]
        if texts:  # the empty line between
            numbers.extend(numbered[:1])
        texts.append(text)
        numbers.extend(numbered)
    return Lines("\n\n".join(texts), tuple(numbers) if whole else ())


def _numbered(part: Part, text: str) -> Iterator[int]:
    """The line of the file of each line of the text; nothing where its transfer encoding hides them."""
    if part.raw is None:
        return
    first = part.lines[0]
    if part.raw == part.content:
        yield from range(first, first + text.count("\n") + 1)
        return
    if part.head.line("content-transfer-encoding").strip().lower() != "quoted-printable":
        return
    lines = part.raw.split(b"\n")
    count = text.count("\n") + 1
    yield first
    for number, line in enumerate(lines, first):
        if _SOFT.search(line) is None and count > 1:
            count -= 1
            yield number + 1
    yield from [first + len(lines) - 1] * (count - 1)


def _unflowed(text: str, numbers: list[int], delete: bool) -> tuple[str, list[int]]:
    """Flowed text with its paragraphs whole. A space at the end of a line says that it goes on; quoting ends it."""
    lines: list[list[str]] = []
    kept: list[int] = []
    goes_on = False
    for index, line in enumerate(text.split("\n")):
        bare = line.removeprefix(" ") if not line.startswith("  ") else line
        quoted = bare.startswith(">")
        continues = goes_on and not quoted and bare != "-- "
        goes_on = bare.endswith(" ") and bare != "-- " and not quoted and bool(bare.strip())
        if not continues:
            lines.append([])
            kept.extend(numbers[index : index + 1])
        lines[-1].append(bare[:-1] if goes_on and delete else bare)
    return "\n".join("".join(pieces) for pieces in lines), kept
