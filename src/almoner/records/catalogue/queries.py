"""Reads of the catalogue that every face shares."""

from __future__ import annotations

from django.db.models import QuerySet

from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item


def published() -> QuerySet[Item]:
    """What readers may see, newest first."""
    return Item.objects.filter(status=Status.PUBLISHED)


def waiting() -> QuerySet[Item]:
    """What an editor has not decided on yet, newest first."""
    return Item.objects.filter(status=Status.WAITING)
