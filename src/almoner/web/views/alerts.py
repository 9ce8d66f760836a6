"""Signing up for messages by e-mail, and what a reader does with the links in them.

A GET changes nothing anywhere here: programs that look at the links of mail before people do follow every one. What
changes something is a button. No page needs a session; the links carry their own seal (`alerts.links`), so a form
needs no token against forgery. No address of a page says what anybody follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from almoner.products.alerts import links, offers, preferences, sign_up
from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.enums import Follows, Pace, RequestKind
from almoner.products.alerts.erasure import erase
from almoner.products.alerts.exchange import exported
from almoner.products.alerts.following import named
from almoner.products.alerts.links import Purpose
from almoner.products.alerts.matching import briefing_about
from almoner.products.alerts.models import Consent, Subscriber
from almoner.products.briefing.queries import followable, own_briefings
from almoner.web.headers import keep_from_search_engines

View = Callable[..., HttpResponse]
_NUMBER: Final = re.compile(r"[0-9]{1,18}\Z")
TRAP: Final = "homepage"
"""A field that people do not see: what fills it in is a machine."""
PACES: Final = (
    (Pace.WEEKLY, "Once a week"),
    (Pace.DAILY, "Once a day, when there is something"),
    (Pace.AT_ONCE, "At once when it is urgent, the rest once a day"),
)


def personal(view: View) -> View:
    """A page that is one person's own: kept nowhere, found by no search engine."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @sensitive_post_parameters()
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        response["Cache-Control"] = "private, no-store"
        keep_from_search_engines(response)
        return response

    return answer


@personal
def begin(request: HttpRequest) -> HttpResponse:
    """What there is to follow, the pace, the address. A button on a topic's or a work's page brings along what that is
    about, by POST: it stands in no address."""
    chosen, pace = _chosen(request.POST), _pace(request.POST.get("pace", ""))
    if "address" not in request.POST:
        return _form(request, chosen, pace)
    if request.POST.get(TRAP):
        return _see("web:alerts_asked")
    try:
        address = read_address(request.POST["address"])
        if not chosen:
            raise ValueError("Choose at least one thing to follow.")
    except ValueError as fault:
        return _form(request, chosen, pace, fault=str(fault), status=HTTPStatus.BAD_REQUEST)
    return _asked(request, RequestKind.SIGN_UP, address, [sign_up.Choice(*each, pace) for each in chosen])


@personal
def lost_link(request: HttpRequest) -> HttpResponse:
    """For those who have no message at hand: the link to what they follow, sent to their address."""
    fault = ""
    if request.method == "POST":
        if request.POST.get(TRAP):
            return _see("web:alerts_asked")
        try:
            return _asked(request, RequestKind.LINK, read_address(request.POST.get("address", "")), [])
        except ValueError as refused:
            fault = str(refused)
    context = {"title": "Your link", "fault": fault, "trap": TRAP, "sends": settings.MAIL_SERVER}
    return render(request, "pages/alerts_link.html", context, status=400 if fault else 200)


@personal
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next. It is the same for everybody."""
    if not settings.MAIL_SERVER:
        return _said(
            request,
            "No message comes yet",
            "Whoever runs this site has set up no mail server, so nothing could be sent to the address you gave. Sign up "
            "again when there is one. Until then a feed brings you the same.",
        )
    return _said(
        request,
        "Look into your mail",
        "We have written to the address you gave. Open the link in that message, and press the button on the page it "
        "leads to. Until then nothing is sent.",
        "Nothing has come after some minutes? Look among what was sorted out as spam. An address gets one such message "
        "a day: if you asked earlier today, use the link in the first one.",
    )


@personal
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was chosen, and the button that says yes to it."""
    key, now = _opened(Purpose.CONFIRM, token).key, timezone.now()
    if request.method == "POST":
        subscriber = sign_up.confirm(key, now)
        if subscriber is not None:
            return HttpResponseRedirect(
                reverse(
                    "web:alerts_change", args=[links.sealed(Purpose.CHANGE, links.Token(subscriber.key))]
                ),
                status=HTTPStatus.SEE_OTHER,
            )
    found = sign_up.open_request(key, now)
    if found is None:
        return _said(
            request,
            "This link was used, or is too old",
            f"If you have pressed the button before, all is well: you are signed up. A link is good for "
            f"{sign_up.VALID.days} days; after that, sign up anew.",
        )
    chosen = sign_up.choices_of(found)
    names = _named([(each.follows, each.about) for each in chosen])
    context = {
        "title": "Please confirm",
        "chosen": [(names[each.follows, each.about], each.pace.label) for each in chosen],
        "words": found.words,
    }
    return render(request, "pages/alerts_confirm.html", context)


