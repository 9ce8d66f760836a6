"""The list of who has an account, and in which role."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import IndexView, UserViewSet

from almoner.records.accounts.models import Person


def roles_of(person: Person) -> str:
    """The roles of somebody, in words. Those in two have the greater."""
    groups = sorted(group.name for group in person.groups.all())
    return ", ".join(["Administrator", *groups] if person.is_superuser else groups) or "None"


class PeopleIndexView(IndexView):  # type: ignore[misc]
    """Wagtail's list, with roles where it only tells administrators from others."""

    @cached_property
    def columns(self) -> list[Column]:
        """Its columns."""
        roles = Column("roles", accessor=roles_of, width="20%")
        return [roles if column.name == "is_superuser" else column for column in super().columns]

    def get_base_queryset(self) -> QuerySet[Person]:
        """The people with their groups."""
        people: QuerySet[Person] = super().get_base_queryset()
        return people.prefetch_related("groups")


class PeopleViewSet(UserViewSet):  # type: ignore[misc]
    """Wagtail's pages of users, with that list."""

    index_view_class = PeopleIndexView
