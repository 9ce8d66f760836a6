"""The Django app."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """`newsroom`."""

    name = "almoner.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        """Hear of what is done at its planned moment, for the history."""
        from almoner.newsroom import receivers  # noqa: F401, only once Django stands
