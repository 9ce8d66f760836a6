"""The Django app."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """`products.alerts`."""

    name = "almoner.products.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
