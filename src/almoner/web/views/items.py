"""An item's page, and the copy of the source it came from."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from almoner.lib.listing import joined
from almoner.lib.prose import source_html
from almoner.pipeline.model import MediaType
from almoner.products.library.entries import surroundings
from almoner.products.library.queries import NoCopy, item_by_key, why_no_copy
from almoner.products.library.reading_lists import lists_with
from almoner.products.pages.queries import picture_with
from almoner.records.catalogue.addresses import item_is_gone, item_leads_to
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Comment, Item
from almoner.records.catalogue.services import is_safe_link
from almoner.records.catalogue.stories import follows, story_beside
from almoner.records.catalogue.topics import topics_shown
from almoner.records.guidance.references import concerns
from almoner.records.ingest.enums import Health
from almoner.records.ingest.models import Document, Sighting
from almoner.records.search.shown import public_summary, public_title
from almoner.web.captured import FORMATS, as_file
from almoner.web.cards import cards, credit, host_of, newest_stamp, note_of, publisher_and_credit, short
from almoner.web.headers import keep_from_search_engines
from almoner.web.views.standing import withdrawn

FILES: Final = frozenset({MediaType.PDF.value, MediaType.WORD.value})
"""What the reader's own programs open. Of all else the words count: it is given as text, and no mark-up runs."""
SHORTENS: Final = 3
"""A text is so many times as long as its gist, or the gist only repeats it."""
WHY_NO_COPY: Final = {
    NoCopy.LICENCE: "A copy is kept. Its licence does not let us show it.",
    NoCopy.WAITING: (
        "A copy is kept. Another item on that page still waits for an editor, so we do not show it yet."
    ),
    NoCopy.WITHDRAWN: "A copy is kept. Another item on that page was withdrawn, so we do not show it.",
    NoCopy.REMOVED: "The copy was removed: what this source gives is kept for a time only.",
}


CORRECTED: Final = {
    **dict.fromkeys(("text", "written"), "text"),
    **dict.fromkeys(("published", "updated", "added", "events"), "dates"),
    **dict.fromkeys(
        ("credit_source", "credit_outlet", "credit_author", "credit_byline", "publisher"), "credit"
    ),
    **dict.fromkeys(("link", "links"), "links"),
    **{name: name for name in ("title", "summary", "kind")},
}
"""What a field is called that an editor corrected."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where an item was seen, and why this reader may not have the copy of it; "" if they may."""

    sighting: Sighting
    why_no_copy: str

    @property
    def address(self) -> str:
        """The address of the page it was seen on; "" where that is a file."""
        path = self.sighting.document.path
        return path if path.startswith(("https://", "http://")) and is_safe_link(path) else ""

    @property
    def host(self) -> str:
        """The site of that page, as people call it."""
        return host_of(self.address)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in an item, whether its words are its address, which a print need not write out again, and whether it
    no longer works."""

    href: str
    text: str
    is_bare: bool
    is_dead: bool


@require_safe
def item(request: HttpRequest, key: str) -> HttpResponse:
    """An item's page. What was merged leads to what stands for it; what was withdrawn says so (410); what waits is there for editors alone."""
    found = item_by_key(key)
    is_editor = may_edit(request)
    if found is None or (found.status == Status.WITHDRAWN and not is_editor):
        return _no_longer(request, key, found)
    if found.status == Status.WAITING and not is_editor:
        raise Http404("no such item")
    return page_of(request, found, is_editor=is_editor)


def page_of(request: HttpRequest, found: Item, *, is_editor: bool) -> HttpResponse:
    """An item's page as readers see it, or with what only editors do. Whether it may be seen is for the caller."""
    page = render(request, "pages/item.html", _context(found, is_editor))
    if found.private_names:
        keep_from_search_engines(page)
    return page


@require_safe
def source_copy(request: HttpRequest, key: str, document: str = "") -> HttpResponse:
    """The bytes of the source as they were captured, as a file that no browser runs.

    `document` is the key of one of the documents the item was seen in; the first one if it is empty.
    """
    found = _find(key)
    sighting = next(
        (seen for seen in found.sightings.all() if document in ("", seen.document.key)),
        None,
    )
    if sighting is None or not _may_have_copy(request, found, sighting.document):
        raise Http404("no such copy")
    snapshot = sighting.document.snapshot
    name = f"source-{snapshot.sha256[:12]}"
    if snapshot.media_type in FILES:
        return as_file(
            snapshot.sha256, f"{name}.{FORMATS[MediaType(snapshot.media_type)][1]}", snapshot.media_type
        )
    return as_file(snapshot.sha256, f"{name}.txt")


