"""Work that threads of the service do again and again: what is due is done, then there is a rest."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import connection

LONGEST_NAP: Final = 300.0
"""Seconds between two tries while something fails."""

log = logging.getLogger(__name__)


def go_round(
    work: Callable[[], object],
    stop: threading.Event,
    *,
    name: str,
    nap: float,
    longest_nap: float = LONGEST_NAP,
    expected: tuple[type[Exception], ...] = (),
    rest: Callable[[float], object] | None = None,
) -> None:
    """Do `work` until `stop` is set, with `nap` seconds of `rest` between; the default rest ends when `stop` is set.

    A fault is logged, in one line where it is `expected` and with its trace otherwise, and the work goes on: after twice
    the nap, then four times, to `longest_nap`, and after the usual one as soon as it succeeds. The thread keeps no
    connection to the database while it rests.
    """
    rest = rest or stop.wait
    pause = nap
    while not stop.is_set():
        try:
            work()
            pause = nap
        except Exception as fault:
            pause = min(pause * 2, longest_nap)
            said = "%s broke off, and goes on by itself in %g seconds: %s"
            log.log(
                logging.WARNING if isinstance(fault, expected) else logging.ERROR,
                said,
                name,
                pause,
                fault,
                exc_info=not isinstance(fault, expected),
            )
        finally:
            connection.close()
        rest(pause)


def begin(name: str, work: Callable[[threading.Event], object], *, goodbye: float = 0.0) -> None:
    """Do `work` in a thread of this process. When the process ends, the event that it is given is set, and what is
    under way has `goodbye` seconds to end by itself."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,), name=name, daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(goodbye)

    atexit.register(end)
