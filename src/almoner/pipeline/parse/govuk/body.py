"""What a GOV.UK document says, as one piece of mark-up: its body, its parts, and whatever else it shows.

The Content API gives each type of document its own details. The parts that carry the text are named here, in the
order in which their pages show them; all others are walked through, so that a type that is new loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from almoner.pipeline.parse import stated
from almoner.pipeline.parse.govuk.attachments import without_boxes
from almoner.pipeline.parse.govuk.govspeak import to_html
from almoner.pipeline.parse.json_values import Object, objects, string

MAX_NODES: Final = 5_000
MAX_DEPTH: Final = 12
_FIRST: Final = (
    "explanation", "lead_paragraph", "summary", "introduction", "introductory_paragraph", "licence_overview", "body",
    "parts", "more_information",
)  # fmt: skip
_HEADED: Final = {
    "final_outcome_detail": "Detail of outcome",
    "outcome_detail": "Detail of outcome",
    "public_feedback_detail": "Feedback received",
    "cancellation_reason": "Reason for cancellation",
}
"""Texts that stand under a heading on GOV.UK's own page, and that heading."""

_NOT_SHOWN: Final = frozenset(
    """
    attachments documents document featured_attachments final_outcome_attachments final_outcome_documents
    public_feedback_attachments public_feedback_documents outcome_attachments outcome_documents poster_url
    change_history change_notes change_note change_description latest_change_note
    tags metadata political government emphasised_organisations national_applicability withdrawn_notice logo brand
    images image icon default_news_image headers header_links external_related_links related_mainstream_content
    organisations breadcrumbs alternative_path alternative_format_contact_email slug language locale visually_expanded
    format_display_type format_sub_type display_date previous_display_date state hidden_search_terms url
    email_filter_facets email_filter_by filter subscriber_list subscription_list_title_prefix govdelivery_title
    email_signup_link analytics_identifier department_analytics_profile navigation_groups theme background
    people_role_associations office_contact_associations world_location_names social_media_links manual section_id
    """.split()  # noqa: SIM905
)
_TITLES: Final = ("title", "name", "heading", "header", "label", "text")
_ADDRESSES: Final = (
    "href",
    "url",
    "link",
    "base_path",
    "path",
    "web_url",
    "link_url",
    "transaction_start_link",
)
_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")


def markup(details: Object, links: Object, notice: str, base: str) -> str:
    """All that a document shows as text, as mark-up that is not yet safe. `notice` says why it was withdrawn."""
    shown: list[str] = [notice, *(_rich(details.get(key)) for key in _FIRST)]
    shown.extend(_groups(details, links))
    shown.extend(_sections(details))
    for key, heading in _HEADED.items():
        text = _rich(details.get(key))
        if text:
            shown.append(f"<h2>{heading}</h2>{text}")
    done = {*_FIRST, *_HEADED, *_NOT_SHOWN, "collection_groups", "child_section_groups", "groups"}
    walk = _Walk()
    for key, value in details.items():
        if key not in done:
            shown.extend(walk.through(value, 0))
    return without_boxes("\n".join(filter(None, shown)), base)


def _rich(value: object) -> str:
    """A text in any of the forms that the API has for it: mark-up, Govspeak, or both with their types; parts."""
    if isinstance(value, str):
        return value if _TAG.search(value) else _paragraphs(value)
    found = objects(value)
    typed = {string(one.get("content_type")): string(one.get("content")) for one in found if "content" in one}
    if typed:
        return (
            typed.get("text/html")
            or to_html(typed.get("text/govspeak", ""))
            or _paragraphs(next(iter(typed.values())))
        )
    return "".join(
        f"<h2>{stated.escaped(string(part.get('title')))}</h2>{_rich(part.get('body'))}" for part in found
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{stated.escaped(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


def _groups(details: Object, links: Object) -> Iterator[str]:
    """The groups of a collection or browse page, each with its documents; without groups, all documents."""
    members = {
        string(one.get("content_id")): one
        for key in ("documents", "children", "child_taxons", "second_level_browse_pages", "linked_items")
        for one in objects(links.get(key))
    }
    left = dict(members)
    for group in (*objects(details.get("collection_groups")), *objects(details.get("groups"))):
        ids = group.get("documents") or group.get("content_ids") or group.get("contents")
        named = (
            [members[one] for one in ids if isinstance(one, str) and one in members]
            if isinstance(ids, list)
            else []
        )
        for one in named:
            left.pop(string(one.get("content_id")), None)
        yield f"<h2>{stated.escaped(string(group.get('title')) or string(group.get('name')))}</h2>"
        yield _rich(group.get("body"))
        yield _list(named)
    yield _list(list(left.values()))


def _sections(details: Object) -> Iterator[str]:
    """The contents of a manual."""
    for group in objects(details.get("child_section_groups")):
        if string(group.get("title")):
            yield f"<h2>{stated.escaped(string(group.get('title')))}</h2>"
        yield _list(objects(group.get("child_sections")))


def _list(documents: list[Object]) -> str:
    """Documents as a list of links, each with its description."""
    entries = []
    for one in documents:
        number = string(one.get("section_id"))
        words = stated.escaped(f"{number} {string(one.get('title'))}".strip())
        about = stated.escaped(string(one.get("description")))
        address = stated.escaped(string(one.get("base_path")) or string(one.get("web_url")))
        title = f'<a href="{address}">{words}</a>' if address else words
        entries.append(f"<li>{title}{': ' if about else ''}{about}</li>")
    return f"<ul>{''.join(entries)}</ul>" if entries else ""


class _Walk:
    """Goes through details whose form is not known and gathers what reads like text or leads somewhere."""

    def __init__(self) -> None:
        self.left = MAX_NODES

    def through(self, value: Any, depth: int) -> Iterator[str]:
        """The mark-up of one value."""
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            return
        if isinstance(value, str):
            if _TAG.search(value):
                yield value
            elif len(value.split()) > 2:
                yield _paragraphs(value)
        elif isinstance(value, list):
            for one in value:
                yield from self.through(one, depth + 1)
        elif isinstance(value, dict):
            yield from self._object(value, depth)

    def _object(self, value: Object, depth: int) -> Iterator[str]:
        typed = _rich([value]) if "content_type" in value and "content" in value else ""
        if typed:
            yield typed
            return
        named = next((key for key in _TITLES if string(value.get(key)).strip()), None)
        address = next((string(value.get(key)) for key in _ADDRESSES if string(value.get(key))), "")
        title = string(value.get(named)) if named else ""
        if title and address:
            yield f'<p><a href="{stated.escaped(address)}">{_inline(title)}</a></p>'
        elif _TAG.search(title):
            yield title
        elif title:
            yield f"<h3>{stated.escaped(title)}</h3>"
        elif address:
            yield f'<p><a href="{stated.escaped(address)}">{stated.escaped(address)}</a></p>'
        for key, inner in value.items():
            if key == named or key in _ADDRESSES or key in _NOT_SHOWN:
                continue
            if (
                isinstance(inner, str)
                and len(inner.split()) <= 2
                and key in {"number", "email", "fax", "postal_code", "street_address", "locality", "region"}
            ):
                yield _paragraphs(inner)
            else:
                yield from self.through(inner, depth + 1)


def _inline(text: str) -> str:
    return text if _TAG.search(text) else stated.escaped(text)
