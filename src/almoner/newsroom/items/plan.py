"""When an item is to be published and withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin import messages

from almoner.newsroom import decisions
from almoner.newsroom.items.views import WithReasonView
from almoner.records.catalogue import moments
from almoner.records.catalogue.models import ItemPlan

_TYPED: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")


def london_moment(local: datetime) -> datetime:
    """A local time in the United Kingdom as a moment in UTC; of an hour that comes twice, when the clocks go back, the
    first. `ValidationError` for an hour that the clocks leave out."""
    aware = local.replace(tzinfo=moments.LONDON, fold=0)
    moment = aware.astimezone(UTC)
    if moment.astimezone(moments.LONDON).replace(tzinfo=None) != local:
        raise ValidationError(
            f"The clocks go forward that night: {local:%H:%M} does not come. Choose an hour later or earlier."
        )
    return moment


class MomentField(forms.DateTimeField):
    """A day and an hour, as clocks in the United Kingdom show them."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_TYPED[0])

    def __init__(self, **named: Any) -> None:
        super().__init__(required=False, input_formats=_TYPED, **named)

    def to_python(self, value: Any) -> datetime | None:
        """The moment in UTC."""
        if value in self.empty_values:
            return None
        for shape in _TYPED:
            try:
                local = datetime.strptime(str(value).strip(), shape)  # noqa: DTZ007, the zone follows
            except ValueError:
                continue
            return london_moment(local)
        raise ValidationError("Give a day and an hour, such as 2026-03-02T09:00.")


class PlanForm(forms.Form):
    """The moments; both empty is no plan."""

    publish_at = MomentField(label="Publish at", help_text="Nobody but editors sees it before.")
    withdraw_at = MomentField(
        label="Withdraw at", help_text="Its page says from then on that it was withdrawn."
    )
    reason = forms.CharField(
        label="Why it is withdrawn then",
        required=False,
        max_length=ItemPlan._meta.get_field("withdraw_reason").max_length,
        help_text="For example: the consultation has closed. Kept in the history.",
    )


class PlanView(WithReasonView):
    """Asks when."""

    page_title = "Plan"
    header_icon = "date"
    template_name = "newsroom/items/plan.html"
    form_class = PlanForm

    def get_initial(self) -> dict[str, Any]:
        """What is planned already."""
        plan = ItemPlan.objects.filter(item=self.item).first()
        if plan is None:
            return {}
        return {
            "publish_at": _local(plan.publish_at),
            "withdraw_at": _local(plan.withdraw_at),
            "reason": plan.withdraw_reason,
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep the plan; what does not fit is said at its field."""
        given = form.cleaned_data
        try:
            decisions.plan(self.item, **given, by=self.editor, now=timezone.now())
        except ValidationError as fault:
            for name, faults in fault.message_dict.items():
                form.add_error(name, faults)
            return self.form_invalid(form)
        told = [
            f"{word} at {timezone.localtime(given[name]):%H:%M on %-d %B %Y}"
            for name, word in (("publish_at", "published"), ("withdraw_at", "withdrawn"))
            if given[name]
        ]
        messages.success(
            self.request,
            f"It will be {' and '.join(told)}." if told else "Nothing is planned for it any more.",
        )
        return self.back()


def _local(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""
