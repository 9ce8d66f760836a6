"""Alerts and digests on their way: who gets what, once, whatever the mail server does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from almoner.lib.message import Message
from almoner.products.alerts import claims, health, installation, outbox, running, runs
from almoner.products.alerts.ending import end
from almoner.products.alerts.enums import DeliveryState, Ended, RunState
from almoner.products.alerts.models import Announcement, Delivery, Installation, Run, Subscriber, Suppression
from almoner.products.alerts.pace import Pace, WarmUp
from almoner.products.alerts.sending import Sender, Unwell
from almoner.products.alerts.suppression import hashed
from almoner.records.catalogue import services
from almoner.records.catalogue.signals import issue_published, issue_withdrawn, item_published
from tests.products.sending import Clock, read, relay_to, send_all, sender_over, states, words
from tests.servers.smtp import Smtp, serving

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture
def clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The test's clock, for whoever asks Django for the time, too."""
    clock = Clock(now)
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def smtp() -> Iterator[Smtp]:
    with serving() as served:
        yield served


@pytest.fixture
def sender(smtp: Smtp, clock: Clock) -> Iterator[Sender]:
    with relay_to(smtp) as relay:
        yield sender_over(relay, clock)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def publish(make_item: Make, clock: Clock) -> Make:
    """Publish an item at the time of the test's clock."""
    return lambda title="Guidance for clubs", **fields: make_item(title, captured_at=clock.now, **fields)


@pytest.fixture
def alert(publish: Make, clock: Clock) -> Make:
    """Publish an item and mark it as urgent."""

    def make(title: str = "A warning") -> Any:
        item = publish(title)
        outbox.mark_urgent(item, clock.now)
        return item

    return make


def everybody(make_subscriber: Make, number: int, pace: str = "daily") -> None:
    for each in range(number):
        make_subscriber(f"reader{each:02}@example.org", f"everything:@{pace}")


# What is sent, to whom, and when.


def test_digest_reaches_who_follows_it_and_says_why(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "everything:@daily")
    make_subscriber("bea@example.org", "publisher:harbour@weekly")
    item = publish("A notice about lifts home", publisher="Harbour", private_names=[])
    publish("Another notice", publisher="Hill")
    send_all(sender, clock)
    assert smtp.recipients() == ["ann@example.org", "bea@example.org"]
    ann, bea = (read(mailed.content) for mailed in smtp.accepted)
    assert "A notice about lifts home" in words(ann)
    assert "Because you follow everything." in words(ann)
    assert item.get_absolute_url() in words(ann, "html")
    assert "Because you follow Harbour." in words(bea)
    assert "Another notice" not in words(bea)
    assert {run.state for run in Run.objects.all()} == {RunState.CLOSED}


def test_each_item_is_told_once_a_person(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, alert: Make, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "everything:@at_once", "publisher:harbour@weekly")
    clock.now = datetime(2025, 4, 13, 4, 0, tzinfo=UTC)
    send_all(sender, clock)
    alert()
    send_all(sender, clock)
    assert len(smtp.accepted) == 1
    publish("Quiet news", publisher="Harbour")
    clock.passes(days=1, hours=4)  # Monday, after seven: a daily and a weekly digest
    send_all(sender, clock)
    clock.passes(days=1)
    send_all(sender, clock)
    told = [words(read(mailed.content)) for mailed in smtp.accepted]
    assert [("A warning" in text, "Quiet news" in text) for text in told] == [(True, False), (False, True)]


def test_archive_that_is_read_in_is_no_news(clock: Clock, publish: Make) -> None:
    publish("Of last winter", published="2024-12-01")
    publish("Of this week", published="2025-04-08")
    assert [each.item.title for each in Announcement.objects.all()] == ["Of this week"]


def test_change_of_a_published_item_is_not_announced_again(clock: Clock, publish: Make) -> None:
    item = publish()
    Announcement.objects.all().delete()
    item_published.send(type(item), items=[item])
    assert not Announcement.objects.exists()