def may_edit(request: HttpRequest) -> bool:
    """Whether an editor is asking. Nothing is looked up for a visitor without a session."""
    user = request.user
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def _no_longer(request: HttpRequest, key: str, found: Item | None) -> HttpResponse:
    """The answer for an item that is withdrawn, or is not in the records."""
    if instead := item_leads_to(key):
        return redirect(instead, permanent=True)
    if found is not None or item_is_gone(key):
        return withdrawn(request, "item", found)
    raise Http404("no such item")


def _find(key: str) -> Item:
    found = item_by_key(key)
    if found is None:
        raise Http404("no such item")
    return found


def _may_have_copy(request: HttpRequest, found: Item, document: Document) -> bool:
    return may_edit(request) or (found.status == Status.PUBLISHED and why_no_copy(document) is None)


def _is_removed(sighting: Sighting) -> bool:
    return sighting.document.snapshot.removed_at is not None


def _context(found: Item, is_editor: bool) -> dict[str, Any]:
    who, via = credit(found)
    publisher, crediting = publisher_and_credit(found)
    words = source_html(found.html, found.text)
    around = surroundings(found)
    seen = [
        Seen(sighting, "" if is_editor and not _is_removed(sighting) else _why_no_copy(sighting.document))
        for sighting in found.sightings.all()
    ]
    comment = Comment.objects.filter(item=found).first()
    our_picture = picture_with(found) if comment or found.written_here else None
    return {
        "item": found,
        "comment": comment,
        "our_picture": our_picture,
        "our_sizes": list(our_picture.picture.sizes.all()) if our_picture else [],
        "comment_html": source_html(comment.html, comment.written) if comment else "",
        # A page's title stays behind in the browser's history and on its tabs.
        "title": public_title(found),
        "note": note_of(found),
        "corrections": _corrections(found),
        "description": short(public_summary(found)),
        "who": who,
        "via": via,
        "stamp": newest_stamp(found),
        "publisher": publisher,
        "crediting": crediting,
        "words": words if found.shows_full_text else "",
        "change_notes": found.change_notes if found.shows_full_text else [],
        "is_withheld": bool(words) and not found.shows_full_text,
        "summary_is_quoted": _plain(found.summary) in _plain(found.text),
        "shortens": len(found.text) >= SHORTENS * len(found.summary),
        "host": host_of(found.link),
        "stands_on": "" if found.link else next(filter(None, (place.address for place in seen)), ""),
        "own": around.own,
        "is_dead": around.own is not None and around.own.health == Health.DEAD,
        "has_moved": around.own is not None and around.own.health == Health.MOVED,
        "archived": archived(found.link, found.captured_at) if found.link else "",
        "reading_lists": lists_with(found),
        "cited_by": cards(around.cited_by),
        "citing": around.citing,
        "related": cards(around.related),
        "our_copy": next((place for place in seen if not place.why_no_copy), None),
        "links": [
            _link(link, around.dead) for link in found.links if is_safe_link(str(link.get("href", "")))
        ],
        "dated_events": [event for event in found.events.all() if event.starts],
        "undated_events": [event for event in found.events.all() if not event.starts],
        "seen": seen,
        "is_editor": is_editor,
        "topics": topics_shown(found),
        "audiences": AUDIENCES.shown(found),
        "audiences_are_checked": "audiences" in found.corrected,
        "date_is_ours": "published" in found.corrected and not found.written_here,
        "topics_are_checked": "topics" in found.corrected,
        "story": story_beside(found),
        "threads": follows(found),
        "concerns": concerns([found], timezone.localdate())[found.pk],
        "is_published": found.status == Status.PUBLISHED,
        "findings": found.findings.all() if is_editor else (),
    }


def archived(address: str, captured: datetime) -> str:
    """Where the Internet Archive may have a page as it was when we captured it. Nothing is asked there by us."""
    return f"https://web.archive.org/web/{captured:%Y%m%d}/{address}"


def _without_scheme(address: str) -> str:
    """An address as people write it."""
    return re.sub(r"^(?:https?://|mailto:|tel:)?(?:www\.)?", "", address)


def _corrections(item: Item) -> list[tuple[date, str]]:
    """The days on which an editor corrected an item that readers saw, the newest first, and what was corrected."""
    days: dict[date, dict[str, None]] = {}
    for row in item.shown_corrections.all():
        words = days.setdefault(timezone.localdate(row.at), {})
        words.update(dict.fromkeys(CORRECTED[name] for name in row.fields if name in CORRECTED))
    return [(day, joined(list(words))) for day, words in days.items() if words]


def _link(link: dict[str, str], dead: Set[str]) -> Link:
    href = link["href"]
    address = _without_scheme(href)
    text = link.get("text") or address
    is_bare = _without_scheme(text).rstrip("/") == address.rstrip("/")
    return Link(href, text, is_bare, href.partition("#")[0] in dead)


def _why_no_copy(document: Document) -> str:
    reason = why_no_copy(document)
    return WHY_NO_COPY[reason] if reason else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip("… ")
