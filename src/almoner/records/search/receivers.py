"""What the index does when something happens in the catalogue. All of it runs inside the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from almoner.records.catalogue.models import Category, Item, Publisher
from almoner.records.catalogue.queries import published
from almoner.records.catalogue.signals import item_published, item_withdrawn
from almoner.records.search import narrowing, services, vocabulary


@receiver(item_published, dispatch_uid="search_index")
def index_published(items: list[Item], **_: Any) -> None:
    """Readers see these items, or see them changed."""
    services.index(item.pk for item in items)


@receiver(item_withdrawn, dispatch_uid="search_forget_withdrawn")
def forget_withdrawn(items: list[Item], **_: Any) -> None:
    """Readers see these items no longer."""
    services.forget([item.pk for item in items])


@receiver(post_delete, sender=Item, dispatch_uid="search_forget_deleted")
def forget_deleted(instance: Item, **_: Any) -> None:
    """The item is gone altogether."""
    services.forget([instance.pk])


@receiver(post_save, sender=Category, dispatch_uid="search_category_renamed")
@receiver(post_save, sender=Publisher, dispatch_uid="search_publisher_renamed")
def index_renamed(instance: Category | Publisher, created: bool, **_: Any) -> None:
    """The name that its items are found by may be another now."""
    if not created:
        services.index(instance.items.values_list("pk", flat=True))


def fill(**_: Any) -> None:
    """Migrations are through, or the database was emptied: an index that does not fit the catalogue is made anew."""
    if {vocabulary.size().items, narrowing.number()} != {published().count()}:
        services.rebuild()
