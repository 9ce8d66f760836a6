"""The pages of issues, and their place in the menu."""

from __future__ import annotations

from django.urls import URLPattern, path

from almoner.newsroom.briefings.answers import AnswersView
from almoner.newsroom.briefings.composer import ChooserView, ComposerView
from almoner.newsroom.briefings.listing import IssuesView
from almoner.newsroom.briefings.previews import PreviewView, show_form
from almoner.newsroom.records import PagesViewSet
from almoner.products.briefing.models import Issue


class IssueViewSet(PagesViewSet):
    """Issues of our briefings."""

    name = "issues"
    concerns = Issue
    menu_label = "Issues"
    icon = "mail"
    menu_order = 8

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        return [
            path("", IssuesView.as_view(), name="index"),
            path("answers/", AnswersView.as_view(), name="answers"),
            path("<int:pk>/", ComposerView.as_view(), name="compose"),
            path("<int:pk>/items/", ChooserView.as_view(), name="choose"),
            path("<int:pk>/preview/", PreviewView.as_view(), name="preview"),
            path("<int:pk>/preview/form/", show_form, name="form"),
        ]
