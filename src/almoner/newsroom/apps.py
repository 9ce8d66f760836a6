"""The Django apps: the newsroom, and Wagtail's own apps for its users, with our list of them, and for what has drafts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.snippets.apps import WagtailSnippetsAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class NewsroomConfig(AppConfig):
    """`newsroom`."""

    name = "almoner.newsroom"
    label = "newsroom"
    default = True

    def ready(self) -> None:
        """Have the roles made with the tables, and hear of what is done at its planned moment, for the history."""
        from almoner.newsroom import receivers  # noqa: F401, only once Django stands
        from almoner.newsroom.roles import make_roles

        post_migrate.connect(make_roles, sender=self)


class PeopleConfig(WagtailUsersAppConfig):  # type: ignore[misc]
    """`wagtailusers`."""

    user_viewset = "almoner.newsroom.people.PeopleViewSet"


class DraftsConfig(WagtailSnippetsAppConfig):  # type: ignore[misc]
    """`wagtailsnippets`, without Wagtail's web API, which nothing here offers: it would load the whole newsroom into each
    process and command."""

    def ready(self) -> None:
        """Have what has drafts registered, and its permissions made with the tables."""
        from wagtail.snippets.models import create_extra_permissions, register_deferred_snippets

        register_deferred_snippets()
        post_migrate.connect(create_extra_permissions, sender=self)
