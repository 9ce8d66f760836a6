"""Looking whether the links of a page work, while it is saved."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Final

from django.urls import Resolver404, resolve

from almoner.products.pages.models import OfficePage
from almoner.products.pages.queries import links_of, page_at
from almoner.records.ingest import link_checks, running
from almoner.records.ingest.links import note_addresses
from almoner.records.ingest.models import LinkedAddress

PATIENCE: Final = 15.0
"""Seconds that an editor waits for other people's servers; links that are not looked at then are not warned of."""
FRESH: Final = timedelta(days=1)
"""What was looked at within this is not asked for again."""


def broken_links(page: OfficePage, now: datetime) -> list[str]:
    """The addresses on a page that lead nowhere: on this site at once, elsewhere as far as time allows."""
    everything = links_of(page)
    broken = [address for address in everything if address.startswith("/") and not _is_here(address)]
    wanted = [address for address in everything if address.startswith(("https://", "http://"))]
    note_addresses(wanted, now)
    known = LinkedAddress.objects.filter(address__in=wanted)
    fresh = {row.address for row in known.filter(checked_at__gt=now - FRESH)}
    until = time.monotonic() + PATIENCE
    if wanted and not fresh.issuperset(wanted):
        with running.fetcher() as web:
            for address in wanted:
                if address not in fresh and time.monotonic() < until:
                    link_checks.check_now([address], web, running.now)
    broken += [row.address for row in known.all() if row.health in link_checks.BROKEN]
    return broken


def _is_here(address: str) -> bool:
    """Whether this site has a page at this address; of a page of the office, whether readers see it."""
    path = address.partition("#")[0].partition("?")[0]
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.view_name != "web:page":
        return True
    page = page_at(found.kwargs["slug"])
    return page is not None and page.live
