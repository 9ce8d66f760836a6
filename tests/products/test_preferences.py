"""What a reader does with the links in messages: see, change, end, take away, erase; and what programs do with them."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from almoner.products.alerts import claims, letters, links, sign_up
from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.contents import Contents
from almoner.products.alerts.enums import Ended, Follows, Pace, RequestKind, RunKind, RunState, Standing
from almoner.products.alerts.links import Purpose, Token
from almoner.products.alerts.models import Delivery, Run, Subscriber, Subscription, Suppression
from tests.products.sending import POST, read

Make = Callable[..., Any]


def change_path(subscriber: Subscriber) -> str:
    return f"/alerts/change/{links.sealed(Purpose.CHANGE, Token(subscriber.key))}/"


def leave_path(subscriber: Subscriber, *rows: Subscription) -> str:
    return (
        f"/alerts/leave/{links.sealed(Purpose.LEAVE, Token(subscriber.key, tuple(row.pk for row in rows)))}/"
    )


@pytest.fixture
def dana(make_subscriber: Make) -> Subscriber:
    subscriber: Subscriber = make_subscriber("dana@example.org", "topic:prevent", "topic:stalking@daily")
    return subscriber


def live(subscriber: Subscriber) -> dict[str, str]:
    return dict(subscriber.subscriptions.filter(ended_at=None).values_list("about", "pace"))


def digest() -> str:
    """Of every row of every table."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if "search" in table:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            found.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return found.hexdigest()


def test_page_shows_everything_and_is_kept_by_nobody(client: Client, dana: Subscriber) -> None:
    page = client.get(change_path(dana))
    assert b"Prevent and radicalisation" in page.content
    assert b"Stalking and harassment" in page.content
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert not page.cookies
    for told in ("prevent", "stalking", "dana", "example.org"):
        assert told not in change_path(dana)


def test_what_is_saved_stands(dana: Subscriber) -> None:
    client = Client(enforce_csrf_checks=True)
    first, second = dana.subscriptions.order_by("pk")
    form = {
        f"pace-{first.pk}": "at_once", f"stop-{second.pk}": "on", "telling_subjects": "on", "plain_text": "on",
        "quiet_from": "18:00", "quiet_to": "07:30",
    }  # fmt: skip
    answer = client.post(change_path(dana), form)
    assert answer.status_code == 303
    assert b"Saved." in client.get(answer["Location"]).content
    dana.refresh_from_db()
    assert live(dana) == {"prevent": "at_once"}
    assert (dana.telling_subjects, dana.plain_text) == (True, True)
    assert (str(dana.quiet_from), str(dana.quiet_to)) == ("18:00:00", "07:30:00")
    client.post(change_path(dana), {"quiet_from": "nonsense", f"pace-{first.pk}": "hourly"})
    dana.refresh_from_db()
    assert (dana.telling_subjects, dana.plain_text, dana.quiet_from) == (False, False, None)
    assert live(dana) == {"prevent": "weekly"}


def test_nobody_changes_what_is_another_s(client: Client, dana: Subscriber, make_subscriber: Make) -> None:
    eve = make_subscriber("eve@example.org", "topic:fgm")
    row = dana.subscriptions.first()
    assert row
    client.post(change_path(eve), {f"stop-{row.pk}": "on", f"pace-{row.pk}": "daily"})
    client.post(leave_path(eve, row))
    assert live(dana) == {"prevent": "weekly", "stalking": "daily"}


def test_more_is_followed_without_another_letter(client: Client, dana: Subscriber) -> None:
    assert client.get(f"{change_path(dana)}more/").status_code == 200
    client.post(f"{change_path(dana)}more/", {"follow": ["topic:fgm", "topic:cats"], "pace": "daily"})
    assert live(dana) == {"prevent": "weekly", "stalking": "daily", "fgm": "daily"}
    assert dana.consents.get().words == sign_up.consent_words()
    assert not mail.outbox


