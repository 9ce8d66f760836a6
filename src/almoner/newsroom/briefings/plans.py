"""Briefings and their questions as records of the newsroom."""

from __future__ import annotations

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from almoner.newsroom.records import RecordViewSet
from almoner.products.briefing.enums import SectionKind, audience_choices
from almoner.products.briefing.models import Briefing, Question


class BriefingForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A briefing; sections and editions are ticked."""

    plan = forms.MultipleChoiceField(
        choices=SectionKind,
        widget=forms.CheckboxSelectMultiple,
        label="Sections",
        help_text="Those that a new issue begins with. In an issue they can be moved.",
    )
    audiences = forms.MultipleChoiceField(
        choices=audience_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Editions of their own",
        help_text="Who gets an edition with what concerns them alone beside what everybody gets.",
    )

    def clean_key(self) -> str:
        """The name in addresses; that of a briefing with issues stays, so that their addresses do."""
        key = str(self.cleaned_data["key"])
        if self.instance.pk and key != self.initial["key"] and self.instance.issues.exists():
            raise forms.ValidationError("It has issues, whose addresses would no longer lead to them.")
        return key


class BriefingViewSet(RecordViewSet):
    """The list of briefings, and the plan of each."""

    model = Briefing
    name = "own_briefings"
    url_prefix = "briefings"
    icon = "list-ul"
    menu_label = "Briefings"
    menu_order = 47
    list_display = ("name", "rhythm")
    search_fields = ("name",)
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in ("name", "key", "description", "rhythm", "colour", "plan", "audiences", "sign_off")
        ],
        base_form_class=BriefingForm,
    )


class QuestionViewSet(RecordViewSet):
    """Questions that briefings ask."""

    model = Question
    name = "questions"
    icon = "help"
    menu_label = "Questions"
    menu_order = 48
    list_display = ("asked", "briefing", "is_open")
    search_fields = ("asked",)
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("briefing", "asked", "words", "answer", "is_open")]
    )
