"""The Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`web`."""

    name = "almoner.web"
    label = "web"

    def ready(self) -> None:
        """Kept pages follow the catalogue and the briefings."""
        from almoner.records.catalogue.signals import issue_published, item_published, item_withdrawn
        from almoner.web.page_cache import forget_pages

        for told in (item_published, item_withdrawn, issue_published):
            told.connect(forget_pages, dispatch_uid="web_forget_pages")
