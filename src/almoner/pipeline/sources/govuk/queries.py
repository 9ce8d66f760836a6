"""Addresses of GOV.UK as people paste them, as requests to its two APIs.

The parameters are those of the Search API (docs.publishing.service.gov.uk, "Using the search API"), which refuses any
other; the Content API knows each page under its own path.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

SEARCH: Final = "/api/search.json"
CONTENT: Final = "/api/content"
COUNT: Final = 50
"""Results in one answer; up to 1,500 are allowed."""

_FIELDS: Final = "title,link,description,public_timestamp,content_store_document_type,organisations,content_id,is_withdrawn"
_PLACES: Final = (
    (re.compile(r"/(?:government|world)/organisations/([\w-]+)"), "filter_organisations"),
    (re.compile(r"/government/topical-events/([\w-]+)"), "filter_topical_events"),
    (re.compile(r"/government/people/([\w-]+)"), "filter_people"),
)
"""Pages that stand for all documents of something."""
_FINDER: Final = re.compile(r"/search/([\w-]+)")
_GROUPS: Final = {
    "news-and-communications": "news_and_communications",
    "guidance-and-regulation": "guidance_and_regulation",
    "policy-papers-and-consultations": "policy_and_engagement",
    "research-and-statistics": "research_and_statistics",
    "transparency-and-freedom-of-information-releases": "transparency",
}
"""GOV.UK's own search pages, and the groups of documents that each is for."""
_FILTERS: Final = {
    "keywords": "q",
    "organisations": "filter_organisations",
    "people": "filter_people",
    "topical_events": "filter_topical_events",
    "world_locations": "filter_world_locations",
    "level_one_taxon": "filter_part_of_taxonomy_tree",
    "level_two_taxon": "filter_part_of_taxonomy_tree",
}
_OURS: Final = ("q", "filter_", "reject_")


def request(address: str) -> str:
    """The address of the first request for a source at `address`: a search, the newest first, for an organisation, a
    topical event, a person or a search page; the document itself for any other page."""
    parts = _split(address)
    if parts is None or parts.path.startswith(CONTENT):
        return address
    path = parts.path.rstrip("/").removesuffix(".atom")
    given = parse_qsl(parts.query)
    if parts.path == SEARCH:
        return _search(parts, [(name, value) for name, value in given if name.startswith(_OURS)])
    for form, name in _PLACES:
        if found := form.fullmatch(path):
            return _search(parts, [(name, found[1])])
    if found := _FINDER.fullmatch(path):
        group = _GROUPS.get(found[1])
        filters = [("filter_content_purpose_supergroup", group)] if group else []
        named = ((_FILTERS.get(name.removesuffix("[]")), value) for name, value in given)
        return _search(parts, [*filters, *((name, value) for name, value in named if name and value)])
    return f"{parts.scheme}://{parts.netloc}{CONTENT}{path or '/'}"


def document(page: str, beside: str) -> str | None:
    """Where the Content API, on the host of the request `beside`, has the page at `page`; None where that is no page
    of GOV.UK."""
    parts, here = _split(page), _split(beside)
    if parts is None or here is None or parts.hostname not in ("www.gov.uk", here.hostname):
        return None
    return f"{here.scheme}://{here.netloc}{CONTENT}{parts.path}"


def following(search: str) -> str:
    """The request for the results after those of `search`."""
    parts = urlsplit(search)
    given = parse_qsl(parts.query)
    start = next((int(value) for name, value in given if name == "start"), 0)
    rest = [(name, value) for name, value in given if name != "start"]
    return parts._replace(query=urlencode([*rest, ("start", start + COUNT)], safe=",")).geturl()


def _search(parts: SplitResult, filters: list[tuple[str, str]]) -> str:
    # Without the last one, what was withdrawn is simply not there, and nobody learns of it.
    fixed = [
        ("order", "-public_timestamp"),
        ("count", COUNT),
        ("fields", _FIELDS),
        ("debug", "include_withdrawn"),
    ]
    return f"{parts.scheme}://{parts.netloc}{SEARCH}?{urlencode([*filters, *fixed], safe=',')}"


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