def test_only_what_is_published_is_marked_urgent(clock: Clock, publish: Make) -> None:
    with pytest.raises(ValidationError):
        outbox.mark_urgent(publish(status="waiting"), clock.now)
    item = publish()
    assert outbox.mark_urgent(item, clock.now)
    assert not outbox.mark_urgent(item, clock.now)


def test_quiet_time_is_kept_across_midnight_and_clock_changes(
    sender: Sender, smtp: Smtp, clock: Clock, alert: Make, make_subscriber: Make
) -> None:
    quiet = {"quiet_from": time(22), "quiet_to": time(7)}
    make_subscriber("ann@example.org", "everything:@at_once", **quiet)
    make_subscriber("bea@example.org", "everything:@at_once")
    clock.now = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # the night in which clocks go forward
    alert()
    send_all(sender, clock)
    assert smtp.recipients() == ["bea@example.org"]
    clock.now = datetime(2026, 3, 29, 5, 59, tzinfo=UTC)
    send_all(sender, clock)
    assert smtp.recipients() == ["bea@example.org"]
    clock.now = datetime(2026, 3, 29, 6, 0, tzinfo=UTC)  # seven in London
    send_all(sender, clock)
    assert smtp.recipients() == ["bea@example.org", "ann@example.org"]


def test_issue_of_a_briefing_goes_to_its_followers_in_their_edition(
    sender: Sender, smtp: Smtp, clock: Clock, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "briefing:weekly")
    make_subscriber("bea@example.org", "briefing:weekly/schools", plain_text=True, telling_subjects=True)
    make_subscriber("cat@example.org", "everything:")

    def issue(name: str) -> Message:
        return Message("The briefing", f"For {name}", "", f"<p>For {name}</p>", f"For {name}\n")

    messages = {"": issue("all"), "schools": issue("schools")}
    for _ in range(2):
        issue_published.send(None, briefing="weekly", issue="may", messages=messages)
    send_all(sender, clock)
    assert smtp.recipients() == ["ann@example.org", "bea@example.org"]
    ann, bea = (read(mailed.content) for mailed in smtp.accepted)
    assert (ann["Subject"], bea["Subject"]) == ("The briefing", "For schools")
    assert ann.get_content_type() == "multipart/alternative"
    assert bea.get_content_type() == "text/plain"
    assert "For schools" in words(bea)


# One run a local date.


@pytest.mark.parametrize(
    ("first", "hours", "runs_on"),
    [(datetime(2026, 3, 28, 0, 0, tzinfo=UTC), 48, 2), (datetime(2026, 10, 24, 0, 0, tzinfo=UTC), 48, 2)],
)
def test_e6_a_local_date_has_one_digest_whatever_clocks_do(
    clock: Clock, settings: Settings, first: datetime, hours: int, runs_on: int
) -> None:
    settings.DIGEST_TIME = time(1, 30)  # on 29 March 2026 it does not exist, on 25 October it comes twice
    for quarter in range(hours * 4):
        clock.now = first + timedelta(minutes=15 * quarter)
        runs.open_due(clock())
    daily = Run.objects.filter(kind="daily").values_list("name", flat=True)
    days = [first.date() + timedelta(days=each) for each in range(runs_on)]
    assert sorted(daily) == [f"daily {day}" for day in days]
    assert Run.objects.filter(kind="weekly").count() == 1


def test_e6_two_years_have_one_digest_a_date_and_one_a_week(clock: Clock) -> None:
    for day in range(2 * 365):
        for hour in (8, 8) if day % 10 == 0 else (8,):
            runs.open_due(datetime(2025, 1, 6, hour, tzinfo=UTC) + timedelta(days=day))
    assert Run.objects.filter(kind="daily").count() == 730
    assert Run.objects.filter(kind="weekly").count() == 105


def test_e6_days_without_service_are_told_in_one_digest(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "everything:@daily")
    send_all(sender, clock)
    publish("Before the fault")
    clock.passes(days=3)
    publish("After the fault")
    send_all(sender, clock, rounds=3)
    assert len(smtp.accepted) == 1
    assert all(title in words(read(smtp.accepted[0].content)) for title in ("Before", "After"))


