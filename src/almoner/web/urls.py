"""The addresses of the public pages. None holds a word of an item's title: titles can name a child."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from almoner.web.views import (
    audiences,
    briefings,
    exports,
    front,
    guidance,
    items,
    lists,
    reading_lists,
    redlines,
    searching,
    standing,
    stories,
    topics,
)

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("news/", lists.newsfeed, name="newsfeed"),
    path("news/archive/", lists.archive, name="archive"),
    path("news/<int:year>/<int:month>/", lists.newsfeed, name="month"),
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
    path("audiences/", audiences.every_audience, name="audiences"),
    path("audiences/<slug:audience>/", audiences.one_audience, name="audience"),
    path("topics/", topics.every_topic, name="topics"),
    path("topics/<slug:topic>/", topics.one_topic, name="topic"),
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/days.ics", guidance.days, name="guidance_days"),
    path("guidance/changes.atom", guidance.feed, name="guidance_feed"),
    path("guidance/<slug:slug>/", guidance.work, name="work"),
    path("guidance/<slug:slug>/days.ics", guidance.days, name="work_days"),
    path("guidance/<slug:slug>/changes.atom", guidance.feed, name="work_feed"),
    path("guidance/<slug:slug>/compare/", guidance.compare, name="compare"),
    path("guidance/<slug:slug>/<slug:old>/to/<slug:new>/", redlines.redline, name="redline"),
    path("guidance/<slug:slug>/<slug:old>/to/<slug:new>/table/", redlines.table, name="redline_table"),
    path(
        "guidance/<slug:slug>/<slug:old>/to/<slug:new>/checklist/",
        redlines.checklist,
        name="redline_checklist",
    ),
    path("guidance/<slug:slug>/<slug:old>/to/<slug:new>/changes.csv", redlines.as_csv, name="redline_csv"),
    path("guidance/<slug:slug>/<slug:old>/to/<slug:new>/redline.docx", redlines.as_word, name="redline_word"),
    path(
        "guidance/<slug:slug>/<slug:old>/to/<slug:new>/redline.pdf", redlines.as_print, name="redline_print"
    ),
    path("guidance/<slug:slug>/<slug:old>/to/<slug:new>/redline.json", redlines.as_json, name="redline_json"),
    path("guidance/<slug:slug>/<slug:name>/", guidance.edition, name="edition"),
    path("guidance/<slug:slug>/<slug:name>/file/", guidance.edition_file, name="edition_file"),
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
