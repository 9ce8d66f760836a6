"""Mail that waits: messages to a source whose sender is not known or not proven, kept unread until somebody decides."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.records import PagesViewSet, Permitted
from almoner.pipeline.errors import PipelineError
from almoner.records.ingest import letters
from almoner.records.ingest.care import plain
from almoner.records.ingest.models import Letter, Source

A_PAGE: Final = 25


class _OfLetters(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """A page about mail, for those who may change sources."""

    concerns = Source
    header_icon = "mail"


class WaitingView(_OfLetters):
    """The list of messages that wait, newest first."""

    page_title = "Waiting mail"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it."""
        page = Paginator(letters.waiting(), A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data() | {"page": page, "total": page.paginator.count}
        return render(request, "newsroom/letters/list.html", context)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class LetterView(_OfLetters):
    """One message: what it says of itself, what proves it, its first words; and the decision."""

    page_title = "Message"

    @cached_property
    def letter(self) -> Letter:
        """The message in question, decided or not."""
        return get_object_or_404(Letter.objects.select_related("snapshot__source"), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Show it."""
        try:
            beginning, fault = letters.beginning(self.letter), ""
        except PipelineError as error:
            beginning, fault = "", plain(error)
        context = self.get_context_data() | {
            "letter": self.letter,
            "source": self.letter.snapshot.source,
            "beginning": beginning,
            "fault": fault,
            "sender": letters.sender_of(self.letter),
            "waits": self.letter.state == "waiting",
        }
        return render(request, "newsroom/letters/letter.html", context)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Decide about it; say why that cannot be done."""
        action = request.POST.get("action", "")
        try:
            with transaction.atomic():
                told = self._discard() if action == "discard" else self._let_in(action == "always")
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        except PipelineError as error:
            messages.error(request, plain(error))
        else:
            messages.success(request, told)
            return redirect("letters:index")
        return redirect("letters:letter", self.letter.pk)

    def _discard(self) -> str:
        letters.discard(self.letter, timezone.now())
        self._log("almoner.letter_discard")
        return "Discarded. It is never read, and does not come again."

    def _let_in(self, always: bool) -> str:
        read = letters.let_in(self.letter, timezone.now(), always=always)
        self._log("almoner.sender_let_in" if always else "almoner.letter_let_in")
        others = f" With it {read - 1} more of this sender." if read > 1 else ""
        return f"Let in and read.{others} Its items go the usual way of {self.letter.snapshot.source}."

    def _log(self, action: str) -> None:
        data = {"sender": self.letter.sender, "subject": self.letter.subject}
        log(self.letter.snapshot.source, action, user=self.request.user, data=data)

    def get_page_subtitle(self) -> str:
        """What it is about."""
        return str(self.letter)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("letters:index"), "label": WaitingView.page_title},
            {"url": "", "label": str(self.letter)},
        ]


class LetterViewSet(PagesViewSet):
    """The pages of mail that waits, and their place in the menu."""

    name = "letters"
    url_prefix = "mail"
    concerns = Source
    menu_label = "Waiting mail"
    icon = "mail"
    menu_order = 25

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        return [
            path("", WaitingView.as_view(), name="index"),
            path("<int:pk>/", LetterView.as_view(), name="letter"),
        ]
