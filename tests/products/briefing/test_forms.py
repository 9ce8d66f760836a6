"""What an issue comes out as: message, plain text, print, and hints on its style."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from almoner.products.briefing.content import content_of
from almoner.products.briefing.letters import LARGEST, message_of
from almoner.products.briefing.models import Briefing, Issue
from almoner.products.briefing.print_file import print_file
from almoner.products.briefing.services import entries
from almoner.products.briefing.services.issues import compose
from almoner.products.briefing.style import hints
from almoner.records.catalogue.models import Item
from tests.verapdf import checked

LEAD = """What the report says.

## Key findings
- Shorter journeys
- Younger children

## Where to turn
See [the service for missing people](https://www.example.org/help)."""


@pytest.fixture
def composed(issue: Issue, week: dict[str, Item], now: datetime) -> Issue:
    """An issue with an entry of each kind, the lead in blocks."""
    compose(issue, now=now)
    lead = issue.entries.get(section__kind="lead")
    entries.edit(lead, title="", words=LEAD, now=now)
    return Issue.objects.get(pk=issue.pk)


def test_message_is_whole_in_both_forms_and_asks_nothing_of_others(composed: Issue) -> None:
    message = message_of(content_of(composed))
    assert len(message.html.encode()) <= LARGEST
    assert not re.search(r"<(?:img|link|script|iframe|form)|@import|url\(|\ssrc=", message.html)
    bare = re.sub(r"<style>.*?</style>|\sstyle=\"[^\"]*\"", "", message.html, flags=re.DOTALL)
    page = LexborHTMLParser(bare)
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]  # type: ignore[index]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for said in ("Key findings", "Shorter journeys", "Answer: Standards for taxis", "Until next week,"):
        assert said in message.html
        assert said in message.text
    assert 'href="https://www.example.org/help"' in message.html
    assert "\n  https://www.example.org/help\n" in message.text
    addresses = re.findall(r'href="([^"]+)"', message.html)
    assert all(re.match(r"https?://|tel:|mailto:", one) for one in addresses)
    assert (message.subject, message.preview) == (
        "Your weekly briefing, 14 April",
        "9 things to know, 1 minute to read.",
    )
    outside = f"{message.subject} {message.preview}".casefold()
    assert not any(word in outside for word in ("guidance", "abuse", "taxi", "harbour"))


def test_edition_for_an_audience_leaves_out_what_is_for_others_alone(composed: Issue) -> None:
    assert "A card for every cab" in message_of(content_of(composed)).text
    assert "A card for every cab" in message_of(content_of(composed, "licensing")).text
    schools = message_of(content_of(composed, "schools"))
    assert "A card for every cab" not in schools.text
    assert "for schools and colleges" in schools.text


def test_message_that_would_be_cut_off_is_shortened(composed: Issue, now: datetime) -> None:
    lead = composed.entries.get(section__kind="lead")
    for _ in range(6):
        section = composed.sections.get(kind="news")
        entries.add_note(section, "Long", "Words that go on.\n\n" + "word " * 3900, now=now)
    entries.edit(lead, title="Lead", words="First.\n\n" + "more " * 3900, now=now)
    message = message_of(content_of(composed))
    assert len(message.html.encode()) <= LARGEST
    assert "Words that go on." in message.html
    assert "word word" not in message.html
    assert "word word" in message.text


def test_print_holds_to_pdf_ua_and_says_everything(composed: Issue) -> None:
    made = print_file(content_of(composed))
    assert made.is_accessible
    assert b"pdfuaid" in made.content
    assert print_file(content_of(composed)).content == made.content
    document = pypdfium2.PdfDocument(made.content)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    for said in ("Key findings", "Standards for taxis", "Get help now", "0800 1111", "Until next week,"):
        assert said in text
    document.close()


def test_print_of_each_edition_passes_verapdf(composed: Issue, tmp_path: Path) -> None:
    files = {name: print_file(content_of(composed, name)).content for name in ("schools", "licensing")}
    found = checked(tmp_path, whole=print_file(content_of(composed)).content, **files)
    assert [each.faults for each in found.values()] == [(), (), ()]
    assert min(each.assertions for each in found.values()) > 1_000


def test_print_with_letters_that_no_font_has_is_made_and_says_so(composed: Issue, now: datetime) -> None:
    entries.add_note(composed.sections.get(kind="news"), "Odd \U000f1234", "x \x00\x07 y", now=now)
    assert not print_file(content_of(composed)).is_accessible


def test_days_are_told_once_each_with_where_they_lead(composed: Issue) -> None:
    assert [(one.title, one.starts) for one in content_of(composed).dates] == [
        ("Closes: Standards for taxis", "2025-04-25"),
        ("Training for leads", "2025-05-14T16:00+01:00"),
    ]


def test_names_of_children_and_withdrawn_items_stay_out(
    composed: Issue, week: dict[str, Item], tell: Callable[..., Item], now: datetime
) -> None:
    named = tell("Review of the case of Ada Lark", summary="Ada Lark was seven.", private_names=["Ada Lark"])
    entries.add_item(composed, named, now=now)
    Item.objects.filter(pk=week["notice"].pk).update(status="withdrawn")
    content = content_of(composed)
    message = message_of(content)
    for form in (message.html, message.text):
        assert "Ada" not in form
        assert "The office moves" not in form
    assert any(named.get_absolute_url() == told.page for told in content.entries)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("word " * 40 + ".", "A sentence of 41 words"),
        ("word " * 40 + "end. " + "Word. " * 100, "A paragraph of over 120 words"),
        ("See [](https://www.example.org/).", "A link has no words"),
        ("See [here](https://www.example.org/).", "do not say where it leads"),
        ("See https://www.example.org/a.", "Put words in place of the address"),
        ("The QXZ met.", "Say what QXZ stands for."),
        ("What became of Ada Lark.", "It names a child or a victim"),
    ],
)
def test_style_is_checked(composed: Issue, words: str, hint: str, now: datetime) -> None:
    note = entries.add_note(composed.sections.get(kind="news"), "Note", words, now=now)
    found = [one.words for one in hints(content_of(composed), ["Ada Lark"]) if one.entry == note.pk]
    assert any(hint in said for said in found), found


def test_good_style_gets_no_hint(composed: Issue, now: datetime) -> None:
    words = "The Local Authority Designated Officer (LADO) met the QXZ group (QXZ). See [the report](https://a.example/)."
    note = entries.add_note(composed.sections.get(kind="news"), "Note", words, now=now)
    assert [one for one in hints(content_of(composed)) if one.entry == note.pk] == []


def test_briefings_have_colours_of_their_own(composed: Issue) -> None:
    Briefing.objects.update(colour="plum", rhythm="monthly")
    message = message_of(content_of(Issue.objects.get(pk=composed.pk)))
    assert "#5b2350" in message.html
    assert message.subject == "Your monthly briefing, 14 April"
