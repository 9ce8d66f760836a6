"""The Django app."""

import importlib

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """`records.ingest`."""

    name = "almoner.records.ingest"
    label = "ingest"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to the catalogue, and load the model that stands beside `models`."""
        importlib.import_module("almoner.records.ingest.imports")
        from almoner.records.ingest import receivers  # noqa: F401
