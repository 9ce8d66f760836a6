"""The watch over scheduled pages, in a thread of the service: each comes and goes when its time has come."""

from __future__ import annotations

import atexit
import logging
import threading
from typing import Final

from django.db import close_old_connections
from django.utils import timezone

from almoner.products.pages.services import keep_plans

EVERY: Final = 10.0
"""Seconds between two looks."""
log = logging.getLogger(__name__)


def watch(stop: threading.Event, every: float = EVERY) -> None:
    """Do what is due until `stop` is set. A fault of ours is logged, and the next look tries again."""
    while not stop.wait(every):
        try:
            keep_plans(timezone.now())
        except Exception:
            log.exception("what was planned for pages could not be done; it is tried again")
        finally:
            close_old_connections()


def start_watching() -> None:
    """Watch in a thread of this process until it ends."""
    stop = threading.Event()
    threading.Thread(target=watch, args=(stop,), name="pages", daemon=True).start()
    atexit.register(stop.set)
