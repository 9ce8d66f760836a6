"""Pages of the office as Wagtail knows them."""

from __future__ import annotations

from typing import Any, Final

from django.urls import URLPattern, path
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from almoner.newsroom.pages import views
from almoner.newsroom.pages.forms import PAGE
from almoner.products.pages.models import OfficePage

_NOT_HERE: Final = frozenset({"delete", "usage", "copy"})
"""Nothing is deleted: what readers saw says that it is gone."""


class OfficePageViewSet(SnippetViewSet):  # type: ignore[misc]
    """The list of pages, their forms, previews and history."""

    model = OfficePage
    base_url_path = "site-pages"
    admin_url_namespace = "office_pages"
    icon = "doc-empty"
    menu_label = "Pages"
    menu_name = "office_pages"
    menu_order = 13
    add_to_admin_menu = True
    add_to_reference_index = False
    search_backend_name = None
    copy_view_enabled = False
    list_display = ("title", "slug", "place", UpdatedAtColumn(), LiveStatusTagColumn())
    search_fields = ("title",)
    ordering = ("position", "title")
    edit_handler = PAGE
    index_view_class = views.PageIndexView
    add_view_class = views.PageCreateView
    edit_view_class = views.PageEditView
    history_view_class = views.PageHistoryView
    preview_on_add_view_class = views.PreviewNewView
    preview_on_edit_view_class = views.PreviewView
    revisions_view_class = views.PreviewRevisionView
    create_template_name = "newsroom/pages/add.html"
    edit_template_name = "newsroom/pages/edit.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, less what is not done here, and one of ours."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in _NOT_HERE]
        return [*kept, path("settle/<int:pk>/", views.SettleView.as_view(), name="settle")]

    def get_common_view_kwargs(self, **named: Any) -> dict[str, Any]:
        """Names of those pages only."""
        kwargs = super().get_common_view_kwargs(**named)
        gone = {f"{name}_url_name" for name in _NOT_HERE}
        return {key: value for key, value in kwargs.items() if key not in gone}
