"""Lines made into running text: hyphens at their ends mended where the document itself shows how."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

_LAST: Final = re.compile(r"([^\W\d_]+)-\Z")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS: Final = re.compile(r"(?:https?:/|www\.)\S*[/\-_=.?&%]\Z", re.IGNORECASE)
_DASHED: Final = re.compile(r"\w[–—/@]\Z")
"""What a line breaks behind without a space."""
_LOOSE: Final = re.compile(r"\s+([,.;:!?)\]’”])(?=\s|\Z)")


class Wording:
    """Joins the lines of one document, whose words it knows."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take note of the words in `lines`; what a line's end may have cut in two is left out."""
        self._known: Counter[str] = Counter()
        self.mended = 0
        for line in lines:
            words = _WORDS.findall(line.lower())
            self._known.update(words[1:-1] if line.endswith("-") else words[1:])

    def joined(self, lines: Sequence[str]) -> str:
        """The lines as one text."""
        text = ""
        for line in lines:
            if not text:
                text = line
            elif text.endswith("-") and not text.endswith(" -"):
                text = self._over_hyphen(text, line)
            elif _DASHED.search(text) or (_ADDRESS.search(text[-300:]) and line[:1].islower()):
                text += line
            else:
                text = f"{text} {line}"
        return _LOOSE.sub(r"\1", text)

    def _over_hyphen(self, text: str, line: str) -> str:
        """A hyphen at a line's end goes only if the document has the whole word elsewhere, and not the compound."""
        last, first = _LAST.search(text), _FIRST.match(line)
        if last is None or first is None or not first[0][0].islower() or _ADDRESS.search(text[-300:]):
            return text + line
        whole = self._known[(last[1] + first[0]).lower()]
        apart = self._known[f"{last[1]}-{first[0]}".lower()]
        if whole > apart:
            self.mended += 1
            return text[:-1] + line
        return text + line
