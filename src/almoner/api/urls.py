"""The addresses of the feeds."""

from __future__ import annotations

from django.urls import URLPattern, re_path

from almoner.api import views

app_name = "api"
_FORM = r"(?P<form>rss|atom|json)"
urlpatterns: list[URLPattern] = [
    re_path(rf"^all\.{_FORM}$", views.everything, name="feed"),
    re_path(rf"^category/(?P<slug>[-\w]+)\.{_FORM}$", views.of_category, name="category_feed"),
    re_path(rf"^topic/(?P<slug>[-\w]+)\.{_FORM}$", views.of_topic, name="topic_feed"),
    re_path(rf"^audience/(?P<slug>[-\w]+)\.{_FORM}$", views.of_audience, name="audience_feed"),
    re_path(rf"^publisher/(?P<slug>[-\w]+)\.{_FORM}$", views.of_publisher, name="publisher_feed"),
    re_path(rf"^search/(?P<key>[a-z0-9]{{1,24}})\.{_FORM}$", views.of_saved_search, name="saved_search_feed"),
    re_path(rf"^source/(?P<number>[0-9]{{1,12}})\.{_FORM}$", views.of_source, name="source_feed"),
]
