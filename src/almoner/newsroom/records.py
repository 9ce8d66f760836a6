"""What the newsroom's lists of records share: nothing is deleted, and Wagtail's search is not used."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry


class KeptPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Django's permissions, but some actions are for nobody, not even an administrator."""

    never: ClassVar[frozenset[str]] = frozenset({"delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether somebody may do this."""
        return action not in self.never and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether somebody may do any of this."""
        return any(self.user_has_permission(user, action) for action in actions)


class GatheredPolicy(KeptPolicy):
    """For what comes from sources only."""

    never = frozenset({"add", "delete"})


class Permitted(View):
    """A page for those who may do this to the records of `concerns`."""

    concerns: ClassVar[type[Model]]
    permission = "change"

    def dispatch(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not may(request, self.permission, self.concerns):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **named)


class PagesViewSet(ViewSet):  # type: ignore[misc]
    """Pages beside the lists of records, with a place in the menu for those who may do this to the records of
    `concerns`."""

    concerns: ClassVar[type[Model]]
    permission = "change"
    add_to_admin_menu = True

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        """Shown to them alone."""
        item = super().get_menu_item(order)
        item.is_shown = lambda request: may(request, self.permission, self.concerns)
        return item


def may(request: HttpRequest, permission: str, concerns: type[Model]) -> bool:
    """Whether who asks may do this to records of this kind."""
    return bool(policy_registry.get_by_type(concerns).user_has_permission(request.user, permission))


def number_sent(words: str | None) -> int:
    """A number, such as a primary key, as a browser sends it; 0, which no record has, for anything else."""
    return int(words) if words and words.isascii() and words.isdecimal() and len(words) < 18 else 0


class RecordEditView(generic.EditView):  # type: ignore[misc]
    """A form, without Wagtail's side panels and its word "Editing"."""

    page_title = ""

    def get_header_title(self) -> str:
        """What the browser calls the page: the record's name."""
        return str(self.get_page_subtitle())

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Save; what the service refuses is shown at its field."""
        try:
            response: HttpResponseBase = super().form_valid(form)
        except ValidationError as fault:
            for name, faults in fault.message_dict.items():
                form.add_error(name if name in form.fields else None, faults)
            self.produced_error_message = self.get_error_message()
            self.object = self.get_object()
            response = self.form_invalid(form)
        return response

    def get_side_panels(self) -> MediaContainer:
        """None."""
        return MediaContainer([])


class RecordPageView(RecordEditView):
    """A record's page, of which the form is a part: it stays open when that is saved."""

    def get_success_url(self) -> str:
        """Its own page again."""
        return str(self.get_edit_url())

    def get_success_message(self) -> str:
        """Said plainly."""
        return "Saved."


class RecordHistoryView(generic.HistoryView):  # type: ignore[misc]
    """Who did what when, with what changed."""

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's columns; the first says more."""
        first, *others = super().columns
        first.cell_template_name = "newsroom/history_cell.html"
        return [first, *others]


class RecordViewSet(ModelViewSet):  # type: ignore[misc]
    """A list, a form and a history. No deletion, no copies, no index of who refers to what."""

    add_to_admin_menu = True
    edit_view_class = RecordEditView
    history_view_class = RecordHistoryView
    search_backend_name = None  # Wagtail's own search is far too slow on SQLite
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 30

    def get_urlpatterns(self) -> list[URLPattern]:
        """The pages that there are."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/", self.edit_view, name="edit"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
        ]

    def get_common_view_kwargs(self, **named: Any) -> dict[str, Any]:
        """Names of those pages only."""
        kwargs: dict[str, Any] = super().get_common_view_kwargs(**named)
        return {
            key: value for key, value in kwargs.items() if key not in {"usage_url_name", "delete_url_name"}
        }
