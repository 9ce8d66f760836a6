"""Runs of messages in the newsroom: how far each is, holding, going on and trying again; and telling an item at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.items.access import PUBLISH, ForEditors
from almoner.newsroom.records import PagesViewSet, may
from almoner.products.alerts import letters, outbox, running, runs, watchdog
from almoner.products.alerts.enums import DeliveryState, RunState
from almoner.products.alerts.models import Announcement, Run
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item

A_PAGE: Final = 25
ANSWERS: Final = 10
"""Different answers of the mail server that are shown of a run."""


class RunsView(ForEditors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """The runs, newest first, with how many of their messages went."""

    page_title = "Sending"
    header_icon = "mail"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of them; those that had nobody to go to are left out."""
        page = Paginator(Run.objects.exclude(state=RunState.CLOSED, recipients=0), A_PAGE).get_page(
            request.GET.get("p")
        )
        context = self.get_context_data() | {
            "page": page,
            "rows": [(run, runs.counts(run)) for run in page.object_list],
            "why_not": running.why_not(),
            "troubles": (troubles := letters.troubles()),
            "given_up": sum(given_up for _, given_up, _ in troubles),
        }
        return render(request, "newsroom/runs/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try the letters again that were given up."""
        count = letters.try_again(timezone.now())
        messages.success(request, f"{count} letter{'' if count == 1 else 's'} will be tried again.")
        return redirect("runs:index")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class RunView(ForEditors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """One run: what became of its messages, and what can be done about it."""

    page_title = "Run"
    header_icon = "mail"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it. No address stands here: what the server said is kept without."""
        run = get_object_or_404(Run, pk=pk)
        counts = runs.counts(run)
        context = self.get_context_data() | {
            "run": run,
            "counts": [(DeliveryState(state).label, number) for state, number in counts.items()],
            "doubtful": run.deliveries.filter(doubtful=True).count(),
            "answers": runs.answers(run, ANSWERS),
            "is_silent": any(silent.pk == run.pk for silent in watchdog.silent(timezone.now())),
            "withdrawn": Item.objects.filter(announcement__alert=run, status=Status.WITHDRAWN).first(),
            "accepted": counts[DeliveryState.ACCEPTED],
            "may_hold": run.state == RunState.SENDING,
            "may_go_on": run.state == RunState.HELD,
            "may_try_again": counts[DeliveryState.FAILED]
            and run.state != RunState.FILLING
            and run.ended_as is None,
            "may_stop": counts[DeliveryState.WAITING] and run.state != RunState.FILLING,
        }
        return render(request, "newsroom/runs/run.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says."""
        run, now = get_object_or_404(Run, pk=pk), timezone.now()
        action = request.POST.get("action", "")
        with transaction.atomic():
            if action == "hold":
                runs.hold(run, f"Held by {self.editor.get_full_name() or 'an editor'}.")
                told = "Held. Nothing more of it is sent until somebody lets it go on."
            elif action == "go_on":
                runs.go_on(run)
                told = "It goes on."
            elif action == "try_again":
                told = f"{runs.try_again(run, now)} wait to be sent again. What is uncertain stays so."
            elif action == "stop":
                told = f"Stopped. {runs.stop(run, now)} are not sent."
            else:
                return redirect("runs:run", pk)
            log(run, f"almoner.run_{action}", user=self.editor)
        messages.success(request, told)
        return redirect("runs:run", pk)

    def get_page_subtitle(self) -> str:
        """Which one."""
        return str(get_object_or_404(Run, pk=self.kwargs["pk"]))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("runs:index"), "label": RunsView.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]


class UrgentView(ForEditors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """Asks before an item is told at once to those who want that."""

    page_title = "Tell it at once"
    header_icon = "warning"

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Say to how many it would go, and ask."""
        context = self.get_context_data() | {
            "item": self.item,
            "readers": runs.would_reach(self.item),
            "why_not": running.why_not(),
            "told": Announcement.objects.filter(item=self.item).exclude(alert=None).first(),
        }
        return render(request, "newsroom/runs/urgent.html", context)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do it; say why it cannot be done."""
        try:
            with transaction.atomic():
                is_new = outbox.mark_urgent(self.item, timezone.now())
                if is_new:
                    log(self.item, "almoner.urgent", user=self.editor)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            if is_new:
                messages.success(request, "It is told at once, within a minute.")
            else:
                messages.warning(request, "It was told at once before, and is not told again.")
        return self.back()

    def get_page_subtitle(self) -> str:
        """Which item."""
        return self.item.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("items:edit", args=[self.item.pk]), "label": self.item.title},
            {"url": "", "label": self.page_title},
        ]


class SendingPanel(Component):  # type: ignore[misc]
    """On the desk, where something about sending needs somebody; else it is not there."""

    name = "sending"
    template_name = "newsroom/desk/sending.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """What is wrong, for those who may do something about it."""
        if not may(parent_context["request"], PUBLISH, Item):
            return {}
        now, why_not = timezone.now(), running.why_not()
        held = Run.objects.filter(state=RunState.HELD)
        return {
            "why_not": "" if why_not == running.NO_SERVER else why_not,
            "silent": watchdog.silent(now),
            "unopened": 0 if why_not else watchdog.unopened(now),
            "held": list(held),
        }


class RunViewSet(PagesViewSet):
    """The pages of runs, and their place in the menu."""

    name = "runs"
    concerns = Item
    permission = PUBLISH
    menu_label = "Sending"
    icon = "mail"
    menu_order = 27

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        return [
            path("", RunsView.as_view(), name="index"),
            path("<int:pk>/", RunView.as_view(), name="run"),
            path("urgent/<int:pk>/", UrgentView.as_view(), name="urgent"),
        ]
