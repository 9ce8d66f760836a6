"""The Django app."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """`products.alerts`."""

    name = "almoner.products.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to the catalogue."""
        from almoner.products.alerts import receivers  # noqa: F401
