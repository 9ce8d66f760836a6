"""The watch over scheduled issues, in a thread of the service: each comes out when its time has come."""

from __future__ import annotations

import atexit
import threading
from typing import Final

import structlog
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from almoner.products.briefing.services.issues import publish_due

EVERY: Final = 20.0
"""Seconds between two looks. Of several processes that look, one publishes."""
_log = structlog.get_logger("almoner.briefing")


def watch(stop: threading.Event, every: float = EVERY) -> None:
    """Publish what is due until `stop` is set. A database that does not answer is asked again."""
    while not stop.wait(every):
        try:
            publish_due(now=timezone.now())
        except DatabaseError as fault:
            _log.warning("scheduled issues could not be looked at", fault=str(fault))
        finally:
            close_old_connections()


def start_watching() -> None:
    """Watch in a thread of this process until it ends."""
    stop = threading.Event()
    threading.Thread(target=watch, args=(stop,), name="issues", daemon=True).start()
    atexit.register(stop.set)
