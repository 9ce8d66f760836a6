"""Previews of an issue in each of its forms, and a test message to the editor who asks for one."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import messages

from almoner.newsroom.briefings.base import OfIssue
from almoner.newsroom.framed import framed_message
from almoner.products.briefing.content import Content, content_of
from almoner.products.briefing.letters import message_of, send_test
from almoner.products.briefing.print_file import print_file
from almoner.records.accounts.models import Person

FORMS: Final = {
    "light": "E-mail by day",
    "dark": "E-mail by night",
    "narrow": "E-mail on a phone",
    "plain": "E-mail as plain text",
    "bare": "E-mail without styles",
    "print": "Print",
}
_STYLES: Final = re.compile(r"<style>.*?</style>|\sstyle=\"[^\"]*\"", re.DOTALL)
_SCHEME: Final = "(prefers-color-scheme: dark)"


class _OfForms(OfIssue):
    """A page about one form of an issue."""

    def asked(self) -> tuple[str, Content]:
        """Which form, and of which edition. `Http404` where there is no such one."""
        form, audience = self.request.GET.get("as", "light"), self.request.GET.get("for", "")
        if form not in FORMS or audience not in {"", *self.issue.briefing.audiences}:
            raise Http404("no such form")
        return form, content_of(self.issue, audience)


class PreviewView(_OfForms):
    """The issue in one of its forms."""

    page_title = "Preview"

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Show it."""
        form, content = self.asked()
        message = message_of(content)
        context = self.get_context_data() | {
            "issue": self.issue,
            "forms": FORMS,
            "form": form,
            "form_name": FORMS[form],
            "audience": content.audience,
            "editions": [("", "Everybody")]
            + [(code, content_of(self.issue, code).for_whom) for code in self.issue.briefing.audiences],
            "message": message,
            "size": round(len(message.html.encode()) / 1000),
            "is_mailing": not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"),
        }
        return render(request, "newsroom/briefings/preview.html", context)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Send a test to whoever asks, and to nobody else."""
        content = self.asked()[1]
        assert isinstance(request.user, Person)
        send_test(content, request.user.email)
        messages.success(request, f"A test is on its way to {request.user.email}.")
        return redirect(f"{reverse('issues:preview', args=[self.issue.pk])}?for={content.audience}")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        composer = (reverse("issues:compose", args=[self.issue.pk]), str(self.issue))
        return self.way_back(composer, ("", self.page_title))


class FormView(_OfForms):
    """What stands in the preview's frame."""

    def get(self, _request: HttpRequest, **_: int) -> HttpResponse:
        """The form itself."""
        form, content = self.asked()
        if form == "print":
            response = HttpResponse(print_file(content).content, content_type="application/pdf")
            response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
            return response
        html = message_of(content).html
        if form == "dark":
            html = html.replace(_SCHEME, "all")
        elif form in {"light", "narrow"}:
            html = html.replace(_SCHEME, "not all")
        elif form == "bare":
            html = without_styles(html)
        return framed_message(html)


def without_styles(html: str) -> str:
    """A message as a program shows it that knows no styles."""
    return _STYLES.sub("", html)


show_form = xframe_options_sameorigin(FormView.as_view())
