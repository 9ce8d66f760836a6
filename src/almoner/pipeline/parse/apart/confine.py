"""What a process that reads somebody's file may take: a bounded time, a bounded memory, and nothing that it has
not opened yet. See setrlimit(2)."""

from __future__ import annotations

import resource
from typing import Final

CPU_SECONDS: Final = 30
"""Of the processor. A report of 400 pages takes under five."""
MEMORY: Final = 1024 * 1024 * 1024
"""Of address space, most of which is never used: the libraries and their tables are mapped too."""


def confine() -> None:
    """From here on this process opens no file and no socket, starts no process and writes no file.

    All that will be imported must have been. A limit of no open files leaves those that are open (the pipes)
    as they are, and stops every further one, also after one was closed. Limits that a system does not have are
    passed over.
    """
    _limit("RLIMIT_AS", MEMORY)
    _limit("RLIMIT_CPU", CPU_SECONDS)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NPROC", 0)
    _limit("RLIMIT_NOFILE", 0)


def _limit(name: str, most: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        # macOS refuses some limits on address space; the parent's clock still ends what goes on too long.
        return
