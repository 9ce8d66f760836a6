"""The newsroom's door: signing in, asking for a new password, and the one-time link that sets one."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

import structlog
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from almoner.records.accounts import services
from almoner.records.accounts.enums import Purpose
from almoner.records.accounts.models import Person

log = structlog.get_logger("almoner.newsroom")

POSTMAN: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postman")
"""Hands reset e-mails over, so that the answer takes no longer for an address that has an account."""


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind a trusted proxy, what the proxy said."""
    return str(request.META.get("REMOTE_ADDR", ""))


def one_time_path(person: Person) -> str:
    """The path of a fresh one-time link for this person."""
    return reverse("one_time_link", args=services.one_time_parts(person))


class SignInForm(LoginForm):  # type: ignore[misc]
    """Wagtail's form, with a brake on guessing."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True}
        )
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}

    def clean(self) -> dict[str, Any]:
        """Check the brake, then the password."""
        email, address = self.cleaned_data.get("username", ""), address_of(self.request)
        if not services.admit(Purpose.SIGN_IN, email, address, now=timezone.now()):
            raise ValidationError(
                "Too many attempts. Wait 15 minutes, or ask whoever runs this service for a one-time link.",
                code="throttled",
            )
        cleaned: dict[str, Any] = super().clean()
        services.forget_attempts(email, address)
        return cleaned


class ResetForm(PasswordResetForm):  # type: ignore[misc]
    """Wagtail's form; whatever the address, the answer is the same and takes as long."""

    def get_users(self, email: str) -> Iterable[Person]:
        """Who gets a link. Django leaves out those without a password; here a link is how they get one."""
        return Person.objects.filter(email__iexact=email, is_active=True)

    def save(self, *, request: HttpRequest, **options: Any) -> None:
        """Send a link to the accounts with this address, unless it was asked for too often."""
        email, address = self.cleaned_data["email"], address_of(request)
        if services.admit(Purpose.RESET, email, address, now=timezone.now()):
            super().save(request=request, **options)

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        **_: Any,
    ) -> None:
        """Write the e-mail now, and hand it over in the background."""
        subject = " ".join(render_to_string(subject_template_name, context).split())
        body = render_to_string(email_template_name, context)
        message = EmailMultiAlternatives(subject, body, from_email, [to_email])
        POSTMAN.submit(message.send).add_done_callback(_note_failure)


def _note_failure(sent: Future[int]) -> None:
    if fault := sent.exception():
        log.error("a password e-mail could not be handed over", fault=type(fault).__name__)


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """Django's form; the page says in one sentence what a password needs."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for field in self.fields.values():
            field.help_text = ""


class OneTimeLinkView(PasswordResetConfirmView):
    """Sets a password by a one-time link and signs in."""

    template_name = "newsroom/one_time_link.html"
    form_class = NewPasswordForm
    post_reset_login = True
    success_url = reverse_lazy("wagtailadmin_home")
