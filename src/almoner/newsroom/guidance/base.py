"""What the pages of guidance share: who may come in, and the way back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms import Form
from django.urls import reverse
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.records import Permitted
from almoner.records.guidance.models import Edition, Work


class OfGuidance(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """A page about a work, for those who may change works."""

    concerns = Work
    header_icon = "doc-full-inverse"

    def note(self, action: str, edition: Edition, detail: str = "") -> None:
        """Keep in the work's history what was done with an edition."""
        data = {"edition": str(edition), "detail": detail}
        log(edition.work, f"almoner.{action}", user=self.request.user, data=data)

    def way_back(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """From the list of works, over these steps (address, label), to here."""
        listed = (reverse("works:index"), "Guidance")
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in (listed, *steps))]


def tell(form: Form, fault: ValidationError) -> None:
    """Say what a service refused at the field that it names."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, faults in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, faults)
