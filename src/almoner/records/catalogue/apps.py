"""The Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """`records.catalogue`."""

    name = "almoner.records.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
