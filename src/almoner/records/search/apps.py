"""The Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """`records.search`."""

    name = "almoner.records.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to the catalogue."""
        from almoner.records.search import receivers

        post_migrate.connect(receivers.fill, sender=self, dispatch_uid="search_fill")
