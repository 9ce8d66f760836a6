"""The Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BriefingConfig(AppConfig):
    """`products.briefing`."""

    name = "almoner.products.briefing"
    label = "briefing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to the catalogue."""
        from almoner.products.briefing import receivers

        post_migrate.connect(receivers.fill, sender=self, dispatch_uid="briefing_search_fill")
