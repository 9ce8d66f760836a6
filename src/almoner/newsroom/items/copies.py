"""The copy of the source that is kept: as it is read, with the item marked in it, and as it came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.views import generic

from almoner.newsroom.items.access import ForContributors
from almoner.newsroom.queue import gravest_first
from almoner.pipeline.errors import PipelineError, Unreadable
from almoner.pipeline.model import Block, MediaType, Snapshot
from almoner.pipeline.parse import parse
from almoner.records.catalogue.models import ItemFinding
from almoner.records.ingest.models import Sighting
from almoner.records.store import snapshot_folder
from almoner.web.captured import FORMATS

_LINES: Final = re.compile(r"lines? (\d+)(?:–\d+)?")
LARGEST_SHOWN: Final = 3_000_000
"""Bytes. A larger copy is not laid out as a page; it can be saved and opened elsewhere."""


AROUND: Final = 6
"""Blocks before and after an item that are shown beside it."""
MOST_OWN: Final = 80
"""Blocks of an item that are shown beside it; the copy shows all."""
_AT_ONCE: Final = frozenset(MediaType) - {MediaType.PDF, MediaType.WORD}


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the copy, whether it belongs to the item, and the item's findings that were made in it."""

    block: Block
    is_ours: bool
    begins: bool
    """Whether it is the first of the item's blocks."""
    findings: tuple[ItemFinding, ...]


class CopyView(ForContributors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """The document as it is read, with the item marked."""

    page_title = "Copy of the source"
    header_icon = "doc-full"

    def get(self, request: HttpRequest, pk: int, sighting: int) -> HttpResponse:
        """The page. What cannot be read is said, not hidden."""
        seen = _sighting(pk, sighting)
        blocks, fault = _read(seen, gravest_first(list(self.item.findings.all())))
        context = self.get_context_data() | {
            "item": self.item,
            "sighting": seen,
            "snapshot": seen.document.snapshot,
            "blocks": blocks,
            "fault": fault,
        }
        return render(request, "newsroom/items/copy.html", context)

    def get_page_subtitle(self) -> str:
        """Which item."""
        return self.item.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("items:index"), "label": "Items"},
            {"url": reverse("items:edit", args=[self.item.pk]), "label": self.item.title},
            {"url": "", "label": self.page_title},
        ]


class BytesView(ForContributors):
    """The bytes as they came, to be saved: never opened here, where they could run or call out."""

    def get(self, _request: HttpRequest, pk: int, sighting: int) -> HttpResponse:
        """The file."""
        snapshot = _sighting(pk, sighting).document.snapshot
        name = f"{snapshot.sha256[:16]}.{FORMATS[MediaType(snapshot.media_type)][1]}"
        try:
            content = snapshot_folder().get(snapshot.sha256)
        except PipelineError as fault:
            raise Http404 from fault
        return HttpResponse(
            content,
            content_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Content-Security-Policy": "sandbox",
            },
        )


def blocks_around(seen: Sighting, findings: list[ItemFinding]) -> tuple[list[Shown], str]:
    """The item's blocks in its document and some before and after them; and why there are none. Files that are read in
    a process of their own are not read for this: that takes longer than an editor should wait for each item."""
    if seen.document.snapshot.media_type not in _AT_ONCE:
        return [], "It stands in a file, which takes a moment to be laid out."
    shown, fault = _read(seen, findings)
    own = [at for at, each in enumerate(shown) if each.is_ours]
    if not own:
        return shown[: 2 * AROUND], fault
    return shown[max(0, own[0] - AROUND) : min(own[-1] + 1, own[0] + MOST_OWN) + AROUND], fault


def _sighting(item: int, key: int) -> Sighting:
    return get_object_or_404(Sighting.objects.select_related("document__snapshot__source"), pk=key, item=item)


def _read(seen: Sighting, findings: list[ItemFinding]) -> tuple[list[Shown], str]:
    """The blocks of the document, and why there are none."""
    snapshot = seen.document.snapshot
    if snapshot.removed_at:
        return [], f"It was removed on {snapshot.removed_at:%-d %B %Y}, as the rule of its source has it."
    if snapshot.size > LARGEST_SHOWN:
        return [], "It is too large to be shown here. Save it and open it with a program of yours."
    try:
        content = snapshot_folder().get(snapshot.sha256)
        document = parse(Snapshot(seen.document.path, content, MediaType(snapshot.media_type)))
    except PipelineError as fault:
        # Not all that the fault says: it names where files lie on the server.
        said = "The copy could not be read." if isinstance(fault, Unreadable) else capfirst(fault.problem)
        return [], f"{said} {fault.advice}".strip()
    shown: list[Shown] = []
    placed: set[int] = set()
    for block in document.blocks:
        ours = _is_within(block, seen)
        begins = ours and not any(before.is_ours for before in shown)
        here = tuple(found for found in findings if found.pk not in placed and _is_at(block, found.place))
        placed.update(found.pk for found in here)
        shown.append(Shown(block, ours, begins, here))
    return shown, ""


def _is_at(block: Block, place: str) -> bool:
    """Whether a finding's place, as it prints itself, is this block, lies in it or begins with it."""
    if lines := _LINES.fullmatch(place):
        first = block.place.first_line
        return first is not None and first <= int(lines[1]) <= (block.place.last_line or first)
    css = block.place.css
    return bool(css and place) and (_holds(css, place) or _holds(place, css))


def _holds(outer: str | None, inner: str | None) -> bool:
    """Whether one path in a page is the other, or leads on from it."""
    return f"{inner} > ".startswith(f"{outer} > ")


def _is_within(block: Block, seen: Sighting) -> bool:
    place = block.place
    if seen.css and place.css and place.first_line is not None:  # mark-up in a message
        return place.first_line == seen.first_line and _holds(seen.css, place.css)
    if seen.first_line and seen.last_line:
        return place.first_line is not None and seen.first_line <= place.first_line <= seen.last_line
    return bool(seen.css and place.css) and _holds(seen.css, place.css)