def test_e6_a_clock_that_jumps_back_makes_no_second_digest(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "everything:@daily")
    publish()
    send_all(sender, clock)
    clock.passes(hours=-1)
    send_all(sender, clock)
    clock.passes(hours=2)
    send_all(sender, clock)
    assert len(smtp.accepted) == 1


# What the mail server does.


def test_e3_no_answer_after_the_final_dot_is_uncertain_and_a_digest_is_never_sent_again(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 3)
    publish()
    smtp.choose = lambda step, to: "drop" if step == "accepted" and to.startswith("reader01") else ""
    send_all(sender, clock)
    for _ in range(5):
        clock.passes(hours=5)
        send_all(sender, clock)
    assert sorted(smtp.recipients()) == [f"reader0{each}@example.org" for each in range(3)]
    assert states()["reader01@example.org"] == DeliveryState.UNCERTAIN
    assert Delivery.objects.get(state=DeliveryState.UNCERTAIN).doubtful
    assert Run.objects.get(kind="daily", recipients=3).state == RunState.CLOSED


def test_e3_an_urgent_alert_in_doubt_goes_once_again_under_the_same_message_id(
    sender: Sender, smtp: Smtp, clock: Clock, alert: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 1, "at_once")
    alert()
    smtp.choose = lambda step, _: "drop" if step == "accepted" else ""
    for _ in range(6):
        send_all(sender, clock)
        clock.passes(minutes=5)
    ids = [read(mailed.content)["Message-ID"] for mailed in smtp.accepted]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert states() == {"reader00@example.org": DeliveryState.UNCERTAIN}


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "content"])
def test_e4_hanging_up_before_the_answer_is_asked_again_where_nothing_was_accepted(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make, step: str
) -> None:
    everybody(make_subscriber, 2)
    publish()
    dropped: list[str] = []

    def choose(at: str, to: str) -> str:
        if at == step and not dropped:
            dropped.append(to)
            return "drop"
        return ""

    smtp.choose = choose
    send_all(sender, clock)
    clock.passes(minutes=6)
    send_all(sender, clock)
    if step == "content":  # the dot was sent, so nobody can know
        assert sorted(states().values()) == [DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN]
    else:
        assert set(states().values()) == {DeliveryState.ACCEPTED}
        assert len(smtp.accepted) == 2


def test_e4_greylisting_is_waited_for(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 3)
    publish()
    until = clock.now + timedelta(minutes=4)
    smtp.choose = lambda step, _: "451 4.7.1 Come back later" if step == "rcpt" and clock.now < until else ""
    send_all(sender, clock)
    assert set(states().values()) == {DeliveryState.WAITING}
    clock.passes(minutes=6)
    send_all(sender, clock)
    assert set(states().values()) == {DeliveryState.ACCEPTED}
    assert len(smtp.accepted) == 3


def test_e4_a_refusal_for_good_fails_alone_and_a_missing_mailbox_ends_its_subscriber(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 3)
    publish()
    answers = {
        "reader00": "550 5.1.1 <reader00@example.org> is not here",
        "reader01": "554 5.7.1 Not from you",
    }
    smtp.choose = lambda step, to: answers.get(to.partition("@")[0], "") if step == "rcpt" else ""
    send_all(sender, clock)
    assert list(states().values()) == ["failed", "failed", "accepted"]
    assert "reader00@" not in "".join(Delivery.objects.values_list("answer", flat=True))
    endings = dict(Subscriber.objects.order_by("pk").values_list("address", "ended_why"))
    assert list(endings.values()) == [Ended.BOUNCED, "", ""]
    run = Run.objects.get(recipients=3)
    smtp.choose = lambda *_: ""
    assert runs.try_again(run, clock.now) == 2
    send_all(sender, clock)
    assert list(states().values()) == ["suppressed", "accepted", "accepted"]
    run.refresh_from_db()
    assert run.state == RunState.CLOSED


def test_e4_a_poison_message_is_parked_and_the_others_go_on(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 4)
    publish()
    poison = Subscriber.objects.get(address="reader01@example.org")
    smtp.choose = lambda at, to: "drop" if at == "data" and to == poison.address else ""
    for _ in range(14):
        send_all(sender, clock)
        clock.passes(hours=4)
    assert sorted(smtp.recipients()) == [f"reader0{each}@example.org" for each in (0, 2, 3)]
    assert states()[poison.address] == DeliveryState.FAILED


