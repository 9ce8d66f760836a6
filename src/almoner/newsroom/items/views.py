"""The newsroom's pages of items: the list, one item, and what an editor decides about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views import generic

from almoner.newsroom import decisions, four_eyes, proposals
from almoner.newsroom.changes import as_changes, marks_of
from almoner.newsroom.items import drafts
from almoner.newsroom.items.access import DECIDE, PUBLISH, ForEditors
from almoner.newsroom.items.columns import FindingsColumn, ItemTitleColumn, published_of, source_of, status_of
from almoner.newsroom.items.coverage import coverage
from almoner.newsroom.items.ours import OURS
from almoner.newsroom.items.proposals import shown_proposals
from almoner.newsroom.items.reading import how_it_reads
from almoner.newsroom.items.reasons import DecisionForm, WithdrawalForm
from almoner.newsroom.queue import GRAVITY_WORDS, gravest_first, with_open_findings
from almoner.newsroom.records import RecordEditView, may, number_sent
from almoner.newsroom.sources.rule.lessons import teachable
from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.products.library.models import ReadingList
from almoner.records.catalogue.enums import Status, Told
from almoner.records.catalogue.models import Comment, Item, ItemPlan
from almoner.records.catalogue.queries import changed_by_publisher
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest.models import LinkedAddress
from almoner.records.search import own_texts

WIDE: Final = "newsroom-items__wide"
"""The class of columns that a narrow screen shows under the title instead."""


OURS_FOUND: Final = 3
"""Pages of ours, and issues, that are named above the items that were searched for."""
CORRECTIONS: Final = 20
"""The latest corrections that an item's page offers to put back."""


class ItemIndexView(generic.IndexView):  # type: ignore[misc]
    """The list of items."""

    template_name = "newsroom/items/index.html"
    results_template_name = "newsroom/items/index_results.html"
    table_classname = "listing newsroom-items"

    @cached_property
    def columns(self) -> list[Column]:
        """What stands in the list."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="item"),
            Column("kind", accessor="get_kind_display", sort_key="kind", classname=WIDE),
            ItemTitleColumn(
                "title",
                get_url=self.get_edit_url,
                get_title_id=lambda item: f"item_{item.pk}_title",
                sort_key="title",
            ),
            Column("source", accessor=source_of, classname=WIDE),
            Column("published", accessor=published_of, sort_key="sorts_at", classname=WIDE),
            Column("status", accessor=status_of, sort_key="status", classname=WIDE),
            FindingsColumn("findings", accessor="open_findings"),
        ]

    def get_base_queryset(self) -> QuerySet[Item]:
        """The items, with all that the columns show, in a fixed number of queries."""
        return with_open_findings(super().get_base_queryset()).annotate(has_change=changed_by_publisher())

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The list; to words that are searched for also our pages and issues that have them."""
        context: dict[str, Any] = super().get_context_data(**named)
        return context | {"ours": own_texts.find(self.search_query, OURS_FOUND) if self.is_searching else ()}


