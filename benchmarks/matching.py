"""A million subscribers beside a hundred new items: whom they concern, and why.

    python -m benchmarks matching [SUBSCRIBERS]

Invented: each subscriber follows one to five things, the commonest topics most (as 1/rank); one in a hundred follows
everything, one in two hundred a saved search, of which there are five hundred. The whole answer is read and counted, in
seconds of CPU, with the most memory that the process took. An ordinary loop, which asks for each subscriber what they
follow and looks at each item, is timed over a hundredth of them.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from benchmarks.machine import described

if TYPE_CHECKING:
    from django.db.models import Model

SUBSCRIBERS: Final = 1_000_000
ITEMS: Final = 100
SEARCHES: Final = 500
PACES: Final = ("at_once", "daily", "weekly")
PLAIN: Final = 100
"""The ordinary loop is timed over one in so many."""
WORDS: Final = (
    "school",
    "taxi",
    "licence",
    "carer",
    "nursery",
    "council",
    "trustee",
    "report",
    "ferry",
    "choir",
)
NOW: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)


def main() -> None:
    """Print the table, from a process that has its own database."""
    wanted = next((word for word in sys.argv[1:] if word.isdecimal()), str(SUBSCRIBERS))
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "ALMONER_DATA": folder, "DJANGO_SETTINGS_MODULE": "almoner.settings.production",
        }  # fmt: skip
        for step in ("fill", "measure"):  # apart: what filling took of memory is not counted
            command = [sys.executable, "-m", "benchmarks.matching", step, wanted]
            subprocess.run(command, env=environment, check=True)


def fill(count: int) -> None:
    """Make subscribers and items."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    _items()
    _subscribers(count)
    connection.cursor().execute("ANALYZE")


def measure(count: int) -> None:
    """Match them."""
    from almoner.products.alerts.matching import matched
    from almoner.records.catalogue.models import Item

    items = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    before = _memory()
    start = process_time()
    people = entries = reasons = 0
    for _, found in matched(items):
        people += 1
        entries += len(found)
        reasons += sum(len(why) for _, why in found)
    spent = process_time() - start
    print(f"{count:,} subscribers, {len(items)} items, {described()}")
    print(f"{people:,} people, {entries:,} entries, {reasons:,} reasons")
    print(f"matching {spent:.1f} s of CPU, {_memory():.0f} MB at most ({before:.0f} MB before)")
    few = count // PLAIN
    start = process_time()
    _plain_loop(items, few)
    print(f"an ordinary loop over one in {PLAIN}: {process_time() - start:.1f} s")


def _plain_loop(items: list[int], few: int) -> int:
    """Each subscriber, each thing they follow, each item."""
    from almoner.products.alerts.models import Subscriber
    from almoner.records.catalogue.models import Item

    known = [
        (item.pk, {row.topic for row in item.topics.all()}, item.publisher.slug if item.publisher else "")
        for item in Item.objects.filter(pk__in=items).select_related("publisher").prefetch_related("topics")
    ]
    found = 0
    for subscriber in Subscriber.objects.order_by("pk")[:few]:
        for row in subscriber.subscriptions.filter(ended_at=None):
            for _, topics, publisher in known:
                found += (
                    row.follows == "everything"
                    or (row.follows == "topic" and row.about in topics)
                    or (row.follows == "publisher" and row.about == publisher)
                )
    return found


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _items() -> None:
    from almoner.pipeline.taxonomy.topics import topics
    from almoner.records.catalogue.models import Item, Publisher
    from almoner.records.catalogue.services import publish
    from almoner.records.catalogue.topics import choose_topics

    chance, known = random.Random(1), sorted(topics())
    publishers = Publisher.objects.bulk_create(
        Publisher(name=f"Publisher {number}", slug=f"publisher-{number}") for number in range(40)
    )
    items = []
    for number in range(ITEMS):
        text = " ".join(chance.choices(WORDS, k=120))
        item = Item.objects.create(
            title=f"Item {number}", text=text, publisher=chance.choice(publishers), status="waiting",
            captured_at=NOW, changed_at=NOW, sorts_at=NOW, fingerprint=f"{number:064}",
        )  # fmt: skip
        choose_topics(item, chance.sample(known, 2))
        items.append(item)
    publish(items, now=NOW)


def _subscribers(count: int) -> None:
    from django.db import transaction

    from almoner.products.alerts.models import SavedSearch, Subscriber, Subscription

    chance = random.Random(2)
    searches = SavedSearch.objects.bulk_create(
        SavedSearch(name="Saved search", words=" ".join(chance.sample(WORDS, 3)), asked_on=NOW.date())
        for _ in range(SEARCHES)
    )
    follow = _follow(chance, [search.key for search in searches])
    person = {"asked_at": NOW, "confirmed_at": NOW, "standing": "confirmed", "ended_why": ""}
    person |= {"telling_subjects": False, "plain_text": False}
    with transaction.atomic():
        _insert(
            Subscriber,
            (
                {"id": number, "key": f"{number:024}", "address": address, "folded": address, **person}
                for number in range(1, count + 1)
                for address in [f"r{number}@example.org"]
            ),
        )
        _insert(
            Subscription,
            (
                {
                    "key": f"{number:020}{at:04}", "subscriber_id": number, "follows": follows, "about": about,
                    "pace": chance.choice(PACES), "began_at": NOW, "ended_why": "",
                }
                for number in range(1, count + 1)
                for at, (follows, about) in enumerate(next(follow))
            ),
        )  # fmt: skip


def _insert(model: type[Model], rows: Iterator[dict[str, Any]]) -> None:
    """Put millions of rows in, past the model: that takes minutes less."""
    from django.db import connection

    first = next(rows)
    places = ", ".join(["%s"] * len(first))
    statement = f"INSERT INTO {model._meta.db_table} ({', '.join(first)}) VALUES ({places})"
    with connection.cursor() as cursor:
        values: Any = (tuple(row.values()) for row in chain([first], rows))
        cursor.executemany(statement, values)


def _follow(chance: random.Random, searches: list[str]) -> Iterator[set[tuple[str, str]]]:
    from almoner.pipeline.taxonomy.topics import topics

    known = sorted(topics())
    weights = [1 / rank for rank in range(1, len(known) + 1)]
    while True:
        kind: Any = chance.random()
        if kind < 0.01:
            yield {("everything", "")}
            continue
        found = {("topic", topic) for topic in chance.choices(known, weights, k=chance.randint(1, 4))}
        if kind < 0.015:
            found.add(("search", chance.choice(searches)))
        elif kind < 0.3:
            found.add(("publisher", f"publisher-{chance.randrange(40)}"))
        yield found


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "measure": measure}[sys.argv[1]](int(sys.argv[2]))
