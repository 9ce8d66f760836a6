"""The Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`web`."""

    name = "almoner.web"
    label = "web"
