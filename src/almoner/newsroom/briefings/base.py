"""What the pages of issues share: who may come in, which issue is meant, and the way back."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.records import Permitted
from almoner.products.briefing.models import Issue


class OfIssues(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """A page about issues, for those who may change them."""

    concerns = Issue
    header_icon = "mail"

    def way_back(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """From the list of issues, over these steps (address, label), to here."""
        listed = (reverse("issues:index"), "Issues")
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in (listed, *steps))]


class OfIssue(OfIssues):
    """A page about one issue."""

    @cached_property
    def issue(self) -> Issue:
        """The issue in question."""
        return get_object_or_404(Issue.objects.select_related("briefing"), pk=self.kwargs["pk"])

    def note(self, action: str) -> None:
        """Keep in the briefing's history what was done with the issue."""
        log(self.issue.briefing, f"almoner.{action}", user=self.request.user, data={"about": str(self.issue)})

    def get_page_subtitle(self) -> str:
        """Which issue."""
        return str(self.issue)
