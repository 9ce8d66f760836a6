"""Items as Wagtail knows them."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from almoner.newsroom.items import (
    comment,
    copies,
    drafts,
    link_check,
    lists,
    picture,
    plan,
    preview,
    proposals,
    versions,
    views,
)
from almoner.newsroom.items.filters import ItemFilters
from almoner.newsroom.items.forms import PANELS
from almoner.newsroom.records import RecordViewSet
from almoner.records.catalogue.models import Item


class ItemViewSet(RecordViewSet):
    """The list of items, one item's page, and the pages on which it is decided about."""

    model = Item
    name = "items"
    icon = "doc-full"
    menu_label = "Items"
    menu_order = 10
    index_view_class = views.ItemIndexView
    edit_view_class = versions.ItemWithVersionView
    filterset_class = ItemFilters
    ordering = "-sorts_at"
    search_fields = ("title",)
    edit_handler = PANELS

    def get_urlpatterns(self) -> list[URLPattern]:
        """The pages of every record but the one to add one, and our own."""
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name != "add"),
            path("<int:pk>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
            path("<int:pk>/decide/", views.DecideView.as_view(), name="decide"),
            path("<int:pk>/reading-list/", lists.AddToListView.as_view(), name="reading_list"),
            path("<int:pk>/draft/", drafts.DraftView.as_view(), name="draft"),
            path("<int:pk>/put-back/<int:correction>/", views.PutBackView.as_view(), name="put_back"),
            path("<int:pk>/proposals/<int:proposal>/accept/", proposals.AcceptView.as_view(), name="accept"),
            path(
                "<int:pk>/proposals/<int:proposal>/decline/", proposals.DeclineView.as_view(), name="decline"
            ),
            path("<int:pk>/restore/", views.RestoreView.as_view(), name="restore"),
            path(
                "<int:pk>/versions/<int:version>/take-over/",
                versions.TakeOverView.as_view(),
                name="take_over",
            ),
            path("<int:pk>/versions/<int:version>/leave/", versions.LeaveView.as_view(), name="leave"),
            path("<int:pk>/preview/", preview.PreviewView.as_view(), name="preview"),
            path("<int:pk>/preview/<slug:pane>/", preview.show_pane, name="pane"),
            path("<int:pk>/plan/", plan.PlanView.as_view(), name="plan"),
            path("<int:pk>/comment/", comment.CommentView.as_view(), name="comment"),
            path("<int:pk>/picture/", picture.ItemPictureView.as_view(), name="picture"),
            path("<int:pk>/links/", link_check.CheckLinksView.as_view(), name="links"),
            path("<int:pk>/copy/<int:sighting>/", copies.CopyView.as_view(), name="copy"),
            path("<int:pk>/copy/<int:sighting>/bytes/", copies.BytesView.as_view(), name="bytes"),
        ]

    def get_common_view_kwargs(self, **named: Any) -> dict[str, Any]:
        """Names of those pages only."""
        kwargs = super().get_common_view_kwargs(**named)
        return {key: value for key, value in kwargs.items() if key != "add_url_name"}
