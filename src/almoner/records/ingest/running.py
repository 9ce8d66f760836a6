"""The watch over the sources within this process, as the settings have it."""

from __future__ import annotations

import atexit
import threading
from datetime import UTC, datetime

from django.conf import settings

from almoner import __version__
from almoner.pipeline.fetch.http import HttpFetcher
from almoner.records.ingest.watching import watch


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def agent() -> str:
    """How we introduce ourselves to servers: what we are, where we are, whom to write to."""
    contact = "; ".join(filter(None, (f"+{settings.SITE_ADDRESS}/", settings.CONTACT)))
    return f"Almoner/{__version__} ({contact})".encode("ascii", "replace").decode()


def fetcher() -> HttpFetcher:
    """A way to the web under our name. Close it."""
    return HttpFetcher(agent(), now)


def start_watching() -> None:
    """Watch the sources in a thread of this process until it ends."""
    stop = threading.Event()

    def work() -> None:
        with fetcher() as web:
            watch(web, now, stop)

    threading.Thread(target=work, name="watch", daemon=True).start()
    atexit.register(stop.set)
