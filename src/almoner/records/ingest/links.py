"""Where items lead: each address once, with the items that lead there. `link_checks` looks whether it still works."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest.enums import Health
from almoner.records.ingest.identity import page_digest
from almoner.records.ingest.models import ItemLink, LinkedAddress, host_of

MOST_LINKS: Final = 100
"""Links of one item that are looked after; a page of links has more, and says nothing by them."""
FIRST: Final = timedelta(days=7)
"""Within this a new address is checked for the first time: it has just been read, and works as a rule."""
RESERVED: Final = frozenset({"example", "invalid", "localhost", "test", ""})
BATCH: Final = 500
_LONGEST: Final = 1_000


def note_links(items: Iterable[Item], now: datetime) -> None:
    """Note where these items lead, in place of what was noted before. The number of queries does not depend on the
    number of items."""
    rows = list(items)
    wanted = {(item.pk, address): own for item in rows for address, own in _addresses(item).items()}
    with in_turn():
        known = _known({address for _, address in wanted}, now)
        ItemLink.objects.filter(item__in=[item.pk for item in rows]).delete()
        ItemLink.objects.bulk_create(
            [
                ItemLink(item_id=item, address_id=known[address], is_own=own)
                for (item, address), own in wanted.items()
            ],
            ignore_conflicts=True,
        )


def note_addresses(addresses: Iterable[str], now: datetime) -> None:
    """Note addresses that something else than an item leads to, so that they can be looked at. They are forgotten after
    a day or so, where no item leads there."""
    _known({address for address in addresses if len(address) <= _LONGEST}, now)


def note_missing(now: datetime) -> int:
    """Note where published items lead of which nothing is noted yet; returns how many that were."""
    unknown = (
        Item.objects.filter(~Exists(ItemLink.objects.filter(item=OuterRef("pk"))), status=Status.PUBLISHED)
        .exclude(Q(link="") & Q(links=[]))
        .order_by("pk")
    )
    noted, last = 0, 0
    while batch := list(unknown.filter(pk__gt=last)[:BATCH]):
        note_links(batch, now)
        noted, last = noted + len(batch), batch[-1].pk
    return noted


def dead_links() -> QuerySet[ItemLink]:
    """The items' own addresses that no longer work; for filters and annotations."""
    return ItemLink.objects.filter(is_own=True, address__health=Health.DEAD)


def _addresses(item: Item) -> dict[str, bool]:
    """The web addresses an item leads to, and whether each is its own."""
    found = {item.link: True} if item.link else {}
    for link in item.links[:MOST_LINKS]:
        address = str(link.get("href", "")).partition("#")[0]
        if address.startswith(("https://", "http://")) and len(address) <= _LONGEST:
            found.setdefault(address, False)
    return found


def _first_check(name: str, host: str, now: datetime) -> datetime | None:
    """Spread by what is as good as chance, and the same each time; never where nothing can be (RFC 6761, RFC 2606)."""
    if host.rpartition(".")[2] in RESERVED:
        return None
    return now + FIRST * (int(name[:4], 16) / 0xFFFF)


def _known(addresses: set[str], now: datetime) -> dict[str, int]:
    """The primary key of each address; those that are new are made."""
    digests = {hashlib.sha256(address.encode()).hexdigest()[:32]: address for address in addresses}
    LinkedAddress.objects.bulk_create(
        [
            LinkedAddress(
                digest=name,
                address=address,
                page=page_digest(address),
                host=host_of(address),
                next_check_at=_first_check(name, host_of(address), now),
            )
            for name, address in digests.items()
        ],
        ignore_conflicts=True,
    )
    return {
        digests[name]: pk
        for name, pk in LinkedAddress.objects.filter(digest__in=list(digests)).values_list("digest", "pk")
    }
