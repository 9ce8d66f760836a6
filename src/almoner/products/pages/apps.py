"""The Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    """`products.pages`."""

    name = "almoner.products.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to what is saved."""
        from almoner.products.pages import receivers

        post_migrate.connect(receivers.fill, sender=self, dispatch_uid="page_search_fill")
