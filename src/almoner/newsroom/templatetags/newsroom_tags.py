"""Small words of the newsroom's templates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django import template
from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from almoner.newsroom.changes import NAMES
from almoner.newsroom.models import Correction
from almoner.records.catalogue.times import cut_to_minute, in_words
from almoner.records.ingest.models import Document

register = template.Library()

_GAP: Final = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
"""What may stand between the words of a name: spaces, or the end of one line."""


@register.simple_tag
def service_name() -> str:
    """What the operator calls the service."""
    return str(settings.SITE_NAME)


@register.filter
def at(moment: datetime | None) -> str:
    """A moment in words, as readers see times: "9 April 2025 at 9:21am"; "" for none."""
    return in_words(cut_to_minute(moment)) if moment else ""


@register.filter
def day(value: str) -> str:
    """A day, month or year (ISO 8601) in words; "" for none."""
    return in_words(value) if value else ""


@register.filter
def corrected_fields(correction: Correction) -> str:
    """The fields that a correction changed, by their names in the form."""
    return ", ".join(NAMES.get(name, name) for name in sorted(correction.now)).capitalize()


@register.filter
def marking(text: str, names: Iterable[str]) -> SafeString:
    """The text as mark-up, escaped, with these names marked wherever they stand as whole words."""
    wanted = [_GAP.join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)]
    if not any(wanted):
        return escape(text)
    pieces = re.split(rf"(?<!\w)({'|'.join(filter(None, wanted))})(?!\w)", text, flags=re.IGNORECASE)
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", piece) if odd % 2 else piece,) for odd, piece in enumerate(pieces)),
    )


@register.filter
def place(document: Document) -> str:
    """Where a document was found: its address, or the name of its file. Where that file lay on the server is
    nobody's concern."""
    return document.path if "://" in document.path else re.split(r"[/\\]", document.path)[-1]


@register.filter
def name(document: Document) -> str:
    """What a document is called: its title, else where it was found."""
    return document.title or place(document)
