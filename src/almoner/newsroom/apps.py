"""The Django app."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """`newsroom`."""

    name = "almoner.newsroom"
    label = "newsroom"
