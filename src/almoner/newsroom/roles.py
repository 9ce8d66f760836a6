"""The roles, as groups: contributors write, correct and propose, editors also approve, publishers also decide about names
and look after the sources. Administrators, who add people, may do everything."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

Permissions = Mapping[str, tuple[str, ...]]

CONTRIBUTORS: Final[Permissions] = {
    "wagtailadmin": ("access_admin",),
    "catalogue": ("view_item", "change_item", "view_publisher", "view_category"),
    "ingest": ("view_source",),
    "guidance": ("view_work",),
    "library": ("view_readinglist",),
    "pages": (
        "view_officepage", "add_officepage", "change_officepage", "view_picture", "add_picture", "change_picture",
    ),
}  # fmt: skip
EDITORS: Final[Permissions] = {
    "catalogue": ("publish_item", "add_publisher", "change_publisher", "add_category", "change_category"),
    "guidance": ("add_work", "change_work"),
    "library": ("add_readinglist", "change_readinglist"),
    "pages": ("publish_officepage",),
}
PUBLISHERS: Final[Permissions] = {
    "catalogue": ("decide_item",),
    "ingest": ("add_source", "change_source"),
}
ROLES: Final = ("Contributors", "Editors", "Publishers")
"""From the least to the most: each may do what the one before it may."""


def make_roles(**_: Any) -> None:
    """Make the groups, and give each its permissions; what an app gave a role by itself stays, and goes up with it."""
    permissions: set[Permission] = set()
    publishers_alone = _named(PUBLISHERS)
    for name, gives in zip(ROLES, (CONTRIBUTORS, EDITORS, PUBLISHERS), strict=True):
        group, _made = Group.objects.get_or_create(name=name)
        had = set(group.permissions.all())
        permissions |= (had - publishers_alone) | _named(gives)
        if permissions != had:
            group.permissions.set(permissions)


def _named(gives: Permissions) -> set[Permission]:
    wanted = reduce(
        or_, (Q(content_type__app_label=label, codename__in=names) for label, names in gives.items())
    )
    return set(Permission.objects.filter(wanted))
