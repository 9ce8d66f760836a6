"""The Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`web`."""

    name = "almoner.web"
    label = "web"

    def ready(self) -> None:
        """Kept pages follow the catalogue and the briefings."""
        from almoner.records.catalogue import signals
        from almoner.web.page_cache import forget_pages

        for told in (
            signals.item_published,
            signals.item_withdrawn,
            signals.issue_published,
            signals.issue_withdrawn,
        ):
            told.connect(forget_pages, dispatch_uid="web_forget_pages")
