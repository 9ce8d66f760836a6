"""Making the first administrator, their one-time link, and slowing down those who guess."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from almoner.records.accounts.enums import Purpose
from almoner.records.accounts.models import Attempt, Person


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts may be made within `window`, counted together by these columns."""

    columns: tuple[str, ...]
    attempts: int
    window: timedelta


LIMITS: Final = {
    # Few for one account from one address; more for a whole school behind one address; and a ceiling for one
    # account from everywhere, high enough that a stranger cannot easily lock its owner out.
    Purpose.SIGN_IN: (
        Limit(("account", "address"), 5, timedelta(minutes=15)),
        Limit(("address",), 20, timedelta(minutes=15)),
        Limit(("account",), 50, timedelta(hours=1)),
    ),
    Purpose.RESET: (
        Limit(("account",), 3, timedelta(hours=1)),
        Limit(("address",), 10, timedelta(hours=1)),
    ),
    # Nobody's mailbox is flooded through our forms: one letter of a kind a day, whoever asks and from wherever; and a
    # ceiling for one network (a school behind one address), and for everybody together, so that many networks at once
    # do no more.
    Purpose.ALERTS: (
        Limit(("address",), 20, timedelta(hours=1)),
        Limit((), 1_000, timedelta(hours=1)),
    ),
    Purpose.SIGN_UP: (Limit(("account",), 1, timedelta(days=1)),),
    Purpose.MY_LINK: (Limit(("account",), 1, timedelta(days=1)),),
    Purpose.ANSWER: (
        Limit(("account", "address"), 3, timedelta(hours=1)),
        Limit(("address",), 10, timedelta(hours=1)),
        Limit(("account",), 300, timedelta(hours=1)),
    ),
    # A class may write at once; a program soon stops. All together: no more than editors could read.
    Purpose.NOTE: (
        Limit(("address",), 6, timedelta(hours=1)),
        Limit((), 200, timedelta(hours=1)),
    ),
}
_KEPT: Final = {purpose: max(limit.window for limit in limits) for purpose, limits in LIMITS.items()}


def make_first_administrator(email: str) -> Person | None:
    """Make an administrator who can only come in by a one-time link; None if there is one already."""
    with transaction.atomic():
        if Person.objects.filter(is_superuser=True, is_active=True).exists():
            return None
        return Person.objects.create_superuser(email)


def person_for_link(email: str) -> Person | None:
    """The active person with this e-mail address; without one, the administrator who was made first."""
    people = Person.objects.filter(is_active=True).order_by("pk")
    return people.filter(email__iexact=email).first() if email else people.filter(is_superuser=True).first()


def one_time_parts(person: Person) -> tuple[str, str]:
    """Who, and the token, of a one-time link: good for `PASSWORD_RESET_TIMEOUT`, until a password is set."""
    return urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)


def admit(purpose: Purpose, email: str, address: str, *, now: datetime) -> bool:
    """Count an attempt and say whether it may go on.

    `email` is what is knocked at: an account's address, or the key of a form. It is kept before it is judged, so that a hundred at once are not all the first.
    """
    account, network = _hashed(email.strip().casefold()), _hashed(_network(address))
    with transaction.atomic():
        Attempt.objects.filter(purpose=purpose, at__lt=now - _KEPT[purpose]).delete()
        made = Attempt.objects.create(purpose=purpose, account=account, address=network, at=now)
    for limit in LIMITS[purpose]:
        alike = {column: getattr(made, column) for column in limit.columns}
        counted = Attempt.objects.filter(purpose=purpose, at__gt=now - limit.window, **alike).count()
        if counted > limit.attempts:
            return False
    return True


def forget_attempts(email: str, address: str) -> None:
    """Somebody came in by the right password: what they mistyped before no longer counts."""
    Attempt.objects.filter(
        purpose=Purpose.SIGN_IN,
        account=_hashed(email.strip().casefold()),
        address=_hashed(_network(address)),
    ).delete()


def _hashed(value: str) -> str:
    return salted_hmac("almoner.attempt", value, algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    """The address, or the /64 it lies in: one IPv6 visitor has many addresses."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)
