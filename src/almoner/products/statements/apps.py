"""The Django app."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """`products.statements`."""

    name = "almoner.products.statements"
    label = "statements"
    default_auto_field = "django.db.models.BigAutoField"
