"""The Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """`records.accounts`."""

    name = "almoner.records.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
