"""Readers write back: a mistake in an item, something that is missing, a page that does not work for them.

Nobody is asked who they are, no cookie is set, and no script is needed. Instead of a riddle there is a box that people
do not see and programs fill in, and a limit on how much comes from one network.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from almoner.products.feedback import services
from almoner.products.feedback.enums import About
from almoner.products.feedback.models import LONGEST
from almoner.products.library.queries import item_by_key
from almoner.records.accounts.enums import Purpose
from almoner.records.accounts.services import admit
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.search.shown import public_title
from almoner.web.headers import keep_from_search_engines

TRAP: Final = "website"
"""The box that people do not see."""
OF_AN_ITEM: Final = (
    (About.MISTAKE, "Something in it is wrong"),
    (About.HARM, "It names or shows somebody it should not, or breaks a court’s order"),
    (About.FORM, "I need it in another form (plain text, large print, Easy Read, Welsh)"),
)
OF_THE_SITE: Final = (
    (About.MISSING, "Something is missing here"),
    (About.MISTAKE, "Something on this site is wrong"),
    (About.BARRIER, "A page does not work for me"),
)


@csrf_exempt  # whoever writes has no account, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("words", "address")
@sensitive_variables()
def about_item(request: HttpRequest, key: str) -> HttpResponse:
    """Report a mistake in an item, or ask for it in another form."""
    item = item_by_key(key)
    if item is None or item.status != Status.PUBLISHED:
        raise Http404("no such item")
    return _page(request, item)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("words", "address")
@sensitive_variables()
def about_site(request: HttpRequest) -> HttpResponse:
    """Suggest an item, or report what is wrong with the site."""
    return _page(request, None)


@sensitive_variables()
def _page(request: HttpRequest, item: Item | None) -> HttpResponse:
    kinds = OF_AN_ITEM if item else OF_THE_SITE
    context: dict[str, Any] = {
        "title": "Report a mistake" if item else "Write to the editors",
        "item": item,
        "item_title": public_title(item) if item else "",
        "kinds": kinds,
        "about": kinds[0][0],
        "longest": LONGEST,
        "kept_days": services.KEPT.days,
    }
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _sent(request, item, context)
    response = render(request, "pages/feedback.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    keep_from_search_engines(response)
    return response


@sensitive_variables()
def _sent(request: HttpRequest, item: Item | None, context: dict[str, Any]) -> HTTPStatus:
    """Take what was sent; what is wrong with it, and what was written, goes into `context`."""
    words, address = request.POST.get("words", ""), request.POST.get("address", "")
    kinds = [kind for kind, _ in context["kinds"]]
    about = next((kind for kind in kinds if kind == request.POST.get("about")), kinds[0])
    context |= {"words": words, "address": address, "about": about}
    if request.POST.get(TRAP):
        context["is_sent"] = True  # a program is told nothing
        return HTTPStatus.OK
    if not (words.strip() or address.strip()):
        context["fault"] = "Write a few words, so that an editor knows what to look at."
        return HTTPStatus.BAD_REQUEST
    if len(words) > LONGEST:
        context["fault"] = f"This has {len(words)} characters. Shorten it to {LONGEST}, or send it in parts."
        return HTTPStatus.BAD_REQUEST
    now = timezone.now()
    if not admit(Purpose.NOTE, "", request.META.get("REMOTE_ADDR", ""), now=now):
        context["fault"] = (
            "A lot was sent from your network in the last hour. Keep your words and try again later."
        )
        return HTTPStatus.TOO_MANY_REQUESTS
    if services.write(about, words, now=now, item=item, address=address) is None:
        context["fault"] = (
            "It could not be kept: too much waits for the editors. Keep your words and try again."
        )
        return HTTPStatus.SERVICE_UNAVAILABLE
    context["is_sent"] = True
    return HTTPStatus.OK