def test_e4_a_message_that_cannot_be_written_is_parked(
    sender: Sender, smtp: Smtp, clock: Clock, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "briefing:weekly")
    make_subscriber("bea@example.org", "briefing:weekly/schools")
    words = Message("The briefing", "The briefing", "", "<p>Words</p>", "Words\n")
    run = runs.open_issue("weekly", "may", {"": words, "schools": words}, clock.now)
    Run.objects.filter(pk=run.pk).update(messages={"": (run.messages or {})[""], "schools": {"html": "half"}})
    for _ in range(4):
        send_all(sender, clock)
        clock.passes(hours=1)
    assert states() == {"ann@example.org": "accepted", "bea@example.org": "failed"}


def test_e4_a_server_that_is_away_costs_no_message_a_try(
    smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 3)
    publish()
    for fault in ("421 4.3.2 Closing", "554 No service", "drop"):
        smtp.choose = lambda step, _, fault=fault: fault if step == "connect" else ""  # type: ignore[misc]
        with relay_to(smtp) as relay, pytest.raises(Unwell):
            send_all(sender_over(relay, clock), clock)
    smtp.choose = lambda step, _: "530 5.7.0 Not you" if step == "mail" else ""
    with relay_to(smtp) as relay, pytest.raises(Unwell):
        send_all(sender_over(relay, clock), clock)
    assert set(Delivery.objects.values_list("state", "attempts", "lease")) == {("waiting", 0, "")}


def test_e4_a_run_that_is_refused_whole_is_held_and_says_why(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 15)
    publish()
    smtp.choose = lambda step, _: "554 5.7.1 It looks like spam" if step == "content" else ""
    send_all(sender, clock)
    run = Run.objects.get(recipients=15)
    assert run.state == RunState.HELD
    assert "It looks like spam" in run.reason
    assert list(states().values()).count("failed") == 10
    smtp.choose = lambda *_: ""
    runs.go_on(run)
    runs.try_again(run, clock.now)
    send_all(sender, clock)
    assert len(smtp.accepted) == 15


def test_e18_a_message_too_long_loses_its_html_and_says_where_the_rest_is(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "everything:@daily")
    for number in range(45):
        publish(f"Notice {number}", summary="Long words. " * 200)
    send_all(sender, clock)
    message = read(smtp.accepted[0].content)
    assert len(smtp.accepted[0].content) < 102_000
    assert "5 more are in the newsfeed" in words(message)
    long = Message("The briefing", "The briefing", "", "<p>x</p>" * 100_000, "Read it on the web.\n")
    make_subscriber("bea@example.org", "briefing:weekly")
    runs.open_issue("weekly", "may", {"": long}, clock.now)
    send_all(sender, clock)
    assert read(smtp.accepted[1].content).get_content_type() == "text/plain"


