"""An editor at the newsroom's door, and the items in front of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.ingest.models import Document, Sighting, Snapshot
from almoner.records.ingest.services import source_named
from almoner.records.store import snapshot_folder as open_folder

MakeItem = Callable[..., Item]


@pytest.fixture
def editor(bob: Person) -> Person:
    """Bob edits, and may do all that nobody needs an administrator for."""
    bob.groups.add(Group.objects.get(name="Publishers"))
    return bob


@pytest.fixture
def desk(client: Client, editor: Person) -> Client:
    """Bob's browser, signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def see(now: datetime) -> Callable[..., Sighting]:
    """Put an item into a document with these lines, kept in the snapshot folder."""

    def put(item: Item, lines: list[str], first: int, last: int, path: str = "week.txt") -> Sighting:
        content = "\n".join(lines).encode()
        snapshot = Snapshot.objects.create(
            source=source_named("Harbour weekly"),
            sha256=open_folder().put(content),
            size=len(content),
            media_type="text/plain",
            captured_at=now,
        )
        document = Document.objects.create(snapshot=snapshot, path=path, title="This week")
        return Sighting.objects.create(
            document=document, item=item, position=1, first_line=first, last_line=last
        )

    return put


@pytest.fixture
def fill_in() -> Callable[..., dict[str, Any]]:
    """What a browser sends for an item's form, with some fields typed over."""

    def form(page: Any, **typed: Any) -> dict[str, Any]:
        bound = page.context["form"]
        sent = {}
        for field in bound:
            value = field.value()
            sent[field.html_name] = "" if value is None else value
        for name, kept in (("draft", "draft_key"), ("continues", "continues")):
            if page.context.get(kept):
                sent[name] = page.context[kept]
        return sent | typed

    return form


@pytest.fixture
def sign_in(bob: Person, charlie: Person) -> Callable[[str], Client]:
    """A browser of somebody in this role: Charlie contributes, Bob has the others."""

    def browser(role: str) -> Client:
        person = charlie if role == "Contributors" else bob
        person.groups.set([Group.objects.get(name=role)])
        client = Client()
        client.force_login(person)
        return client

    return browser
