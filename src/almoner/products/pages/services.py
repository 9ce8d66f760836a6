"""What is done with pages and pictures: checked for names, published and withdrawn at their moment, uploaded."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from almoner.products.pages.models import OfficePage, Picture, PictureSize
from almoner.products.pages.pictures import Drawn
from almoner.products.pages.queries import words_of
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.writing import new_names

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Names:
    """Children and victims who seem to be named on a page and nobody has decided about: in what stands on lists, in
    addresses and in the browser's history, where none may stand, and in the rest."""

    outside: tuple[str, ...]
    inside: tuple[str, ...]


def names_on(page: OfficePage) -> Names:
    """Who seems to be named, by the same reading as in items. Names that were decided about are not told again, but
    outside they never may stand."""
    everywhere = _names_in(words_of(page))
    heads = "\n".join((page.title, page.lead, page.slug.replace("-", " "))).casefold()
    outside = [name for name in {*everywhere, *page.private_names} if name.casefold() in heads]
    inside = [name for name in everywhere if name not in outside and name not in page.private_names]
    return Names(tuple(sorted(outside)), tuple(sorted(inside)))


def keep_sizes(picture: Picture, drawn: Sequence[Drawn]) -> None:
    """Keep what a picture looks like, in its widths."""
    PictureSize.objects.bulk_create(
        PictureSize(picture=picture, width=one.width, height=one.height, form=one.form, content=one.content)
        for one in drawn
    )


def keep_plans(now: datetime) -> int:
    """Publish and withdraw the pages whose moment has come; how many. One that cannot be published, as another has its
    address by now, is logged and stays as it was; the others go on."""
    done = 0
    for page in OfficePage.objects.filter(live=True, expire_at__lte=now):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done += 1
    of_pages = ContentType.objects.get_for_model(OfficePage)
    due = Revision.objects.filter(base_content_type=of_pages, approved_go_live_at__lte=now)
    for revision in due.order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
            done += 1
        except Exception:
            log.exception("a page could not be published at its moment")
    return done


def _names_in(words: str) -> list[str]:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line.strip())
    return new_names(Item(title=words.partition("\n")[0], html=paragraphs))
