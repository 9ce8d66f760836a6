"""The addresses of the public pages. None holds a word of a title: titles can name a child."""

from __future__ import annotations

from django.urls import URLPattern, path

from almoner.web.views import briefings, front, items, lists, searching, standing

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("news/", lists.newsfeed, name="newsfeed"),
    path("library/", lists.library, name="library"),
    path("items/<slug:key>/", items.item, name="item"),
    path("items/<slug:key>/source/", items.source_copy, name="source_copy"),
    path("items/<slug:key>/source/<slug:document>/", items.source_copy, name="source_copy"),
    path("briefings/", briefings.briefing_list, name="briefings"),
    path("briefings/<slug:key>/", briefings.briefing, name="briefing"),
    path("search/", searching.search_page, name="search"),
    path("feeds/", standing.feeds, name="feeds"),
    path("help/", standing.help_now, name="help"),
    path("leaving/", standing.leaving, name="leaving"),
    path("about/", standing.about, name="about"),
    path("privacy/", standing.privacy, name="privacy"),
    path("robots.txt", standing.robots, name="robots"),
    path("accessibility/", standing.accessibility, name="accessibility"),
]
