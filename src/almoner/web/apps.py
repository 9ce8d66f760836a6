"""The Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`web`."""

    name = "almoner.web"
    label = "web"

    def ready(self) -> None:
        """Kept pages follow the catalogue, the briefings and what the office writes."""
        from wagtail.signals import published, unpublished

        from almoner.records.catalogue import signals
        from almoner.web.page_cache import forget_pages

        for told in (
            signals.item_published,
            signals.item_withdrawn,
            signals.issue_published,
            signals.issue_withdrawn,
            published,
            unpublished,
        ):
            told.connect(forget_pages, dispatch_uid="web_forget_pages")
