"""The newsroom's first page: what waits, and what was decided lately."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from wagtail.admin.ui.components import Component

from almoner.newsroom import proposals
from almoner.newsroom.queue import (
    coming,
    counted,
    latest_decisions,
    waiting_by_finding,
    waiting_by_source,
    waiting_by_topic,
)
from almoner.newsroom.records import may
from almoner.products.feedback.queries import open_notes
from almoner.products.pages.models import OfficePage, PageFault
from almoner.products.pages.queries import scheduled
from almoner.products.statements.models import Answer
from almoner.products.statements.queries import unanswered
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.plans import planned
from almoner.records.catalogue.queries import changed_items, waiting
from almoner.records.guidance.proposals import waiting as announcements
from almoner.records.ingest import letters
from almoner.records.ingest.imports import OPEN, Import
from almoner.records.ingest.links import dead_links
from almoner.records.ingest.models import Source
from almoner.records.ingest.standing import need_somebody, standing

DECISIONS: Final = 8
"""How many of the latest decisions are shown."""
SHARES: Final = 8
"""How many sources and topics are named of what waits."""
COMING: Final = 8
"""How much of what falls due is shown."""
SOURCES: Final = 10
"""How many sources that need somebody are named."""


class WaitingPanel(Component):  # type: ignore[misc]
    """What waits for an editor, by finding."""

    name = "waiting"
    template_name = "newsroom/desk/waiting.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """The counts."""
        return {
            "rows": waiting_by_finding(),
            "unanswered": unanswered() if may(parent_context["request"], "change", Answer) else 0,
            **counted(
                total=waiting(),
                dead=dead_links().filter(item__status=Status.PUBLISHED),
                announced=announcements(),
                changed=changed_items(),
                proposed=proposals.waiting(),
                notes=open_notes(),
            ),
        }


class NewPanel(Component):  # type: ignore[misc]
    """Where what waits came from, and what it is about."""

    name = "new"
    template_name = "newsroom/desk/new.html"
    order = 12

    def get_context_data(self, _parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """The counts."""
        return {
            "shares": [
                ("They come from", "source", waiting_by_source()[:SHARES]),
                ("They are about", "topic", waiting_by_topic()[:SHARES]),
            ]
        }


class DuePanel(Component):  # type: ignore[misc]
    """What falls due in the next weeks."""

    name = "due"
    template_name = "newsroom/desk/due.html"
    order = 17

    def get_context_data(self, _parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """It, soonest first."""
        return {"coming": coming(timezone.localdate(), COMING)}


class PlansPanel(Component):  # type: ignore[misc]
    """What is to be published or withdrawn at a moment, and what could not be: items, and pages of the office."""

    name = "plans"
    template_name = "newsroom/desk/plans.html"
    order = 16

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """The soonest."""
        writes = may(parent_context["request"], "change", OfficePage)
        found = planned()
        soonest = list(found[: COMING + 1])
        more = found.count() - COMING if len(soonest) > COMING else 0
        return {
            "plans": soonest[:COMING],
            "more": more,
            "reader": parent_context["request"].user,
            "faults": PageFault.objects.select_related("page", "planned_by") if writes else (),
            "pages": scheduled().order_by("approved_go_live_at")[:COMING] if writes else (),
        }


class SourcesPanel(Component):  # type: ignore[misc]
    """Which sources are broken, and how; mail that waits, and imports."""

    name = "sources"
    template_name = "newsroom/desk/sources.html"
    order = 15

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """Those that need somebody, and how each is doing."""
        found = need_somebody(timezone.now()).order_by("-failures", "name")
        rows = list(found[: SOURCES + 1])
        brings = may(parent_context["request"], "add", Source)
        return {
            "total": len(rows) if len(rows) <= SOURCES else found.count(),
            "rows": [(source, standing(source)) for source in rows[:SOURCES]],
            "letters": letters.waiting().count(),
            "imports": Import.objects.filter(state__in=OPEN) if brings else (),
        }


class DecisionsPanel(Component):  # type: ignore[misc]
    """What was decided lately, and by whom."""

    name = "decisions"
    template_name = "newsroom/desk/decisions.html"
    order = 20

    def get_context_data(self, _parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """The latest of the history."""
        return {"entries": latest_decisions(DECISIONS)}
