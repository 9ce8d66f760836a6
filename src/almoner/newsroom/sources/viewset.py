"""Sources as Wagtail knows them."""

from __future__ import annotations

from django.urls import URLPattern, path

from almoner.newsroom.records import RecordViewSet
from almoner.newsroom.sources import actions, adding
from almoner.newsroom.sources.forms import PANELS
from almoner.newsroom.sources.listing import SourceFilters, SourceIndexView
from almoner.newsroom.sources.page import ChecksView, SourceEditView
from almoner.newsroom.sources.rule.views import FrameView, RuleView, SelectorsView
from almoner.records.ingest.models import Source


class SourceViewSet(RecordViewSet):
    """The list of sources, one source's page, and what is done with it."""

    model = Source
    name = "sources"
    icon = "download"
    menu_order = 20
    list_per_page = 25
    index_view_class = SourceIndexView
    edit_view_class = SourceEditView
    filterset_class = SourceFilters
    search_fields = ("name", "address", "publisher__name")
    edit_handler = PANELS

    def get_urlpatterns(self) -> list[URLPattern]:
        """The pages of every record but the form to add one, and our own."""
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name != "add"),
            path("new/", adding.AddView.as_view(), name="add"),
            path("<int:pk>/checks/", ChecksView.as_view(), name="checks"),
            path("<int:pk>/check/", actions.CheckView.as_view(), name="check"),
            path("<int:pk>/watch/", actions.WatchView.as_view(), name="watch"),
            path("<int:pk>/pause/", actions.PauseView.as_view(), name="pause"),
            path("<int:pk>/let-in/", actions.LetInView.as_view(), name="let_in"),
            path("<int:pk>/rule/", RuleView.as_view(), name="rule"),
            path("<int:pk>/rule/page/<slug:key>/", FrameView.as_view(), name="rule_page"),
            path("<int:pk>/rule/page/<slug:key>/selectors/", SelectorsView.as_view(), name="rule_selectors"),
        ]
