"""What machines ask about the service itself: whether it is well (anybody), and how it is doing (the operator)."""

from __future__ import annotations

import ipaddress
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from almoner.products.alerts import health as sending
from almoner.records.ingest import health as checks
from almoner.records.ingest.numbers import Number, numbers

EXPOSITION: Final = "text/plain; version=0.0.4; charset=utf-8"
_FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 where all is well, 503 where something is broken; either way which question got which answer, and what somebody
    holds on purpose: to restart or replace a process would change nothing about that."""
    now = timezone.now()
    answers = checks.answers(now) | {"sending": sending.answer(now)}
    well = all(answer == checks.FINE for answer in answers.values())
    return JsonResponse(
        {"status": "ok" if well else "failing", "checks": answers, "held": sending.held()},
        status=HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE,
        headers={"Cache-Control": "no-store"},
    )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers in Prometheus' text format 0.0.4, for those whom the operator named; nobody else learns that there
    is something here."""
    if not may_see(request):
        raise Http404("no such page")
    now = timezone.now()
    return HttpResponse(
        exposition(numbers(now) + sending.numbers(now)),
        content_type=EXPOSITION,
        headers={"Cache-Control": "no-store"},
    )


def may_see(request: HttpRequest) -> bool:
    """Whether a request comes from this machine or from an address in `ALMONER_METRICS`.

    Through a proxy that nobody told us to trust, every visitor seems to come from this machine: then nobody is.
    """
    if not settings.TRUSTED_PROXIES and any(name in request.META for name in _FORWARDED):
        return False
    try:
        visitor = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return visitor.is_loopback or any(
        visitor in ipaddress.ip_network(each) for each in settings.METRICS_READERS
    )


def exposition(found: list[Number]) -> str:
    """Numbers as Prometheus reads them. Labels are our own words and need no escapes."""
    lines: list[str] = []
    for number in found:
        name = f"almoner_{number.name}"
        lines += [
            f"# HELP {name} {number.meaning}",
            f"# TYPE {name} {'counter' if number.grows else 'gauge'}",
        ]
        for (label, value), amount in number.values.items():
            labels = f'{{{label}="{value}"}}' if label else ""
            lines.append(f"{name}{labels} {amount:.15g}")
    return "\n".join(lines) + "\n"
