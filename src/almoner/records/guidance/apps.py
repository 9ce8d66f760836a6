"""The Django app."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """`records.guidance`."""

    name = "almoner.records.guidance"
    label = "guidance"
    default_auto_field = "django.db.models.BigAutoField"
