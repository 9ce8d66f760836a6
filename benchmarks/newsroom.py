"""The newsroom with 100,000 items: how long its pages take, and publishing 500 at once.

    python -m benchmarks newsroom [ITEMS]

The items are made up; a tenth waits, half of that with findings. Every page is fetched through Django as an editor's
browser would, without a network, and timed in seconds of CPU: the database is in the same process.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import process_time
from typing import Any, Final

from benchmarks.machine import described

ITEMS: Final = 100_000
TIMES: Final = 20
SOURCES: Final = 200
BATCH: Final = 2_000
AT_ONCE: Final = 500
PART: Final = 50
"""Items that the page sends in one part, with progress between them."""
WORDS: Final = [
    "school",
    "pupil",
    "teacher",
    "carer",
    "nursery",
    "council",
    "charity",
    "trustee",
    "report",
    "guidance",
    "training",
    "helpline",
    "club",
    "coach",
    "visit",
    "taxi",
    "licence",
    "library",
    "hostel",
    "hospital",
    "nurse",
    "parent",
    "meeting",
    "leaflet",
    "policy",
    "review",
    "panel",
    "inspector",
    "grant",
    "ferry",
    "choir",
]
CODES: Final = (
    "date_missing",
    "link_missing",
    "title_missing",
    "weekday_mismatch",
    "text_cut",
    "child_identifiable",
)
PAGES: Final = (
    ("the desk", "/newsroom/"),
    ("the queue, first item", "/newsroom/review/"),
    ("all that are ready", "/newsroom/review/ready/"),
    ("items", "/newsroom/items/"),
    ("items that wait, one finding", "/newsroom/items/?status=waiting&finding=link_missing"),
    ("items that wait, one source", "/newsroom/items/?status=waiting&source=7"),
    ("items by a word of the title", "/newsroom/items/?q=ferry"),
    ("items, far down", "/newsroom/items/?p=2000"),
    ("stories", "/newsroom/stories/"),
    ("sources", "/newsroom/sources/"),
)


def main() -> None:
    """Print the table, from a process that has its own database."""
    wanted = next((word for word in sys.argv[1:] if word.isdecimal()), str(ITEMS))
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "ALMONER_DATA": folder, "DJANGO_SETTINGS_MODULE": "almoner.settings.production",
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "-m", "benchmarks.newsroom", folder, wanted], env=environment, check=True
        )


def measure(count: int) -> None:
    """Make the items and time each page."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from almoner.records.accounts.models import Person

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    _fill(count)
    connection.cursor().execute("ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.create_superuser("editor@example.org"))
    print(f"{count:,} items, {described()}")
    print(f"{'page':<32} {'median':>8} {'p95':>8}  queries")
    for name, address in PAGES:
        client.get(address, follow=True)
        asked: list[str] = []

        def noted(execute: Any, sql: str, *rest: Any, asked: list[str] = asked) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(noted):
            answer = client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        taken = sorted(_seconds(client, address) for _ in range(TIMES))
        p95 = quantiles(taken, n=20)[-1]
        print(
            f"{name:<32} {taken[len(taken) // 2] * 1000:>5.0f} ms {p95 * 1000:>5.0f} ms  {len(asked):>7}",
            flush=True,
        )
    print(f"publishing {AT_ONCE} at once, in parts of {PART}: {_publish(client):.1f} s")


def _seconds(client: Any, address: str) -> float:
    begun = process_time()
    client.get(address, follow=True)
    return process_time() - begun


def _publish(client: Any) -> float:
    from almoner.newsroom.review import order

    chosen = list(order.of_rank(order.READY).order_by("-sorts_at").values_list("pk", flat=True)[:AT_ONCE])
    begun, done = process_time(), 0
    for at in range(0, len(chosen), PART):
        answer = client.post(
            "/newsroom/review/ready/",
            {"item": chosen[at : at + PART]},
            headers={"accept": "application/json"},
        )
        done += answer.json()["published"]
    assert done == len(chosen)
    return process_time() - begun


def _fill(count: int) -> None:
    """The records, without the pipeline: it has benchmarks of its own."""
    from almoner.records.catalogue.models import Item, ItemFinding, ItemTopic
    from almoner.records.catalogue.names import publishers_named
    from almoner.records.catalogue.relations import Story, StoryItem
    from almoner.records.ingest.models import Document, Sighting, Snapshot, Source
    from almoner.records.store import snapshot_folder

    now = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    publishers = list(publishers_named(f"Publisher {number}" for number in range(50)).values())
    documents = []
    for number in range(SOURCES):
        source = Source.objects.create(
            name=f"Source {number}", publisher=publishers[number % 50], tried_at=now - timedelta(days=30)
        )
        content = "\n\n".join(f"Line {line} of source {number}" for line in range(200)).encode()
        snapshot = Snapshot.objects.create(
            source=source, sha256=snapshot_folder().put(content), size=len(content), media_type="text/plain",
            captured_at=now,
        )  # fmt: skip
        documents.append(Document.objects.create(snapshot=snapshot, path=f"{number}.txt"))
    for rows in _batches(count):
        items = Item.objects.bulk_create(_item(number, now, publishers) for number in rows)
        Sighting.objects.bulk_create(
            Sighting(
                document=documents[item.pk % SOURCES], item=item, position=item.pk, first_line=1, last_line=3
            )
            for item in items
        )
        ItemTopic.objects.bulk_create(
            ItemTopic(
                item=item, topic=("schools-and-colleges", "sport", "stalking")[item.pk % 3], given_by="words"
            )
            for item in items
        )
        ItemFinding.objects.bulk_create(
            ItemFinding(item=item, code=CODES[item.pk % len(CODES)], message="Look at this.")
            for item in items
            if item.status == "waiting" and item.pk // 10 % 2
        )
        stories = Story.objects.bulk_create(Story() for item in items if item.pk % 3 == 0)
        StoryItem.objects.bulk_create(
            StoryItem(item=item, story=stories[at // 3])
            for at, item in enumerate(items)
            if at // 3 < len(stories)
        )


def _batches(count: int) -> Iterator[range]:
    for first in range(0, count, BATCH):
        yield range(first, min(first + BATCH, count))


def _item(number: int, now: datetime, publishers: list[Any]) -> Any:
    from almoner.records.catalogue.models import Item

    chance = random.Random(number)
    words = chance.choices(WORDS, k=120)
    when = now - timedelta(minutes=10 * number)
    return Item(
        title=" ".join(words[:8]).capitalize(), summary=" ".join(words[8:40]), text=" ".join(words),
        status="waiting" if number % 10 == 0 else "published", publisher=publishers[number % 50],
        published=when.date().isoformat(), published_precision="day", fingerprint=f"{number}",
        link=f"https://www.example.org/{number}", captured_at=now, changed_at=now, sorts_at=when,
    )  # fmt: skip


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    measure(int(sys.argv[2]))
