"""Writing a page: what Wagtail does with drafts, and what is looked at before readers see one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.snippets.views import snippets

from almoner.newsroom.four_eyes import WHY
from almoner.newsroom.framed import POLICY
from almoner.newsroom.items.reading import how_words_read
from almoner.newsroom.pages.forms import DECIDE, PageForm
from almoner.newsroom.pages.links import broken_links
from almoner.newsroom.records import Permitted, RecordHistoryView
from almoner.products.pages.models import OfficePage, PageFault
from almoner.products.pages.queries import links_of, words_of
from almoner.products.pages.services import names_on, settle

SAYS: Final = ("title", "slug", "lead", "body", "place", "under", "position")
"""The fields that readers see something of."""


class PageIndexView(snippets.IndexView):  # type: ignore[misc]
    """The list of pages; nothing is done to many at once."""

    @cached_property
    def columns(self) -> list[Column]:
        """Without boxes to tick."""
        return [one for one in super().columns if not isinstance(one, BulkActionsCheckboxColumn)]


class _Written:
    """What creating and editing a page share."""

    request: Any
    action: str
    expects_json_response: bool

    def is_valid(self, form: PageForm) -> bool:
        """Whether it can be saved, and, where that is asked for, be put before readers."""
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        if self.action != "publish":
            return True
        for name, fault in self._why_not(form).items():
            form.add_error(name or None, fault)
        if form.errors:
            self.produced_error_code = "not_published"
            self.produced_error_message = "Not published, and not saved: see below."
        return not form.errors

    def form_valid(self, form: PageForm) -> HttpResponseBase:
        """Save it, and say which links do not work; that holds nothing up."""
        response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]
        if self.action == "publish":
            settle(form.instance)
        if not self.expects_json_response and (broken := broken_links(form.instance, timezone.now())):
            messages.warning(self.request, f"Saved. Some links did not work: {', '.join(broken)}")
        return response

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's, but the one that works with its own bar on the public page, which is not there."""
        panels = super().get_side_panels()  # type: ignore[misc]
        return MediaContainer([panel for panel in panels if not isinstance(panel, ChecksSidePanel)])

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """How it reads, beside the form."""
        context: dict[str, Any] = super().get_context_data(**named)  # type: ignore[misc]
        page: OfficePage = context["form"].instance
        return context | {
            "reads": how_words_read(words_of(page), links_of(page)) if page.pk else None,
            "fault": PageFault.objects.filter(page=page.pk).select_related("planned_by").first(),
        }

    def _why_not(self, form: PageForm) -> dict[str, str]:
        """By field ("" for all of it), why readers do not get to see it."""
        page: OfficePage = form.instance
        if settings.FOUR_EYES and has_words_of(page, self.request.user):
            return {"": f"{WHY} Save it as a draft."}
        names = names_on(page)
        if names.outside:
            said = ", ".join(names.outside)
            return {
                "": f"A child or a victim seems to be named in its title, lead or address: {said}. Take that out."
            }
        if not names.inside:
            return {}
        said = ", ".join(names.inside)
        if not self.request.user.has_perm(DECIDE):
            return {
                "": f"A child or a victim seems to be named: {said}. Take the name out, or ask a publisher."
            }
        if not form.cleaned_data["names_may_stand"]:
            return {"names_may_stand": f"A child or a victim seems to be named: {said}. May the name stand?"}
        if not page.names_reason.strip():
            return {"names_reason": "Say in a few words why it may stand."}
        page.private_names = sorted({*page.private_names, *names.inside})
        return {}


def has_words_of(page: OfficePage, person: Any) -> bool:
    """Whether what would come before readers was written or changed by this person: in a draft since what readers see
    now, or in what the page says at this moment."""
    said: dict[str, Any] | None = None
    revisions = page.revisions.order_by("created_at", "pk") if page.pk else ()
    for revision in revisions:
        before, said = said, _said(revision.content)
        if page.live and revision.pk <= (page.live_revision_id or 0):
            continue
        if said != before and revision.user_id == person.pk:
            return True
    return said != _said(page.serializable_data())


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says. Its body is text in JSON, and PostgreSQL gives the keys in an order of its own."""
    said = {name: content.get(name) for name in SAYS}
    if isinstance(said["body"], str):
        said["body"] = json.loads(said["body"])
    return said


class PageCreateView(_Written, snippets.CreateView):  # type: ignore[misc]
    """A new page."""


class PageEditView(_Written, snippets.EditView):  # type: ignore[misc]
    """A page that there is."""


class SettleView(Permitted):
    """Somebody has seen that a page was not published at its moment, and leaves it a draft."""

    concerns = OfficePage

    def post(self, _request: HttpRequest, pk: int) -> HttpResponse:
        """Back to its page."""
        page = get_object_or_404(OfficePage, pk=pk)
        settle(page)
        return redirect("office_pages:edit", page.pk)


class PageHistoryView(RecordHistoryView, snippets.HistoryView):  # type: ignore[misc]
    """Who did what when."""


class _Framed:
    """A preview for the frame beside the form: the public page's own headers would keep it out."""

    def dispatch(self, *arguments: Any, **named: Any) -> HttpResponseBase:
        """Let our own pages frame it."""
        response: HttpResponseBase = super().dispatch(*arguments, **named)  # type: ignore[misc]
        response.headers["Content-Security-Policy"] = POLICY
        return response


class PreviewNewView(_Framed, snippets.PreviewOnCreateView):  # type: ignore[misc]
    """A page that is not saved yet."""


class PreviewView(_Framed, snippets.PreviewOnEditView):  # type: ignore[misc]
    """A page as it is typed."""


class PreviewRevisionView(_Framed, snippets.PreviewRevisionView):  # type: ignore[misc]
    """A page as it was."""
