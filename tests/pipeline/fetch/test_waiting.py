"""When a server may be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from almoner.pipeline.fetch.waiting import fresh_until, retry_after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(minutes=1)),
        ("-5", timedelta(hours=1)),
        ("soon", timedelta(hours=1)),
        ("", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 11:00:00 GMT", timedelta(hours=2)),
        ("Mon, 02 Mar 2020 11:00:00 GMT", timedelta(minutes=1)),
        ("315360000", timedelta(days=31)),
        ("9" * 400, timedelta(days=31)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=31)),
    ],
)
def test_retry_after_is_honoured_within_reason(header: str, wait: timedelta) -> None:
    assert retry_after(header, NOW) == NOW + wait


def test_freshness_is_a_day_at_most() -> None:
    assert fresh_until({"cache-control": "public, max-age=600"}, NOW) == NOW + timedelta(minutes=10)
    assert fresh_until({"cache-control": "max-age=99999999"}, NOW) == NOW + timedelta(days=1)
    assert fresh_until({"cache-control": "no-cache, max-age=0"}, NOW) is None
    assert fresh_until({}, NOW) is None
