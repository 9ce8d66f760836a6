"""An issue as a PDF that holds to PDF/UA-1 (ISO 14289-1): tagged, with a title and a language, set by Typst."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from typing import Any, Final

from django.conf import settings

from almoner.lib.helplines import FIRST_NUMBERS
from almoner.lib.written import Block, Form
from almoner.products.briefing.content import Content
from almoner.products.briefing.enums import Colour
from almoner.products.briefing.letters import absolute, minutes, said

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Characters that no font shows."""


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF, and whether it holds to PDF/UA-1: it does not where it has letters that no font at hand can show."""

    content: bytes
    is_accessible: bool


def print_file(content: Content) -> Print:
    """The issue, with the numbers to call and its address at the foot of each page. The same issue is the same file."""
    import typst  # large, and needed by this alone

    template = resources.files(__package__).joinpath("print.typ").read_bytes()
    inputs = {"data": _FORBIDDEN.sub("", json.dumps(_told(content), ensure_ascii=False))}
    made = content.issue.published_at or content.issue.changed_at

    def compiled(standard: Any) -> bytes:
        written = typst.compile(
            template,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=standard,
            ignore_system_fonts=True,
            timestamp=made.replace(microsecond=0),
        )
        assert isinstance(written, bytes)
        return written

    try:
        return Print(compiled("ua-1"), is_accessible=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return Print(compiled([]), is_accessible=False)


def _told(content: Content) -> dict[str, Any]:
    issue = content.issue
    sort = issue.briefing.sort.capitalize()
    return {
        "title": content.title,
        "site": settings.SITE_NAME,
        "accent": Colour(issue.briefing.colour).look.accent,
        "kind": f"{sort}, for {content.for_whom}" if content.for_whom else sort,
        "about": f"{settings.SITE_NAME}, {issue.on.day} {issue.on:%B %Y}. {minutes(content)}.",
        "foot": f"{content.title} · {content.page}",
        "opening": _blocks(content.opening),
        "parts": [
            {
                "heading": part.heading,
                "entries": [
                    {
                        "title": told.title,
                        "page": absolute(told.page),
                        "blocks": _blocks(told.blocks),
                        "dates": [said(one) for one in told.dates],
                        "credit": told.credit,
                    }
                    for told in part.entries
                ],
            }
            for part in content.parts
        ],
        "closing": _blocks(content.closing),
        "numbers": [f"{line.number}  {line.name}: {line.what_for.lower()}" for line in FIRST_NUMBERS],
        "note": f"Printed from {content.page}. What it says may have changed since.",
    }


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as the template reads them: the items of a list together, each other block alone."""
    told: list[dict[str, Any]] = []
    for form, group in groupby(blocks, key=lambda block: block.form):
        rows = [[(piece.words, absolute(piece.href)) for piece in block.pieces] for block in group]
        whole = [rows] if form is Form.ITEM else [[row] for row in rows]
        told += [{"form": form.value, "rows": each} for each in whole]
    return told
