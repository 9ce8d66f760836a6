"""The pages of the review queue: one item after the other, and all that are ready at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.views import generic

from almoner.newsroom import decisions
from almoner.newsroom.changes import marks_of
from almoner.newsroom.items.access import DECIDE, PUBLISH, ForContributors, ForEditors
from almoner.newsroom.items.copies import blocks_around
from almoner.newsroom.items.coverage import coverage
from almoner.newsroom.items.fields import TIME_HELP
from almoner.newsroom.items.reasons import DecisionForm
from almoner.newsroom.queue import GRAVITY_WORDS, gravest_first, open_findings
from almoner.newsroom.records import PagesViewSet, may, number_sent
from almoner.newsroom.review import order, remedies, undo
from almoner.newsroom.review.extracted import credit_line, extracted
from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item, ItemFinding
from almoner.records.catalogue.queries import waiting
from almoner.records.catalogue.services import HOLDING_CODES
from almoner.records.ingest.models import Sighting

KEPT_BACK: Final = "A child or a victim may be identifiable in it."
"""Why an item is withdrawn whose names may not stand."""
AT_ONCE: Final = 50
"""Ready items that are shown together, unless more are asked for."""
MOST_AT_ONCE: Final = 500


class FirstView(ForContributors):
    """Leads to the first item of the queue."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go there; to the desk if nothing waits."""
        first = order.after(None)
        if first is None:
            messages.success(request, "Nothing waits. You have been through all of it.")
            return redirect("wagtailadmin_home")
        return redirect("review:item", first.pk)


