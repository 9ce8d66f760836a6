"""Who may change items, and which one is meant."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from almoner.newsroom.records import Permitted
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item


class ForEditors(Permitted):
    """A view for those who may change items."""

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
