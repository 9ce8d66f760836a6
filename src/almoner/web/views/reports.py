"""Where a mail provider reports bounces and complaints. There is nothing here unless one is set."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from almoner.products.alerts import reports


@csrf_exempt  # its secret proves a report
@require_http_methods(["POST", "HEAD"])  # some providers look first whether there is something here
def take_in(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a report in: 200 whatever it was about, 403 where it is not the provider's."""
    file = reports.secret_of(provider)
    if file is None:
        raise Http404("no such page")
    if request.method == "POST":
        try:
            reports.take_in(request, provider, file, timezone.now())
        except reports.NotTheirs:
            return HttpResponse(status=HTTPStatus.FORBIDDEN)
    return HttpResponse()
