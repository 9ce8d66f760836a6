"""Searches that somebody asked to have kept, so that a feed can follow them."""

from __future__ import annotations

import secrets

from django.db import models

from almoner.records.catalogue.models import KEY_ALPHABET
from almoner.records.search.words import MAX_LENGTH


def saved_key() -> str:
    """A key that stands for the words in an address: nobody can guess it, or tell the words from it."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(24))


class SavedSearch(models.Model):
    """Words and what they are narrowed by, kept because somebody asked for it. Who that was is kept nowhere.

    The words stand here and in no address. `asked_on` is the last day on which the feed was asked for.
    """

    key = models.CharField(max_length=24, unique=True, default=saved_key, editable=False)
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=MAX_LENGTH)
    chosen = models.JSONField(default=dict)
    asked_on = models.DateField(db_index=True)

    class Meta:
        verbose_name_plural = "saved searches"

    def __str__(self) -> str:
        return self.name
