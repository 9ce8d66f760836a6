"""The form in which an item is corrected."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from almoner.newsroom.changes import event_in_words, mark, marks_of, title_as_read, words_of
from almoner.newsroom.items.fields import TIME_HELP, LinesField, RowsField, TimeField
from almoner.pipeline.editions.hunks import exact_hunks
from almoner.pipeline.editions.model import Hunk
from almoner.pipeline.taxonomy.audiences import audiences
from almoner.pipeline.taxonomy.topics import topics
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.services import CORRECTABLE, events_of
from almoner.records.catalogue.topic_learning import suggestions
from almoner.records.catalogue.topics import TOPICS, topic_name

MERGES: Final = "merge-"
"""With a field's name, what to do where somebody else changed it too."""
_LONG: Final = frozenset({"text", "written", "summary"})
"""Fields in which both editors' words can stand, one after the other."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A field that somebody else changed too: its name and label, from their words to the editor's, and whether both
    can stand."""

    name: str
    label: str
    hunks: tuple[Hunk, ...]
    is_long: bool


class ItemForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Everything about an item that an editor may correct.

    It remembers what the fields held as the item was opened. What somebody else changed since in other fields stays as
    they left it. Where both changed one field, saving says so, beside the words that stand there now, and asks whose to
    keep; nothing is saved before.
    """

    published = TimeField(required=False)
    updated = TimeField(required=False)
    added = TimeField(required=False)
    links = RowsField({"href": "Address", "text": "Words it stands under"}, "Link", needed="href")
    private_names = LinesField(
        required=False,
        label="Names of children and victims",
        help_text="One a line. They can be read in the text, but never searched for, suggested or indexed.",
    )
    events = RowsField(
        {"title": "Title", "starts": "Begins", "ends": "Ends", "mode": "How or where"},
        "Event",
        times=("starts", "ends"),
        needed="title",
        help_text=f"What is not known stays empty. {TIME_HELP}",
    )
    topics = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    audiences = forms.MultipleChoiceField(
        required=False, label="Whom it concerns", widget=forms.CheckboxSelectMultiple
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    data: Any

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.stands: list[Stand] = []
        if not self.instance.written_here and (read := title_as_read(self.instance)):
            word = "Printed" if self.instance.title_is_printed else "First read as"
            self.fields["title"].help_text = format_html("{}: {}", word, read)
        self.initial["events"] = events_of(self.instance)
        given = TOPICS.given(self.instance)
        self.initial["topics"] = [row.topic for row in given]
        self.fields["topics"].choices = _given_first(
            # Without the groups, which nothing is about alone.
            ((topic.id, topic.name) for topic in topics().values() if not topic.is_group),
            self.initial["topics"],
        )
        said = [f"{topic_name(row.topic)}: {row.why}." for row in given if row.why]
        said += [
            f"Suggested: {topic_name(learnt.topic)}, {why}." for learnt, why in suggestions(self.instance)
        ]
        self.fields["topics"].help_text = " ".join(said)
        concerned = AUDIENCES.given(self.instance)
        self.initial["audiences"] = [row.audience for row in concerned]
        self.fields["audiences"].choices = _given_first(
            ((audience.id, audience.name) for audience in audiences().values()), self.initial["audiences"]
        )
        self.fields["audiences"].help_text = " ".join(
            f"{AUDIENCES.name(row.audience)}: {row.why}." for row in concerned if row.why
        )
        self.initial["opened"] = json.dumps(marks_of(self.instance))
        chosen = set(self.initial.get("categories", ()) and [row.pk for row in self.initial["categories"]])
        choices = self.fields["categories"].queryset
        self.fields["categories"].choices = sorted(
            ((row.pk, row.name) for row in choices), key=lambda choice: choice[0] not in chosen
        )

    def opened_as(self) -> dict[str, str]:
        """The marks that the fields had when the form was opened; none if that was not sent."""
        try:
            marks = json.loads(self.cleaned_data.get("opened") or "{}")
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in marks.items()} if isinstance(marks, dict) else {}

    def ask(self, stands: dict[str, str]) -> None:
        """Show what others wrote in these fields; saved again, the form knows of it."""
        typed = self._typed()
        self.stands = [
            Stand(
                name,
                str(self.fields[name].label or name),
                exact_hunks(words, typed.get(name, "")),
                name in _LONG,
            )
            for name, words in sorted(stands.items())
        ]
        marks = self.opened_as() | {name: mark(words) for name, words in stands.items()}
        self.data = self.data.copy()
        self.data[self.add_prefix("opened")] = json.dumps(marks)

    def _typed(self) -> dict[str, str]:
        """What the form says now, in the words that marks are made of."""
        events = self.cleaned_data.get("events") or []
        return words_of(self.instance) | {
            "private_names": "\n".join(self.instance.private_names),
            "categories": ", ".join(sorted(row.name for row in self.cleaned_data.get("categories", ()))),
            "topics": ", ".join(sorted(topic_name(topic) for topic in self.cleaned_data.get("topics", ()))),
            "audiences": ", ".join(
                sorted(AUDIENCES.name(audience) for audience in self.cleaned_data.get("audiences", ()))
            ),
            "events": "; ".join(event_in_words(event) for event in events),
        }

    def changes(self) -> dict[str, Any]:
        """The fields that the editor changed in the form, as the catalogue's service takes them."""
        changed: dict[str, Any] = {}
        opened, typed = self.opened_as(), self._typed()
        for name in CORRECTABLE.intersection(self.changed_data):
            value, choice = self.cleaned_data[name], self.data.get(f"{MERGES}{name}", "")
            if choice == "theirs" or opened.get(name) == mark(typed[name]):
                continue  # what stands there now is somebody else's, and the editor left the field as it was opened
            if choice == "both" and name in _LONG:
                value = f"{self.initial[name]}\n\n{value}"
            if isinstance(value, str):
                value = _unix(value)
                if value == _unix(str(self.initial.get(name) or "")).strip():
                    continue
            changed[name] = value
        return changed


