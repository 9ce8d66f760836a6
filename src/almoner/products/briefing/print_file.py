"""An issue as a PDF that holds to PDF/UA-1 (ISO 14289-1): tagged, with a title and a language, set by Typst."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from itertools import groupby
from typing import Any

from django.conf import settings

from almoner.lib.helplines import FIRST_NUMBERS
from almoner.lib.typeset import Print, typeset
from almoner.lib.written import Block, Form
from almoner.products.briefing.content import Content
from almoner.products.briefing.enums import Colour
from almoner.products.briefing.letters import absolute, minutes, said


def print_file(content: Content) -> Print:
    """The issue, with the numbers to call and its address at the foot of each page. The same issue is the same file."""
    template = resources.files(__package__).joinpath("print.typ").read_bytes()
    made = content.issue.published_at or content.issue.changed_at
    return typeset(template, _told(content), made=made)


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
