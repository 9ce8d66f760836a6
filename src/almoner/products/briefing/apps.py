"""The Django app."""

from django.apps import AppConfig


class BriefingConfig(AppConfig):
    """`products.briefing`."""

    name = "almoner.products.briefing"
    label = "briefing"
    default_auto_field = "django.db.models.BigAutoField"
