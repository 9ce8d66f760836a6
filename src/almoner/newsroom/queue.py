"""What the desk and the lists read: what waits, why, and what was decided lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from wagtail.models import ModelLogEntry

from almoner.pipeline.findings import FINDINGS, FindingKind, Gravity
from almoner.records.catalogue.models import Item, ItemFinding
from almoner.records.catalogue.queries import waiting

GRAVITY_WORDS: Final = {Gravity.HOLD: "Decide", Gravity.CHECK: "Check", Gravity.NOTE: "Note"}
"""What an editor does with a finding of this gravity."""
ORDER: Final = {
    code: position
    for position, code in enumerate(
        sorted(FINDINGS, key=lambda code: (list(Gravity).index(FINDINGS[code].gravity), FINDINGS[code].name))
    )
}
"""Finding code → its place among the findings, gravest first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items wait because of a finding. Without `kind`: how many have no open finding."""

    kind: FindingKind | None
    items: int

    @property
    def word(self) -> str:
        """What an editor does with it."""
        return GRAVITY_WORDS[self.kind.gravity] if self.kind else "Ready"


def gravest_first(findings: list[ItemFinding]) -> list[ItemFinding]:
    """Findings in the order in which an editor should look at them."""
    return sorted(findings, key=lambda found: (ORDER.get(found.code, len(ORDER)), found.pk))


def open_findings() -> QuerySet[ItemFinding]:
    """Findings that nobody has settled."""
    return ItemFinding.objects.filter(settled_at=None)


def with_open_findings(items: QuerySet[Item]) -> QuerySet[Item]:
    """The items with their publishers, and their open findings as `open_findings`."""
    findings = Prefetch("findings", open_findings(), to_attr="open_findings")
    return items.select_related("publisher").prefetch_related(findings)


def without_findings(items: QuerySet[Item]) -> QuerySet[Item]:
    """The items that have no open finding."""
    return items.exclude(Exists(open_findings().filter(item=OuterRef("pk"))))


def waiting_by_finding() -> list[Waiting]:
    """Why items wait, gravest first; those without an open finding last."""
    counts = dict(
        open_findings().filter(item__in=waiting()).values_list("code").annotate(Count("item", distinct=True))
    )
    rows = [Waiting(FINDINGS[code], counts[code]) for code in ORDER if code in counts]
    return [*rows, Waiting(None, without_findings(waiting()).count())]


def latest_decisions(count: int) -> list[ModelLogEntry]:
    """What was decided about items last, newest first, with who decided."""
    return list(
        ModelLogEntry.objects.filter(content_type__app_label="catalogue", content_type__model="item")
        .select_related("user", "user__wagtail_userprofile")
        .order_by("-timestamp")[:count]
    )
