"""What follows for links when something happens in the catalogue, inside the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from almoner.records.catalogue.models import Item
from almoner.records.catalogue.signals import item_published
from almoner.records.ingest.links import note_links


@receiver(item_published, dispatch_uid="links_of_published")
def note_published(items: list[Item], **_: Any) -> None:
    """Readers see these items, or see them changed."""
    note_links(items, timezone.now())