def _unix(words: str) -> str:
    """Line ends as the records have them; a browser sends others, which is no correction."""
    return words.replace("\r\n", "\n")


def _given_first(choices: Iterable[tuple[str, str]], given: Collection[str]) -> list[tuple[str, str]]:
    """Choices by name, those that the item has first."""
    return sorted(choices, key=lambda choice: (choice[0] not in given, choice[1]))


def _time(name: str, label: str) -> FieldRowPanel:
    return FieldRowPanel(
        [
            FieldPanel(name, heading=label),
            FieldPanel(f"{name}_as_printed", heading=f"{label}, as printed", read_only=True),
        ]
    )


PANELS: Final = ObjectList(
    [
        FieldPanel("title", widget=forms.Textarea(attrs={"rows": 2})),
        FieldPanel("summary", widget=forms.Textarea(attrs={"rows": 3})),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("publisher")]),
        MultiFieldPanel(
            [_time("published", "Published"), _time("updated", "Updated"), _time("added", "Added")],
            heading="Dates",
            help_text=TIME_HELP,
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("credit_source"), FieldPanel("credit_outlet")]),
                FieldRowPanel([FieldPanel("credit_author"), FieldPanel("credit_byline")]),
                FieldPanel("credit_as_printed", heading="As printed", read_only=True),
            ],
            heading="Credit",
        ),
        MultiFieldPanel([FieldPanel("topics")], heading="Topics"),
        MultiFieldPanel([FieldPanel("audiences", heading="Whom it concerns")], heading="Audiences"),
        MultiFieldPanel(
            [FieldPanel("categories", widget=forms.CheckboxSelectMultiple), FieldPanel("section")],
            heading="Categories",
        ),
        MultiFieldPanel([FieldPanel("link"), FieldPanel("links")], heading="Links"),
        MultiFieldPanel([FieldPanel("events")], heading="Events it announces"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "text",
                    widget=forms.Textarea(attrs={"rows": 14}),
                    help_text="Correcting the text drops the source's mark-up of it.",
                ),
                FieldPanel("licence"),
                FieldPanel("private_names"),
            ],
            heading="Text",
        ),
        FieldPanel("opened", classname="w-hidden"),
    ],
    base_form_class=ItemForm,
)
