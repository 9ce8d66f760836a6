"""How often a feed asks to be fetched, by its own words."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 366 * 24 * 3600
_PERIODS: Final = {
    "hourly": 3600, "daily": 24 * 3600, "weekly": 7 * 24 * 3600, "monthly": 30 * 24 * 3600, "yearly": 365 * 24 * 3600,
}  # fmt: skip


def asked(ttl: str, period: str, frequency: str) -> str:
    """Seconds between two fetches as digits, "" where nothing is asked for.

    `ttl` is RSS's, in minutes (RSS 2.0, "ttl"); `period` and `frequency` are those of the Syndication module of
    RSS 1.0: so many times an hour, a day and so on, once if it does not say how often. Where both are there, the
    longer counts.
    """
    seconds = _number(ttl) * 60
    if (lasts := _PERIODS.get(period.lower())) is not None:
        seconds = max(seconds, lasts // (_number(frequency) or 1))
    return str(min(seconds, LONGEST)) if seconds else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
