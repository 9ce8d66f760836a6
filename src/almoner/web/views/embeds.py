"""A list of the newest items that other sites put into a page of theirs: a page in a frame, without scripts."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from almoner.products.newsfeed.queries import newest, newsfeed_choices
from almoner.web.cards import cards
from almoner.web.headers import keep_from_search_engines
from almoner.web.listing import Address, read_chosen

FACETS: Final = {"topic": "Topic", "audience": "Whom it concerns", "kind": "Kind", "publisher": "Publisher"}
FEWEST, USUAL, MOST = 3, 8, 20
"""Items in a block."""
POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""Any site may frame it: there is nothing in it that a click could do, but follow a link."""
_LINE: Final = 92
"""Pixels that an item takes at most widths, and what is above and below them."""
_AROUND: Final = 130


@require_safe
@xframe_options_exempt
def block(request: HttpRequest) -> HttpResponse:
    """The newest items of what the address chooses, for a frame."""
    chosen = read_chosen(request.GET, FACETS)
    number = _number(request.GET.get("items", ""))
    names = {
        name: next((choice.name for choice in found if choice.value == chosen[name]), chosen[name])
        for name, found in newsfeed_choices({}, only=list(chosen)).items()
    }
    context = {
        "cards": cards(newest(chosen)[:number]),
        "names": list(names.values()),
        "more": Address("", chosen, {}).at(f"{settings.SITE_ADDRESS}{reverse('web:newsfeed')}"),
    }
    response = render(request, "embed.html", context)
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    keep_from_search_engines(response)
    return response


@require_safe
def maker(request: HttpRequest) -> HttpResponse:
    """Choose what a block holds, see it, and copy the lines that put it into a page."""
    chosen = read_chosen(request.GET, FACETS)
    number = _number(request.GET.get("items", ""))
    address = Address("", {**chosen, "items": str(number)}, {}).at(reverse("web:embed_block"))
    height = number * _LINE + _AROUND
    snippet = format_html(
        '<iframe src="{}{}" title="{}" width="100%" height="{}" loading="lazy" style="border:0"></iframe>',
        settings.SITE_ADDRESS,
        address,
        f"News from {settings.SITE_NAME}",
        height,
    )
    context = {
        "title": "Put our news on your site",
        "choices": [
            (name, FACETS[name], found, chosen.get(name, ""))
            for name, found in newsfeed_choices({}, only=list(FACETS)).items()
        ],
        "number": number,
        "fewest": FEWEST,
        "most": MOST,
        "address": address,
        "height": height,
        "snippet": snippet,
    }
    return render(request, "pages/embed.html", context)


def _number(asked: str) -> int:
    """How many items are asked for, within what there is."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else USUAL
    return min(max(number, FEWEST), MOST)
