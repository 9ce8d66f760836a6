"""What we say about an item, beside what its source said."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError

from almoner.lib.markdown import to_html
from almoner.pipeline.extract.private import private_names
from almoner.records.catalogue.columns import storable
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Comment, Item
from almoner.records.catalogue.signals import item_published
from almoner.records.catalogue.turns import in_turn


def unknown_names(item: Item, written: str) -> list[str]:
    """The names of children and victims that a comment seems to hold and that are not noted with its item."""
    return [name for name in private_names(written) if name not in item.private_names]


def comment(item: Item, written: str, *, author: str, now: datetime, names_may_stand: bool = False) -> bool:
    """Put this comment beside an item, in place of the one that stood there; none if it is empty. Whether that is a
    change.

    `ValidationError` where it seems to name a child or a victim, unless somebody has said that the name may stand: then
    it is noted with the item's other private names, and kept out of every index.
    """
    with in_turn():
        item.refresh_from_db(from_queryset=Item.objects.select_for_update())
        stands = Comment.objects.filter(item=item).first()
        written, author = storable(written.replace("\r\n", "\n").strip()), storable(author.strip())
        if stands is None and not written:
            return False
        if stands is not None and (stands.written, stands.author) == (written, author):
            return False
        names = unknown_names(item, written)
        if names and not names_may_stand:
            raise ValidationError({"written": f"This may name a child or a victim: {', '.join(names)}."})
        if written:
            told = {"written": written, "html": to_html(written), "author": author, "changed_at": now}
            Comment.objects.update_or_create(item=item, defaults=told)
        elif stands is not None:
            stands.delete()
        if names:
            item.private_names = [*item.private_names, *map(storable, names)]
            item.corrected = sorted(
                {*item.corrected, "private_names"}
            )  # what is read anew must not drop them
        item.changed_at = now
        item.save(update_fields=["private_names", "corrected", "changed_at"])
        if item.status == Status.PUBLISHED:
            item_published.send(Item, items=[item])
    return True
