"""The search page: words stay out of addresses, matches are marked, nothing typed is run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

MakeItem = Callable[..., Any]


def test_search_marks_what_was_found(client: Client, make_item: MakeItem) -> None:
    make_item("Safeguarding in taxis", summary="What licensing officers can ask for.")
    page = client.post("/search/", {"q": "taxis officers"}).content.decode()
    assert "Safeguarding in <mark>taxis</mark>" in page
    assert "licensing <mark>officers</mark>" in page
    assert "1 item<" in page


def test_search_works_without_cookie_and_token(make_item: MakeItem) -> None:
    make_item("Safeguarding in taxis")
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/search/", {"q": "taxis"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert b"<mark>taxis</mark>" in answer.content


def test_search_form_puts_no_words_in_an_address(client: Client, make_item: MakeItem) -> None:
    for number in range(25):
        make_item(f"Taxi number {number}")
    page = client.post("/search/", {"q": "taxi"}).content.decode()
    assert 'method="post"' in page
    assert "?q=" not in page
    assert 'name="page" value="2"' in page
    assert "Page 2 of 3" in client.post("/search/", {"q": "taxi", "page": "2"}).content.decode()


def test_search_by_a_link_works_too(client: Client, make_item: MakeItem) -> None:
    make_item("Safeguarding in taxis")
    assert b"<mark>taxis</mark>" in client.get("/search/", {"q": "taxis"}).content


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '" OR 1=1 --',
        "NEAR(",
        "*",
        "\x00",
        "a" * 100_000,
        "“",
        "-",
        "\ud800x",
        "😀",
    ],
)
def test_search_takes_anything_that_can_be_typed(client: Client, make_item: MakeItem, words: str) -> None:
    make_item("Something")
    answer = client.post("/search/", {"q": words.encode(errors="surrogatepass").decode(errors="replace")})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("page", ["0", "-3", "x", "999999999999999999999999", "²"])
def test_search_page_number_that_makes_no_sense_gives_a_page(
    client: Client, make_item: MakeItem, page: str
) -> None:
    make_item("Safeguarding in taxis")
    assert b"<mark>taxis</mark>" in client.post("/search/", {"q": "taxis", "page": page}).content


def test_search_that_finds_nothing_says_what_to_try(client: Client, make_item: MakeItem) -> None:
    make_item("Safeguarding in taxis")
    page = client.post("/search/", {"q": "zzyzx"}).content
    assert b"Nothing found" in page
    assert b"check the spelling" in page


def test_search_that_finds_only_some_words_says_so(client: Client, make_item: MakeItem) -> None:
    make_item("Safeguarding in taxis")
    page = client.post("/search/", {"q": "taxis zzyzx"}).content
    assert b"None of these has all of the words" in page


def test_search_never_shows_a_private_name_as_a_match(client: Client, make_item: MakeItem) -> None:
    make_item("Review after a death", text="Robin Vale died.", private_names=["Robin Vale"], licence="own")
    page = client.post("/search/", {"q": "Robin Vale"}).content
    assert b"Nothing found" in page


def test_search_is_narrowed_by_buttons_and_let_go_again(client: Client, make_item: MakeItem) -> None:
    make_item("Taxis and trains", kind="news", published="2024-05-01")
    make_item("Taxis at night", kind="guidance", published="2025-05-01")
    page = client.post("/search/", {"q": "taxis"}).content.decode()
    assert 'name="choose" value="kind:guidance"' in page
    narrow = client.post("/search/", {"q": "taxis", "choose": "kind:guidance"}).content.decode()
    assert "1 item<" in narrow
    assert '<input type="hidden" name="kind" value="guidance">' in narrow
    assert "Kind: Guidance" in narrow
    both = {"q": "taxis", "kind": "guidance", "first": "2025", "last": ""}
    assert "Year: since 2025" in client.post("/search/", both).content.decode()
    free = client.post("/search/", {"q": "taxis", "kind": "guidance", "drop": "kind"}).content.decode()
    assert "2 items<" in free
    for each in (page, narrow, free):
        assert "?q=" not in each
        assert "?kind=" not in each


def test_search_narrowed_to_nothing_says_what_would_help(client: Client, make_item: MakeItem) -> None:
    make_item("Taxis and trains", kind="news")
    asked = {"q": "taxis", "kind": "guidance"}
    page = client.post("/search/", asked).content.decode()
    assert "Nothing with these words is in kind “Guidance”. There is something" in page
    assert "without “Guidance”</button>: 1 item<" in page
    assert "check the spelling" not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"choose": "kind"},
        {"choose": "status:waiting"},
        {"choose": "kind:" + "a" * 5000},
        {"first": "19999", "last": "x"},
        {"first": "", "last": ""},
        {"drop": "nothing"},
        {"kind": "\x00", "year": "²²²²"},
        {"place": "%_'\""},
    ],
)
def test_search_takes_any_choice(client: Client, make_item: MakeItem, asked: dict[str, str]) -> None:
    make_item("Taxis and trains")
    assert client.post("/search/", {"q": "taxis", **asked}).status_code == 200


def test_suggestions_come_by_post_and_are_not_kept(make_item: MakeItem) -> None:
    client = Client(enforce_csrf_checks=True)
    item = make_item("Taxis at night")
    answer = client.post("/search/suggestions/", {"q": "taxis"})
    assert answer.json()["suggestions"] == [
        {"words": "Taxis at night", "what": "News", "address": item.get_absolute_url()}
    ]
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert client.get("/search/suggestions/?q=taxis").status_code == 405


def test_search_offers_another_spelling(client: Client, make_item: MakeItem) -> None:
    make_item("Safeguarding in taxis")
    page = client.post("/search/", {"q": "safegarding"}).content.decode()
    assert 'name="q" value="safeguarding">safeguarding</button>?' in page
