"""The Django app."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """`products.feedback`."""

    name = "almoner.products.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"
