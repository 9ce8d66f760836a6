"""What templates of the public pages need beside Django's own tags."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from almoner.records.catalogue import times

register = template.Library()


@register.simple_tag
def moment(value: str | datetime, weekday: bool = False) -> SafeString | str:
    """A time in words inside `<time>`; nothing where there is none."""
    if isinstance(value, datetime):
        value = times.cut_to_minute(value)
    if not value:
        return ""
    words = times.in_words(value, weekday=weekday)
    return (
        words
        if words == value and not value.isdigit()
        else format_html('<time datetime="{}">{}</time>', value, words)
    )


@register.simple_tag
def event_time(starts: str, ends: str) -> SafeString:
    """When something that one can attend takes place."""
    return format_html('<time datetime="{}">{}</time>', starts, times.span_in_words(starts, ends))
