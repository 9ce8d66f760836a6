"""The addresses of the public pages. None holds a word of a title: titles can name a child."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from almoner.web.views import (
    briefings,
    exports,
    front,
    items,
    lists,
    reading_lists,
    searching,
    standing,
    stories,
    topics,
)

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("news/", lists.newsfeed, name="newsfeed"),
    path("library/", lists.library, name="library"),
    re_path(r"^library/references\.(?P<form>csv|bib|ris)$", exports.library, name="library_references"),
    path("library/lists/", reading_lists.reading_lists, name="reading_lists"),
    path("library/lists/<slug:key>/", reading_lists.reading_list, name="reading_list"),
    re_path(
        r"^library/lists/(?P<key>[-\w]+)/references\.(?P<form>csv|bib|ris)$",
        reading_lists.reading_list_references,
        name="reading_list_references",
    ),
    path("items/<slug:key>/", items.item, name="item"),
    re_path(r"^items/(?P<key>[-\w]+)/reference\.(?P<form>csv|bib|ris)$", exports.item, name="item_reference"),
    path("items/<slug:key>/source/", items.source_copy, name="source_copy"),
    path("items/<slug:key>/source/<slug:document>/", items.source_copy, name="source_copy"),
    path("stories/<slug:key>/", stories.story, name="story"),
    path("threads/<slug:subject>/", stories.thread, name="thread"),
    path("briefings/", briefings.briefing_list, name="briefings"),
    path("briefings/<slug:key>/", briefings.briefing, name="briefing"),
    path("topics/", topics.every_topic, name="topics"),
    path("topics/<slug:topic>/", topics.one_topic, name="topic"),
    path("glossary/", topics.glossary, name="glossary"),
    path("search/", searching.search_page, name="search"),
    path("search/suggestions/", searching.search_suggestions, name="search_suggestions"),
    path("search/saved/", searching.save_search, name="save_search"),
    path("search/saved/<slug:key>/", searching.saved_search, name="saved_search"),
    path("feeds/", standing.feeds, name="feeds"),
    path("help/", standing.help_now, name="help"),
    path("leaving/", standing.leaving, name="leaving"),
    path("about/", standing.about, name="about"),
    path("privacy/", standing.privacy, name="privacy"),
    path("robots.txt", standing.robots, name="robots"),
    path("accessibility/", standing.accessibility, name="accessibility"),
]
