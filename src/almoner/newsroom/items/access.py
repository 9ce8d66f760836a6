"""Who may change items, and which one is meant."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views import View
from wagtail.permissions import policy_registry

from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item


class ForEditors(View):
    """A view for those who may change items."""

    def dispatch(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not policy_registry.get_by_type(Item).user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **named)

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
