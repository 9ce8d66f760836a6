"""What a publisher changed in an item that readers see: shown field by field, taken over or left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin import messages

from almoner.newsroom import decisions
from almoner.newsroom.items.access import ForEditors
from almoner.newsroom.items.views import ItemEditView
from almoner.pipeline.editions.hunks import exact_hunks
from almoner.pipeline.editions.model import Hunk
from almoner.records.catalogue.enums import VersionState
from almoner.records.catalogue.models import Item, ItemVersion

NAMES_SEEN: Final = "names_seen"
_FIELDS: Final = {
    "title": "Title", "summary": "Summary", "text": "Text", "published": "Published", "updated": "Updated",
    "credit_source": "Source", "credit_outlet": "Outlet", "credit_author": "Author", "credit_byline": "Posted by",
    "link": "Address", "links": "Links",
}  # fmt: skip
"""Fields whose change is shown, in this order; the others follow from these."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that the publisher changed."""

    label: str
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A version that waits: what it would change, what an editor's corrections keep as it is, and the names of
    children and victims that it would bring in."""

    version: ItemVersion
    changes: tuple[Changed, ...]
    stays: tuple[str, ...]
    names: tuple[str, ...]


def offer(item: Item) -> Offer | None:
    """The version of an item that waits for an editor, if there is one: there is never more than one."""
    version = item.versions.filter(state=VersionState.WAITING).first()
    if version is None:
        return None
    return Offer(
        version,
        tuple(
            Changed(label, exact_hunks(_words(version.was.get(name)), _words(version.now[name])))
            for name, label in _FIELDS.items()
            if name in version.now and name not in item.corrected
        ),
        tuple(label for name, label in _FIELDS.items() if name in version.now and name in item.corrected),
        _new_names(item, version),
    )


def _new_names(item: Item, version: ItemVersion) -> tuple[str, ...]:
    return tuple(name for name in version.now.get("private_names", []) if name not in item.private_names)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(" ".join(filter(None, (link.get("text"), link.get("href")))) for link in value)
    return str(value or "")


class ItemWithVersionView(ItemEditView):
    """An item's page, with what its publisher changed."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The offer too."""
        context: dict[str, Any] = super().get_context_data(**named)
        return context | {"offer": offer(context["item"])}


class OfVersion(ForEditors):
    """Something done with a version that waits. One that was decided on meanwhile is left alone."""

    def post(self, request: HttpRequest, version: int, **_: int) -> HttpResponse:
        """Do it, if it still waits."""
        waits = self.item.versions.filter(pk=version, state=VersionState.WAITING).first()
        if waits is None:
            messages.error(
                request, "Somebody decided about this change already, or a newer one followed. See below."
            )
        else:
            self.decide(request, waits)
        return self.back()

    def decide(self, request: HttpRequest, version: ItemVersion) -> None:
        """What is done with it."""
        raise NotImplementedError


class TakeOverView(OfVersion):
    """Shows readers what the publisher says now."""

    def decide(self, request: HttpRequest, version: ItemVersion) -> None:
        """Take it over, unless it names somebody whose name the editor has not said they looked at."""
        if _new_names(self.item, version) and NAMES_SEEN not in request.POST:
            messages.error(
                request,
                "Not taken over: the new words may name a child or a victim. Say that the names may stand.",
            )
            return
        decisions.take_over(version, self.editor, timezone.now())
        messages.success(request, "Taken over. Readers see what the publisher says now.")


class LeaveView(OfVersion):
    """Leaves the item as it is."""

    def decide(self, request: HttpRequest, version: ItemVersion) -> None:
        """Leave it."""
        decisions.leave(version, self.editor, timezone.now())
        messages.success(
            request, "Left as it is. You are asked again when the publisher changes something else."
        )