class ReviewView(ForContributors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """One item of the queue beside its page, and what is decided about it."""

    page_title = "Review"
    header_icon = "check"

    @cached_property
    def place(self) -> order.Place:
        """Where the item stood when the editor opened it: what they do may move it."""
        asked = self.request.POST.get("rank", self.request.GET.get("rank"))
        place = order.place_of(self.item)
        rank = number_sent(asked)
        return order.Place(rank, place.sorts_at, place.pk) if asked and rank <= order.READY else place

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Show it, or the one after or before it."""
        if "skip" in request.GET:
            return self._to(order.after(self.place), "You are at the end. What you skipped waits still.")
        if "back" in request.GET:
            return self._to(order.before(self.place), "This is the first one.")
        if self.item.status != Status.WAITING:
            messages.warning(
                request, f"“{self.item}” no longer waits: {self.item.get_status_display().lower()}."
            )
            return self._to(order.after(self.place), "Nothing comes after it.")
        return self._page()

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Do what was pressed, and go on; what does not fit is said, and stays in its field."""
        pressed = next((name for name in _STEPS if name in request.POST), "")
        if pressed and not may(request, _NEEDED.get(pressed, PUBLISH), Item):
            raise PermissionDenied
        if pressed == "undo":
            return self._undo()
        if self.item.status != Status.WAITING:
            messages.warning(request, "Somebody decided about it already.")
            return self._to(order.after(self.place), "Nothing comes after it.")
        if request.POST.get("seen") != self.item.changed_at.isoformat():
            return self._page("It was changed while you looked at it. This is what it says now.")
        try:
            goes_on = _STEPS[pressed](self) if pressed else False
        except ValidationError as fault:
            return self._page(" ".join(dict.fromkeys(fault.messages)))
        if goes_on:
            return self._to(order.after(self.place), "That was the last one.")
        return redirect(f"{reverse('review:item', args=[self.item.pk])}?rank={self.place.rank}")

    def approve(self) -> bool:
        """Publish it, unless something holds it."""
        outcome = decisions.approve([self.item], self.editor, timezone.now())
        for held in outcome.held:
            messages.error(self.request, held.reason)
        if outcome.published:
            undo.note(self.request, self.item, "approve")
            messages.success(self.request, f"Published: {self.item}")
        return bool(outcome.published)

    def decide(self) -> bool:
        """Publish it although it may name a child, for the reason given."""
        form = DecisionForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError([fault for faults in form.errors.values() for fault in faults])
        outcome = decisions.decide(self.item, form.cleaned_data["reason"], self.editor, timezone.now())
        if outcome.published:
            undo.note(self.request, self.item, "approve")
            messages.success(self.request, f"Decided and published: {self.item}")
        return bool(outcome.published)

    def keep_back(self) -> bool:
        """Withdraw it, since it may name a child."""
        return self._withdraw(KEPT_BACK)

    def withdraw(self) -> bool:
        """Withdraw it for the reason given."""
        return self._withdraw(self.request.POST.get("reason", ""))

    def _withdraw(self, reason: str) -> bool:
        decisions.withdraw(self.item, reason, self.editor, timezone.now())
        undo.note(self.request, self.item, "withdraw")
        messages.success(self.request, f"Withdrawn: {self.item}")
        return True

    def merge(self) -> bool:
        """Say that it is the same as another."""
        into = get_object_or_404(Item, pk=number_sent(self.request.POST["merge"]))
        moved = decisions.merge(self.item, into, self.editor, timezone.now())
        undo.note(self.request, self.item, "merge", *moved)
        messages.success(self.request, f"Merged into “{into}”.")
        return True

    def settle(self) -> bool:
        """Note that a finding was looked at."""
        finding = self._finding("settle")
        try:
            decisions.settle(finding, self.editor, timezone.now())
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault
        undo.note(self.request, self.item, "settle", finding.pk)
        return False

    def fix(self) -> bool:
        """Make a correction that is worked out."""
        key, _, number = self.request.POST["fix"].partition("-")
        finding = self._finding("fix", key)
        offered = remedies.remedy(self.item, finding, "").fixes
        if number_sent(number) >= len(offered):
            raise ValidationError("This correction no longer fits what the item says.")
        self._correct(offered[number_sent(number)].changes, finding)
        return False

    def write(self) -> bool:
        """Put what was typed into the field that a finding is about."""
        finding = self._finding("write")
        field = remedies.remedy(self.item, finding, "").field
        typed = self.request.POST.get("value", "")
        self._correct(remedies.changes(self.item, field, typed), finding)
        return False

    def _correct(self, changed: Mapping[str, Any], finding: ItemFinding) -> None:
        now = timezone.now()
        if not decisions.correct(self.item, changed, self.editor, now, opened=marks_of(self.item)):
            raise ValidationError("It says that already. If it is right, press “Looked at”.")
        if finding.code not in HOLDING_CODES and may(self.request, PUBLISH, Item):
            decisions.settle(finding, self.editor, now)
        undo.note(
            self.request,
            self.item,
            "correct",
            self.item.corrections.values_list("pk", flat=True)[0],
            finding.pk,
        )

    def _finding(self, name: str, key: str = "") -> ItemFinding:
        return get_object_or_404(
            self.item.findings, pk=number_sent(key or self.request.POST[name]), settled_at=None
        )

    def _undo(self) -> HttpResponse:
        try:
            undone = undo.undo(self.request, self.editor, timezone.now())
        except ValidationError as fault:
            messages.error(self.request, " ".join(dict.fromkeys(fault.messages)))
            return self._to(self.item, "")
        if undone is None:
            messages.warning(self.request, "There is nothing to undo.")
        else:
            messages.success(self.request, f"Undone: {undone}")
        return self._to(undone or self.item, "")

    def _to(self, item: Item | None, otherwise: str) -> HttpResponse:
        if item is not None:
            return redirect("review:item", item.pk)
        messages.info(self.request, otherwise)
        return redirect("wagtailadmin_home")

    def _page(self, fault: str = "") -> HttpResponse:
        item = Item.objects.select_related("publisher").get(pk=self.item.pk)
        found = gravest_first(list(open_findings().filter(item=item)))
        seen = list(
            Sighting.objects.filter(item=item).select_related("document__snapshot__source").order_by("pk")
        )
        blocks, why_not = blocks_around(seen[0], found) if seen else ([], "It stands in no document.")
        context = self.get_context_data() | {
            "item": item,
            "fault": fault,
            "typed": self.request.POST.get("value", ""),
            "typed_for": number_sent(self.request.POST.get("write")),
            "reason": self.request.POST.get("reason", ""),
            "seen_at": item.changed_at.isoformat(),
            "rank": self.place.rank,
            "remedies": [
                remedies.remedy(item, each, GRAVITY_WORDS[FINDINGS[each.code].gravity]) for each in found
            ],
            "is_held": any(FINDINGS[each.code].gravity is Gravity.HOLD for each in found),
            "read": extracted(item),
            "coverage": coverage(item),
            "sighting": seen[0] if seen else None,
            "blocks": blocks,
            "why_not": why_not,
            "waiting": waiting().count(),
            "can_undo": undo.can_undo(self.request),
            "may_publish": may(self.request, PUBLISH, Item),
            "may_decide": may(self.request, DECIDE, Item),
            "time_help": TIME_HELP,
        }
        return render(self.request, "newsroom/review/item.html", context)

    def get_page_subtitle(self) -> str:
        """Which item."""
        return self.item.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


_STEPS: Final[Mapping[str, Callable[[ReviewView], bool]]] = {
    "undo": lambda _view: False,
    "approve": ReviewView.approve,
    "decide": ReviewView.decide,
    "keep_back": ReviewView.keep_back,
    "withdraw": ReviewView.withdraw,
    "merge": ReviewView.merge,
    "settle": ReviewView.settle,
    "fix": ReviewView.fix,
    "write": ReviewView.write,
}
"""What can be pressed. Each says whether the editor goes on to the next item."""
_NEEDED: Final = {"fix": "change", "write": "change", "undo": "change", "decide": DECIDE}
"""The permission that a step needs, where it is another than to publish."""


class ReadyView(ForEditors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """All that wait without an open finding, as readers will see them, to be published together."""

    page_title = "Ready"
    header_icon = "check"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        most = MOST_AT_ONCE if "more" in request.GET else AT_ONCE
        ready = order.of_rank(order.READY)
        items = ready.select_related("publisher").order_by("-sorts_at", "-pk")[:most]
        context = self.get_context_data() | {
            "rows": [(item, credit_line(item)) for item in items],
            "total": ready.count(),
            "most": MOST_AT_ONCE,
        }
        return render(request, "newsroom/review/ready.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Publish the chosen ones that are still ready. A script sends them in parts, and asks for numbers."""
        chosen = [number_sent(key) for key in request.POST.getlist("item")][:MOST_AT_ONCE]
        items = list(order.of_rank(order.READY).filter(pk__in=chosen))
        published = len(decisions.approve(items, self.editor, timezone.now()).published)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"published": published, "left": len(set(chosen)) - published})
        if published < len(set(chosen)):
            messages.warning(request, "Some were left: they were changed, or decided about, meanwhile.")
        messages.success(request, f"{published} item{'' if published == 1 else 's'} published.")
        return redirect("review:ready" if order.of_rank(order.READY).exists() else "wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("review:index"), "label": ReviewView.page_title},
            {"url": "", "label": self.page_title},
        ]


class ReviewViewSet(PagesViewSet):
    """The pages of the queue, and their place in the menu."""

    name = "review"
    concerns = Item
    menu_label = "Review"
    icon = "check"
    menu_order = 5

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        return [
            path("", FirstView.as_view(), name="index"),
            path("ready/", ReadyView.as_view(), name="ready"),
            path("<int:pk>/", ReviewView.as_view(), name="item"),
        ]
