"""An issue as messages: HTML and plain text, neutral on the outside."""

from __future__ import annotations

from html import escape
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from almoner.lib.letterhead import Letterhead, letter_html, letter_text
from almoner.lib.message import Message
from almoner.lib.written import as_html, as_text, wrapped
from almoner.products.briefing.content import Content, Dated, Told, content_of
from almoner.products.briefing.enums import Colour
from almoner.products.briefing.models import Issue
from almoner.records.catalogue.times import span_in_words

LARGEST: Final = 100_000
"""Bytes of a message's HTML. Gmail cuts off what is over 102 kB."""


def messages_of(issue: Issue) -> dict[str, Message]:
    """The messages of an issue by the code of the audience; "" for everybody who has no edition of their own."""
    return {code: message_of(content_of(issue, code)) for code in ("", *issue.briefing.audiences)}


def message_of(content: Content) -> Message:
    """One edition as a message. Its subject names the day and nothing else."""
    issue = content.issue
    sort = issue.briefing.sort
    day = f"{issue.on.day} {issue.on:%B}"
    first = next(content.entries, None)
    head = Letterhead(
        site=settings.SITE_NAME,
        address=settings.SITE_ADDRESS,
        kind=f"{sort.capitalize()}{f', for {content.for_whom}' if content.for_whom else ''}",
        title=content.title,
        preview=f"{_count(content)}, {minutes(content)}.",
        why=f"You get this because you follow {issue.briefing.name}.",
        page=content.page,
        look=Colour(issue.briefing.colour).look,
    )
    html = _html(content)
    whole = letter_html(head, html)
    if len(whole.encode()) > LARGEST:
        whole = letter_html(head, _html(content, shortened=True))
    return Message(
        subject=f"Your {sort}, {day}",
        telling=issue.telling or (first.title if first else content.title),
        preview=head.preview,
        html=whole,
        text=letter_text(head, _text(content)),
    )


def send_test(content: Content, to: str) -> None:
    """Send an edition to one address, marked as a test; its personal links lead to the service's front page."""
    front = f"{settings.SITE_ADDRESS}/"
    message = message_of(content).addressed(leave=front, change=front)
    mail = EmailMultiAlternatives(f"Test: {message.subject}", message.text, None, [to])
    mail.attach_alternative(message.html, "text/html")
    mail.send()


def minutes(content: Content) -> str:
    """How long it takes to read, in words."""
    return f"{content.minutes} minute{'' if content.minutes == 1 else 's'} to read"


def _count(content: Content) -> str:
    count = len(list(content.entries))
    return f"{count} thing{'' if count == 1 else 's'} to know"


def _html(content: Content, *, shortened: bool = False) -> str:
    """The body. Where it is `shortened`, entries have no more than their first paragraph, and lead to the rest."""
    made = [f"<p><small>{escape(_count(content))}, {minutes(content)}.</small></p>"]
    made.append(as_html(content.opening, level=2, base=settings.SITE_ADDRESS))
    for part in content.parts:
        made.append(f"<h2>{escape(part.heading)}</h2>")
        made += [_entry_html(told, shortened=shortened) for told in part.entries]
    made.append(as_html(content.closing, level=2, base=settings.SITE_ADDRESS))
    return "\n".join(made)


def _entry_html(told: Told, *, shortened: bool) -> str:
    base = settings.SITE_ADDRESS
    title = escape(told.title)
    address = absolute(told.page)
    made = (
        [f'<h3><a href="{escape(address)}">{title}</a></h3>' if address else f"<h3>{title}</h3>"]
        if title
        else []
    )
    made.append(as_html(told.blocks[:1] if shortened else told.blocks, level=4, base=base))
    if told.dates:
        made.append(f"<ul>{''.join(f'<li>{escape(said(one))}</li>' for one in told.dates)}</ul>")
    if told.credit:
        made.append(f"<p><small>{escape(told.credit)}</small></p>")
    if told.question:
        made.append(f'<p><a href="{base}{told.question}">Answer it, without your name if you like</a></p>')
    return "".join(made)


def _text(content: Content) -> str:
    base = settings.SITE_ADDRESS
    made = [f"{_count(content)}, {minutes(content)}.", as_text(content.opening, base=base)]
    for part in content.parts:
        made.append(f"\n{part.heading.upper()}\n{'-' * min(len(part.heading), 72)}")
        for told in part.entries:
            lines = (
                [wrapped(told.title, mark="* "), f"  {absolute(told.page)}" if told.page else ""]
                if told.title
                else []
            )
            lines += [as_text(told.blocks, base=base), *(wrapped(said(one), mark="- ") for one in told.dates)]
            if told.credit:
                lines.append(f"({told.credit})")
            if told.question:
                lines.append(f"Answer it, without your name if you like:\n  {base}{told.question}")
            made.append("\n".join(line for line in lines if line))
    made.append(as_text(content.closing, base=base))
    return "\n\n".join(part for part in made if part)


def said(one: Dated) -> str:
    """A dated thing in a line."""
    return f"{one.title}: {span_in_words(one.starts, one.ends)}"


def absolute(page: str) -> str:
    """An address of ours with the site before it; others as they are."""
    return f"{settings.SITE_ADDRESS}{page}" if page.startswith("/") else page
