"""What templates of the public pages need beside Django's own tags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from html import escape
from typing import Final

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from almoner.records.catalogue import times
from almoner.records.search.queries import Fragment
from almoner.web.context import every_page
from almoner.web.listing import ChoiceLink
from almoner.web.shared import Shared

register = template.Library()

_parts: Final[Shared[SafeString]] = Shared()


@register.simple_tag(takes_context=True)
def shared_part(context: Context, name: str, here: str = "", current: int | str = "") -> SafeString:
    """A component that is the same for everybody: it knows what `every_page` knows, which part of the service its page
    is (`here`), and which of the office's own pages (`current`)."""

    office_pages = context.get("office_pages")  # asked for once a page; an error page may know of none

    def part() -> SafeString:
        known = every_page() | {"office_pages": office_pages, "here": here, "current": current}
        return render_to_string(name, known)

    return _parts.get(name, here, current, office_pages is None, ask=part)


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


@register.simple_tag
def choice_buttons(name: str, choices: Iterable[ChoiceLink]) -> SafeString:
    """Buttons in a list's items that narrow a search to a value of `name`, or let go of it. A page has a hundred and more:
    a template takes longer over them than the search does."""
    return SafeString("".join(_choice_button(name, choice) for choice in choices))


def _choice_button(name: str, choice: ChoiceLink) -> str:
    value, label, items = escape(choice.value), escape(choice.name), choice.items
    if choice.is_chosen:
        return (
            f'<li class="chosen"><button form="narrowing" name="drop" value="{name}"><span>'
            f'<span class="govuk-visually-hidden">Remove </span>{label} <span aria-hidden="true">×</span></span> '
            f'<span class="count">{items}</span></button></li>'
        )
    return (
        f'<li><button form="narrowing" name="choose" value="{name}:{value}"><span>{label}</span> '
        f'<span class="count">{items}</span></button></li>'
    )


@register.simple_tag
@cache  # there are few of them, and many on a page
def page_about(view: str, key: str) -> str:
    """The address of the page of a topic or an audience."""
    return reverse(view, args=[key])


@register.simple_tag
def marked(fragments: Iterable[Fragment]) -> SafeString:
    """Pieces of text, those that match marked."""
    return SafeString(
        "".join(f"<mark>{escape(text)}</mark>" if matches else escape(text) for text, matches in fragments)
    )
