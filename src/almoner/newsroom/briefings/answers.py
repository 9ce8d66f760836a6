"""Answers of readers that wait for an editor."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages
from wagtail.log_actions import log

from almoner.newsroom.briefings.base import OfIssues
from almoner.newsroom.records import number_sent
from almoner.products.briefing.enums import AnswerState
from almoner.products.briefing.models import Answer
from almoner.products.briefing.services.questions import decide

A_PAGE: Final = 50


class AnswersView(OfIssues):
    """Those that wait, oldest first, and the decision about each."""

    page_title = "Answers of readers"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        waiting = Answer.objects.filter(state=AnswerState.WAITING).select_related("question")[:A_PAGE]
        return render(
            request, "newsroom/briefings/answers.html", self.get_context_data() | {"answers": waiting}
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show one to readers, or do not."""
        answer = get_object_or_404(Answer, pk=number_sent(request.POST.get("answer")))
        state = AnswerState.SHOWN if request.POST.get("state") == "shown" else AnswerState.REFUSED
        decide(answer, state)
        log(answer.question, "almoner.answer_decide", user=request.user, data={"about": state.label})
        messages.success(request, "Readers see it now." if state is AnswerState.SHOWN else "It is not shown.")
        return redirect("issues:answers")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return self.way_back(("", self.page_title))
