"""Footnotes: smaller lines at the foot of a column that begin with a mark which stands in the page's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from almoner.pipeline.parse.pdf.columns import Flow
from almoner.pipeline.parse.pdf.lines import Line
from almoner.pipeline.parse.pdf.paragraphs import Paragraph, Setting

_PLAIN: Final = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3})[\])]?\s+(?=\S)")
SMALLER: Final = 0.96


def set_aside(flows: Sequence[Flow], setting: Setting, marks: set[str]) -> list[tuple[str, Paragraph]]:
    """Take the footnotes out of one page's flows: each as its mark and its lines. `marks` stand in its text."""
    notes: list[tuple[str, Paragraph]] = []
    for flow in flows:
        start = _start(flow.lines, setting, marks)
        if start is None:
            continue
        for line in flow.lines[start:]:
            mark = _mark(line, setting, marks)
            if mark:
                _strip(line, mark)
                notes.append((mark, Paragraph([line])))
            else:
                notes[-1][1].lines.append(line)
        del flow.lines[start:]
    return notes


def _start(lines: Sequence[Line], setting: Setting, marks: set[str]) -> int | None:
    """The line at which the footnotes of a column begin; all below it are small."""
    start = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.first.cells is not None or line.size > SMALLER * setting.size:
            break
        if _mark(line, setting, marks):
            start = index
    return start


def _mark(line: Line, setting: Setting, marks: set[str]) -> str:
    """The mark that a footnote's first line begins with; "" for any other line."""
    if line.first.lead:
        return line.first.lead
    plain = _PLAIN.match(line.text)
    if plain is not None and plain[1] in marks and line.size <= SMALLER * setting.size:
        return plain[1]
    return ""


def _strip(line: Line, mark: str) -> None:
    first = line.first
    if first.lead:
        return
    if first.text.strip("[]()") == mark and len(line.pieces) > 1:
        del line.pieces[0]
        return
    plain = _PLAIN.match(first.text)
    if plain is not None:
        first.text = first.text[plain.end() :]
