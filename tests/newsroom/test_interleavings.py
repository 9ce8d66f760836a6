"""Two editors and the gathering at one item, in any order: no word that was saved is lost unseen."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import pytest
from django.http import QueryDict

from almoner.newsroom import decisions
from almoner.newsroom.items.forms import PANELS
from almoner.newsroom.models import Correction
from almoner.pipeline import model
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.ingest.revisions import note
from almoner.records.ingest.rows import item_rows

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ROUNDS: Final = 1_000 if os.environ.get("ALMONER_SOAK") == "1" else 25
STEPS: Final = 16
FIELDS: Final = ("title", "summary", "text", "section")
_WORD: Final = re.compile(r"\b(?:word|news)\d+\b")
FORM: Final = PANELS.bind_to_model(Item).get_form_class()


def words_in(value: str) -> set[str]:
    """The words of a field by which it is told who wrote it."""
    return set(_WORD.findall(value))


@dataclass
class Editor:
    """An editor: what their browser holds, and every word that was on their screen."""

    person: Person
    sent: QueryDict | None = None
    seen: set[str] = field(default_factory=set)
    listed: list[Correction] = field(default_factory=list)

    def open(self, item: Item) -> None:
        """Open the item's form."""
        form = FORM(instance=Item.objects.get(pk=item.pk), for_user=self.person)
        self.sent = QueryDict(mutable=True)
        for bound in form:
            value = bound.value()
            if isinstance(value, list):
                if bound.name not in {"links", "events"}:
                    self.sent.setlist(bound.html_name, [str(each) for each in value])
            else:
                self.sent[bound.html_name] = "" if value is None else str(value)
        for name in FIELDS:
            self.seen |= words_in(self.sent.get(name, ""))
        self.listed = list(item.corrections.all())

    def type(self, name: str, word: str, whole: bool) -> None:
        """Write a word into a field, in place of what stands there or after it."""
        assert self.sent is not None
        self.sent[name] = word if whole else f"{self.sent[name]} {word}"
        self.seen.add(word)

    def save(self, item: Item, now: datetime, chance: random.Random) -> frozenset[str]:
        """Save the form; where it asks, what both wrote is on the screen, and the editor's choice is in the form."""
        form = FORM(self.sent, instance=Item.objects.get(pk=item.pk), for_user=self.person)
        assert form.is_valid(), form.errors
        typed = {name: form.data[name] for name in FIELDS}
        try:
            different = decisions.correct(
                form.instance, form.changes(), self.person, now, opened=form.opened_as()
            )
        except decisions.ChangedMeanwhile as asked:
            form.ask(asked.stands)
            assert {name: form.data[name] for name in FIELDS} == typed
            self.sent = form.data
            for stand in form.stands:
                self.seen |= words_in("".join(hunk.old for hunk in stand.hunks))
                self.sent[f"merge-{stand.name}"] = chance.choice(["mine", "theirs", "both"])
            return frozenset()
        self.sent = None
        return different

    def put_back(self, now: datetime, chance: random.Random) -> frozenset[str]:
        """Put back what stood there before one of the corrections that the open page lists."""
        if not self.listed:
            return frozenset()
        seen = self.listed[0].pk
        try:
            return decisions.put_back(chance.choice(self.listed), self.person, now, seen=seen)
        except decisions.ChangedMeanwhile:
            return frozenset()
        finally:
            self.sent, self.listed = None, []  # its page is shown anew


def gather(item: Item, word: str, now: datetime, chance: random.Random) -> None:
    """The publisher writes something else, and it is gathered."""
    item = Item.objects.get(pk=item.pk)
    read = model.Item(
        "page", model.Place(), item.title, True, model.Kind.NEWS, text=item.text, summary=item.summary
    )
    name = chance.choice(["title", "text", "summary"])
    rows = item_rows(
        read.__class__(**{**{each: getattr(read, each) for each in read.__slots__}, name: f"{word} from its publisher"}),
        1, licence="unknown", captured=now, now=now,
    )  # fmt: skip
    before = {name: getattr(item, name) for name in item.corrected}
    note([(item, rows)], captured=now, now=now, trusted=chance.random() < 0.5)
    after = Item.objects.get(pk=item.pk)
    assert {name: getattr(after, name) for name in before} == before, (
        "the publisher took an editor's words away"
    )


def step(item: Item, editors: list[Editor], word: str, now: datetime, chance: random.Random) -> None:
    """One thing that somebody does."""
    editor = chance.choice(editors)
    deed = chance.choice(["open", "type", "type", "save", "save", "gather", "put back"])
    if deed == "gather":
        gather(item, f"news{word}", now, chance)
    elif deed == "open" or editor.sent is None:
        editor.open(item)
    elif deed == "type":
        editor.type(chance.choice(FIELDS), f"word{word}", chance.random() < 0.5)
    elif deed == "save":
        account(item, editor, now, lambda: editor.save(item, now, chance))
    else:
        account(item, editor, now, lambda: editor.put_back(now, chance))


def account(item: Item, editor: Editor, now: datetime, deed: Callable[[], frozenset[str]]) -> None:
    """What went with a deed was told, had been on the editor's screen, and can be put back."""
    before = Item.objects.get(pk=item.pk)
    different = deed()
    after = Item.objects.get(pk=item.pk)
    for name in FIELDS:
        gone = words_in(getattr(before, name)) - words_in(getattr(after, name))
        assert name in different or not gone
        assert gone <= editor.seen, f"{name}: {gone} were overwritten unseen"
        if gone:
            kept = item.corrections.filter(at=now).values_list("was", flat=True)[0]
            assert gone <= words_in(kept[name]), f"{name}: {gone} cannot be put back"


@pytest.mark.parametrize("part", range(5))
def test_no_order_of_two_editors_and_the_gathering_loses_a_word_unseen(
    make_item: Callable[..., Item], alice: Person, bob: Person, now: datetime, part: int
) -> None:
    for seed in range(part, ROUNDS, 5):
        chance = random.Random(seed)
        item = make_item(f"Title {seed}", text=f"Text {seed}", status=chance.choice(["waiting", "published"]))
        editors = [Editor(alice), Editor(bob)]
        for number in range(STEPS):
            moment = now + timedelta(minutes=number + 1)
            step(item, editors, str(number), moment, chance)
