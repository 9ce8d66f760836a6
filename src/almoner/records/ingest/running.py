"""The watch over the sources within this process, as the settings have it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Final

from django.conf import settings

from almoner import __version__
from almoner.pipeline.fetch.http import HttpFetcher
from almoner.pipeline.fetch.pace import Pace
from almoner.records import rounds
from almoner.records.catalogue.plans import watch_plans
from almoner.records.ingest import link_checks
from almoner.records.ingest.watching import watch

LONGEST_GOODBYE: Final = 35.0
"""Seconds in which a request that is under way ends by itself."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def agent() -> str:
    """How we introduce ourselves to servers: what we are, where we are, whom to write to."""
    contact = "; ".join(filter(None, (f"+{settings.SITE_ADDRESS}/", settings.CONTACT)))
    return f"Almoner/{__version__} ({contact})".encode("ascii", "replace").decode()


def fetcher(pace: Pace | None = None) -> HttpFetcher:
    """A way to the web under our name. Close it."""
    return HttpFetcher(agent(), now, pace=pace)


def watch_all(stop: threading.Event) -> None:
    """Watch the sources, and beside them whether links still work and what is planned is due, until `stop` is set. One pace for both: a host does
    not care why we ask."""
    pace = Pace()
    with fetcher(pace) as web, HttpFetcher(agent(), now, pace=pace, most=link_checks.BYTES) as sparing:
        beside = threading.Thread(
            target=link_checks.watch_links, args=(sparing, now, stop), name="links", daemon=True
        )
        beside.start()
        timely = threading.Thread(target=watch_plans, args=(now, stop), name="plans", daemon=True)
        timely.start()
        watch(web, now, stop)
        timely.join(LONGEST_GOODBYE)
        beside.join(LONGEST_GOODBYE)


def start_watching() -> None:
    """Watch the sources in a thread of this process until it ends."""
    rounds.begin("watch", watch_all)