@personal
@sensitive_variables()
def change(request: HttpRequest, token: str) -> HttpResponse:
    """All that somebody follows, on one page: see, change, end."""
    key = _opened(Purpose.CHANGE, token).key
    if request.method == "POST":
        action = request.POST.get("action", "save")
        subscriber = preferences.whoever(key)
        if action == "export" and subscriber.pk != preferences.NOBODY:
            return _export(subscriber)
        _ACTIONS.get(action, _save)(subscriber, request.POST)
        return _see("web:alerts_changed", token)
    found = preferences.subscriber_of(key)
    return _mine(request, token, found) if found else _nothing_is_sent(request)


@personal
def changed(request: HttpRequest, token: str) -> HttpResponse:
    """The same page after it was saved."""
    subscriber = preferences.subscriber_of(_opened(Purpose.CHANGE, token).key)
    return _mine(request, token, subscriber, saved=True) if subscriber else _nothing_is_sent(request)


@personal
def more(request: HttpRequest, token: str) -> HttpResponse:
    """Follow something more: who has the link has read the mail of the address already."""
    subscriber = preferences.subscriber_of(_opened(Purpose.CHANGE, token).key)
    if subscriber is None:
        return _nothing_is_sent(request)
    if request.method == "POST":
        pace, now = _pace(request.POST.get("pace", "")), timezone.now()
        chosen = [sign_up.Choice(*each, pace) for each in _chosen(request.POST)]
        if chosen:
            sign_up.follow(subscriber, chosen, now)
            Consent.objects.create(
                subscriber=subscriber, at=now, given=True, how="link", words=sign_up.consent_words()
            )
        return _see("web:alerts_changed", token)
    return _form(request, [], Pace.WEEKLY, token=token)


