"""What a reader does with the links in messages: see, change, end, take away, erase; and what programs do with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from almoner.products.alerts import letters, links, sign_up
from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.enums import Ended, Follows, Pace, RequestKind, Standing
from almoner.products.alerts.links import Purpose, Token
from almoner.products.alerts.models import Subscriber, Subscription, Suppression

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
    answer = client.post(change_path(dana), {"action": "end"})
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


def test_e9_one_click_of_somebody_who_is_gone_is_answered_the_same(client: Client, dana: Subscriber) -> None:
    path = leave_path(dana, *dana.subscriptions.all())
    client.post(path)
    dana.delete()
    assert client.post(path).status_code == 200
    assert client.get(path).status_code == 200


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


def test_e8_nothing_changes_when_every_link_is_fetched(client: Client, make_subscriber: Make) -> None:
    now = timezone.now()
    paths = ["/alerts/", "/alerts/link/", "/alerts/asked/"]
    for number in range(100):
        subscriber = make_subscriber(f"r{number}@example.org", "topic:prevent", "everything:@daily")
        rows = list(subscriber.subscriptions.all())
        paths += [change_path(subscriber), f"{change_path(subscriber)}more/", leave_path(subscriber)]
        paths.append(leave_path(subscriber, *rows[: 1 + number % 2]))
        choice = sign_up.Choice(Follows.TOPIC, "fgm", Pace.DAILY)
        sign_up.ask(
            RequestKind.SIGN_UP,
            read_address(f"n{number}@example.org"),
            [choice],
            network=f"2001:db8:{number:x}::1",
            now=now,
        )
    while letters.send_waiting(now):
        pass
    assert len(mail.outbox) == 100
    paths += [link for message in mail.outbox for link in message.body.split() if "/alerts/confirm/" in link]
    before = digest()
    for number, path in enumerate(paths):
        for method in (client.get, client.head, client.options):
            # Each link by each method; a third of them with what a browser sends that fetches ahead.
            headers = {"Sec-Purpose": "prefetch"} if number % 3 == 0 else {}
            answer = method(
                "/" + path.split("/", 3)[-1] if path.startswith("http") else path, headers=headers
            )
            assert answer.status_code in (200, 405)
    assert digest() == before
