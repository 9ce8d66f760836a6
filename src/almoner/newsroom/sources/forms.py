"""The forms of sources: what is known of one, an address to look at, and why one is paused."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from almoner.pipeline.registry import ADAPTERS
from almoner.records.catalogue.enums import Licence
from almoner.records.ingest.enums import AdapterName, Trust
from almoner.records.ingest.models import Source

LICENCE_HELP: Final = (
    "What readers may be shown. Where it is not known they see title, summary, credit and a link to the "
    "publisher; with a licence they see the full text."
)
TRUST_HELP: Final = "Items with findings always wait for an editor."


class SourceForm(WagtailAdminModelForm):  # type: ignore[misc]
    """What is known of a source."""

    def clean_adapter(self) -> str:
        """A way to watch it that there is."""
        adapter = str(self.cleaned_data["adapter"])
        if "adapter" in self.changed_data and adapter != AdapterName.FILES and adapter not in ADAPTERS:
            raise forms.ValidationError("Almoner cannot watch a source in this way yet.")
        return adapter


PANELS: Final = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("publisher"),
        FieldPanel("address", help_text="At another address it begins anew: what was gathered stays."),
        FieldPanel("adapter", heading="Watched as"),
        FieldPanel("trust", help_text=f"Holds for what is read from now on. {TRUST_HELP}"),
        FieldPanel("licence", help_text=f"Holds for what is read from now on. {LICENCE_HELP}"),
        FieldPanel("keep_months"),
    ],
    base_form_class=SourceForm,
)


class AddressForm(forms.Form):
    """An address to look at."""

    address = forms.CharField(
        max_length=1000,
        label="Address",
        help_text="Of a feed, or of any page of the site: feeds that a page names are found by themselves.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )


class NewSourceForm(forms.Form):
    """How what was found is to be watched."""

    proposal = forms.TypedChoiceField(label="Watch", coerce=int, widget=forms.RadioSelect)
    name = forms.CharField(
        max_length=Source._meta.get_field("name").max_length, help_text="What it is called here."
    )
    publisher = forms.CharField(
        max_length=200,
        required=False,
        help_text="Who publishes there. Left empty, each item's own publisher counts.",
    )
    trust = forms.ChoiceField(
        choices=Trust, initial=Trust.REVIEW, widget=forms.RadioSelect, help_text=TRUST_HELP
    )
    licence = forms.ChoiceField(
        choices=Licence, initial=Licence.UNKNOWN, widget=forms.RadioSelect, help_text=LICENCE_HELP
    )

    def __init__(self, *arguments: Any, proposals: list[dict[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        ways = dict(AdapterName.choices)
        field = self.fields["proposal"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            (number, f"{ways[found['adapter']]}: {found['address']}. {found['why']}")
            for number, found in enumerate(proposals)
        ]
        field.initial = 0


class PauseForm(forms.Form):
    """Why a source is paused."""

    reason = forms.CharField(
        max_length=Source._meta.get_field("state_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For those who look at it later. It stands on the source's page and in its history.",
    )
