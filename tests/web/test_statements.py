"""Statements to readers: never more than whoever runs the service has said."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from almoner.products.statements.enums import QUESTIONS, Statement
from almoner.products.statements.models import Answer
from almoner.products.statements.queries import said, unanswered


def page(client: Client, statement: str) -> str:
    answer = client.get(f"/{statement}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("statement", Statement.values)
def test_statement_that_nobody_completed_says_so_and_what_is_missing(
    client: Client, db: None, statement: str
) -> None:
    shown = page(client, statement)
    assert "This page is not finished" in shown
    for one in said(Statement(statement)):
        assert shown.count(one.question.heading) == 2, "in the note and over the gap"
    assert shown.count("Not stated yet.") >= len(said(Statement(statement)))


def test_answers_are_given_in_the_newsroom_shown_as_plain_text_and_taken_back(
    client: Client, admin_client: Client, settings: Settings
) -> None:
    settings.OPERATOR, settings.CONTACT = "Harbour Trust", "post@example.org"
    assert (
        f"{len(QUESTIONS)} of {len(QUESTIONS)}" in admin_client.get("/newsroom/statements/").content.decode()
    )
    words = {asked.id: f"Words on {asked.id}.\r\n\r\n<script>x</script>" for asked in QUESTIONS}
    admin_client.post("/newsroom/statements/", words)
    assert unanswered() == 0
    for statement in Statement.values:
        raw = client.get(f"/{statement}/").content.decode()
        assert "This page is not finished" not in raw
        assert "<script>x" not in raw
        assert f"<p>Words on {said(Statement(statement))[0].question.id}.</p>" in raw
    admin_client.post("/newsroom/statements/", {"naming-policy": ""})
    assert "This page is not finished" in page(client, "naming")
    assert unanswered() == 1
    assert "that your statements leave open" in admin_client.get("/newsroom/").content.decode()


def test_answer_that_is_too_long_loses_nothing_that_was_typed(admin_client: Client) -> None:
    shown = admin_client.post(
        "/newsroom/statements/", {"naming-policy": "x" * 4001, "naming-spent": "Short."}
    )
    assert b"4000 is the most" in shown.content
    assert b"x" * 4001 in shown.content
    assert b"Short." in shown.content
    assert not Answer.objects.exists()


def test_statements_are_for_those_who_may_answer(client: Client, bob: Any) -> None:
    client.force_login(bob)
    assert client.get("/newsroom/statements/").status_code in (302, 403)
    client.post("/newsroom/statements/", {"naming-policy": "Anything"})
    assert not Answer.objects.exists()