class ItemEditView(RecordEditView):
    """One item: what was read beside what to look at, and what to decide."""

    template_name = "newsroom/items/edit.html"
    actions = ("edit", "approve", "settle")
    object: Item

    @property
    def form_is_sent(self) -> bool:
        """Whether the form holds what was typed."""
        return self.request.method == "POST" or drafts.KEY in self.request.GET

    def setup(self, request: HttpRequest, *arguments: Any, **named: Any) -> None:
        """Take the form of what we wrote ourselves where this is such an item."""
        super().setup(request, *arguments, **named)
        if Item.objects.filter(pk=named["pk"], written_here=True).exists():
            self.panel = OURS.bind_to_model(Item)
            self.form_class = self.panel.get_form_class()

    def get_form_kwargs(self) -> dict[str, Any]:
        """What was typed and not saved, where the editor takes it up again."""
        named: dict[str, Any] = super().get_form_kwargs()
        if self.request.method == "GET" and (key := self.request.GET.get(drafts.KEY)):
            kept = drafts.drafts_of(self.object, self.request.user).filter(key=key).first()
            named["data"] = drafts.as_sent(kept) if kept else None
        return named

    def get_queryset(self) -> QuerySet[Item]:
        """The item with its findings."""
        return with_open_findings(Item.objects.all())

    def save_instance(self) -> Item:
        """Correct the item by the catalogue's service, which keeps order, search and feeds right."""
        changes, opened = self.form.changes(), self.form.opened_as()
        try:
            with in_turn():
                # Before the correction: what follows from it, such as topics, is no change by somebody else.
                self.changed_unseen = self._changed_unseen({*changes}, opened)
                self.proposed = four_eyes.needs_another(
                    Item.objects.get(pk=self.object.pk), self.request.user
                )
                keep = proposals.propose if self.proposed else decisions.correct
                self.corrected = keep(
                    self.object, changes, self.request.user, timezone.now(), opened=opened or None
                )
        except decisions.ChangedMeanwhile as fault:
            self.form.ask(fault.stands)
            raise
        drafts.drop(self.object, self.request.user, self.request.POST)
        return self.object

    def save_action(self) -> HttpResponseBase:
        """Say what was done, and settle a finding or approve if that was asked for."""
        if self.action != "edit" and not may(self.request, PUBLISH, Item):
            messages.error(self.request, "Saved. An editor decides about the rest.")
            return redirect(self.get_edit_url())
        if self.proposed and self.corrected:
            messages.success(self.request, "Proposed. Readers see it once somebody else has looked at it.")
            return redirect(self.get_edit_url())
        if self.action == "settle":
            return self._settle(self.request.POST["action-settle"])
        if self.action != "approve":
            messages.success(self.request, "Saved." if self.corrected else "Nothing was changed.")
            return redirect(self.get_edit_url())
        if self.changed_unseen:
            messages.error(
                self.request,
                "Saved, but not published: it was changed while you had it open. Look at it again.",
            )
            return redirect(self.get_edit_url())
        outcome = decisions.approve([self.object], self.request.user, timezone.now())
        for held in outcome.held:
            messages.error(self.request, f"Saved, but not published. {held.reason}")
            return redirect(self.get_edit_url())
        link = messages.button(self.get_edit_url(), "Open it again")
        messages.success(self.request, f"Published: {self.object}", buttons=[link])
        return redirect(f"{reverse(self.index_url_name)}?status={Status.WAITING}")

    def _changed_unseen(self, changes: Collection[str], opened: Mapping[str, str]) -> bool:
        """Whether a field that the editor does not change says something else than when they opened the item."""
        marks = marks_of(Item.objects.get(pk=self.object.pk))
        return any(marks.get(name, mark) != mark for name, mark in opened.items() if name not in changes)

    def _settle(self, key: str) -> HttpResponseBase:
        """Note that the finding with this key was looked at, unless it is one that has to be decided about."""
        found = self.object.findings.filter(pk=key).first() if key.isdecimal() else None
        saved = "Saved. " if self.corrected else ""
        if found is None:
            messages.error(self.request, f"{saved}This finding is no longer there.")
            return redirect(self.get_edit_url())
        try:
            decisions.settle(found, self.request.user, timezone.now())
        except ValueError as fault:
            messages.error(self.request, f"{saved}{fault}")
        else:
            messages.success(self.request, f"{saved}Settled: {found.get_code_display()}")
        return redirect(self.get_edit_url())

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The form, and what stands beside it."""
        context: dict[str, Any] = super().get_context_data(**named)
        item = Item.objects.get(pk=self.object.pk)
        may_publish = may(self.request, PUBLISH, Item)
        corrections = list(item.corrections.select_related("by")[:CORRECTIONS])
        everything = gravest_first(list(item.findings.select_related("settled_by")))
        rows = [
            (found, FINDINGS[found.code], GRAVITY_WORDS[FINDINGS[found.code].gravity]) for found in everything
        ]
        context |= {
            "item": item,
            "open_findings": [row for row in rows if not row[0].settled_at],
            "settled_findings": [row for row in rows if row[0].settled_at],
            "is_held": any(row[1].gravity is Gravity.HOLD and not row[0].settled_at for row in rows),
            "events": item.events.all(),
            "sightings": list(item.sightings.select_related("document__snapshot__source").order_by("pk")),
            "own": LinkedAddress.objects.filter(items__item=item, items__is_own=True).first(),
            "reading_lists": ReadingList.objects.all()
            if may_publish and item.status == Status.PUBLISHED
            else (),
            "drafts": () if self.form_is_sent else drafts.drafts_of(item, self.request.user),
            "draft_key": self.request.POST.get(drafts.KEY) or drafts.new_key(),
            "continues": self.request.POST.get(drafts.CONTINUES) or self.request.GET.get(drafts.KEY, ""),
            "corrections": corrections,
            "by_oneself": bool(corrections) and corrections[0].by == self.request.user,
            "teachables": teachable(item, corrections),
            "coverage": coverage(item),
            "plan": ItemPlan.objects.filter(item=item).first(),
            "comment": Comment.objects.filter(item=item).first(),
            "reads": how_it_reads(item) if item.written_here else None,
            "proposals": shown_proposals(item),
            "is_proposed": four_eyes.needs_another(item, self.request.user),
            "may_publish": may_publish,
            "may_decide": may(self.request, DECIDE, Item),
            "may_approve": may_publish and item.status == Status.WAITING,
            "may_withdraw": may_publish and item.status != Status.WITHDRAWN,
            "may_restore": may_publish and item.status == Status.WITHDRAWN,
        }
        return context


class PutBackView(ForEditors):
    """Makes the fields of a correction what they were before it."""

    def post(self, request: HttpRequest, correction: int, **_: int) -> HttpResponse:
        """Put them back, or propose to; what is no longer valid is said."""
        found = get_object_or_404(self.item.corrections, pk=correction)
        if four_eyes.needs_another(self.item, self.editor):
            if proposals.propose(self.item, as_changes(found.was), self.editor, timezone.now()):
                messages.success(request, "Proposed. It is put back once somebody else has looked at it.")
            else:
                messages.success(request, "It says that already.")
            return self.back()
        try:
            changed = decisions.put_back(
                found, self.editor, timezone.now(), seen=number_sent(request.POST.get("seen"))
            )
        except decisions.ChangedMeanwhile:
            messages.error(
                request, "Not put back: somebody corrected it again meanwhile. See what stands now."
            )
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            messages.success(request, "Put back." if changed else "It says that already.")
        return self.back()


class RestoreView(ForEditors):
    """Puts a withdrawn item back into the queue."""

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Restore it."""
        decisions.restore(self.item, self.editor, timezone.now())
        messages.success(request, "It waits for an editor again.")
        return self.back()


