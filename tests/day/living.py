"""The day lived: sources are watched when they are due, and an editor looks at the review queue now and then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from almoner.pipeline.ports import Fetcher
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Licence, VersionState
from almoner.records.catalogue.models import ItemFinding, ItemVersion, Publisher
from almoner.records.catalogue.queries import waiting
from almoner.records.catalogue.services import publish, settle, take_over
from almoner.records.ingest import care
from almoner.records.ingest.enums import State, Trust
from almoner.records.ingest.models import Host, Source
from almoner.records.ingest.watching import Gathering
from tests.day.world import ADAPTERS, Site

STEP = timedelta(minutes=10)
"""What falls due within this time is checked together."""
LOOKS = (9, 12, 15, 18, 30)
"""When the editor looks at the queue, in hours from midnight: the last time on the next morning."""
RULE = """name = "News under headings of days"
match = ["*/news/", "*/news/?page=*"]
page = "listing"
[select]
record = "div.item"
title = "h3"
link = "h3 a"
"""
"""What an editor wrote for lists under headings of single days, of which each may have one item or several."""
REASON = "Looked at beside the source: it can stand as it is."


class Clock:
    """The time of that day."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now


def watch_all(sites: Sequence[Site], now: datetime) -> None:
    """Add a source for each site; every other one is trusted."""
    for number, site in enumerate(sites):
        source = care.add(
            site.name,
            site.address,
            ADAPTERS[site.form],
            publisher=site.name,
            trust=Trust.AUTO if number % 2 else Trust.REVIEW,
            licence=Licence.OWN,
            now=now,
        )
        if site.form == "days":
            source.rule = RULE
            source.save(update_fields=["rule"])
    Publisher.objects.filter(website="").update(website="https://publisher.example/")


def live(
    clock: Clock, fetcher: Fetcher, editor: Person, looks: Sequence[float] = LOOKS, until: float = LOOKS[-1]
) -> int:
    """Live for `until` hours; the editor works through the queue at each of `looks`. Returns how many checks were
    made."""
    start, checks = clock.now, 0
    for hour in sorted({*looks, until}):
        end = start + timedelta(hours=hour)
        while (due := _due(clock.now)) is not None and due < end:
            clock.now = max(due, clock.now + STEP)
            checks += Gathering(fetcher, clock).run()
        clock.now = end
        if hour in looks:
            approve(editor, clock.now)
    return checks


def approve(editor: Person, now: datetime) -> None:
    """What an editor does: look at each item that waits, settle what was found, let it go out; take over what
    publishers changed."""
    for item in waiting():
        for found in ItemFinding.objects.filter(item=item, settled_at=None):
            settle(found, editor, now, REASON)
        publish([item], now=now, decided_by=editor, reason=REASON)
    for version in ItemVersion.objects.filter(state=VersionState.WAITING):
        take_over(version, now=now, decided_by=editor)


def _due(now: datetime) -> datetime | None:
    """When the next source is due that is not on a host that is left alone."""
    open_until = dict(Host.objects.filter(open_until__gt=now).values_list("name", "open_until"))
    watched = Source.objects.filter(state=State.ACTIVE, next_check_at__isnull=False)
    return min(
        (
            max(due, open_until.get(host) or due)
            for host, due in watched.values_list("host", "next_check_at")
            if due
        ),
        default=None,
    )
