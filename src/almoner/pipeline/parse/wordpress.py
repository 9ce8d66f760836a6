"""WordPress exports (WXR): a site's posts and pages, with their own dates, authors, categories and tags."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from almoner.pipeline.findings import finding
from almoner.pipeline.lines import moments
from almoner.pipeline.model import Cut, Decision, Document, MediaType, Place, Stated, When
from almoner.pipeline.parse import content, stated
from almoner.pipeline.parse.feed.boilerplate import without_boilerplate
from almoner.pipeline.parse.feed.envelope import open_feed
from almoner.pipeline.parse.feed.survey import Caps
from almoner.pipeline.parse.nodes import Node, nodes

BY: Final = "the WordPress export"
LAYOUT: Final = "wordpress"
OF_AN_EXPORT: Final = Caps(entries=50_000, elements_each=100_000, elements=5_000_000)

_WANTED: Final = frozenset({"item", "wp:author", "title", "link", "language", "wp:base_blog_url"})
_NOT_POSTS: Final = frozenset(
    """
    attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_template
    wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face acf-field acf-field-group
    wpcf7_contact_form feedback amp_validated_url
    """.split()  # noqa: SIM905
)
"""Types of entries that hold the site together and are nothing to read."""

_NO_TIME: Final = "0000-00-00"
_SHORTCODE: Final = re.compile(r"\[/?[a-z][a-z0-9_-]{1,40}(?:\s[^\[\]]{0,2000})?/?\]")
_COMMENT: Final = re.compile(r"<!--(?:(?!-->).)*+-->", re.DOTALL)
_BLOCK: Final = re.compile(r"\s*</?(?:p|div|ul|ol|li|h[1-6]|table|t[rdh]|thead|tbody|blockquote|pre|figure|hr|section|dl|dt|dd)\b", re.IGNORECASE)  # fmt: skip
_GAP: Final = re.compile(r"\n[ \t]*\n\s*")


def parse_wordpress(source: str, text: str, address: str = "") -> Document:
    """Read the export in `text`. Published posts and pages are its records; all others are counted.

    Broken entries are reported and left out. Never raises for what stands in the file.
    """
    envelope = open_feed(text, OF_AN_EXPORT)
    findings = list(envelope.findings)
    findings.extend(
        finding("row_unread", "This entry is not well-formed and was not read.", one.place)
        for one in envelope.broken
    )
    site: dict[str, str] = {}
    people: dict[str, str] = {}
    records: list[Cut] = []
    left: Counter[str] = Counter()
    index = 0
    for node in nodes(envelope.content, _WANTED):
        if node.name == "wp:author":
            people[node.said("wp:author_login")] = node.said("wp:author_display_name")
        elif node.name != "item":
            site.setdefault(node.name, node.text.strip())
        else:
            place = envelope.places[index] if index < len(envelope.places) else node.place
            index += 1
            why = _left_out(node)
            if why:
                left[why] += 1
            else:
                records.append(_record(node, people, site.get("link", ""), place))
    counted = ", ".join(
        f"{count} {why}" for why, count in sorted(left.items()) if not why.startswith("of type ")
    )
    if counted:
        findings.append(
            finding(
                "entries_unpublished", f"Entries that are not public were not read: {counted}.", Place(1, 1)
            )
        )
    title = stated.name(site.get("title", ""))
    decisions = [Decision("parse", f"{BY}, {len(records)} published entries", "its namespace")]
    decisions.extend(
        Decision("parse", f"left out {count} entries {why}", "they hold the site together")
        for why, count in sorted(left.items())
        if why.startswith("of type ")
    )
    return Document(
        source,
        MediaType.XML,
        tuple(part.block for cut in records for part in cut.parts),
        title=title,
        publisher=title,
        language=site.get("language") or None,
        address=address or stated.address(site.get("link", ""), "") or "",
        findings=tuple(findings),
        decisions=tuple(decisions),
        records=tuple(records),
    )


def _left_out(item: Node) -> str:
    """Why an entry is no item: its type or its status; "" where it is one."""
    post_type = item.said("wp:post_type")
    if post_type in _NOT_POSTS:
        return f"of type {post_type}"
    status = item.said("wp:status") or "publish"
    if item.said("wp:post_password"):
        return "behind a password"
    return "" if status == "publish" else {"future": "scheduled", "trash": "in the bin"}.get(status, status)


def _record(item: Node, people: dict[str, str], site: str, place: Place) -> Cut:
    notes = stated.Notes(place)
    link = stated.address(item.said("link"), site)
    body = notes.content(
        content.of_markup(_markup(item.said("content:encoded")), link or site, place, furnished=True)
    )
    creator = item.said("dc:creator")
    author = stated.name(people.get(creator) or creator)
    excerpt = stated.plain(item.said("excerpt:encoded") or item.said("description"), markup=True)
    says = Stated(
        by=BY,
        title=notes.title(item.said("title"), markup=True),
        stand_in=link,
        link=link,
        id=stated.name(item.said("guid") or item.said("wp:post_id")),
        published=_time(item, "wp:post_date", notes)
        or notes.time(moments.read(item.said("pubdate"), f"{BY}: pubDate")),
        updated=_time(item, "wp:post_modified", notes),
        author=author,
        credit_as_printed=author,
        categories=stated.names(
            stated.plain(one.text, markup=True)
            for one in item.children
            if one.name == "category" and one.attributes.get("domain", "category") in {"category", "post_tag"}
        ),
        summary=excerpt or None,
        html=body.html or None,
        findings=tuple(notes.findings),
    )
    return stated.record(says, place, LAYOUT, body.blocks)


def _time(item: Node, name: str, notes: stated.Notes) -> When | None:
    """The site's own time with its zone, which is how far it lies from the time in UTC beside it."""
    local, utc = item.said(name), item.said(f"{name}_gmt")
    if not local or local.startswith(_NO_TIME):
        return None
    by = f"{BY}: {name.removeprefix('wp:')}"
    if not utc or utc.startswith(_NO_TIME):
        return notes.time(moments.read(local, by))
    try:
        there, here = datetime.fromisoformat(local), datetime.fromisoformat(utc)
        ahead = there.replace(tzinfo=None) - here.replace(tzinfo=None)
        if not timedelta(hours=-14) <= ahead <= timedelta(hours=14):
            raise ValueError(local)
        zone = timezone(ahead)
        return moments.at(here.replace(tzinfo=UTC), local, f"{by}, zone {zone}")
    except (ValueError, OverflowError):
        return notes.time(moments.read(local, by))


def _markup(raw: str) -> str:
    """A post's text as mark-up: WordPress stores paragraphs as empty lines, and places of galleries in brackets."""
    text = _SHORTCODE.sub("", _COMMENT.sub("", stated.scrubbed(raw)))
    pieces = []
    for piece in _GAP.split(text.strip()):
        wrapped = (
            piece
            if _BLOCK.match(piece)
            else f"<p>{piece.replace(chr(10), '<br>')}</p>"
            if piece.strip()
            else ""
        )
        pieces.append(wrapped)
    return without_boilerplate("\n".join(pieces))
