"""The Django app."""

import importlib

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """`records.catalogue`."""

    name = "almoner.records.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the models that stand beside `models`."""
        importlib.import_module("almoner.records.catalogue.relations")
