"""Items that seem to announce an edition: attached to one, or set aside."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.log_actions import log

from almoner.newsroom.guidance.base import OfGuidance
from almoner.newsroom.records import number_sent
from almoner.records.guidance import proposals
from almoner.records.guidance.models import Edition, Proposal


class DecideView(OfGuidance):
    """Decides about one proposal."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it; say why it cannot be done."""
        proposal = get_object_or_404(Proposal.objects.select_related("work", "item"), pk=pk)
        now = timezone.now()
        with transaction.atomic():
            if request.POST.get("action") == "dismiss":
                proposals.dismiss(proposal, now=now, by=request.user)
                data = {"detail": proposal.item.title}
                log(proposal.work, "almoner.proposal_dismiss", user=request.user, data=data)
                messages.success(request, "Set aside.")
            else:
                self._attach(proposal)
        return redirect("works:edit", proposal.work_id)

    def _attach(self, proposal: Proposal) -> None:
        edition = Edition.objects.filter(pk=number_sent(self.request.POST.get("edition"))).first()
        if edition is None:
            messages.error(self.request, "Choose the edition that it announces.")
            return
        try:
            proposals.attach(proposal, edition, now=timezone.now(), by=self.request.user)
        except ValidationError as fault:
            messages.error(self.request, " ".join(fault.messages))
            return
        self.note("proposal_attach", edition, proposal.item.title)
        messages.success(self.request, f"Attached to {edition}.")
