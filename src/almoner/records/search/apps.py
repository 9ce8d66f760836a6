"""The Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """`records.search`."""

    name = "almoner.records.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
