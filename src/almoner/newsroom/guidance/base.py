"""What the pages of guidance share: who may come in, and the way back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views import View
from wagtail.admin.views import generic
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from almoner.records.guidance.models import Edition, Work


class OfGuidance(generic.WagtailAdminTemplateMixin, View):  # type: ignore[misc]
    """A page about a work, for those who may change works."""

    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not policy_registry.get_by_type(Work).user_has_permission(request.user, "change"):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *arguments, **named)
        return answer

    def note(self, action: str, edition: Edition, detail: str = "") -> None:
        """Keep in the work's history what was done with an edition."""
        data = {"edition": str(edition), "detail": detail}
        log(edition.work, f"almoner.{action}", user=self.request.user, data=data)

    def way_back(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """From the list of works, over these steps (address, label), to here."""
        listed = (reverse("works:index"), "Guidance")
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in (listed, *steps))]


def key(sent: str | None) -> int:
    """A primary key as a browser sends it; 0, which nothing has, for anything else."""
    return int(sent) if sent and sent.isdecimal() and len(sent) < 19 else 0


def tell(form: Form, fault: ValidationError) -> None:
    """Say what a service refused at the field that it names."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, faults in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, faults)