class WithReasonView(ForEditors, generic.WagtailAdminTemplateMixin, FormView):  # type: ignore[misc, type-arg]
    """A page that asks for a reason, on which something is then done."""

    header_icon = "warning"

    def get_page_subtitle(self) -> str:
        """Which item."""
        return self.item.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("items:index"), "label": "Items"},
            {"url": reverse("items:edit", args=[self.item.pk]), "label": self.item.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The item, and what holds it."""
        context: dict[str, Any] = super().get_context_data(**named)
        holding = [code for code, kind in FINDINGS.items() if kind.gravity is Gravity.HOLD]
        return context | {
            "item": self.item,
            "holding": list(self.item.findings.filter(code__in=holding, settled_at=None)),
        }


class WithdrawView(WithReasonView):
    """Withdraws an item."""

    page_title = "Withdraw"
    template_name = "newsroom/items/withdraw.html"
    form_class = WithdrawalForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Withdraw it, with the reason."""
        reason = form.cleaned_data["reason"]
        told = Told(form.cleaned_data["told"])
        decisions.withdraw(self.item, reason, self.editor, timezone.now(), told=told)
        messages.success(self.request, "Withdrawn. Readers no longer see it.")
        return self.back()


class DecideView(WithReasonView):
    """Decides that an item may be published although a child may be identifiable."""

    permission = DECIDE
    page_title = "Decide"
    template_name = "newsroom/items/decide.html"
    form_class = DecisionForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Publish it, with the reason; or only say that the name may stand."""
        if "stand" in self.request.POST:
            decisions.let_stand(self.item, form.cleaned_data["reason"], self.editor, timezone.now())
            messages.success(self.request, "Decided. It can be published, or planned.")
            return self.back()
        outcome = decisions.decide(self.item, form.cleaned_data["reason"], self.editor, timezone.now())
        for held in outcome.held:
            messages.error(self.request, held.reason)
        if outcome.published:
            messages.success(self.request, "Decided and published.")
        return self.back()
