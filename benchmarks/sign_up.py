"""Whether the time of an answer tells if an address is known: on the two forms that take one (signing up, and asking for
the link to what one follows), and on what the links of a message do by POST (leaving with one click, saving how one is
written to), for a reader who is here and for one who has left or was erased.

    python -m benchmarks sign-up

2,000 tries of each, in turn for a subscriber and for nobody, among 20,000 subscribers; through Django as a browser
would, without a network. The difference of the medians is what somebody could measure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks.machine import described

Asking = Callable[[int, bool], tuple[str, dict[str, str]]]
"""The page and the form of a try, by its number and whether the reader is known."""
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
    for name, asking in _WAYS.items():
        times: dict[bool, list[float]] = {True: [], False: []}
        for number in range(TRIES):
            known = number % 2 == 0
            times[known].append(_timed(client, *asking(number, known)))
        _tell(name, times)


def _by_form(path: str, form: dict[str, str]) -> Asking:
    def asking(number: int, known: bool) -> tuple[str, dict[str, str]]:
        return path, {**form, "address": f"{'r' if known else 'n'}{number}@example.org"}

    return asking


def _by_link(purpose: str, form: dict[str, str], *, first: int, about: int = 0) -> Asking:
    """A link of a reader's own. `first` is where its readers begin, since one leaves once; `about` says how many of
    what they follow it is about, 0 for all."""

    def asking(number: int, known: bool) -> tuple[str, dict[str, str]]:
        from almoner.products.alerts import links

        key = _key(first + number if known else SUBSCRIBERS + number)
        rows = tuple(2 * (first + number) + 1 + each for each in range(about))
        return f"/alerts/{purpose}/{links.sealed(links.Purpose(purpose), links.Token(key, rows))}/", form

    return asking


_CLICK = {"List-Unsubscribe": "One-Click"}
_WAYS: dict[str, Asking] = {
    "signing up": _by_form("/alerts/", {"follow": "topic:prevent", "pace": "weekly"}),
    "asking for the link": _by_form("/alerts/link/", {}),
    "saving how": _by_link("change", {"action": "save", "plain_text": "on"}, first=0),
    "leaving one of two": _by_link("leave", _CLICK, first=0, about=1),
    "leaving the last": _by_link("leave", _CLICK, first=4_000, about=2),
    "leaving all": _by_link("leave", {"all": "yes"}, first=8_000, about=1),
}


def _key(number: int) -> str:
    return f"{number:024x}"


def _timed(client: object, path: str, form: dict[str, str]) -> float:
    start = perf_counter()
    answer = client.post(path, form)  # type: ignore[attr-defined]
    spent = perf_counter() - start
    if answer.status_code not in (200, 303):
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
            key=_key(number), address=f"r{number}@example.org", folded=f"r{number}@example.org", standing="confirmed",
            asked_at=now, confirmed_at=now,
        )
        for number in range(SUBSCRIBERS)
    )  # fmt: skip
    Subscription.objects.bulk_create(
        Subscription(subscriber=person, follows="topic", about=about, began_at=now)
        for person in people
        for about in ("prevent", "fgm")
    )


if __name__ == "__main__":
    measure()
