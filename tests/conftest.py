"""What every test stands on: a fixed clock, no way out to the network, nothing written beside the test, and
the cast."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import Settings

# The short runs look at the same examples each time, so that a red check is always somebody's change; the long ones
# (`make soak`) look for new ones.
# None of them minds how fast the machine is.
settings.register_profile(
    "short", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("default" if os.environ.get("ALMONER_SOAK") == "1" else "short")

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Let a test reach this machine (the browser tests' server) and nothing else."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def contexts_of_pages(django_test_environment: None) -> Iterator[None]:
    """What a page was rendered with is kept (`answer.context`). Django would keep it for each template in it as well: for
    the pages of the newsroom hundreds of copies, and a good part of the time."""
    from django.template import Context, Template
    from django.test.signals import template_rendered

    def render(self: Template, context: Context) -> str:
        if context.template is self:  # and not one that is included
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The tests' database in memory begins as a copy of one in which the migrations have run."""
    from django.db.backends.signals import connection_created

    from tests.servers import pattern

    connection_created.connect(pattern.fill)
    yield
    connection_created.disconnect(pattern.fill)


@pytest.fixture
def now() -> datetime:
    """The moment at which a test takes place: a Thursday morning."""
    return datetime(2025, 4, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def snapshot_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where this test's snapshots lie."""
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"
    return tmp_path / "snapshots"


@pytest.fixture(autouse=True)
def nothing_kept(settings: Settings) -> Iterator[None]:
    """Pages that a test had kept are no other's, nor is what they were made of."""
    yield
    if getattr(settings, "PAGES_KEPT", 0):
        from almoner.web.page_cache import pages

        pages.forget()


@pytest.fixture
def alice(db: None) -> Any:
    """Alice leads: an administrator."""
    from almoner.records.accounts.models import Person

    return Person.objects.create_superuser("alice@example.org", first_name="Alice")


@pytest.fixture
def bob(db: None) -> Any:
    """Bob is staff without special rights."""
    from almoner.records.accounts.models import Person

    return Person.objects.create_user("bob@example.org", first_name="Bob", is_staff=True)


@pytest.fixture
def charlie(db: None) -> Any:
    """Charlie is an outsider with an account."""
    from almoner.records.accounts.models import Person

    return Person.objects.create_user("charlie@example.org", first_name="Charlie")


@pytest.fixture
def make_item(db: None, now: datetime) -> Callable[..., Any]:
    """Make an item from any of its fields; it is published, and found by search, unless `status` says
    otherwise. `categories` and `publisher` are names, `findings` are codes."""
    from almoner.pipeline.relate.fingerprints import fingerprint
    from almoner.records.catalogue import moments
    from almoner.records.catalogue.models import Item, ItemFinding
    from almoner.records.catalogue.names import categories_named, publishers_named
    from almoner.records.catalogue.services import publish

    def make(
        title: str = "Guidance for taxi licensing officers",
        *,
        status: str = "published",
        publisher: str = "",
        categories: tuple[str, ...] = (),
        findings: tuple[str, ...] = (),
        **fields: Any,
    ) -> Item:
        fields.setdefault("captured_at", now)
        fields.setdefault("fingerprint", fingerprint(title, f"{fields.get('text')} {Item.objects.count()}"))
        if value := fields.get("published"):
            fields.setdefault("published_precision", moments.read(value)[1].value)
        fields.setdefault(
            "sorts_at",
            moments.sorting_moment(
                fields.get("published", ""), fields.get("added", ""), fields["captured_at"]
            ),
        )
        item = Item.objects.create(
            title=title,
            status="waiting" if status == "published" else status,
            changed_at=now,
            publisher=publishers_named([publisher]).get(publisher),
            **fields,
        )
        item.categories.set(categories_named(categories).values())
        ItemFinding.objects.bulk_create(ItemFinding(item=item, code=code, message=code) for code in findings)
        if status == "published":
            publish([item], now=now)
        return item

    return make
