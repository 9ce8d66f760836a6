"""The Django apps: the newsroom, and Wagtail's own app for its users with our list of them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
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
