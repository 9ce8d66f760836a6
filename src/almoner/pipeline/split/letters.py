"""Letters → items: a newsletter becomes the items in it, any other message one item.

A message often comes in two forms, HTML and text. Both are split, and the better one is kept: the one with more titled
items, then the HTML, unless it lacks half of the words (a page of pictures that says to open it elsewhere).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from almoner.pipeline.lines import furniture, list_mail
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import (
    Block,
    Briefing,
    Cut,
    Decision,
    Document,
    Letter,
    Part,
    Place,
    Role,
    Splitting,
)
from almoner.pipeline.split import under_headings
from almoner.pipeline.split.page import open_page

LAYOUT: Final = "message"
MANY: Final = 3
"""Titled items that make a newsletter of a message that is not known to go to a list."""
SIGNATURE: Final = 15
"""Lines among which a letter is signed off, from its end."""
SHORT: Final = 200

Split = Callable[[Document], Splitting]


def split(document: Document, order: Order, one: Split) -> Splitting:
    """The items of a document of letters. `one` splits a single text or page."""
    read = [_letter(letter, order, one) for letter in document.letters]
    only = read[0][1] if len(read) == 1 else None
    return Splitting(
        tuple(cut for _, splitting in read for cut in splitting.cuts),
        document.title,
        document.publisher,
        only.briefing if only is not None else None,
        tuple(decision for _, splitting in read for decision in splitting.decisions),
        letters=tuple(read),
    )


def _letter(letter: Letter, order: Order, one: Split) -> tuple[Document, Splitting]:
    """The form that is kept, and its items."""
    found = [(form, _pieces(letter, form, order, one(form))) for form in letter.forms]
    counts = [_titled(splitting) for _, splitting in found]
    at, why = _better(counts, [_words(form) for form in letter.forms])
    form, splitting = found[at]
    decisions = (
        [Decision("split", f"read the message's {_name(form)}", why, letter.place)] if len(found) > 1 else []
    )
    if counts[at] < (2 if letter.to_many else MANY) or counts[at] < 0.5 * len(splitting.cuts):
        cut = _whole(letter, open_page(form, order).blocks)
        why = f"{counts[at]} titled piece(s) in it make no newsletter"
        decisions.append(Decision("split", "the message as one item", why, letter.place))
        # What is to be said of the message is said of its one item, once.
        return replace(form, findings=()), Splitting(
            (cut,), form.title, form.publisher, decisions=(*form.decisions, *decisions)
        )
    placed = (_placed(cut, letter.place) for cut in splitting.cuts)
    # What is left of a masthead, once the list's own lines are gone, is no item.
    cuts = tuple(cut for cut in placed if cut.blocks(Role.TITLE, Role.BODY))
    why = "it went to a list" if letter.to_many else f"it has {counts[at]} titled pieces"
    decisions.append(Decision("split", f"a newsletter of {len(cuts)} items", why, letter.place))
    return form, replace(
        splitting,
        cuts=cuts,
        publisher=form.publisher or splitting.publisher,
        title=form.title or splitting.title,
        briefing=_issue(letter, splitting.briefing),
        decisions=(*form.decisions, *decisions, *splitting.decisions),
    )


def _pieces(letter: Letter, form: Document, order: Order, splitting: Splitting) -> Splitting:
    """The splitting; of mark-up sent to a list in which nothing was seen to repeat, the pieces under its headings."""
    if not letter.to_many or form.tree is None or _titled(splitting) > 1:
        return splitting
    return under_headings.split(open_page(form, order).blocks) or splitting


def _titled(splitting: Splitting) -> int:
    return sum(bool(cut.blocks(Role.TITLE)) and bool(cut.blocks(Role.BODY)) for cut in splitting.cuts)


def _words(form: Document) -> int:
    return sum(len(block.text) for block in form.blocks)


def _better(counts: list[int], words: list[int]) -> tuple[int, str]:
    """Which form to read, HTML standing first, and why."""
    if len(counts) == 1:
        return 0, "it has no other form"
    html, text = counts[0], counts[-1]
    if 2 * words[0] < words[-1]:
        return 1, f"its HTML has {words[0]:,} letters, its text {words[-1]:,}"
    if text > html:
        return 1, f"{text} titled items in its text, {html} in its HTML"
    return 0, f"{html} titled items in its HTML, {text} in its text"


def _name(form: Document) -> str:
    return "HTML" if form.tree is not None else "text"


def _issue(letter: Letter, printed: Briefing | None) -> Briefing:
    """The issue that the newsletter is: as it says itself, else by its subject and date."""
    says = letter.stated
    date = says.published.value[:10] if says.published is not None else None
    if printed is None:
        return Briefing(says.title or "Newsletter", date, says.outlet)
    fuller = printed.date is None or (date is not None and date.startswith(printed.date))
    return Briefing(
        says.title or printed.title, date if fuller else printed.date, printed.author or says.outlet
    )


def _whole(letter: Letter, blocks: tuple[Block, ...]) -> Cut:
    """The message as one item, without its salutation and without a first line that only repeats the subject."""
    says = letter.stated
    body = [block for block in _unsigned(blocks) if not _is_furniture(block)]
    if body and says.title is not None and body[0].text.casefold() == says.title.casefold():
        body = body[1:]
    parts = [Part(Role.BODY, _lined(block, letter.place)) for block in body]
    return Cut(tuple(parts), letter.place, LAYOUT, link=says.link, stated=says)


def _unsigned(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks up to the phrase that signs the letter off; names, posts and telephone numbers stand below it."""
    for index in range(len(blocks) - 1, max(0, len(blocks) - SIGNATURE), -1):
        below = blocks[index + 1 :]
        if _signs_off(blocks[index]) and all(len(block.text) <= SHORT for block in below):
            return blocks[:index]
    return blocks


def _signs_off(block: Block) -> bool:
    """Whether a block is, or begins with a line that is, the phrase at a letter's end."""
    first = block.raw.strip().partition("\n")[0].strip()
    return furniture.is_sign_off(block.text) or (len(block.text) <= SHORT and furniture.is_sign_off(first))


def _placed(cut: Cut, place: Place) -> Cut:
    """The cut with the lines of its message, where it has none of its own."""
    return replace(
        cut,
        place=_on_lines(cut.place, place),
        # A message has no address of its own, so that one within it leads somewhere only where it is whole.
        link=cut.link if cut.link is not None and cut.link.startswith(("http://", "https://")) else None,
        parts=tuple(
            Part(part.role, _lined(part.block, place)) for part in cut.parts if not _is_furniture(part.block)
        ),
        context=tuple(_lined(block, place) for block in cut.context),
    )


def _lined(block: Block, place: Place) -> Block:
    notes = tuple(replace(note, place=_on_lines(note.place, place)) for note in block.footnotes)
    return replace(block, place=_on_lines(block.place, place), footnotes=notes)


def _is_furniture(block: Block) -> bool:
    return not block.text or furniture.is_salutation(block.text) or list_mail.is_furniture(block.text)


def _on_lines(place: Place, message: Place) -> Place:
    if place.first_line is not None:
        return place
    return Place(message.first_line, message.last_line, place.css)
