"""The newsroom's addresses: Wagtail's, less what is not used here, with our own door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from almoner.newsroom.account import OwnAccountView
from almoner.newsroom.framed import POLICY
from almoner.newsroom.sign_in import OneTimeLinkView

View = Callable[..., HttpResponseBase]

UNUSED: Final = (
    "pages",
    "choose-(?!(?:external|email|phone)-link)[a-z-]+",
    "snippets",
    "collections",
    "groups",
    "workflows",
    "reports/(?!site-history)[a-z-]+",
    "api",
    "failwhale",
    "test404",
    "block-preview",
    "tag-autocomplete",
)
"""What Wagtail serves for pages, media and many kinds of editors, of which we have none."""


def not_used(_request: HttpRequest) -> HttpResponseBase:
    """Answer for addresses that Wagtail would serve and we do not."""
    raise Http404


def guarded(view: View) -> View:
    """Add the newsroom's headers to what a view answers."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        response = view(request, *arguments, **named)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        # Under `no-referrer` browsers send forms with `Origin: null`, which looks like another site's form.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return answer


urlpatterns: list[URLPattern | URLResolver] = decorate_urlpatterns(
    [
        re_path(rf"^(?:{'|'.join(UNUSED)})/", not_used),
        path("link/<uidb64>/<token>/", never_cache(OneTimeLinkView.as_view()), name="one_time_link"),
        path("account/", never_cache(require_admin_access(OwnAccountView.as_view()))),
        path("", include(wagtailadmin_urls)),
    ],
    guarded,
)
