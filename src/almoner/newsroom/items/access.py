"""Who may do what with items, and which one is meant."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from almoner.newsroom.records import Permitted
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item

PUBLISH: Final = "publish"
"""Permission to put items before readers and to take them away."""
DECIDE: Final = "decide"
"""Permission to say that the name of a child or a victim may stand."""


class ForContributors(Permitted):
    """A view for those who may write and correct."""

    concerns = Item

    @property
    def editor(self) -> Person:
        """Who is at it."""
        assert isinstance(self.request.user, Person)
        return self.request.user

    @cached_property
    def item(self) -> Item:
        """The item in question."""
        return get_object_or_404(Item, pk=self.kwargs["pk"])

    def back(self) -> HttpResponse:
        """To the item's page."""
        return redirect("items:edit", self.item.pk)


class ForEditors(ForContributors):
    """A view for those who may also approve."""

    permission = PUBLISH
