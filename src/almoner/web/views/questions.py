"""The questions that a briefing asks: the archive of answers, and the form for readers."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from almoner.lib.written import as_html, read
from almoner.products.briefing.queries import answers, own_briefings, questions
from almoner.products.briefing.services.questions import LONGEST, take_answer
from almoner.web.listing import page_of, pages_beside


@require_safe
def archive(request: HttpRequest, key: str) -> HttpResponse:
    """All questions, newest first."""
    found = get_object_or_404(own_briefings(), key=key)
    page = page_of(questions(found), request.GET.get("page", ""), 30)
    context = {
        "here": "briefings",
        "title": f"Questions of {found.name}",
        "briefing": found,
        "page": page,
        **pages_beside(request.path, page),
    }
    return render(request, "pages/questions.html", context)


@csrf_exempt  # whoever answers has no account, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def question(request: HttpRequest, key: str, question: str) -> HttpResponse:
    """A question with our answer and those of readers, and the form. What is sent waits for an editor."""
    briefing = get_object_or_404(own_briefings(), key=key)
    found = get_object_or_404(questions(briefing), key=question)
    fault, is_taken = "", False
    words, name = request.POST.get("words", ""), request.POST.get("name", "")
    if request.method == "POST":
        try:
            address = str(request.META.get("REMOTE_ADDR", ""))
            take_answer(found, words, name, address, now=timezone.now())
            is_taken = True
        except ValidationError as refused:
            fault = " ".join(refused.messages)
    context = {
        "here": "briefings",
        "title": found.asked,
        "briefing": briefing,
        "question": found,
        "behind": as_html(read(found.words), level=2),
        "answer": as_html(read(found.answer), level=3),
        "answers": answers(found),
        "fault": fault,
        "is_taken": is_taken,
        "words": words,
        "name": name,
        "longest": LONGEST,
    }
    response = render(request, "pages/question.html", context)
    if fault:
        response.status_code = HTTPStatus.BAD_REQUEST
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response
