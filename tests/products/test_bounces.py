"""What comes back: believed with a tag of ours, and else nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.products.alerts.bounces import Told, take_in
from almoner.products.alerts.enums import DeliveryState, Ended, Standing
from almoner.products.alerts.links import Purpose, Token, opened, sealed
from almoner.products.alerts.models import Delivery, Run, Subscriber, Suppression
from almoner.products.alerts.tags import delivery_of, tag

Make = Callable[..., Any]


@pytest.fixture
def sent(make_subscriber: Make, now: datetime) -> Delivery:
    """A message that was accepted."""
    run = Run.objects.create(name="daily 2025-04-10", kind="daily", local_date=now.date(), opened_at=now)
    reader = make_subscriber("ann@example.org", "everything:@daily")
    return Delivery.objects.create(run=run, subscriber=reader, state=DeliveryState.ACCEPTED, next_at=now)


def bounce(to: str, *, action: str = "failed", status: str = "5.1.1", returned: str = "") -> bytes:
    """A report as RFC 3464 has it."""
    return f"""From: MAILER-DAEMON@mail.example.org
To: {to}
Subject: It could not be delivered
Content-Type: multipart/report; report-type=delivery-status; boundary="=="
MIME-Version: 1.0

--==
Content-Type: text/plain

Nobody of that name is here.
--==
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; ann@example.org
Action: {action}
Status: {status}
--==
Content-Type: text/rfc822-headers

Message-ID: {returned}
--==--
""".encode()


def complaint(to: str) -> bytes:
    """A report as RFC 5965 has it."""
    return f"""From: feedback@mail.example.org
To: {to}
Content-Type: multipart/report; report-type=feedback-report; boundary="=="
MIME-Version: 1.0

--==
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1
--==--
""".encode()


def back(delivery: Delivery) -> str:
    return f"bounces+{tag(delivery.pk)}@example.org"


def test_e14_a_mailbox_that_is_no_more_ends_its_subscriber(sent: Delivery, now: datetime) -> None:
    for _ in range(2):  # the same a second time changes nothing
        assert take_in(bounce(back(sent)), now) is Told.ENDED
    sent.refresh_from_db()
    assert (sent.state, sent.answer) == (DeliveryState.FAILED, "It came back: 5.1.1")
    assert Subscriber.objects.get().ended_why == Ended.BOUNCED
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize(
    ("action", "status", "told"),
    [
        ("failed", "5.2.2", Told.FAILED),
        ("failed", "5.7.1", Told.FAILED),
        ("delayed", "4.4.1", Told.LATER),
        ("failed", "4.4.7", Told.LATER),
        ("delivered", "2.0.0", Told.LATER),
    ],
)
def test_e14_other_reports_end_nobody(
    sent: Delivery, now: datetime, action: str, status: str, told: Told
) -> None:
    assert take_in(bounce(back(sent), action=action, status=status), now) is told
    assert Subscriber.objects.get().standing == Standing.CONFIRMED


def test_e14_the_message_id_of_what_is_returned_will_do(sent: Delivery, now: datetime) -> None:
    returned = f"<{tag(sent.pk)}@news.example.org>"
    assert take_in(bounce("news@example.org", returned=returned), now) is Told.ENDED


def test_e14_a_complaint_ends_all_for_good(sent: Delivery, now: datetime) -> None:
    assert take_in(complaint(back(sent)), now) is Told.COMPLAINED
    reader = Subscriber.objects.get()
    assert (reader.standing, reader.ended_why) == (Standing.ENDED, Ended.COMPLAINED)
    assert not reader.subscriptions.filter(ended_at=None).exists()
    assert Suppression.objects.get().why == Ended.COMPLAINED


def test_e14_a_forged_bounce_does_nothing(sent: Delivery, now: datetime) -> None:
    number, _, seal = tag(sent.pk).partition("-")
    forged = [
        "ann@example.org",
        f"bounces+{number}@example.org",
        f"bounces+{number}-{'a' * 26}@example.org",
        f"bounces+{sent.pk + 1:x}-{seal}@example.org",
        f"bounces+{number}-{seal[:-1]}@example.org",
    ]
    for to in forged:
        assert take_in(bounce(to), now) is Told.NOTHING
        assert take_in(complaint(to), now) is Told.NOTHING
    assert Subscriber.objects.get().standing == Standing.CONFIRMED


@pytest.mark.django_db
@given(st.binary(max_size=400))
def test_e14_any_bytes_are_read_or_left(content: bytes) -> None:
    assert take_in(content, datetime.fromisoformat("2025-04-10T09:00+00:00")) is Told.NOTHING


def test_e14_case_of_the_address_does_not_matter(sent: Delivery, now: datetime) -> None:
    assert take_in(bounce(back(sent).upper()), now) is Told.ENDED


@given(st.integers(1, 2**62), st.integers(0, 60), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567-0"))
def test_e10_a_tag_with_a_letter_changed_is_none(number: int, at: int, letter: str) -> None:
    made = tag(number)
    assert delivery_of(made) == number
    changed = made[: at % len(made)] + letter + made[at % len(made) + 1 :]
    assert changed == made or delivery_of(changed) is None


@given(st.integers(0, 80), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567-0"))
def test_e10_a_link_with_a_letter_changed_opens_nothing(at: int, letter: str) -> None:
    made = sealed(Purpose.LEAVE, Token("k" * 24, (17, 4_000)))
    assert opened(Purpose.LEAVE, made) == Token("k" * 24, (17, 4_000))
    changed = made[: at % len(made)] + letter + made[at % len(made) + 1 :]
    assert changed == made or opened(Purpose.LEAVE, changed) is None


def test_e10_a_link_for_one_purpose_opens_nothing_else() -> None:
    for purpose in Purpose:
        made = sealed(purpose, Token("k" * 24))
        assert [other for other in Purpose if opened(other, made)] == [purpose]
    assert delivery_of(sealed(Purpose.LEAVE, Token("1"))) is None
