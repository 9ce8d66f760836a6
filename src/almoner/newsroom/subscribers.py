"""Subscribers in the newsroom: found by their exact address alone, with what they agreed to; lists that are brought in.

There is no list of addresses, and nothing here writes one down: not in an address of a page, not in the history.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.records import PagesViewSet, Permitted
from almoner.products.alerts import offers
from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.counts import followers, standings
from almoner.products.alerts.ending import end
from almoner.products.alerts.enums import Ended, Follows, Pace, Standing
from almoner.products.alerts.erasure import Erased, erase
from almoner.products.alerts.exchange import exported, import_subscribers, import_suppressions
from almoner.products.alerts.following import named
from almoner.products.alerts.matching import briefing_about
from almoner.products.alerts.models import Subscriber
from almoner.products.alerts.sign_up import Choice
from almoner.products.alerts.suppression import rows_of
from almoner.products.briefing.models import Briefing
from almoner.products.briefing.queries import followable

LARGEST: Final = 20 * 2**20
"""Bytes of a list."""
REASONS: Final = (Ended.LEFT, Ended.BOUNCED, Ended.COMPLAINED)


class _OfSubscribers(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """A page about subscribers, for administrators."""

    concerns = Subscriber
    header_icon = "mail"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SubscribersView(_OfSubscribers):
    """How many there are and what they follow; one of them by exact address; lists that come in."""

    page_title = "Subscribers"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self._page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Find somebody, erase an address, or take in a list: looked at first, kept only when that is asked for."""
        action = request.POST.get("action", "")
        try:
            if action in ("find", "erase"):
                return self._by_address(request, erasing=action == "erase")
            return self._list(request, suppressing=action == "suppress")
        except ValueError as fault:
            messages.error(request, str(fault))
            return self._page(request)

    @sensitive_variables()
    def _by_address(self, request: HttpRequest, *, erasing: bool) -> HttpResponse:
        address = read_address(request.POST.get("address", ""))
        if erasing:
            _tell_erased(request, erase(address.folded, timezone.now()))
            log(request.user, "almoner.subscriber_erase", user=request.user)
            return redirect("subscribers:index")
        found = Subscriber.objects.filter(folded=address.folded).first()
        if found is not None:
            return redirect("subscribers:subscriber", found.key)
        listed = rows_of(address.folded).first()
        return self._page(request, missing=address.typed, listed=listed)

    @sensitive_variables()
    def _list(self, request: HttpRequest, *, suppressing: bool) -> HttpResponse:
        keep = "keep" in request.POST
        text = _text(request)
        if suppressing:
            why = Ended(request.POST.get("why", Ended.LEFT))
            told = import_suppressions(text, why, timezone.now(), keep=keep)
        else:
            told = import_subscribers(text, self._choices(request), timezone.now(), keep=keep)
        if keep:
            counts = {name: getattr(told, name) for name in ("confirmed", "asked", "suppressed", "wrong")}
            log(request.user, "almoner.subscriber_list", user=request.user, data=counts)
        return self._page(request, told=told, kept=keep, suppressing=suppressing)

    def _choices(self, request: HttpRequest) -> list[Choice]:
        follows, _, about = request.POST.get("follow", "").partition(":")
        pace = Pace(request.POST.get("pace", Pace.WEEKLY))
        if not offers.known([(follows, about)], _briefings()):
            raise ValueError("Choose what the people on the list are to follow.")
        return [Choice(Follows(follows), about, pace)]

    def _page(self, request: HttpRequest, **told: Any) -> HttpResponse:
        counted = followers()
        names = _named([sign for sign, _ in counted])
        context = self.get_context_data() | {
            "standings": standings(),
            "followers": [
                (Follows(follows).label, names[follows, about], number)
                for (follows, about), number in counted
            ],
            "groups": offers.offered(_briefings()),
            "paces": Pace.choices,
            "reasons": [(why.value, why.label) for why in REASONS],
            **told,
        }
        return render(request, "newsroom/subscribers/index.html", context)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class SubscriberView(_OfSubscribers):
    """One person: what they follow and agreed to; a copy for them, an end, erasing."""

    page_title = "Subscriber"

    @cached_property
    def subscriber(self) -> Subscriber:
        """The person whose key is in the address."""
        return get_object_or_404(Subscriber, key=self.kwargs["key"])

    def get(self, request: HttpRequest, **_: str) -> HttpResponse:
        """Show what is kept."""
        rows = list(self.subscriber.subscriptions.order_by("pk"))
        names = _named([(row.follows, row.about) for row in rows])
        context = self.get_context_data() | {
            "subscriber": self.subscriber,
            "rows": [(row, names[row.follows, row.about]) for row in rows],
            "consents": self.subscriber.consents.all(),
            "is_written_to": self.subscriber.standing == Standing.CONFIRMED,
        }
        return render(request, "newsroom/subscribers/subscriber.html", context)

    def post(self, request: HttpRequest, **_: str) -> HttpResponse:
        """Do what was asked for."""
        action, subscriber, now = request.POST.get("action"), self.subscriber, timezone.now()
        if action == "export":
            log(subscriber, "almoner.subscriber_copy", user=request.user)
            response = HttpResponse(exported(subscriber), content_type="application/json")
            response["Content-Disposition"] = f'attachment; filename="subscriber-{subscriber.pk}.json"'
            return response
        if action == "erase":
            log(subscriber, "almoner.subscriber_erase", user=request.user)
            _tell_erased(request, erase(subscriber.folded, now))
            return redirect("subscribers:index")
        if action == "end":
            end(subscriber.pk, Ended.EDITOR, now)
            log(subscriber, "almoner.subscriber_end", user=request.user)
            messages.success(request, "Nothing is sent to them any more.")
        return redirect("subscribers:subscriber", subscriber.key)

    def get_page_subtitle(self) -> str:
        """Who, without the address: it would stand in the browser's title."""
        return str(self.subscriber)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("subscribers:index"), "label": SubscribersView.page_title},
            {"url": "", "label": str(self.subscriber)},
        ]


class SubscriberViewSet(PagesViewSet):
    """The pages of subscribers, and their place in the menu."""

    name = "subscribers"
    url_prefix = "subscribers"
    concerns = Subscriber
    menu_label = "Subscribers"
    icon = "mail"
    menu_order = 48

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        return [
            path("", SubscribersView.as_view(), name="index"),
            path("<slug:key>/", SubscriberView.as_view(), name="subscriber"),
        ]


def _briefings() -> list[tuple[str, str]]:
    """Those of ours, whether an issue has come out or not: people are brought along before the first."""
    every = Briefing.objects.all()
    return [(briefing_about(key, audience), name) for key, audience, name in followable(every)]


def _named(signs: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    briefings = dict(_briefings())
    return {
        (follows, about): briefings.get(about, name) if follows == Follows.BRIEFING else name
        for (follows, about), name in named(signs).items()
    }


def _text(request: HttpRequest) -> str:
    file = request.FILES.get("list")
    if file is None:
        raise ValueError("Choose a file.")
    if (file.size or 0) > LARGEST:
        raise ValueError("The file is over 20 MB. Divide it.")
    try:
        text: str = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not text in UTF-8. Save it as “CSV UTF-8”.") from None
    return text


def _tell_erased(request: HttpRequest, erased: Erased) -> None:
    if erased.files_clean:
        messages.success(
            request, f"Erased: {erased.rows} rows. The address is in no table and no file of the service."
        )
    else:
        messages.warning(
            request,
            f"Erased: {erased.rows} rows. Remains of the address are still in free room of the database’s file, because "
            "it was in use: stop the service, then run “almoner run” again and erase once more.",
        )
