"""The newsroom's door: the one-time link, the brake on guessing, and a reset that gives nobody away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import Settings

from almoner.newsroom.sign_in import POSTMAN, one_time_path
from almoner.records.accounts.models import Attempt, Person

LOGIN = "/newsroom/login/"
RESET = "/newsroom/password_reset/"
PASSWORD = "horse battery staple tree"


def set_password(client: Client, path: str, password: str = PASSWORD) -> str:
    """Follow a one-time link and choose a password; returns where it ends."""
    page = client.get(path, follow=True)
    form = page.redirect_chain[-1][0] if page.redirect_chain else path
    answer = client.post(form, {"new_password1": password, "new_password2": password}, follow=True)
    return answer.redirect_chain[-1][0] if answer.redirect_chain else ""


def sign_in(client: Client, email: str, password: str, address: str = "203.0.113.5") -> bool:
    answer = client.post(LOGIN, {"username": email, "password": password}, REMOTE_ADDR=address)
    return answer.status_code == 302


@pytest.fixture
def reset_works(settings: Settings) -> None:
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True


def posted() -> list[mail.EmailMessage]:
    """The e-mails that were handed over, once the postman is back."""
    POSTMAN.submit(lambda: None).result()
    return mail.outbox


def test_one_time_link_sets_a_password_and_signs_in(client: Client, alice: Person) -> None:
    assert set_password(client, one_time_path(alice)) == "/newsroom/"
    assert client.get("/newsroom/").status_code == 200
    client.logout()
    assert sign_in(client, "ALICE@example.org", PASSWORD) is False, "e-mail addresses are kept as given"
    assert sign_in(client, "alice@example.org", PASSWORD)


def test_one_time_link_is_used_once(client: Client, alice: Person) -> None:
    path = one_time_path(alice)
    set_password(client, path)
    client.logout()
    page = client.get(path, follow=True)
    assert "This link has ended" in page.content.decode()
    assert set_password(client, path, "another good long password") == ""
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_one_time_link_ends_after_a_day(client: Client, alice: Person) -> None:
    made = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)
    with time_machine.travel(made, tick=False):
        path = one_time_path(alice)
    with time_machine.travel(made + timedelta(hours=23, minutes=59), tick=False):
        assert "Choose a password" in client.get(path, follow=True).content.decode()
    with time_machine.travel(made + timedelta(hours=24, minutes=1), tick=False):
        assert "This link has ended" in Client().get(path, follow=True).content.decode()


@pytest.mark.parametrize("password", ["short", "administrator", "alice@example.org"])
def test_one_time_link_takes_no_password_that_is_easily_guessed(
    client: Client, alice: Person, password: str
) -> None:
    assert set_password(client, one_time_path(alice), password) == ""
    alice.refresh_from_db()
    assert not alice.has_usable_password()


def test_guessing_is_slowed_down_for_an_account_from_one_address(client: Client, alice: Person) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    for _ in range(5):
        assert not sign_in(client, "alice@example.org", "wrong")
    assert not sign_in(client, "alice@example.org", PASSWORD)
    assert sign_in(Client(), "alice@example.org", PASSWORD, address="198.51.100.7")


def test_guessing_is_slowed_down_for_an_address_over_all_accounts(client: Client, alice: Person) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    for number in range(20):
        sign_in(client, f"somebody{number}@example.org", "wrong")
    assert not sign_in(client, "alice@example.org", PASSWORD)


def test_one_visitor_has_many_ipv6_addresses(client: Client, alice: Person) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    for number in range(5):
        sign_in(client, "alice@example.org", "wrong", address=f"2001:db8:0:1::{number + 1:x}")
    assert not sign_in(client, "alice@example.org", PASSWORD, address="2001:db8:0:1:ffff::9")
    assert sign_in(Client(), "alice@example.org", PASSWORD, address="2001:db8:0:2::1")


def test_waiting_lifts_the_brake(client: Client, alice: Person) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    start = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        for _ in range(6):
            sign_in(client, "alice@example.org", "wrong")
    with time_machine.travel(start + timedelta(minutes=16), tick=False):
        assert sign_in(client, "alice@example.org", PASSWORD)


def test_right_password_forgets_what_was_mistyped(client: Client, alice: Person) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "alice@example.org", "wrong")
        assert sign_in(client, "alice@example.org", PASSWORD)


def test_attempts_are_kept_without_names_and_not_for_long(client: Client, alice: Person) -> None:
    with time_machine.travel(datetime(2025, 4, 10, 9, 0, tzinfo=UTC), tick=False):
        sign_in(client, "alice@example.org", "wrong", address="203.0.113.77")
    kept = str(Attempt.objects.values().get())
    assert "alice" not in kept
    assert "203.0.113" not in kept
    with time_machine.travel(datetime(2025, 4, 10, 10, 1, tzinfo=UTC), tick=False):
        sign_in(client, "bob@example.org", "wrong")
    assert Attempt.objects.count() == 1


def test_locked_out_and_wrong_read_the_same_for_an_account_that_does_not_exist(
    client: Client, alice: Person
) -> None:
    def faults(email: str) -> list[str]:
        answers = [client.post(LOGIN, {"username": email, "password": "wrong"}) for _ in range(7)]
        return [str(answer.context["form"].non_field_errors()) for answer in answers]

    assert faults("alice@example.org") == faults("nobody@example.org")


@pytest.mark.usefixtures("reset_works")
def test_reset_answers_the_same_whoever_asks(client: Client, alice: Person) -> None:
    answers = [
        client.post(RESET, {"email": email}, follow=True)
        for email in ("alice@example.org", "nobody@example.org")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    pages = [re.sub(r'"CSRF_TOKEN": "[^"]*"', "", answer.content.decode()) for answer in answers]
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("reset_works")
def test_reset_sends_a_one_time_link_by_a_neutral_e_mail(client: Client, alice: Person) -> None:
    alice.set_password("an older long password")
    alice.save()
    client.post(RESET, {"email": "alice@example.org"})
    (message,) = posted()
    assert message.subject == "A new password"
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(/newsroom/link/\S+)", str(message.body))
    assert set_password(client, link) == "/newsroom/"


@pytest.mark.usefixtures("reset_works")
def test_reset_does_not_fill_a_mailbox(client: Client, alice: Person) -> None:
    alice.set_password("an older long password")
    alice.save()
    for _ in range(6):
        assert client.post(RESET, {"email": "alice@example.org"}).status_code == 302
    assert len(posted()) == 3


def test_without_a_mail_server_the_door_says_whom_to_ask(
    client: Client, settings: Settings, db: None
) -> None:
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = False
    assert "one-time link" in client.get(LOGIN).content.decode()
    assert client.get(RESET).status_code == 404


def test_host_header_does_not_decide_where_a_link_leads(
    client: Client, alice: Person, reset_works: None, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    alice.set_password("an older long password")
    alice.save()
    client.post(RESET, {"email": "alice@example.org"}, HTTP_HOST="evil.example")
    assert "evil.example" not in str(posted()[0].body)


def test_new_person_gets_a_link_instead_of_a_password(
    client: Client, alice: Person, reset_works: None
) -> None:
    client.force_login(alice)
    sent = {"email": "dana@example.org", "first_name": "Dana", "last_name": "Reed", "is_active": "on"}
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/newsroom/users/new/", sent | typed).status_code == 302
    dana = Person.objects.get(email="dana@example.org")
    for path in ("new/", f"edit/{dana.pk}/"):
        assert 'type="password"' not in client.get(f"/newsroom/users/{path}").content.decode()
    assert client.post(f"/newsroom/users/edit/{dana.pk}/", sent | typed).status_code == 302
    client.logout()
    assert not sign_in(client, "dana@example.org", PASSWORD)
    assert not sign_in(client, "dana@example.org", "")
    client.post(RESET, {"email": "dana@example.org"})
    assert posted()[0].to == ["dana@example.org"]
