"""Whether the time of an answer tells if an address is known, on the two forms that take one: signing up, and asking for
the link to what one follows. (All other pages are behind links with a seal, which nobody can try.)

    python -m benchmarks sign-up

2,000 tries of each form, in turn with the address of a subscriber and with one that nobody has, among 20,000
subscribers; through Django as a browser would, without a network. The difference of the medians is what somebody could
measure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from statistics import median
from time import perf_counter

from benchmarks.machine import described

TRIES = 2_000
SUBSCRIBERS = 20_000


def main() -> None:
    """Print the table, from a process that has its own database."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "ALMONER_DATA": folder, "DJANGO_SETTINGS_MODULE": "almoner.settings.production",
        }  # fmt: skip
        subprocess.run([sys.executable, "-m", "benchmarks.sign_up", "measure"], env=environment, check=True)


def measure() -> None:
    """Make the subscribers, then ask."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from almoner.records.accounts import services
    from almoner.records.accounts.enums import Purpose

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    _fill()
    services.LIMITS[Purpose.ALERTS] = ()  # all tries come from one network
    client = Client(SERVER_NAME="localhost")
    print(f"{TRIES} tries each among {SUBSCRIBERS:,} subscribers, {described()}")
    for name, path, form in (
        ("signing up", "/alerts/", {"follow": "topic:prevent", "pace": "weekly"}),
        ("asking for the link", "/alerts/link/", {}),
    ):
        times: dict[bool, list[float]] = {True: [], False: []}
        for number in range(TRIES):
            known = number % 2 == 0
            address = f"r{number}@example.org" if known else f"n{number}@example.org"
            times[known].append(_timed(client, path, {**form, "address": address}))
        _tell(name, times)


def _timed(client: object, path: str, form: dict[str, str]) -> float:
    start = perf_counter()
    answer = client.post(path, form)  # type: ignore[attr-defined]
    spent = perf_counter() - start
    if answer.status_code != 303:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return spent * 1_000


def _tell(name: str, times: dict[bool, list[float]]) -> None:
    known, unknown = median(times[True]), median(times[False])
    print(
        f"{name:<20} known {known:6.2f} ms  unknown {unknown:6.2f} ms  difference {abs(known - unknown):5.2f} ms"
    )


def _fill() -> None:
    from django.utils import timezone

    from almoner.products.alerts.models import Subscriber, Subscription

    now = timezone.now()
    people = Subscriber.objects.bulk_create(
        Subscriber(
            address=f"r{number}@example.org", folded=f"r{number}@example.org", standing="confirmed", asked_at=now,
            confirmed_at=now,
        )
        for number in range(SUBSCRIBERS)
    )  # fmt: skip
    Subscription.objects.bulk_create(
        Subscription(subscriber=person, follows="topic", about="prevent", began_at=now) for person in people
    )


if __name__ == "__main__":
    measure()
