"""The day lived in a process of its own, on a database on the disk, as a service has it.

python -m tests.day tell FOLDER [EVERY]   a day in November and the night after it; what came of it, as JSON
python -m tests.day show FOLDER           yesterday, and today until now, so that a service can show it; the editor
                                          last looks in the afternoon, and what came after that waits
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)


def lived(start: datetime, every: int, looks: Sequence[float], until: float) -> dict[str, Any]:
    """Live the day with each `every`-th publisher; what came of it."""
    from almoner.records.accounts.models import Person
    from tests.day.living import Clock, live, watch_all
    from tests.day.server import World
    from tests.day.ways import fetcher
    from tests.day.world import world
    from tests.servers.web import serving

    clock = Clock(start)
    sites = world(start, every)
    editor, _ = Person.objects.get_or_create(email="alice@publisher.example", first_name="Alice")
    watch_all(sites, start)
    with serving(World(sites, clock, start)) as web, fetcher(web, clock) as way:
        checks = live(clock, way, editor, looks, until)
    asked = Counter(request.host + request.target for request in web.requests)
    return {"sources": len(sites), "checks": checks, "requests": len(web.requests), "asked": asked}


def told() -> dict[str, Any]:
    """All items, sources and pages after the day."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    from almoner.records.catalogue.models import Item, ItemVersion
    from almoner.records.ingest.models import Source
    from almoner.records.ingest.standing import word_for

    setup_test_environment()
    columns = ("publisher__name", "title", "status", "published", "published_precision", "text")
    return {
        "items": list(Item.objects.values(*columns)),
        "versions": ItemVersion.objects.count(),
        "by_name": {
            source.name: {
                "word": word_for(source).value,
                "error": source.last_error,
                "problems": [problem for run in source.runs.all() for problem in run.problems],
            }
            for source in Source.objects.all()
        },
        "news": Client().get("/news/").content.decode(),
        "library": Client().get("/library/").status_code,
    }


def main(words: Sequence[str]) -> None:
    """Do what the first word says."""
    os.environ |= {"ALMONER_DATA": words[1], "DJANGO_SETTINGS_MODULE": "tests.records.on_disk"}
    import django

    django.setup()
    from almoner.cli import prepare
    from tests.day.living import LOOKS

    prepare.migrate()
    if words[0] == "tell":
        came = lived(START, int(words[2]) if len(words) > 2 else 1, LOOKS, LOOKS[-1]) | told()
        sys.stdout.write(json.dumps(came) + "\n")
        return
    now = datetime.now(UTC)
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    came = lived(start, 1, LOOKS[:3], (now - start) / timedelta(hours=1))
    sys.stdout.write("{sources} sources, {checks} checks, {requests} requests\n".format(**came))


if __name__ == "__main__":
    main(sys.argv[1:])
