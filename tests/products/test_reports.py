"""What a mail provider reports: believed with its secret, and else nothing. The reports have the form that each sends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.enums import DeliveryState, Ended, RequestKind, Standing
from almoner.products.alerts.models import Delivery, Request, Run, Subscriber, Suppression
from almoner.products.alerts.sign_up import ask
from almoner.products.alerts.suppression import never_written_to
from almoner.products.alerts.tags import tag

pytest.importorskip("anymail", reason="the extra webhooks is not installed")
Make = Callable[..., Any]
SECRET = "reporter:a password that is long enough"
GONE = "smtp; 550 5.1.1 Nobody of that name is here"


@pytest.fixture
def sent(make_subscriber: Make, now: datetime) -> Delivery:
    """A message that was accepted."""
    run = Run.objects.create(name="daily 2025-04-10", kind="daily", local_date=now.date(), opened_at=now)
    reader = make_subscriber("ann@example.org", "everything:@daily", confirmed_at=now)
    return Delivery.objects.create(run=run, subscriber=reader, state=DeliveryState.ACCEPTED, next_at=now)


@pytest.fixture
def from_provider(client: Client, settings: Settings, tmp_path: Path) -> Callable[..., Any]:
    """Send a report as a provider does; `secret` is what it proves itself with."""
    file = tmp_path / "reports"
    file.write_text(f"{SECRET}\n")

    def send(provider: str, report: dict[str, Any], secret: str = SECRET) -> Any:
        settings.REPORTS = {"provider": provider, "file": str(file)}
        headers = {}
        if provider == "mailgun":
            stamp, token = "1744275600", "0123456789abcdef"
            seal = hmac.new(secret.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
            report = {"signature": {"timestamp": stamp, "token": token, "signature": seal}, **report}
        else:
            headers["Authorization"] = f"Basic {base64.b64encode(secret.encode()).decode()}"
        return client.post(
            f"/alerts/reports/{provider}/", json.dumps(report), "application/json", headers=headers
        )

    return send


def postmark_bounce(to: str, details: str = GONE, kind: str = "HardBounce") -> dict[str, Any]:
    return {
        "RecordType": "Bounce", "ID": 4323372036854775807, "Type": kind, "TypeCode": 1, "Name": "Hard bounce",
        "Tag": "", "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "ServerID": 23, "MessageStream": "broadcast",
        "Description": "The server was unable to deliver your message.", "Details": details, "Email": to,
        "From": "news@example.org", "BouncedAt": "2025-04-10T09:05:00Z", "DumpAvailable": True, "Inactive": True,
        "CanActivate": True, "Subject": "Your daily digest", "Content": "",
    }  # fmt: skip


def postmark_complaint(to: str) -> dict[str, Any]:
    return postmark_bounce(to, "") | {
        "RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512, "Name": "Spam complaint",
    }  # fmt: skip


def mailgun(event: str, to: str, message_id: str = "", **more: Any) -> dict[str, Any]:
    return {
        "event-data": {
            "id": "G9Bn5sl1TC6nu79C8C0bwg", "timestamp": 1744275900.5, "log-level": "error", "event": event,
            "recipient": to, "recipient-domain": to.rpartition("@")[2], "tags": [], "campaigns": [], "user-variables": {},
            "flags": {"is-routed": False, "is-authenticated": True, "is-system-test": False, "is-test-mode": False},
            "envelope": {"sender": "news@example.org", "transport": "smtp", "targets": to},
            "message": {"headers": {"to": to, "from": "news@example.org", "subject": "Your digest",
                                    "message-id": message_id}, "attachments": [], "size": 111},
            **more,
        },
    }  # fmt: skip


def mailgun_failure(to: str, message_id: str = "", severity: str = "permanent") -> dict[str, Any]:
    status = {"code": 550, "message": "5.1.1 Nobody of that name is here", "description": "", "attempt-no": 1}
    return mailgun(
        "failed", to, message_id, severity=severity, reason="bounce", **{"delivery-status": status}
    )


def brevo(event: str, to: str, message_id: str = "", reason: str = "") -> dict[str, Any]:
    return {
        "event": event, "email": to, "id": 26224, "date": "2025-04-10 10:05:00", "ts": 1744275900, "ts_event": 1744275900,
        "ts_epoch": 1744275900500, "message-id": message_id, "subject": "Your digest", "sending_ip": "192.0.2.8",
        "reason": reason,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("provider", "report"),
    [
        ("postmark", lambda to, _: postmark_bounce(to)),
        ("mailgun", mailgun_failure),
        ("brevo", lambda to, number: brevo("hard_bounce", to, f"<{number}>", "550 5.1.1 no such user")),
        ("brevo", lambda to, number: brevo("invalid_email", to, f"<{number}>")),
    ],
)
def test_address_that_is_no_more_ends_its_subscriber_once(
    provider: str, report: Make, sent: Delivery, from_provider: Make
) -> None:
    whole = report("Ann@example.org", f"{tag(sent.pk)}@news.example.org")
    for _ in range(2):  # the same a second time changes nothing
        assert from_provider(provider, whole).status_code == 200
    sent.refresh_from_db()
    reader = Subscriber.objects.get()
    assert (reader.standing, reader.ended_why) == (Standing.ENDED, Ended.BOUNCED)
    assert Suppression.objects.count() == 1
    if provider != "postmark":  # which alone tells a number of its own
        assert sent.state == DeliveryState.FAILED
        assert re.fullmatch(r"It came back: 5\.1\.[13]", sent.answer)


@pytest.mark.parametrize(
    ("provider", "report"),
    [
        ("postmark", postmark_complaint("ann@example.org")),
        ("mailgun", mailgun("complained", "ann@example.org")),
        ("brevo", brevo("spam", "ann@example.org")),
    ],
)
def test_complaint_ends_everything_for_good(
    provider: str, report: dict[str, Any], sent: Delivery, from_provider: Make
) -> None:
    for _ in range(2):
        assert from_provider(provider, report).status_code == 200
    assert Subscriber.objects.get().ended_why == Ended.COMPLAINED
    assert never_written_to("ann@example.org")


def test_complaint_about_a_letter_that_somebody_else_asked_for_ends_such_letters(
    from_provider: Make, now: datetime, db: None
) -> None:
    ask(RequestKind.SIGN_UP, read_address("bea@example.org"), [], network="192.0.2.1", now=now)
    from_provider("postmark", postmark_complaint("bea@example.org"))
    assert never_written_to("bea@example.org")
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("provider", "report"),
    [
        ("postmark", postmark_bounce("ann@example.org", "smtp; 452 4.2.2 Full", "SoftBounce")),
        ("postmark", postmark_bounce("ann@example.org", "smtp; 550 5.7.1 Not from you", "Blocked")),
        ("mailgun", mailgun_failure("ann@example.org", severity="temporary")),
        ("mailgun", mailgun("opened", "ann@example.org")),
        ("brevo", brevo("soft_bounce", "ann@example.org", reason="4.4.1 timed out")),
        ("brevo", brevo("delivered", "ann@example.org")),
    ],
)
def test_what_does_not_tell_that_the_address_is_no_more_ends_nothing(
    provider: str, report: dict[str, Any], sent: Delivery, from_provider: Make
) -> None:
    assert from_provider(provider, report).status_code == 200
    assert Subscriber.objects.get().standing == Standing.CONFIRMED
    assert not Suppression.objects.exists()


def test_whoever_left_at_the_provider_has_left_and_may_come_back(
    sent: Delivery, from_provider: Make, now: datetime
) -> None:
    report = mailgun("unsubscribed", "ann@example.org")
    from_provider("mailgun", report)
    assert Subscriber.objects.get().ended_why == Ended.LEFT
    later = datetime.fromtimestamp(1744275900, now.tzinfo) + timedelta(days=1)
    Subscriber.objects.update(standing=Standing.CONFIRMED, confirmed_at=later)
    from_provider("mailgun", report)  # again, or late
    assert Subscriber.objects.get().standing == Standing.CONFIRMED


@pytest.mark.parametrize("provider", ["postmark", "mailgun", "brevo"])
def test_unknown_addresses_and_forged_numbers_do_nothing(
    provider: str, sent: Delivery, from_provider: Make
) -> None:
    forged = f"{tag(sent.pk)[:-2]}aa@news.example.org"
    for to in ("who@example.org", "", "<script>", "a@b@c"):
        for report in (
            {"postmark": postmark_complaint(to), "mailgun": mailgun("complained", to, forged), "brevo": brevo("spam", to, forged)},
            {"postmark": postmark_bounce(to), "mailgun": mailgun_failure(to, forged), "brevo": brevo("hard_bounce", to, forged)},
        ):  # fmt: skip
            assert from_provider(provider, report[provider]).status_code == 200
    sent.refresh_from_db()
    assert sent.state == DeliveryState.ACCEPTED
    assert Subscriber.objects.get().standing == Standing.CONFIRMED
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("secret", ["", "reporter:", "reporter:another password altogether", "x" * 5000])
@pytest.mark.parametrize("provider", ["postmark", "mailgun", "brevo"])
def test_report_without_the_secret_is_refused_and_does_nothing(
    provider: str, secret: str, sent: Delivery, from_provider: Make
) -> None:
    reports = {
        "postmark": postmark_complaint("ann@example.org"), "mailgun": mailgun("complained", "ann@example.org"),
        "brevo": brevo("spam", "ann@example.org"),
    }  # fmt: skip
    assert from_provider(provider, reports[provider], secret=secret).status_code == 403
    assert Subscriber.objects.get().standing == Standing.CONFIRMED


@pytest.mark.parametrize("provider", ["postmark", "mailgun", "brevo"])
@pytest.mark.parametrize(
    "report",
    [
        {},
        {"event-data": 3},
        {"RecordType": "Bounce", "BouncedAt": 7},
        {"event": []},
        {"RecordType": "SpamComplaint", "Email": ["ann@example.org"]},
        {"event": "spam", "email": {"a": "ann@example.org"}},
        {"event-data": {"event": "unsubscribed", "recipient": 7, "timestamp": "x"}},
        {
            "RecordType": "SubscriptionChange",
            "SuppressSending": True,
            "Recipient": "a\x00b@example.org",
            "ChangedAt": "2025-04-10T09:00:00",
        },
    ],
)
def test_report_of_no_form_does_nothing(
    provider: str, report: dict[str, Any], sent: Delivery, from_provider: Make
) -> None:
    assert from_provider(provider, report).status_code in {200, 403}
    assert Subscriber.objects.get().standing == Standing.CONFIRMED


def test_there_is_nothing_where_no_provider_is_set_or_another(
    client: Client, settings: Settings, tmp_path: Path, db: None
) -> None:
    settings.REPORTS = None
    assert client.post("/alerts/reports/postmark/", "{}", "application/json").status_code == 404
    file = tmp_path / "reports"
    file.write_text("")
    settings.REPORTS = {"provider": "mailgun", "file": str(file)}
    assert client.post("/alerts/reports/postmark/", "{}", "application/json").status_code == 404
    assert client.head("/alerts/reports/mailgun/").status_code == 200
    assert client.get("/alerts/reports/mailgun/").status_code == 405
    assert client.post("/alerts/reports/mailgun/", "{}", "application/json").status_code == 403  # no secret
