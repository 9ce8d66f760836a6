"""GOV.UK watched: what is new, has changed, is withdrawn, has moved or is gone."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from almoner.pipeline.errors import Failed, Gone, PipelineError
from almoner.pipeline.sources.govuk import queries
from tests.pipeline.sources.site import Site, titles

HOME = "https://www.gov.uk"
OFFICE = f"{HOME}/government/organisations/invented-office"


def result(name: str, changed: str = "2026-11-01T09:00:00.000+00:00", **more: Any) -> dict[str, Any]:
    return {"title": f"About {name}", "link": f"/guidance/{name}", "public_timestamp": changed, **more}


def document(name: str, body: str = "What clubs must do about it.", **more: Any) -> dict[str, Any]:
    return {
        "base_path": f"/guidance/{name}",
        "content_id": f"id-{name}",
        "document_type": "guidance",
        "title": f"About {name}",
        "first_published_at": "2026-10-01T09:00:00.000+01:00",
        "details": {"body": f"<p>{body}</p>"},
        **more,
    }


def office(*results: dict[str, Any], **documents: Any) -> Site:
    site = Site("govuk", {queries.request(OFFICE): {"results": list(results), "total": len(results)}})
    for name, content in documents.items():
        site.pages[f"{HOME}/api/content/guidance/{name}"] = content
    return site


@pytest.mark.parametrize(
    ("address", "filters"),
    [
        ("/government/organisations/ofsted", {"filter_organisations": ["ofsted"]}),
        ("/government/organisations/ofsted.atom", {"filter_organisations": ["ofsted"]}),
        ("/government/topical-events/a-review", {"filter_topical_events": ["a-review"]}),
        ("/government/people/a-minister", {"filter_people": ["a-minister"]}),
        (
            "/search/guidance-and-regulation?organisations[]=ofsted&organisations[]=dfe&order=updated-newest",
            {
                "filter_content_purpose_supergroup": ["guidance_and_regulation"],
                "filter_organisations": ["ofsted", "dfe"],
            },
        ),
        ("/search/all?keywords=child+exploitation", {"q": ["child exploitation"]}),
        ("/api/search.json?q=hostels&order=title&count=3&facet_x=1", {"q": ["hostels"]}),
    ],
)
def test_pages_that_stand_for_many_documents_become_searches(address: str, filters: dict[str, Any]) -> None:
    parts = urlsplit(queries.request(HOME + address))
    given = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{HOME}/api/search.json"
    assert (given.pop("order"), given.pop("count")) == (["-public_timestamp"], ["50"])
    assert given.pop("fields")
    assert given.pop("debug")
    assert given == filters


@pytest.mark.parametrize("address", ["/guidance/clubs", "/government/organisations/ofsted/about", "/"])
def test_any_other_page_is_a_document(address: str) -> None:
    assert queries.request(HOME + address) == f"{HOME}/api/content{address}"


def test_documents_are_read_when_they_are_new_and_when_they_have_changed() -> None:
    site = office(result("clubs"), result("hostels"), clubs=document("clubs"), hostels=document("hostels"))
    assert titles(site.check(OFFICE)) == ["About clubs", "About hostels"]
    assert titles(site.check(OFFICE)) == []
    assert len(site.asked) == 1
    site.pages[queries.request(OFFICE)]["results"][1] = result("hostels", "2026-11-19T10:00:00.000+00:00")
    site.pages[f"{HOME}/api/content/guidance/hostels"] = document("hostels", "What hostels must do now.")
    (changed,) = site.check(OFFICE).gathered[1].items
    assert changed.text == "What hostels must do now."
    assert site.asked[1:] == [f"{HOME}/api/content/guidance/hostels"]


def test_what_is_withdrawn_is_read_again_and_what_was_withdrawn_before_is_not() -> None:
    site = office(result("clubs"), result("old", is_withdrawn=True), clubs=document("clubs"))
    assert titles(site.check(OFFICE)) == ["About clubs"]
    site.pages[queries.request(OFFICE)]["results"][0]["is_withdrawn"] = True
    site.pages[f"{HOME}/api/content/guidance/clubs"] = document(
        "clubs",
        withdrawn_notice={"explanation": "<p>Replaced by new rules.</p>", "withdrawn_at": "2026-11-19"},
    )
    (item,) = site.check(OFFICE).gathered[1].items
    assert item.status == "withdrawn"
    assert "Replaced by new rules." in item.text


def test_redirects_lead_to_the_document_and_out_of_reach_is_gone() -> None:
    site = office(hostels=document("hostels"), circle={})
    moved = {"base_path": "/guidance/old", "document_type": "redirect"}
    site.pages[f"{HOME}/api/content/guidance/old"] = {
        **moved, "redirects": [{"path": "/guidance/old", "destination": "/guidance/hostels"}],
    }  # fmt: skip
    assert titles(site.check(f"{HOME}/guidance/old")) == ["About hostels"]
    site.pages[f"{HOME}/api/content/guidance/old"] = {
        **moved, "redirects": [{"path": "/guidance/old", "destination": "https://other.example/"}],
    }  # fmt: skip
    failure = site.check(f"{HOME}/guidance/old").failure
    assert isinstance(failure, Gone)
    assert "https://other.example/" in failure.problem
    site.pages[f"{HOME}/api/content/guidance/circle"] = {
        "base_path": "/guidance/circle", "document_type": "redirect",
        "redirects": [{"path": "/guidance/circle", "destination": "/guidance/circle"}],
    }  # fmt: skip
    assert site.check(f"{HOME}/guidance/circle").gathered[0].items == []


def test_a_document_that_is_gone_pauses_its_own_source_and_is_a_problem_of_a_search() -> None:
    gone = {"base_path": "/guidance/clubs", "document_type": "gone", "schema_name": "gone", "details": {}}
    site = office(result("clubs"), result("hostels"), clubs=gone, hostels=document("hostels"))
    found = site.check(OFFICE)
    assert titles(found) == ["About clubs", "About hostels"]  # the first from its card
    assert [type(problem) for problem in found.problems] == [Gone]
    assert isinstance(site.check(f"{HOME}/guidance/clubs").failure, Gone)
    assert site.check(OFFICE).requests == 1


def test_the_next_results_are_asked_for_while_there_is_news() -> None:
    first, second = queries.request(OFFICE), queries.following(queries.request(OFFICE))
    names = [f"paper-{number}" for number in range(queries.COUNT + 3)]
    site = office(**{name: document(name) for name in names})
    site.pages[first] = {"results": [result(name) for name in names[: queries.COUNT]]}
    site.pages[second] = {"results": [result(name) for name in names[queries.COUNT :]]}
    assert parse_qs(urlsplit(second).query)["start"] == [str(queries.COUNT)]
    found = site.check(OFFICE, most=20)
    # The oldest first: what is left is the newest, and stands where the next check begins.
    assert titles(found) == sorted(f"About {name}" for name in names[-18:])
    assert found.unfinished
    seen = titles(found)
    for _ in range(3):
        seen += titles(site.check(OFFICE, most=20))
    assert sorted(seen) == sorted(f"About {name}" for name in names)
    assert titles(site.check(OFFICE)) == []
    assert site.asked == [first]


def test_a_document_that_fails_is_kept_as_the_search_shows_it_and_tried_again() -> None:
    site = office(result("clubs", description="What is new for clubs."))
    site.pages[f"{HOME}/api/content/guidance/clubs"] = Failed("clubs", "fetch", "an error.", status=500)
    found = site.check(OFFICE)
    assert titles(found) == ["About clubs"]
    assert found.unfinished
    site.pages[f"{HOME}/api/content/guidance/clubs"] = document("clubs")
    assert site.check(OFFICE).gathered[1].items[0].text == "What clubs must do about it."


def test_results_that_lead_out_of_govuk_are_kept_and_never_fetched() -> None:
    site = office({"title": "Somewhere else", "link": "https://other.example/page"})
    assert titles(site.check(OFFICE)) == ["Somewhere else"]
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", "<html><body>Sorry</body></html>", '{"results": 5}']
)
def test_an_answer_that_is_none_is_an_error_or_empty(content: str) -> None:
    site = office()
    site.pages[queries.request(OFFICE)] = content
    found = site.check(OFFICE)
    assert found.failure is None or isinstance(found.failure, PipelineError)
    assert titles(found) == []
