"""The Django app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """`products.library`."""

    name = "almoner.products.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
