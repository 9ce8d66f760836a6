"""Digests and alerts as messages: what is new of what somebody follows, and by what each entry came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from django.conf import settings

from almoner.lib.letterhead import Letterhead, letter_html, letter_text
from almoner.lib.listing import joined
from almoner.lib.message import Message
from almoner.lib.written import wrapped
from almoner.pipeline.model import Precision
from almoner.products.alerts.enums import Follows, RunKind
from almoner.products.alerts.following import named
from almoner.records.catalogue import moments
from almoner.records.catalogue.models import Item, ItemAudience, ItemTopic
from almoner.records.search.shown import public_summary, public_title

MOST: Final = 40
"""Entries of a message; of the others it says how many they are. So it stays below what mail programs cut off."""
SUMMARY: Final = 400
"""Letters of a summary."""
_KINDS: Final = {
    RunKind.URGENT: ("Told at once", "please read this today", "You asked to hear of this at once."),
    RunKind.DAILY: ("Daily", "what is new today", "What you asked to hear about."),
    RunKind.WEEKLY: ("Weekly", "what was new this week", "What you asked to hear about."),
}
"""What a message is called, the rest of its neutral subject, and its neutral preview."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item, and what the reader follows that it came by, by name."""

    item: Item
    because: tuple[str, ...]


def digest(kind: RunKind, entries: Sequence[Entry]) -> Message:
    """The message that brings these entries. The items come with their publishers."""
    name, rest, preview = _KINDS[kind]
    shown = entries[:MOST]
    titles = [public_title(entry.item) for entry in shown]
    title = titles[0] if kind == RunKind.URGENT else f"{settings.SITE_NAME}: {rest}"
    more = len(entries) - 1
    telling = titles[0] if not more else f"{titles[0]}, and {more} more"
    head = Letterhead(
        site=settings.SITE_NAME,
        address=settings.SITE_ADDRESS,
        kind=name,
        title=title,
        preview=preview,
        why=f"You get this because you follow {joined(_all_reasons(entries))}.",
    )
    left = len(entries) - len(shown)
    news = f"{settings.SITE_ADDRESS}/news/"
    html = "".join(_entry_html(entry) for entry in shown)
    text = "\n\n".join(_entry_text(entry) for entry in shown)
    if left:
        html += f'<p>{left} more are <a href="{escape(news)}">in the newsfeed</a>.</p>'
        text += f"\n\n{left} more are in the newsfeed:\n{news}"
    return Message(
        subject=f"{settings.SITE_NAME}: {rest}",
        telling=telling,
        preview=preview,
        html=letter_html(head, html),
        text=letter_text(head, text),
    )


def sample(item: Item) -> Message:
    """The daily message that would bring this item alone, to somebody who follows its topics and audiences; everything,
    where it has neither. For whoever looks at it before readers do, so it need not be published."""
    signs = [(str(Follows.TOPIC), topic) for topic in _given(ItemTopic, item, "topic")]
    signs += [(str(Follows.AUDIENCE), audience) for audience in _given(ItemAudience, item, "audience")]
    names = named(signs or [(str(Follows.EVERYTHING), "")])
    return digest(RunKind.DAILY, [Entry(item, tuple(names.values()))])


def _given(rows: type[ItemTopic | ItemAudience], item: Item, name: str) -> list[str]:
    return list(rows.objects.filter(item=item).order_by("pk").values_list(name, flat=True))


def _all_reasons(entries: Sequence[Entry]) -> list[str]:
    return list(dict.fromkeys(reason for entry in entries for reason in entry.because))


def _entry_html(entry: Entry) -> str:
    address, facts, summary = _parts(entry.item)
    return (
        f'<h2><a href="{escape(address)}">{escape(public_title(entry.item))}</a></h2>'
        f"<p><small>{escape(facts)}</small></p>"
        f"{f'<p>{escape(summary)}</p>' if summary else ''}"
        f"<p><small>Because you follow {escape(joined(list(entry.because)))}.</small></p>"
    )


def _entry_text(entry: Entry) -> str:
    address, facts, summary = _parts(entry.item)
    because = f"Because you follow {joined(list(entry.because))}."
    lines = [wrapped(public_title(entry.item)), wrapped(facts), wrapped(summary), wrapped(because), address]
    return "\n".join(filter(None, lines))


def _parts(item: Item) -> tuple[str, str, str]:
    """Its address here, a line about it, and the beginning of its summary."""
    who = item.publisher.name if item.publisher else ""
    summary = " ".join(public_summary(item).split())
    if len(summary) > SUMMARY:
        summary = summary[:SUMMARY].rsplit(" ", 1)[0].rstrip(",;:.–- ") + "…"
    facts = " · ".join(filter(None, (item.get_kind_display(), who, _when(item.published))))
    return f"{settings.SITE_ADDRESS}{item.get_absolute_url()}", facts, summary


def _when(published: str) -> str:
    try:
        begins, precision = moments.read(published)
    except ValueError:
        return ""
    form = {Precision.YEAR: "%Y", Precision.MONTH: "%B %Y"}.get(precision, "%-d %B %Y")
    return f"published {begins.astimezone(moments.LONDON):{form}}"
