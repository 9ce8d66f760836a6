"""The forms of guidance: a work, a new edition, its status, whom its parts are for, a note beside a change."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from almoner.newsroom.items.fields import LinesField
from almoner.pipeline.taxonomy.topics import topics
from almoner.records.catalogue.enums import Licence
from almoner.records.guidance.editions import MAX_BYTES
from almoner.records.guidance.enums import EditionStatus, Nation
from almoner.records.guidance.models import Edition, Work
from almoner.records.guidance.works import known_as, slug_for
from almoner.records.ingest.models import Document

COPIES: Final = 30
"""Of the copies that sources gave, how many are offered."""
TIME_HELP: Final = "2025-09-01, 2025-09 or 2025."


class WorkForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A work. Its name in addresses is made once, and stays."""

    abbreviations = LinesField(required=False, help_text="One a line: KCSIE.")
    audiences = LinesField(required=False, help_text="Whom it is for, one a line: schools and colleges.")
    nations = forms.MultipleChoiceField(
        label="Applies in", required=False, choices=Nation, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        required=False,
        choices=lambda: sorted(((one.id, one.name) for one in topics().values()), key=lambda pair: pair[1]),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.initial["nations"] = list(self.instance.nations)

    def clean_title(self) -> str:
        """The title, which no other work has."""
        title = " ".join(str(self.cleaned_data["title"]).split())
        if self.instance._state.adding and Work.objects.filter(slug=slug_for(title)).exists():
            raise ValidationError("There is a work of this title already.")
        return title

    def clean_nations(self) -> str:
        """The letters, in order."""
        return "".join(letter for letter in Nation.values if letter in self.cleaned_data["nations"])

    def save(self, commit: bool = True) -> Any:
        """Save; a new one gets its name in addresses, and the one that items know it by."""
        if self.instance._state.adding:
            self.instance.slug = slug_for(self.instance.title)
            self.instance.known = known_as(self.instance.title)
        return super().save(commit)


PANELS: Final = ObjectList(
    [
        FieldPanel("title"),
        FieldPanel("short_title"),
        FieldPanel("abbreviations"),
        FieldPanel("welsh_title"),
        FieldPanel("publisher"),
        FieldPanel("address"),
        FieldPanel("nations"),
        FieldPanel("audiences"),
        FieldPanel("topics"),
    ],
    base_form_class=WorkForm,
)


class StatusForm(forms.Form):
    """What an edition is, and from when."""

    status = forms.ChoiceField(choices=EditionStatus)
    since = forms.CharField(label="From", max_length=10, help_text=TIME_HELP)


class FactsForm(forms.Form):
    """What is known of an edition beside its text."""

    published = forms.CharField(max_length=10, required=False, help_text=TIME_HELP)
    address = forms.URLField(
        label="Address at the publisher", max_length=1000, required=False, assume_scheme="https"
    )
    licence = forms.ChoiceField(
        choices=Licence, help_text="Readers see its full text only where the licence is known to allow it."
    )


class EditionForm(FactsForm):
    """A new edition: from a file, or from a copy of what a source gave."""

    field_order = ("file", "copy", "name", "published", "status", "since", "address", "licence")
    name = forms.CharField(
        max_length=Edition._meta.get_field("name").max_length,
        help_text="What tells it from the others: 2025.",
    )
    status = forms.ChoiceField(choices=[("", "Not said"), *EditionStatus.choices], required=False)
    since = forms.CharField(label="From", max_length=10, required=False, help_text=TIME_HELP)
    file = forms.FileField(
        required=False, help_text="PDF, Word, HTML, Markdown, text, CLML or Akoma Ntoso, up to 64 MiB."
    )
    copy = forms.ModelChoiceField(
        Document.objects.none(),
        label="Or a copy of what a source gave",
        required=False,
        help_text="The newest in which this work is mentioned.",
    )

    def __init__(self, *arguments: Any, work: Work, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["copy"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = copies_of(work)
        if not field.queryset.exists():
            del self.fields["copy"]

    def clean(self) -> dict[str, Any]:
        """One of file and copy, and a day where there is a status."""
        cleaned = super().clean() or {}
        file, copy = cleaned.get("file"), cleaned.get("copy")
        if not self.errors and bool(file) == bool(copy):
            self.add_error("file", "Choose a file, or a copy; not both." if file else "Choose a file.")
        if file and file.size > MAX_BYTES:
            self.add_error("file", f"It is larger than {MAX_BYTES // 2**20} MiB.")
        if bool(cleaned.get("status")) != bool(cleaned.get("since")) and "since" not in self.errors:
            self.add_error("since", "Say both what it is and from when, or neither.")
        return cleaned


class AudiencesForm(forms.Form):
    """Whom a part of an edition is for."""

    heading = forms.ChoiceField(label="Part")
    audiences = LinesField(
        required=False, label="It is for", help_text="One a line: all staff. None: for everybody."
    )

    def __init__(self, *arguments: Any, headings: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["heading"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = headings


class NoteForm(forms.Form):
    """What a change means, and what to do. Both empty: no note."""

    address = forms.CharField(max_length=200, widget=forms.HiddenInput)
    is_gone = forms.BooleanField(required=False, widget=forms.HiddenInput)
    meaning = forms.CharField(
        label="What it means", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    to_do = forms.CharField(
        label="What to do", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


def copies_of(work: Work) -> Any:
    """The newest documents in whose items a work is mentioned, of which the bytes are kept."""
    mentioned = Document.objects.filter(
        snapshot__removed_at=None,
        sightings__item__mentions__kind="guidance",
        sightings__item__mentions__known=work.known or None,
    )
    newest = mentioned.order_by("-pk").values_list("pk", flat=True).distinct()[:COPIES]
    return Document.objects.filter(pk__in=list(newest)).select_related("snapshot__source").order_by("-pk")