@personal
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End what a message came by. A button for people; for mail programs the one click of RFC 8058, which is a POST without
    cookie or page, and may come again."""
    opened = _opened(Purpose.LEAVE, token)
    if request.method == "POST":
        which = () if request.POST.get("all") == "yes" else opened.subscriptions
        preferences.leave(preferences.whoever(opened.key), which, timezone.now(), how="leave link")
        done = {"title": "Ended", "change": _change_path(opened.key)}
        return render(request, "pages/alerts_left.html", done)
    subscriber = preferences.subscriber_of(opened.key)
    if subscriber is None:
        return _nothing_is_sent(request)
    mine = preferences.followed(subscriber)
    ending = [row for row in mine if row.pk in opened.subscriptions] if opened.subscriptions else mine
    names = _named([(row.follows, row.about) for row in ending])
    context = {
        "title": "End these messages",
        "ending": [names[row.follows, row.about] for row in ending],
        "others": len(mine) - len(ending),
        "change": _change_path(subscriber.key),
    }
    return render(request, "pages/alerts_leave.html", context)


def _change_path(key: str) -> str:
    return reverse("web:alerts_change", args=[links.sealed(Purpose.CHANGE, links.Token(key))])


def _opened(purpose: Purpose, token: str) -> links.Token:
    opened = links.opened(purpose, token)
    if opened is None:
        raise Http404("There is no such link.")
    return opened


def _mine(request: HttpRequest, token: str, subscriber: Subscriber, *, saved: bool = False) -> HttpResponse:
    rows = preferences.followed(subscriber)
    names = _named([(row.follows, row.about) for row in rows])
    context = {
        "title": "What is sent to you",
        "subscriber": subscriber,
        "rows": [(row, names[row.follows, row.about], row.follows != Follows.BRIEFING) for row in rows],
        "paces": PACES,
        "saved": saved,
        "token": token,
        "quiet_from": f"{subscriber.quiet_from:%H:%M}" if subscriber.quiet_from else "",
        "quiet_to": f"{subscriber.quiet_to:%H:%M}" if subscriber.quiet_to else "",
    }
    return render(request, "pages/alerts_mine.html", context)


def _save(subscriber: Subscriber, form: QueryDict) -> None:
    paces = {row: _pace(form.get(f"pace-{row}", "")) for row in _rows(form, "pace")}
    begins, ends = _time(form.get("quiet_from", "")), _time(form.get("quiet_to", ""))
    preferences.change(
        subscriber,
        paces=paces,
        telling_subjects="telling_subjects" in form,
        plain_text="plain_text" in form,
        quiet=(begins, ends) if begins and ends and begins != ends else None,
        now=timezone.now(),
    )
    if stopped := _rows(form, "stop"):
        preferences.leave(subscriber, stopped, timezone.now(), how="link")


def _rows(form: QueryDict, name: str) -> list[int]:
    """The subscriptions that fields called `name-7` are about. Whose they are is asked where they are changed."""
    found = (each.removeprefix(f"{name}-") for each in form if each.startswith(f"{name}-"))
    return [int(about) for about in found if _NUMBER.match(about)][: sign_up.MOST]


def _end_all(subscriber: Subscriber, _form: QueryDict) -> None:
    preferences.leave(subscriber, (), timezone.now(), how="link")


def _erase(subscriber: Subscriber, _form: QueryDict) -> None:
    erase(subscriber.folded, timezone.now())


_ACTIONS: Final = {"save": _save, "end": _end_all, "erase": _erase}


def _export(subscriber: Subscriber) -> HttpResponse:
    response = HttpResponse(exported(subscriber), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="what-is-kept-about-me.json"'
    return response


def _form(
    request: HttpRequest,
    chosen: list[tuple[Follows, str]],
    pace: Pace,
    *,
    fault: str = "",
    token: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    groups = offers.offered(_briefings())
    listed = {(group.follows, about) for group in groups for about, _ in group.options}
    extra = [each for each in chosen if each not in listed]
    names = _named(extra)
    context = {
        "title": "Follow something more" if token else "Messages by e-mail",
        "groups": [
            (
                group,
                [
                    (f"{group.follows.value}:{about}", name, (group.follows, about) in chosen)
                    for about, name in group.options
                ],
                any((group.follows, about) in chosen for about, _ in group.options),
            )
            for group in groups
        ],
        "extra": [(f"{follows.value}:{about}", names[follows, about]) for follows, about in extra],
        "areas": offers.areas(),
        "paces": PACES,
        "pace": pace,
        "address": request.POST.get("address", ""),
        "words": sign_up.consent_words(),
        "fault": fault,
        "token": token,
        "trap": TRAP,
        "sends": settings.MAIL_SERVER,
    }
    return render(request, "pages/alerts.html", context, status=status)


@sensitive_variables()
def _asked(
    request: HttpRequest, kind: RequestKind, address: Any, chosen: list[sign_up.Choice]
) -> HttpResponse:
    network = str(request.META.get("REMOTE_ADDR", ""))
    answer = sign_up.ask(kind, address, chosen, network=network, now=timezone.now())
    if answer is sign_up.Answer.TAKEN:
        return _see("web:alerts_asked")
    return _said(
        request,
        "Please come back later",
        "Too many people asked for messages just now, from where you are or altogether. Nothing was kept. Try again in "
        "an hour.",
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )


def _chosen(asked: QueryDict) -> list[tuple[Follows, str]]:
    """What a form or a link chooses, as far as it can be followed: each as `follows:about`."""
    found: dict[tuple[str, str], None] = {}
    for value in asked.getlist("follow")[: sign_up.MOST]:
        follows, _, about = value.partition(":")
        if follows and "\x00" not in about:
            found[follows, about] = None
    wanted = offers.known(found, _briefings()) if found else set()
    return [(Follows(follows), about) for follows, about in found if (follows, about) in wanted]


def _named(signs: list[tuple[Any, str]]) -> dict[tuple[str, str], str]:
    """Names of what can be followed; a briefing's is asked of the briefings."""
    names = named(signs)
    briefings = dict(_briefings())
    return {
        (follows, about): briefings.get(about, name) if follows == Follows.BRIEFING else name
        for (follows, about), name in names.items()
    }


def _briefings() -> list[tuple[str, str]]:
    return [(briefing_about(key, audience), name) for key, audience, name in followable(own_briefings())]


def _pace(value: str) -> Pace:
    return Pace(value) if value in Pace.values else Pace.WEEKLY


def _time(value: str) -> time | None:
    try:
        return time.fromisoformat(value)
    except ValueError:
        return None


def _see(name: str, *arguments: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=arguments), status=HTTPStatus.SEE_OTHER)


def _nothing_is_sent(request: HttpRequest) -> HttpResponse:
    return _said(
        request,
        "Nothing is sent to you",
        "There is nothing that you follow here. If you want to hear from us again, sign up anew; we write to the "
        "address first, and you say yes.",
    )


def _said(request: HttpRequest, heading: str, *words: str, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"title": heading, "words": words}
    return render(request, "pages/alerts_said.html", context, status=status)
