"""The forms of sources: what is known of one, an address to look at, and why one is paused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from almoner.pipeline.registry import ADAPTERS, INBOXES
from almoner.records.catalogue.enums import Licence
from almoner.records.ingest.enums import AdapterName, Trust
from almoner.records.ingest.models import Source

LICENCE_HELP: Final = (
    "What readers may be shown. Where it is not known they see title, summary, credit and a link to the "
    "publisher; with a licence they see the full text."
)
TRUST_HELP: Final = "Items with findings always wait for an editor."


SENDERS_HELP: Final = (
    "Who may send it, one a line: news@trust.example, or @trust.example for everybody there. Mail from anybody else "
    "waits, unread, until an editor has looked at it. If mail of theirs waits although it is genuine, write behind the "
    "address “signed-by DOMAIN” where a mailing service sends for them, or “unsigned” where nobody signs."
)
RECEIVER_HELP: Final = (
    "Only if mail of these senders waits though it is genuine: your own mail server, which notes in each message "
    "whether its sender is proven. Its name is the first word of the message’s “Authentication-Results” line, such as "
    "mx.example.org. Left empty, signatures are checked here alone."
)


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines as a list."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether it is another list."""
        return bool((initial or []) != self.to_python(data))


class SourceForm(WagtailAdminModelForm):  # type: ignore[misc]
    """What is known of a source."""

    senders = LinesField(required=False, help_text=SENDERS_HELP)

    def clean_adapter(self) -> str:
        """A way to watch it that there is."""
        adapter = str(self.cleaned_data["adapter"])
        known = {AdapterName.FILES, *ADAPTERS, *INBOXES}
        if "adapter" in self.changed_data and adapter not in known:
            raise forms.ValidationError("Almoner cannot watch a source in this way yet.")
        return adapter


PANELS: Final = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("publisher"),
        FieldPanel("address", help_text="At another address it begins anew: what was gathered stays."),
        FieldPanel("adapter", heading="Watched as"),
        FieldPanel("trust", help_text=f"Holds for what is read from now on. {TRUST_HELP}"),
        FieldPanel(
            "licence",
            help_text=f"Holds for what it gave before, too, but where an editor set an item's own. {LICENCE_HELP}",
        ),
        FieldPanel("keep_months"),
        FieldPanel("senders"),
        FieldPanel("receiver", help_text=RECEIVER_HELP),
    ],
    base_form_class=SourceForm,
)


class AddressForm(forms.Form):
    """An address to look at."""

    address = forms.CharField(
        max_length=1000,
        label="Address",
        help_text="Of a feed, or of any page of the site: feeds that a page names are found by themselves. For newsletters "
        "a mailbox: imaps://user@host/Folder.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )


class KnownForm(forms.Form):
    """What is known of a new source."""

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


class NewSourceForm(KnownForm):
    """How what was found is to be watched."""

    proposal = forms.TypedChoiceField(label="Watch", coerce=int, widget=forms.RadioSelect)

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


class NewInboxForm(KnownForm):
    """How a mailbox or a folder is to be watched. Nobody looks into it before: its first check does."""

    GROUPS: Final = (
        ("What it is", ("adapter", "name", "publisher")),
        ("Whose mail is let in", ("senders", "receiver")),
        ("What becomes of its items", ("trust", "licence")),
    )
    adapter = forms.ChoiceField(label="Watch", widget=forms.RadioSelect)
    senders = LinesField(required=False, help_text=SENDERS_HELP)
    receiver = forms.CharField(
        max_length=255, required=False, label="Receiving host", help_text=RECEIVER_HELP
    )

    def __init__(self, *arguments: Any, address: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["adapter"]
        assert isinstance(field, forms.ChoiceField)
        self.is_mailbox = not address.lower().startswith("file:")
        ways = [AdapterName.NEWSLETTER]
        if not self.is_mailbox:
            ways.insert(0, AdapterName.FOLDER)
        field.choices = [(way.value, way.label) for way in ways]
        field.initial = ways[0].value
        if len(ways) == 1:  # nothing to choose
            field.widget = forms.HiddenInput()

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields that are asked for, a few at a time under a heading."""
        for heading, names in self.GROUPS:
            yield heading, [field for name in names if not (field := self[name]).is_hidden]


class PauseForm(forms.Form):
    """Why a source is paused."""

    reason = forms.CharField(
        max_length=Source._meta.get_field("state_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For those who look at it later. It stands on the source's page and in its history.",
    )
