"""The form in which an item is corrected."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from almoner.newsroom.changes import title_as_read
from almoner.newsroom.items.fields import EventsField, LinesField, LinksField
from almoner.pipeline.taxonomy.topics import topics
from almoner.records.catalogue.enums import GivenBy
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.services import CORRECTABLE, events_of
from almoner.records.catalogue.topics import topic_name

TIME_HELP: Final = "A year, month, day or minute: 2025, 2025-04, 2025-04-09 or 2025-04-09T09:21."


class ItemForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Everything about an item that an editor may correct.

    It remembers when the item last changed as it was opened. If somebody else changed it since, saving says
    so once, beside the words that are there now; saving again keeps what is in the form.
    """

    links = LinksField(
        required=False,
        help_text="One a line: the address, then a bar, then the words it stands under.",
    )
    private_names = LinesField(
        required=False,
        label="Names of children and victims",
        help_text="One a line. They can be read in the text, but never searched for, suggested or indexed.",
    )
    events = EventsField(
        required=False,
        help_text="One a line: beginning | end | title | how. Times as above; what is not known stays empty: "
        "2025-05-14T16:00 | | Briefing for heads | online",
    )
    topics = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    data: Any

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.stands: dict[str, str] = {}
        if read := title_as_read(self.instance):
            word = "Printed" if self.instance.title_is_printed else "First read as"
            self.fields["title"].help_text = format_html("{}: {}", word, read)
        self.initial["events"] = events_of(self.instance)
        given = [row for row in self.instance.topics.all() if row.given_by != GivenBy.NARROWER]
        self.initial["topics"] = [row.topic for row in given]
        self.fields["topics"].choices = _topic_choices(self.initial["topics"])
        self.fields["topics"].help_text = " ".join(
            f"{topic_name(row.topic)}: {row.why}." for row in given if row.why
        )
        self.initial["opened"] = self.instance.changed_at.isoformat()
        chosen = set(self.initial.get("categories", ()) and [row.pk for row in self.initial["categories"]])
        choices = self.fields["categories"].queryset
        self.fields["categories"].choices = sorted(
            ((row.pk, row.name) for row in choices), key=lambda choice: choice[0] not in chosen
        )

    def clean(self) -> dict[str, Any]:
        """Refuse once if somebody else changed the item in between."""
        cleaned: dict[str, Any] = super().clean()
        now = Item.objects.get(pk=self.instance.pk)
        if cleaned.get("opened") and cleaned["opened"] != now.changed_at.isoformat():
            self.stands = {
                str(self.fields[name].label): str(getattr(now, name))
                for name in self.changed_data
                if name in CORRECTABLE and name not in {"categories", "topics", "events"}
            }
            self.data = self.data.copy()
            self.data[self.add_prefix("opened")] = now.changed_at.isoformat()
            at = timezone.localtime(now.changed_at)
            raise forms.ValidationError(
                f"This item was changed at {at:%H:%M} while you had it open. What you typed is still here. "
                "Compare it with what stands now, and save again to keep yours.",
                code="changed_meanwhile",
            )
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The fields that were changed in the form, as the catalogue's service takes them."""
        changed: dict[str, Any] = {}
        for name in CORRECTABLE.intersection(self.changed_data):
            value = self.cleaned_data[name]
            if isinstance(value, str):
                value = _unix(value)
                if value == _unix(str(self.initial.get(name) or "")).strip():
                    continue
            changed[name] = value
        return changed


def _unix(words: str) -> str:
    """Line ends as the records have them; a browser sends others, which is no correction."""
    return words.replace("\r\n", "\n")


def _topic_choices(given: list[str]) -> list[tuple[str, str]]:
    """All topics by name, those that the item has first, without the groups, which nothing is about alone."""
    named = [(topic.id, topic.name) for topic in topics().values() if not topic.is_group]
    return sorted(named, key=lambda choice: (choice[0] not in given, choice[1]))


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
