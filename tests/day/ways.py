"""The way from the watch to that server: every name of `.example`, GOV.UK and legislation.gov.uk lead there."""

from __future__ import annotations

from collections.abc import Sequence

from almoner.pipeline.fetch.http import HttpFetcher
from almoner.pipeline.ports import Clock
from tests.servers import ways
from tests.servers.web import Web

_HERE = ("www.gov.uk", "www.legislation.gov.uk")


def _names(host: str, port: int) -> Sequence[str]:
    return [ways.PUBLIC] if host in _HERE else ways.names(host, port)


def fetcher(web: Web, clock: Clock) -> HttpFetcher:
    """A fetcher on the day's clock, with less patience than a silent server has silence."""
    return ways.fetcher(web, resolver=_names, clock=clock, seconds=5.0)
