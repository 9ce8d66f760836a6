"""The Django app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """`products.pages`."""

    name = "almoner.products.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
