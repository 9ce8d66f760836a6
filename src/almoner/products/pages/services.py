"""What is done with pages and pictures: checked for names, published and withdrawn at their moment, uploaded."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from wagtail.log_actions import log as log_action
from wagtail.models import Revision

from almoner.pipeline.extract.private import private_names
from almoner.products.pages.models import ItemPicture, OfficePage, PageFault, Picture, PictureSize
from almoner.products.pages.pictures import Drawn
from almoner.products.pages.queries import scheduled, words_of
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.signals import item_published
from almoner.records.catalogue.turns import in_turn
from almoner.records.catalogue.writing import new_names

SAY_WHAT_IT_SHOWS: Final = (
    "Say what it shows, or that it only decorates: one of the two. Who does not see it has nothing else."
)

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


def put_with(
    item: Item, picture: Picture, *, alternative: str, decorative: bool, caption: str, now: datetime
) -> None:
    """Put a picture with an item, in place of the one that was there. `ValidationError`, by field, where neither words
    say what it shows nor it only decorates, or these words may name a child or a victim: they go into feeds, and stand
    away from whoever decided about the item's own words."""
    said = {"alternative": alternative.strip(), "caption": caption.strip()}
    if bool(said["alternative"]) == decorative:
        raise ValidationError({"alternative": SAY_WHAT_IT_SHOWS})
    for field, words in said.items():
        if private_names(words) or any(name.casefold() in words.casefold() for name in item.private_names):
            raise ValidationError({field: "This may name a child or a victim. Say it without the name."})
    with in_turn():
        ItemPicture.objects.update_or_create(
            item=item, defaults=said | {"picture": picture, "decorative": decorative}
        )
        _has_changed(item, now)


def take_from(item: Item, now: datetime) -> bool:
    """Take the picture of ours from an item; whether there was one. The picture itself stays."""
    with in_turn():
        taken, _ = ItemPicture.objects.filter(item=item).delete()
        if taken:
            _has_changed(item, now)
    return bool(taken)


def _has_changed(item: Item, now: datetime) -> None:
    item.refresh_from_db(from_queryset=Item.objects.select_for_update())
    item.changed_at = now
    item.save(update_fields=["changed_at"])
    if item.status == Status.PUBLISHED:
        item_published.send(Item, items=[item])


def keep_plans(now: datetime) -> int:
    """Publish and withdraw the pages whose moment has come; how many. One that cannot be published stays as it was, its
    plan is a draft again, and a `PageFault` says why; the others go on."""
    done = 0
    for page in OfficePage.objects.filter(live=True, expire_at__lte=now):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done += 1
    due = scheduled().filter(approved_go_live_at__lte=now)
    for revision in due.order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                _look_at(revision.as_object())
                revision.publish(log_action="wagtail.publish.scheduled")
            done += 1
        except OperationalError:
            raise  # the database is busy: the next look tries again
        except Exception as fault:
            if not isinstance(fault, ValidationError):
                log.exception("a page could not be published at its moment")
            _note(revision, _in_words(fault))
    return done


def settle(page: OfficePage) -> None:
    """What went wrong with a page at its moment is settled."""
    PageFault.objects.filter(page=page).delete()


def _look_at(page: OfficePage) -> None:
    """`ValidationError` where a page cannot come before readers as things stand now: others may have changed since it
    was planned."""
    page.full_clean()
    names = names_on(page)
    if names.outside or names.inside:
        raise ValidationError("A child or a victim seems to be named, and nobody has decided about that.")


def _in_words(fault: Exception) -> str:
    if not isinstance(fault, ValidationError):
        return "A fault of the software; the log of the service has more."
    return " ".join(dict.fromkeys(fault.messages))


def _note(revision: Revision, reason: str) -> None:
    with transaction.atomic():
        page = OfficePage.objects.get(pk=revision.object_id)
        given = {
            "planned_for": revision.approved_go_live_at,
            "planned_by": revision.user,
            "reason": reason[:500],
        }
        PageFault.objects.update_or_create(page=page, defaults=given)
        page.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
        log_action(page, "almoner.page_not_published", data={"reason": reason[:500]}, revision=revision)


def _names_in(words: str) -> list[str]:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line.strip())
    return new_names(Item(title=words.partition("\n")[0], html=paragraphs))
