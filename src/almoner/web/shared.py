"""What pages share, such as their menu: worked out for all of them together and kept as long as a page would be.

So pages that are never kept themselves, as those of a search, are as far behind as the others and no further.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings

from almoner.web.page_cache import pages

Answer = TypeVar("Answer")


class Shared(Generic[Answer]):
    """Answers that are the same for everybody, by what tells them apart, of which there may be few."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Hashable, ...], tuple[float, Answer]] = {}

    def get(self, *key: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer, asked for again only when `PAGES_KEPT` seconds are over or the kept pages were forgotten."""
        generation, now = pages.generation, time.monotonic()
        found = self._kept.get((generation, *key))
        if found is not None and now < found[0]:
            return found[1]
        answer = ask()
        for old, (until, _) in list(self._kept.items()):
            if until <= now or old[0] != pages.generation:
                self._kept.pop(old, None)
        self._kept[(generation, *key)] = now + settings.PAGES_KEPT, answer
        return answer
