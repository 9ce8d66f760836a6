"""Forms that ask for a reason."""

from __future__ import annotations

from django import forms
from django.core.validators import MinLengthValidator

from almoner.records.catalogue.enums import Told
from almoner.records.catalogue.models import Item, ItemFinding

_LONGEST_DECISION = ItemFinding._meta.get_field("settled_reason").max_length
_LONGEST_WITHDRAWAL = Item._meta.get_field("withdrawn_reason").max_length


class WithdrawalForm(forms.Form):
    """Why an item is withdrawn."""

    reason = forms.CharField(
        max_length=_LONGEST_WITHDRAWAL,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept in the history. Readers do not see it.",
    )
    told = forms.ChoiceField(
        label="What readers are told of why",
        choices=Told,
        required=False,
        help_text="Where it stood, they see that it was withdrawn, and on which day.",
    )


class DecisionForm(forms.Form):
    """Why an item may be published although a child may be identifiable."""

    reason = forms.CharField(
        max_length=_LONGEST_DECISION,
        validators=[MinLengthValidator(10)],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example who has the right to name them, or what you took out. Kept in the history.",
    )
