"""Signing up by e-mail: two steps, alike for everybody, and no flood of letters to anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from almoner.products.alerts import installation, letters, running, sign_up
from almoner.products.alerts.addresses import read_address
from almoner.products.alerts.enums import Ended, RequestKind, Standing
from almoner.products.alerts.matching import readers
from almoner.products.alerts.models import Consent, Request, SavedSearch, Subscriber, Suppression
from almoner.products.alerts.suppression import hashed
from almoner.products.briefing.models import Briefing, Issue
from almoner.records.accounts import services as accounts
from almoner.records.accounts.enums import Purpose
from almoner.records.guidance.models import Work

Make = Callable[..., Any]
FORM = {"follow": ["topic:prevent", "everything:"], "pace": "daily", "address": "Dana@Example.org"}


def open_to_all(monkeypatch: pytest.MonkeyPatch, *purposes: Purpose) -> None:
    """Lift the limits of these purposes."""
    monkeypatch.setattr(accounts, "LIMITS", {**accounts.LIMITS, **dict.fromkeys(purposes, ())})


def post(client: Client, path: str = "/alerts/", **changed: Any) -> Any:
    return client.post(path, {**FORM, **changed})


def path_in(message: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/alerts/\S+)", message.body)
    assert found
    return found[1]


def signed_up(client: Client, **changed: Any) -> str:
    """Sign up as far as the letter; the path of the link in it."""
    assert post(client, **changed).status_code == 303
    assert letters.send_waiting(timezone.now()) == 1
    return path_in(mail.outbox[-1])


def test_form_offers_what_there_is_and_needs_no_script_or_cookie(client: Client, make_item: Make) -> None:
    make_item("One", publisher="Thistlequay Council")
    page = client.get("/alerts/")
    content = page.content.decode()
    for value in ("topic:prevent", "audience:schools", "publisher:thistlequay-council", "everything:"):
        assert f'value="{value}"' in content
    assert 'value="area:E08000035"' in content
    assert sign_up.consent_words() in content
    assert not page.cookies
    assert page["X-Robots-Tag"] == "noindex"


def test_nothing_is_sent_before_somebody_says_yes(client: Client, db: None) -> None:
    confirm = signed_up(Client(enforce_csrf_checks=True))
    assert not Subscriber.objects.exists()
    page = client.get(confirm)
    assert b"Prevent and radicalisation" in page.content
    assert not Subscriber.objects.exists()
    answer = client.post(confirm)
    assert answer.status_code == 303
    subscriber = Subscriber.objects.get()
    assert (subscriber.address, subscriber.folded) == ("Dana@example.org", "dana@example.org")
    assert subscriber.standing == Standing.CONFIRMED
    assert {(row.follows, row.about, row.pace) for row in subscriber.subscriptions.all()} == {
        ("topic", "prevent", "daily"),
        ("everything", "", "daily"),
    }
    consent = subscriber.consents.get()
    assert (consent.given, consent.how, consent.words) == (True, "form", sign_up.consent_words())
    assert not Request.objects.exists()
    assert b"was used, or is too old" in client.post(confirm).content
    assert Consent.objects.count() == 1


def test_confirming_leads_to_the_page_of_all_that_is_followed(client: Client, db: None) -> None:
    mine = client.post(signed_up(client))["Location"]
    page = client.get(mine)
    assert b"Dana@example.org" in page.content
    for told in ("prevent", "everything", "dana"):
        assert told not in mine.lower()


def test_choices_that_do_not_exist_are_left_out(client: Client, db: None) -> None:
    client.post(
        signed_up(client, follow=["topic:prevent", "topic:cats", "work:none", "nonsense", "area:E99999999"])
    )
    assert [row.about for row in Subscriber.objects.get().subscriptions.all()] == ["prevent"]


@pytest.mark.parametrize(
    "changed", [{"follow": []}, {"follow": ["topic:cats"]}, {"address": "dana"}, {"address": ""}]
)
def test_what_is_wrong_is_said_and_the_choices_stay(client: Client, db: None, changed: Any) -> None:
    answer = post(client, **changed)
    assert answer.status_code == 400
    content = answer.content.decode()
    assert 'role="alert"' in content
    if "follow" not in changed:
        assert re.search(r'value="topic:prevent" checked', content)
    assert not Request.objects.exists()


def test_button_elsewhere_brings_its_choice_along_and_no_address_does(client: Client, db: None) -> None:
    page = client.post("/alerts/", {"follow": "topic:prevent"}).content.decode()
    assert re.search(r'value="topic:prevent" checked', page)
    assert " checked" not in client.get("/alerts/?follow=topic:prevent").content.decode().replace(
        'value="weekly" checked', ""
    )


def test_link_is_too_old_after_a_week(client: Client, db: None) -> None:
    confirm = signed_up(client)
    Request.objects.update(at=timezone.now() - sign_up.VALID)
    assert b"too old" in client.get(confirm).content
    assert b"too old" in client.post(confirm).content
    assert not Subscriber.objects.exists()
    assert letters.forget_old(timezone.now()) == 1


def test_signing_up_again_adds_and_changes_the_pace(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    open_to_all(monkeypatch, Purpose.SIGN_UP)
    client.post(signed_up(client))
    client.post(signed_up(client, follow=["topic:prevent", "topic:stalking"], pace="weekly"))
    rows = Subscriber.objects.get().subscriptions.values_list("about", "pace")
    assert set(rows) == {("prevent", "weekly"), ("", "daily"), ("stalking", "weekly")}


def test_who_left_comes_back_by_signing_up_anew(client: Client, make_subscriber: Make, now: datetime) -> None:
    from almoner.products.alerts import preferences

    subscriber = make_subscriber("dana@example.org", "topic:stalking")
    preferences.leave(subscriber, (), now, how="link")
    client.post(signed_up(client))
    subscriber.refresh_from_db()
    assert subscriber.standing == Standing.CONFIRMED
    assert subscriber.subscriptions.filter(ended_at=None).count() == 2
    assert not Suppression.objects.exists()
    assert list(subscriber.consents.values_list("given", flat=True)) == [False, True]


@pytest.mark.parametrize("why", [Ended.COMPLAINED, Ended.BOUNCED])
def test_who_complained_or_cannot_be_reached_is_not_written_to(
    client: Client, now: datetime, db: None, why: str
) -> None:
    Suppression.objects.create(hashed=hashed("dana@example.org"), why=why, since=now)
    assert post(client).status_code == 303
    assert letters.send_waiting(timezone.now()) == 0
    assert not mail.outbox
    assert sign_up.confirm(Request.objects.get().key, timezone.now()) is None


def test_honeypot_keeps_nothing_and_answers_alike(client: Client, db: None) -> None:
    trapped, open_ = post(client, homepage="x"), post(client)
    assert (trapped.status_code, trapped["Location"]) == (open_.status_code, open_["Location"])
    assert Request.objects.count() == 1


# E11: nothing that somebody types ends a header line or names a second recipient.


@given(st.text(max_size=60), st.sampled_from('\r\n\x00\u2028\u2029\x85,;<>"() \t\x1f'))
def test_e11_no_address_carries_a_header(text: str, odd: str) -> None:
    for typed in (f"a{odd}{text}@example.org", f"a@example.org{odd}Bcc: {text}@example.org", text):
        try:
            address = read_address(typed)
        except ValueError:
            continue
        for each in (address.typed, address.folded):
            assert re.fullmatch(r"[\x21-\x7e]+@[a-z0-9.-]+", each)
            assert not re.search(r'[,;<>"()\\]', each)
            assert each.count("@") == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Dana.Vale@Example.ORG ", "Dana.Vale@example.org"),
        ("dana+news@example.org", "dana+news@example.org"),
        ("dana@bücher.example", "dana@xn--bcher-kva.example"),
    ],
)
def test_addresses_are_kept_as_they_were_typed(typed: str, kept: str) -> None:
    assert read_address(typed).typed == kept


def test_e11_letter_has_one_recipient_and_our_headers_alone(client: Client, db: None) -> None:
    signed_up(client)
    message = mail.outbox[0].message()
    assert message.get_all("To") == ["Dana@example.org"]
    assert message.get_all("Bcc", []) + message.get_all("Cc", []) == []
    assert mail.outbox[0].recipients() == ["Dana@example.org"]


def test_e16_two_who_ask_get_a_letter_each_with_their_own_link(client: Client, db: None) -> None:
    post(client)
    post(client, address="eve@example.org")
    letters.send_waiting(timezone.now())
    assert sorted(message.recipients() for message in mail.outbox) == [
        ["Dana@example.org"],
        ["eve@example.org"],
    ]
    assert len({path_in(message) for message in mail.outbox}) == 2


def test_e15_letters_tell_nothing_of_what_is_followed(client: Client, make_subscriber: Make) -> None:
    make_subscriber("eve@example.org", "topic:prevent")
    post(client)
    post(client, "/alerts/link/", address="eve@example.org")
    letters.send_waiting(timezone.now())
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert not re.search("prevent|radicalis|safeguard|abuse", str(message.message()), re.IGNORECASE)
        assert message.subject in {"Please confirm", "Your link"}


# E12: the answer, its work and its mail are the same for known and unknown addresses.


@pytest.mark.parametrize("path", ["/alerts/", "/alerts/link/"])
def test_e12_known_and_unknown_addresses_are_answered_alike(
    client: Client, make_subscriber: Make, monkeypatch: pytest.MonkeyPatch, path: str, now: datetime
) -> None:
    open_to_all(monkeypatch, Purpose.ALERTS)
    for number in range(5):
        make_subscriber(f"known{number}@example.org", "topic:prevent", "everything:")
        make_subscriber(f"ended{number}@example.org", standing="ended", ended_at=now)
    Suppression.objects.create(hashed=hashed("gone0@example.org"), why=Ended.COMPLAINED, since=now)
    post(client, path, address="first@example.org")
    seen: dict[str, list[Any]] = {}
    for kind in ("known", "ended", "gone", "fresh"):
        for number in range(5):
            with CaptureQueriesContext(connection) as queries:
                answer = post(client, path, address=f"{kind}{number}@example.org")
            shape = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
            seen.setdefault(kind, []).append((answer.status_code, answer["Location"], answer.content, shape))
    assert all(each == seen["fresh"][0] for rows in seen.values() for each in rows)
    assert len({row.state for row in Request.objects.all()}) == 1


def test_e12_asking_again_within_a_day_is_answered_alike(client: Client, db: None) -> None:
    works = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = post(client)
        works.append((answer.status_code, answer["Location"], len(queries)))
    assert works[0] == works[1]


def test_e12_link_is_sent_to_known_and_unknown_and_only_the_words_differ(
    client: Client, make_subscriber: Make
) -> None:
    make_subscriber("dana@example.org", "topic:prevent")
    for address in ("dana@example.org", "nobody@example.org"):
        post(client, "/alerts/link/", address=address)
    letters.send_waiting(timezone.now())
    told = {message.to[0]: message for message in mail.outbox}
    assert {message.subject for message in mail.outbox} == {"Your link"}
    assert client.get(path_in(told["dana@example.org"])).status_code == 200
    assert "Nothing is sent to this address" in told["nobody@example.org"].body


# E13: list bombing.


def test_e13_a_mailbox_gets_one_letter_a_day_however_it_is_written(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    open_to_all(monkeypatch, Purpose.ALERTS)
    for number, address in enumerate(["dana@example.org", "DANA@example.org", "da.na+x@example.org"] * 5):
        answer = client.post("/alerts/", {**FORM, "address": address}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == 303
    while letters.send_waiting(timezone.now()):
        pass
    assert len(mail.outbox) == 1


def test_e13_a_network_asks_for_no_more_than_a_school_would(client: Client, db: None) -> None:
    codes = [
        client.post(
            "/alerts/", {**FORM, "address": f"r{number}@example.org"}, REMOTE_ADDR="192.0.2.9"
        ).status_code
        for number in range(25)
    ]
    assert codes == [303] * 20 + [429] * 5
    assert Request.objects.count() == 20


def test_e13_many_networks_at_once_meet_a_ceiling(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    network, everybody = accounts.LIMITS[Purpose.ALERTS]
    low = accounts.Limit(everybody.columns, 5, everybody.window)
    monkeypatch.setattr(accounts, "LIMITS", {**accounts.LIMITS, Purpose.ALERTS: (network, low)})
    codes = [
        client.post(
            "/alerts/link/", {"address": f"r{number}@example.org"}, REMOTE_ADDR=f"192.0.2.{number}"
        ).status_code
        for number in range(8)
    ]
    assert codes == [303] * 5 + [429] * 3


def test_letter_that_cannot_be_handed_over_is_tried_again_and_given_up(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise ConnectionRefusedError

    post(client)
    monkeypatch.setattr(letters, "get_connection", refuse)
    now, tries = timezone.now(), 0
    while Request.objects.get().state == "waiting":
        assert letters.send_waiting(now) == 0
        assert letters.send_waiting(now) == 0
        now, tries = Request.objects.get().next_at, tries + 1
    assert Request.objects.get().state == "failed"
    assert tries == letters.TRIES
    assert letters.troubles() == [("The mail server could not be reached.", 1, 0)]
    assert letters.try_again(now) == 1
    monkeypatch.undo()
    assert letters.send_waiting(now) == 1
    assert letters.troubles() == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (SMTPRecipientsRefused({"ann@example.org": (550, b"5.1.1 <ann@example.org> who?")}),
         "The mail server does not take the address (550)."),
        (SMTPAuthenticationError(535, b"5.7.8 no"), "The mail server takes nothing from us (535)."),
        (SMTPServerDisconnected("gone"), "The mail server could not be reached."),
    ],
)  # fmt: skip
def test_letter_that_was_refused_says_why_without_the_address(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None, fault: Exception, said: str
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise fault

    post(client)
    monkeypatch.setattr(letters, "get_connection", refuse)
    letters.send_waiting(timezone.now())
    assert Request.objects.get().problem == said


def test_two_senders_send_a_letter_once(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    post(client)
    send, now = letters._send, timezone.now()

    def meanwhile(request: Request, at: datetime) -> Any:
        assert letters.send_waiting(now) == 0
        return send(request, at)

    monkeypatch.setattr(letters, "_send", meanwhile)
    assert letters.send_waiting(now) == 1
    assert len(mail.outbox) == 1


def test_link_request_is_no_sign_up(client: Client, db: None, now: datetime) -> None:
    post(client, "/alerts/link/")
    request = Request.objects.get()
    assert request.kind == RequestKind.LINK
    assert sign_up.confirm(request.key, now + timedelta(0)) is None


def test_pages_offer_to_tell_by_e_mail_without_a_word_in_an_address(
    client: Client, make_item: Make, now: datetime
) -> None:
    Work.objects.create(slug="kcsie", title="Keeping children safe")
    make_item("Taxis")
    saved = client.post("/search/saved/", {"q": "taxis"}).content.decode()
    for page, follow in (
        (client.get("/topics/prevent/").content.decode(), "topic:prevent"),
        (client.get("/guidance/kcsie/").content.decode(), "work:kcsie"),
        (saved, f"search:{SavedSearch.objects.get().key}"),
    ):
        assert f'name="follow" value="{follow}">Tell me by e-mail' in page
        form = client.post("/alerts/", {"follow": follow}).content.decode()
        assert re.search(rf'value="{follow}" checked', form)


def test_saved_search_is_followed_by_its_key_and_called_by_its_name(client: Client, make_item: Make) -> None:
    make_item("Taxis")
    client.post("/search/saved/", {"q": "taxis", "name": "At night"})
    key = SavedSearch.objects.get().key
    mine = client.post(signed_up(client, follow=[f"search:{key}"]))["Location"]
    page = client.get(mine).content.decode()
    assert "At night" in page
    assert "taxis" not in page.lower()


@pytest.mark.parametrize("sends", [True, False])
def test_form_says_where_nothing_can_be_sent(client: Client, db: None, settings: Any, sends: bool) -> None:
    settings.MAIL_SERVER = sends
    for path in ("/alerts/", "/alerts/link/"):
        assert (b"no mail server yet" in client.get(path).content) is not sends


def test_letters_go_with_everything_else_and_not_from_a_copy(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, db: None
) -> None:
    settings.DATA = tmp_path

    class Nothing:
        def sweep(self) -> int:
            return 0

    post(client)
    sender: Any = Nothing()
    monkeypatch.setattr(installation, "why_held", lambda: "This is a copy.")
    running.send_due(sender, timezone.now)
    assert not mail.outbox
    monkeypatch.setattr(installation, "why_held", str)
    running.send_due(sender, timezone.now)
    assert len(mail.outbox) == 1


def test_who_left_is_forgotten_after_thirty_days(make_subscriber: Make, now: datetime) -> None:
    make_subscriber("left@example.org", standing="ended", ended_at=now)
    make_subscriber("here@example.org")
    assert letters.forget_old(now + letters.KEPT - timedelta(minutes=1)) == 0
    assert letters.forget_old(now + letters.KEPT) == 1
    assert Subscriber.objects.get().folded == "here@example.org"


def test_briefing_that_has_come_out_is_followed_in_the_edition_for_an_audience(
    client: Client, db: None, now: datetime
) -> None:
    weekly = Briefing.objects.create(key="weekly", name="Harbour weekly", audiences=["schools", "none"])
    Briefing.objects.create(key="draft", name="Not out yet")
    Issue.objects.create(
        briefing=weekly, number=1, title="One", on=now.date(), since=now, until=now, state="published", changed_at=now,
        published_at=now,
    )  # fmt: skip
    page = client.get("/alerts/").content.decode()
    assert 'value="briefing:weekly"' in page
    assert "Harbour weekly for schools" in page
    assert "Not out yet" not in page
    mine = client.post(signed_up(client, follow=["briefing:weekly/schools", "briefing:draft"]))["Location"]
    assert "Harbour weekly for schools" in client.get(mine).content.decode()
    assert [(each.subscription, each.audience) for each in readers("weekly", ["schools"])] == [
        (Subscriber.objects.get().subscriptions.get().pk, "schools")
    ]
    assert 'value="briefing:weekly">Tell me by e-mail' in client.get("/briefing/weekly/").content.decode()
