"""Items for the tests of the newsroom, put into the service whose folder `ALMONER_DATA` names."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def main() -> None:
    """Make them; each test has its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "almoner.settings.production")
    import django

    django.setup()

    from almoner.records.catalogue.models import Item, ItemFinding
    from almoner.records.catalogue.names import categories_named, publishers_named
    from almoner.records.catalogue.services import publish
    from almoner.records.ingest.models import Document, Sighting, Snapshot
    from almoner.records.ingest.services import source_named
    from almoner.records.store import snapshot_folder

    now = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)
    publisher = publishers_named(["Harbour Digest"])["Harbour Digest"]
    categories = categories_named(["Online safety", "Licensing"])
    words = [
        ("To correct", ["weekday_mismatch"]),
        ("To approve", ["date_missing"]),
        ("To withdraw", []),
        ("To decide about", ["child_identifiable", "link_missing"]),
        ("To settle", ["link_missing"]),
        ("Ready one", []),
        ("Ready two", []),
        ("Not ready", ["text_cut"]),
    ]
    text = "\n\n".join(
        line for title, _ in words for line in (title, f"What is said about: {title.lower()}.")
    )
    snapshot = Snapshot.objects.create(
        source=source_named("Harbour weekly"),
        sha256=snapshot_folder().put(text.encode()),
        size=len(text),
        media_type="text/plain",
        captured_at=now,
    )
    document = Document.objects.create(snapshot=snapshot, path="week.txt", title="This week")
    for number, (title, codes) in enumerate(words):
        item = Item.objects.create(
            title=title,
            publisher=publisher,
            summary=f"Summary of: {title.lower()}.",
            text=f"What is said about: {title.lower()}. Kim Doe was there.",
            published="2025-04-03",
            published_precision="day",
            published_as_printed="Wednesday 3 April 2025",
            private_names=["Kim Doe"] if "child_identifiable" in codes else [],
            fingerprint=f"browser-{number}",
            captured_at=now,
            changed_at=now,
            sorts_at=now,
        )
        item.categories.set([categories["Licensing"]])
        Sighting.objects.create(
            document=document, item=item, position=number, first_line=4 * number + 1, last_line=4 * number + 3
        )
        for code in codes:
            ItemFinding.objects.create(item=item, code=code, message=f"Message about {code}.", place="line 1")
        if title == "To withdraw":
            publish([item], now=now)


if __name__ == "__main__":
    main()
