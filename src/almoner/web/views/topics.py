"""Topics, a page each, and what the field's abbreviations stand for."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from almoner.lib.listing import joined
from almoner.pipeline.taxonomy import glossary as abbreviations
from almoner.pipeline.taxonomy.topics import Topic, narrower, topics
from almoner.products.newsfeed.queries import newest, newsfeed_choices
from almoner.web.cards import cards

NEWEST: Final = 10
"""Items on a topic's page; the others are one click away."""
NATIONS: Final = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


@require_safe
def every_topic(request: HttpRequest) -> HttpResponse:
    """All topics under the widest ones, each with how many items are about it."""
    counts = {choice.value: choice.items for choice in newsfeed_choices({}, only=["topic"])["topic"]}
    groups = [
        (top, [(each, counts.get(each.id, 0)) for each in _under(top)])
        for top in topics().values()
        if not top.broader
    ]
    return render(
        request, "pages/topics.html", {"title": "Topics", "groups": groups, "number": len(topics())}
    )


@require_safe
def one_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """What a topic covers, what stands above and under it, and the newest items about it."""
    known = topics()
    found = known.get(topic)
    if found is None:
        raise Http404("There is no such topic.")
    items = newest({"topic": found.id})
    context = {
        "title": found.name,
        "topic": found,
        "also": [name for name in found.names[1:] if not name.endswith("?")],
        "short": [name for name in found.abbreviations if not name.endswith("?")],
        "where": "" if set(found.nations) == set(NATIONS) else _nations(found.nations),
        "broader": [known[each] for each in found.broader],
        "narrower": [known[each] for each in narrower(found.id)],
        "cards": cards(items[:NEWEST]),
        "number": items.count(),
    }
    return render(request, "pages/topic.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The abbreviations by their first letter."""
    known = topics()
    rows = [
        (each, known[each.topic], "" if set(each.nations) == set(NATIONS) else _nations(each.nations))
        for each in abbreviations.glossary()
    ]
    letters = [(letter, list(group)) for letter, group in groupby(rows, key=lambda row: row[0].short[0])]
    return render(request, "pages/glossary.html", {"title": "Abbreviations", "letters": letters})


def _under(top: Topic) -> list[Topic]:
    """The topic itself, unless it only holds others together, and all under it, by name."""
    known = topics()
    found: dict[str, Topic] = {} if top.is_group else {top.id: top}
    waiting = [*narrower(top.id)]
    while waiting:
        topic = known[waiting.pop()]
        if topic.id not in found:
            found[topic.id] = topic
            waiting += narrower(topic.id)
    return sorted(found.values(), key=lambda topic: topic.name)


def _nations(letters: str) -> str:
    return joined([NATIONS[letter] for letter in letters])