def test_ending_everything_is_written_down_and_stays(client: Client, dana: Subscriber) -> None:
    answer = client.post(change_path(dana), {"action": "end"}, follow=True)
    assert b"Nothing is sent to you" in answer.content
    dana.refresh_from_db()
    assert (dana.standing, dana.ended_why) == (Standing.ENDED, Ended.LEFT)
    assert not live(dana)
    assert not dana.consents.get().given
    assert Suppression.objects.get().why == Ended.LEFT
    client.post(change_path(dana), {"action": "save"})
    client.post(f"{change_path(dana)}more/", {"follow": "topic:fgm"})
    assert not live(dana)


def test_ending_one_thing_after_another_ends_everything(client: Client, dana: Subscriber) -> None:
    for row in dana.subscriptions.all():
        client.post(leave_path(dana, row))
    dana.refresh_from_db()
    assert dana.standing == Standing.ENDED
    assert dana.consents.count() == 1


def test_copy_holds_all_that_is_kept(client: Client, dana: Subscriber) -> None:
    answer = client.post(change_path(dana), {"action": "export"})
    assert "attachment" in answer["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["address"] == "dana@example.org"
    assert [each["which"] for each in told["follows"]] == ["prevent", "stalking"]


def test_erasing_by_the_link_leaves_nothing(
    client: Client, dana: Subscriber, settings: Any, tmp_path: Any
) -> None:
    settings.DATA = tmp_path
    client.post(change_path(dana), {"action": "erase"})
    assert not Subscriber.objects.exists()
    assert b"Nothing is sent to you" in client.get(change_path(dana)).content


# E9: the one click of RFC 8058.


def test_e9_one_click_ends_what_the_message_came_by_and_nothing_else(dana: Subscriber) -> None:
    row = dana.subscriptions.get(about="prevent")
    for _ in range(3):
        client = Client(enforce_csrf_checks=True)
        answer = client.post(leave_path(dana, row), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
        assert live(dana) == {"stalking": "daily"}
    row.refresh_from_db()
    assert row.ended_why == Ended.LEFT


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=b", "application/x-www-form-urlencoded", "text/plain"]
)
def test_e9_one_click_works_whatever_the_mail_program_sends(dana: Subscriber, kind: str) -> None:
    row = dana.subscriptions.get(about="prevent")
    body = b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    assert (
        Client(enforce_csrf_checks=True).post(leave_path(dana, row), body, content_type=kind).status_code
        == 200
    )
    assert live(dana) == {"stalking": "daily"}


def test_e9_links_of_somebody_who_is_gone_are_answered_the_same_and_change_nothing(
    client: Client, dana: Subscriber, make_subscriber: Make
) -> None:
    alice = make_subscriber("alice@example.org", "topic:prevent")
    gone = Subscriber(key="0" * 24)
    before = digest()
    click, save, end = (
        {"List-Unsubscribe": "One-Click"},
        {"action": "save", "stop-1": "on"},
        {"action": "end"},
    )
    posts = [(leave_path(gone), click), (change_path(gone), save), (change_path(gone), end)]
    of_gone = [client.post(*each) for each in posts]
    assert digest() == before
    of_here = [client.post(leave_path(dana), click)]
    of_here += [client.post(change_path(alice), form) for form in (save, end)]
    for one, other, key in zip(of_gone, of_here, (dana.key, alice.key, alice.key), strict=True):
        assert one.status_code == other.status_code
        told = other.content.decode() + other.get("Location", "")
        token = links.sealed(Purpose.CHANGE, Token(gone.key))
        own = links.sealed(Purpose.CHANGE, Token(key))
        assert one.content.decode() + one.get("Location", "") == told.replace(own, token)


def test_leaving_page_says_what_ends_and_can_end_everything(client: Client, dana: Subscriber) -> None:
    path = leave_path(dana, dana.subscriptions.get(about="prevent"))
    page = client.get(path).content.decode()
    assert "Prevent and radicalisation" in page
    assert "Stalking" not in page
    assert "1 more that you follow" in page
    client.post(path, {"all": "yes"})
    assert not live(dana)


# E10: links that nobody was given.


@tried(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_e10_a_link_with_any_letter_changed_opens_nothing(data: st.DataObject) -> None:
    token = links.sealed(Purpose.LEAVE, Token("k" * 24, (7, 255)))
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(
        st.sampled_from("abcdefghijklmnopqrstuvwxyz234567890-").filter(lambda one: one != token[place])
    )
    assert links.opened(Purpose.LEAVE, token[:place] + letter + token[place + 1 :]) is None
    assert links.opened(Purpose.LEAVE, token) == Token("k" * 24, (7, 255))


def test_e10_a_link_for_one_purpose_opens_no_other(client: Client, dana: Subscriber) -> None:
    token = links.sealed(Purpose.LEAVE, Token(dana.key))
    answers = [
        client.get(path)
        for path in (
            f"/alerts/change/{token}/",
            f"/alerts/confirm/{token}/",
            "/alerts/change/none-xyz/",
            "/alerts/leave/x/",
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({len(answer.content) for answer in answers}) == 1


def test_e10_links_outlive_a_new_secret_key_while_the_old_one_is_named(
    client: Client, dana: Subscriber, settings: Any
) -> None:
    path = change_path(dana)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "another key, as long as keys are" * 2,
    )
    assert client.get(path).status_code == 200
    assert change_path(dana) != path
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(path).status_code == 404


# E8: programs that look at mail before people do.


LINK = re.compile(r"https?://[^\s<>\"')]+")


def links_in(message: EmailMessage) -> set[str]:
    """Every address in a message: in its header, its text and its HTML."""
    said = [*message.values()]
    said += [
        html.unescape(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"
    ]
    return {link for words in said for link in LINK.findall(words)}


@pytest.fixture
def letters_of_500(now: datetime, make_item: Make) -> list[EmailMessage]:
    """A digest to each of 500 people, written as it goes out; and to some others a letter that asks for their yes."""
    item = make_item("Lifts home from training")
    people = [f"r{number}@example.org" for number in range(500)]
    readers = Subscriber.objects.bulk_create(
        Subscriber(address=each, folded=each, standing=Standing.CONFIRMED, asked_at=now) for each in people
    )
    rows = Subscription.objects.bulk_create(
        Subscription(subscriber=reader, follows=follows, about=about, began_at=now)
        for reader in readers
        for follows, about in (("topic", "prevent"), ("everything", ""))
    )
    run = Run.objects.create(
        name="daily",
        kind=RunKind.DAILY,
        state=RunState.SENDING,
        local_date=now.date(),
        opened_at=now,
        recipients=500,
    )
    Delivery.objects.bulk_create(
        # The message names one of what they follow, or both.
        Delivery(
            run=run, subscriber=reader, next_at=now,
            entries=[[item.pk, [row.pk for row in rows[2 * at : 2 * at + 1 + at % 2]]]],
        )
        for at, reader in enumerate(readers)
    )  # fmt: skip
    contents, claimed = Contents(), claims.claim(now, 500, [run])
    contents.prepare(claimed)
    sent = [POST.written(one, contents.of(one), now) for one in claimed]
    choice = sign_up.Choice(Follows.TOPIC, "fgm", Pace.DAILY)
    for number in range(10):
        for kind, address in (
            (RequestKind.SIGN_UP, f"n{number}@example.org"),
            (RequestKind.LINK, people[number]),
        ):
            network = f"2001:db8:{number:x}::1"
            sign_up.ask(kind, read_address(address), [choice], network=network, now=now)
    letters.send_waiting(now)
    return [*map(read, sent), *(read(letter.message().as_bytes()) for letter in mail.outbox)]


def test_e8_nothing_changes_when_every_link_of_500_messages_is_fetched(
    client: Client, letters_of_500: list[EmailMessage]
) -> None:
    found = [links_in(message) for message in letters_of_500]
    assert len(found) == 520
    own = [{link for link in links if re.search(r"/alerts/(leave|change|confirm)/", link)} for links in found]
    assert all(own)
    assert len(set().union(*own)) == 2 * 500 + 10
    before = digest()
    for number, link in enumerate(sorted(set().union(*found))):
        if not link.startswith(settings.SITE_ADDRESS):
            continue
        path = link.removeprefix(settings.SITE_ADDRESS) or "/"
        # As programs do it: some ask what there is first, some say that they fetch ahead.
        assert client.get(path, headers={"Sec-Purpose": "prefetch"} if number % 3 else {}).status_code == 200
        if number % 50 == 0:
            assert client.head(path).status_code == 200
            assert client.options(path).status_code in (200, 405)
    assert digest() == before