def test_e18_a_server_that_takes_less_refuses_before_anything_is_sent(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    smtp.extensions = ("SIZE 1000",)
    make_subscriber("ann@example.org", "everything:@daily")
    publish()
    send_all(sender, clock)
    assert states() == {"ann@example.org": "failed"}
    assert smtp.accepted == []


# What changes on the way.


def test_e7_who_leaves_between_the_filling_and_the_dot_is_not_written_to(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 3)
    publish()
    runs.open_due(clock())
    runs.fill_open(clock())
    end(Subscriber.objects.get(address="reader00@example.org").pk, Ended.LEFT, clock.now)
    assert sender.sweep() == 3
    assert smtp.recipients() == ["reader01@example.org", "reader02@example.org"]
    assert states()["reader00@example.org"] == DeliveryState.SUPPRESSED


def test_e7_who_leaves_while_the_message_is_on_the_line_is_not_written_to(
    sender: Sender,
    smtp: Smtp,
    clock: Clock,
    publish: Make,
    make_subscriber: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everybody(make_subscriber, 2)
    publish()
    mark = claims.mark

    def leave_first(one: claims.Claimed) -> bool:
        if one.address == "reader00@example.org":
            end(one.subscriber or 0, Ended.LEFT, clock.now)
        return mark(one)

    monkeypatch.setattr(claims, "mark", leave_first)
    send_all(sender, clock)
    assert smtp.recipients() == ["reader01@example.org"]
    assert states()["reader00@example.org"] == DeliveryState.SUPPRESSED


def test_e7_who_was_shut_out_under_an_earlier_key_is_not_written_to(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make, settings: Settings
) -> None:
    everybody(make_subscriber, 2)
    Suppression.objects.create(hashed=hashed("reader00@example.org"), why=Ended.COMPLAINED, since=clock.now)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a key that came after it, as long as such keys are"
    publish()
    send_all(sender, clock)
    assert smtp.recipients() == ["reader01@example.org"]
    assert states()["reader00@example.org"] == DeliveryState.SUPPRESSED


def test_e7_what_somebody_no_longer_follows_is_left_out(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    reader = make_subscriber("ann@example.org", "publisher:harbour@daily", "publisher:hill@daily")
    publish("Of the harbour", publisher="Harbour")
    publish("Of the hill", publisher="Hill")
    runs.open_due(clock())
    runs.fill_open(clock())
    reader.subscriptions.filter(about="hill").update(ended_at=clock.now, ended_why=Ended.LEFT)
    send_all(sender, clock)
    (mailed,) = smtp.accepted
    assert "Of the harbour" in words(read(mailed.content))
    assert "Of the hill" not in words(read(mailed.content))


def test_d3_what_is_withdrawn_leaves_digests_and_stops_alerts(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, alert: Make, make_subscriber: Make
) -> None:
    make_subscriber("ann@example.org", "everything:@at_once")
    gone, warning = publish("A mistake"), alert("A false warning")
    publish("It stays")
    runs.open_due(clock())
    runs.fill_open(clock())
    services.withdraw(gone, reason="Wrong", now=clock.now)
    services.withdraw(warning, reason="Wrong", now=clock.now)
    assert Delivery.objects.get(run__kind="urgent").state == DeliveryState.SUPPRESSED
    send_all(sender, clock)
    (mailed,) = smtp.accepted
    assert "It stays" in words(read(mailed.content))
    assert not any(title in words(read(mailed.content)) for title in ("A mistake", "A false warning"))
    assert {run.state for run in Run.objects.all()} == {RunState.CLOSED}


def test_o5_being_stopped_ends_the_message_under_way_and_gives_the_others_back(
    smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 5)
    publish()
    stop = threading.Event()
    smtp.on = lambda step, _: stop.set() if step == "data" else None
    with relay_to(smtp) as relay:
        sender = sender_over(relay, clock, stop=stop)
        running.send_due(sender, clock, stop)
    assert list(states().values()) == ["accepted", *["waiting"] * 4]
    assert not Delivery.objects.exclude(lease="").exists()


# Who sends.


def test_e2_a_message_that_somebody_else_has_taken_is_not_sent(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 4)
    publish()
    runs.open_due(clock())
    runs.fill_open(clock())
    taken = claims.claim(clock.now, 2, claims.open_runs())
    assert sender.sweep() == 2
    assert smtp.recipients() == ["reader02@example.org", "reader03@example.org"]
    clock.now = taken[0].until
    send_all(sender, clock)
    assert sorted(smtp.recipients()) == [f"reader0{each}@example.org" for each in range(4)]


def test_e1_a_message_whose_sender_died_after_the_mark_is_in_doubt(
    sender: Sender, smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 2)
    publish()
    runs.open_due(clock())
    runs.fill_open(clock())
    one, _ = claims.claim(clock.now, 2, claims.open_runs())
    assert claims.mark(one)
    send_all(sender, clock)
    assert smtp.accepted == []
    clock.now = one.until
    send_all(sender, clock)
    assert list(states().values()) == ["uncertain", "accepted"]


@pytest.mark.parametrize("way", ["database", "file", "copy", "address", "new database"])
def test_e5_a_restored_or_copied_installation_sends_nothing_until_somebody_says_go(
    sender: Sender,
    smtp: Smtp,
    clock: Clock,
    publish: Make,
    make_subscriber: Make,
    settings: Settings,
    way: str,
    tmp_path: Path,
) -> None:
    everybody(make_subscriber, 2)
    publish()
    send_all(sender, clock)
    file, settings.MAIL_SERVER = tmp_path / "sending", True
    if way == "database":  # as it was before the second message
        Installation.objects.update(begun=1)
    elif way == "file":
        file.unlink()
    elif way == "copy":
        (tmp_path / "other").write_bytes(file.read_bytes())
        (tmp_path / "other").rename(file)
    elif way == "address":
        settings.SITE_ADDRESS = "https://staging.example.org"
    else:
        Installation.objects.all().delete()
    Delivery.objects.update(state=DeliveryState.WAITING)
    Run.objects.update(state=RunState.SENDING)
    send_all(sender, clock)
    assert len(smtp.accepted) == 2
    assert health.held() == ["sending is held until somebody says go"]
    assert health.answer(clock.now) == "ok"  # it waits, and is not broken
    installation.go()
    send_all(sender, clock)
    assert len(smtp.accepted) == 4
    assert health.answer(clock.now) == "ok"


def test_e17_an_urgent_alert_that_nobody_has_after_15_minutes_is_an_alarm(
    smtp: Smtp, clock: Clock, alert: Make, make_subscriber: Make, settings: Settings, mailoutbox: list[Any]
) -> None:
    settings.MAIL_SERVER, settings.CONTACT = True, "desk@example.org"
    everybody(make_subscriber, 1, "at_once")
    alert()
    smtp.choose = lambda step, _: "drop" if step == "connect" else ""
    with relay_to(smtp) as relay:
        sender = sender_over(relay, clock)
        for minutes in (0, 14, 2, 1):
            clock.passes(minutes=minutes)
            with pytest.raises(Unwell):
                send_all(sender, clock)
        assert health.answer(clock.now) == "an urgent alert reaches nobody"
        assert [mail.to for mail in mailoutbox] == [["desk@example.org"]]
        smtp.choose = lambda *_: ""
        send_all(sender, clock)
    assert health.answer(clock.now) == "ok"


@pytest.mark.parametrize("what", ["the run", "all sending"])
def test_e17_an_alert_that_is_held_from_everybody_is_an_alarm(
    what: str,
    sender: Sender,
    clock: Clock,
    alert: Make,
    make_subscriber: Make,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.MAIL_SERVER = True
    everybody(make_subscriber, 1, "at_once")
    if what == "all sending":
        installation.introduce()
        (tmp_path / "sending").unlink()
    alert()
    runs.open_due(clock.now)
    runs.fill_open(clock.now)
    if what == "the run":
        runs.hold(Run.objects.get(kind="urgent"), "An editor looks at it.")
    send_all(sender, clock)
    assert len(health.held()) == 1
    assert health.answer(clock.now) == "ok"
    clock.passes(minutes=16)
    assert health.answer(clock.now) == "an urgent alert reaches nobody"


def test_e17_an_alert_that_nobody_opens_is_an_alarm(clock: Clock, alert: Make, settings: Settings) -> None:
    settings.MAIL_SERVER = True
    alert()
    clock.passes(minutes=14)
    assert health.answer(clock.now) == "ok"
    clock.passes(minutes=2)
    assert health.answer(clock.now) == "an urgent alert reaches nobody"


@pytest.mark.parametrize("state", [RunState.FILLING, RunState.SENDING, RunState.HELD])
def test_issue_that_is_withdrawn_goes_to_nobody_further(
    smtp: Smtp,
    sender: Sender,
    clock: Clock,
    make_subscriber: Make,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
) -> None:
    for number in range(3):
        make_subscriber(f"r{number}@example.org", "briefing:weekly")
    message = Message(subject="Issue", telling="Issue", preview="", html="<p>Words</p>", text="Words")
    issue_published.send(sender=None, briefing="weekly", issue="abc", messages={"": message})
    run = Run.objects.get()
    if state == RunState.FILLING:  # broken off after two
        monkeypatch.setattr(runs, "CHUNK", 2)
        write = Delivery.objects.bulk_create

        def withdrawn_meanwhile(rows: Any, **how: Any) -> Any:
            made = write(rows, **how)
            issue_withdrawn.send(sender=None, issue="abc")
            return made

        monkeypatch.setattr(Delivery.objects, "bulk_create", withdrawn_meanwhile)
        assert not runs.fill(run, clock.now)
    else:
        runs.fill_open(clock.now)
        Run.objects.update(state=state)
        Delivery.objects.filter(subscriber__address="r0@example.org").update(state=DeliveryState.ACCEPTED)
        issue_withdrawn.send(sender=None, issue="abc")
    send_all(sender, clock, rounds=2)
    run.refresh_from_db()
    assert run.state == RunState.CLOSED
    assert sum(runs.counts(run).values()) == run.recipients
    assert runs.counts(run)["suppressed"] == 2
    assert not smtp.accepted


def test_issue_that_is_withdrawn_while_it_is_refused_for_now_is_not_tried_again(
    smtp: Smtp, sender: Sender, clock: Clock, make_subscriber: Make
) -> None:
    for number in range(2):
        make_subscriber(f"r{number}@example.org", "briefing:weekly")
    message = Message(subject="Issue", telling="Issue", preview="", html="<p>Words</p>", text="Words")
    issue_published.send(sender=None, briefing="weekly", issue="abc", messages={"": message})
    smtp.choose = lambda step, _: "451 4.3.0 Later" if step == "content" else ""
    send_all(sender, clock)
    # One was under way when it was withdrawn, and is put off only then; the other failed before.
    first, second = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=first.pk).update(state=DeliveryState.SENDING)
    Delivery.objects.filter(pk=second.pk).update(state=DeliveryState.FAILED)
    issue_withdrawn.send(sender=None, issue="abc")
    Delivery.objects.filter(pk=first.pk).update(state=DeliveryState.WAITING, next_at=clock.now)
    run = Run.objects.get(kind="briefing")
    runs.try_again(run, clock.now)
    smtp.choose = lambda *_: ""
    send_all(sender, clock, rounds=2)
    run.refresh_from_db()
    assert not smtp.accepted
    assert (run.state, runs.counts(run)["suppressed"]) == (RunState.CLOSED, 2)


def test_warm_up_lets_so_many_go_a_day_and_what_is_urgent_always(
    smtp: Smtp, clock: Clock, publish: Make, alert: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 5, "at_once")
    publish()
    pace = Pace(warm_up=WarmUp(clock.now.date(), 2))
    with relay_to(smtp) as relay:
        sender = sender_over(relay, clock, pace)
        send_all(sender, clock)
        assert len(smtp.accepted) == 2
        alert()
        send_all(sender, clock)
        assert len(smtp.accepted) == 7
        clock.passes(days=1)
        send_all(sender, clock)
    assert len(smtp.accepted) == 10


def test_pace_waits_between_messages(clock: Clock) -> None:
    waited: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout or 0)
            return True

    installation.introduce()
    paces = Pace(60), Pace(60)  # of two processes
    for number in range(4):
        paces[number % 2].wait(Stop(), lambda: None)
    assert waited == [1, 2, 3]  # from one moment on, which does not pass here
    clock.passes(minutes=1)
    paces[0].wait(Stop(), lambda: None)
    assert len(waited) == 3
    clock.passes(days=-1)  # a clock that was wrong is set
    paces[0].wait(Stop(), lambda: None)
    assert len(waited) == 3


def test_warm_up_counts_what_other_processes_sent(
    smtp: Smtp, clock: Clock, publish: Make, make_subscriber: Make
) -> None:
    everybody(make_subscriber, 5)
    publish()
    with relay_to(smtp) as first, relay_to(smtp) as second:
        one, other = (
            sender_over(relay, clock, Pace(240, WarmUp(clock.now.date(), 3), lambda _: timedelta()))
            for relay in (first, second)
        )
        send_all(one, clock)
        assert len(smtp.accepted) == 3
        send_all(other, clock)
        assert len(smtp.accepted) == 3


def test_without_a_mail_server_nothing_is_sent_and_it_says_so(settings: Settings) -> None:
    settings.MAIL_SERVER = False
    assert running.why_not() == "no mail server set"
