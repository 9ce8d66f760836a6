"""Which paragraphs are headings and of which rank: by size, weight and number, and by the file's own bookmarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from almoner.pipeline.lines import dates
from almoner.pipeline.lines.names import looks_personal
from almoner.pipeline.parse import properties
from almoner.pipeline.parse.labels import Label
from almoner.pipeline.parse.pdf.file import Bookmark
from almoner.pipeline.parse.pdf.paragraphs import Paragraph, Setting

MAX_LETTERS: Final = 220
MAX_LINES: Final = 4
LARGER: Final = 1.12
TITLE: Final = 1.15
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_ENDS_TEXT: Final = re.compile(r"[.,;][\"'”’)\]]*\Z|\b(?:and|or)\Z")
_PLAIN: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"\s*(?:\(?[\dA-Z]{1,4}(?:\.\d+)*[.)]?\s+)?")

Style = tuple[float, bool]


class Headings:
    """The headings of one document: `levels` by the index of the paragraph, 1 for the title."""

    def __init__(
        self,
        found: Sequence[Paragraph],
        texts: Sequence[str],
        setting: Setting,
        bookmarks: Sequence[Bookmark],
        listed: Sequence[str],
        repeated: Sequence[str],
        stated: str,
    ) -> None:
        """Look at all paragraphs with their `texts`. `listed` are the titles in lists of contents, `repeated` the
        running heads, `stated` is the title that the file states."""
        self._found, self._texts, self._setting = found, texts, setting
        self._marks: dict[str, list[Bookmark]] = {}
        for mark in bookmarks:
            self._marks.setdefault(plain(mark.title), []).append(mark)
        self._listed = {plain(title) for title in listed}
        self.levels: dict[int, int] = {}
        self._by_line = -1
        self.title, self.title_span = self._title(stated, {plain(text) for text in repeated})
        self._by_line = max(self.title_span, default=-1) + 2
        candidates = [
            index for index in range(len(found)) if index not in self.title_span and self._is_heading(index)
        ]
        self._rank(candidates)
        for index in self.title_span:
            self.levels[index] = 1

    def _title(self, stated: str, repeated: set[str]) -> tuple[str | None, range]:
        """The printed title and the paragraphs it stands in; else the one that the file states, if it is one."""
        stated = properties.title(stated)
        front = [
            index
            for index, paragraph in enumerate(self._found)
            if self._can_head(index) and paragraph.pages[0] <= self._front()
        ]
        large = [
            n
            for n in front
            if self._found[n].size >= TITLE * self._setting.size and not _is_date(self._texts[n])
        ]
        agreed = [n for n in large or front if stated and plain(self._texts[n]) == plain(stated)]
        if agreed:
            return self._texts[agreed[0]], range(agreed[0], agreed[0] + 1)
        if stated and any(plain(stated) in text for text in repeated):
            return stated, range(0)  # printed at the head of every page
        if large:
            first = max(large, key=lambda n: (round(self._found[n].size), -n))
            last = first
            while last + 1 in large and abs(self._found[last + 1].size - self._found[first].size) < 0.5:
                last += 1
            if last - first > 3:
                last = first
            span = range(first, last + 1)
            return " ".join(self._texts[n] for n in span), span
        if stated:
            return stated, range(0)
        bold = [n for n in front[:3] if n < 3 and self._is_heading(n)]
        return (self._texts[bold[0]], range(bold[0], bold[0] + 1)) if bold else (None, range(0))

    def _front(self) -> int:
        """The last page on which a title may stand: the first with words, or the one behind it."""
        return self._found[0].pages[0] + 1 if self._found else 1

    def _can_head(self, index: int) -> bool:
        paragraph, text = self._found[index], self._texts[index]
        if paragraph.cells or len(paragraph.lines) > MAX_LINES or len(text) > MAX_LETTERS:
            return False
        if paragraph.label is not None and paragraph.label.kind is not Label.NUMBER:
            return False
        return _LETTERS.search(text) is not None and not _ENDS_TEXT.search(text)

    def _is_heading(self, index: int) -> bool:
        if not self._can_head(index):
            return False
        paragraph, text, setting = self._found[index], self._texts[index], self._setting
        if self._bookmark(index) is not None or self._tagged(index):
            return True
        if (
            _is_date(text)
            or (index <= self._by_line and _names_somebody(text))
            or (text.endswith(":") and paragraph.size < LARGER * setting.size and not paragraph.bold)
        ):
            return False
        if paragraph.size >= LARGER * setting.size:
            return not self._on_cover(index)
        if paragraph.size < 0.94 * setting.size:
            return False
        stands_out = (paragraph.bold and not setting.bold) or (
            text.isupper() and len(text) > 5 and paragraph.after_gap
        )
        if plain(text) in self._listed and len(paragraph.lines) <= 2:
            return True
        return stands_out and len(paragraph.lines) <= 3 and self._has_text_below(index)

    def _tagged(self, index: int) -> int:
        """The rank of the heading that the file says it is; 0 where it says nothing of the sort."""
        tag = self._found[index].tag if self._setting.tagged else None
        return int(tag.role[1]) if tag is not None and len(tag.role) == 2 and tag.role[0] == "H" else 0

    def _on_cover(self, index: int) -> bool:
        """Whether it stands on a first page that has no running text: who publishes it, for whom, when."""
        page = self._found[index].pages[0]
        return page == self._found[0].pages[0] and not any(
            paragraph.pages[0] == page
            and paragraph.size < LARGER * self._setting.size
            and paragraph.letters > 100
            for paragraph in self._found[:40]
        )

    def _has_text_below(self, index: int) -> bool:
        return index + 1 < len(self._found)

    def _bookmark(self, index: int) -> Bookmark | None:
        text = self._texts[index]
        marks = self._marks.get(plain(text)) or self._marks.get(plain(_NUMBER.sub("", text, count=1)))
        if not marks:
            return None
        first, last = self._found[index].pages
        return next((mark for mark in marks if mark.page is None or first - 1 <= mark.page <= last), None)

    def _rank(self, candidates: Sequence[int]) -> None:
        """Bookmarks say how deep a heading stands; others go by the ranks of their like, and of their size."""
        top = 2 if self.title else 1
        depths = [mark.depth for marks in self._marks.values() for mark in marks]
        if self.title and depths.count(1) == 1 and plain(self.title) in self._marks:
            top = 1  # the outline's one root is the title itself
        if any(self._tagged(index) == 1 for index in self.title_span):
            top = 1
        known: dict[Style, Counter[int]] = {}
        for index in candidates:
            mark = self._bookmark(index)
            stated = mark.depth if mark is not None else self._tagged(index)
            if stated:
                self.levels[index] = min(6, stated + top - 1)
                known.setdefault(self._style(index), Counter())[self.levels[index]] += 1
        rank = 1 if self.title else 0
        ranks: dict[Style, int] = {}
        for style in sorted(
            {self._style(index) for index in candidates}, key=lambda style: (-style[0], not style[1])
        ):
            rank = known[style].most_common(1)[0][0] if style in known else rank + 1
            ranks[style] = min(6, rank)
        dots: dict[Style, int] = {}
        for index in candidates:
            if (depth := self._dots(index)) is not None:
                style = self._style(index)
                dots[style] = min(depth, dots.get(style, depth))
        for index in candidates:
            if index not in self.levels:
                style, depth = self._style(index), self._dots(index)
                deeper = depth - dots[style] if depth is not None else 0
                self.levels[index] = min(6, ranks[style] + deeper)

    def _style(self, index: int) -> Style:
        paragraph = self._found[index]
        return round(paragraph.size * 2) / 2, paragraph.bold

    def _dots(self, index: int) -> int | None:
        """How deep a heading's own number goes: 0 for "2", 1 for "2.1"."""
        label = self._found[index].label
        return label.label.strip("().").count(".") if label is not None else None


def plain(text: str) -> str:
    """A text's letters and digits alone, to compare titles by."""
    return _PLAIN.sub("", text.lower())


def _is_date(text: str) -> bool:
    return len(text) < 60 and dates.is_only_date(text.split(":", 1)[-1].strip())


def _names_somebody(text: str) -> bool:
    """Whether a line is who wrote it: one name, or two."""
    names = re.split(r",\s+|\s+(?:and|&)\s+", text.removeprefix("By ").removeprefix("by "))
    return len(names) <= 4 and all(looks_personal(name) for name in names)
