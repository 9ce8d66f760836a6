"""A source's own words, made safe to show: in a page, and in a feed.

What is stored is what the source gave. Nothing of it reaches a reader but through here: no script, no style,
no picture or other request to somewhere else, and no heading that outranks ours.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

import nh3

from almoner.lib.written import is_followed

_TAGS: Final = frozenset(
    {"p", "br", "hr", "h3", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "a"}
    | {"strong", "b", "em", "i", "sub", "sup", "abbr"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
_HEADING: Final = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
_BULLET: Final = re.compile(r"^\s*(?:[•·▪◦‣*–-])\s+(?=\S)")
_BARE_LINK: Final = re.compile(
    r"<a (?=[^>]*>(?:(?:https?://|www\.)[^<\s]*|[^<\s]+\.[a-z]{2,}(?:/[^<\s]*)?)</a>)", re.IGNORECASE
)
_EMPTY: Final = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
_ILLEGAL_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def source_html(html: str, text: str) -> str:
    """Mark-up that may stand in a page, from an item's own mark-up or, where it has none, from its text.

    Headings all become `h3`: the page's own title is above them, and levels are never skipped.
    """
    cleaned = _clean(html) if html.strip() else ""
    return cleaned or _from_text(text)


def rich_html(html: str) -> str:
    """Mark-up that may stand in a page, from what an editor of ours wrote with a rich text editor: paragraphs, lists,
    emphasis, and links, also to pages of ours."""
    cleaned = nh3.clean(
        html,
        tags={"p", "br", "ul", "ol", "li", "a", "b", "strong", "i", "em"},
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math", "noscript"},
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, name, value: value if name != "href" or is_followed(value) else None,
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="pass_through",
        link_rel="noopener noreferrer",
    )
    return _BARE_LINK.sub('<a class="bare" ', _EMPTY.sub("", cleaned)).strip()


def xml_text(text: str) -> str:
    """The text without characters that XML 1.0 has no way to hold (most controls, surrogates)."""
    return _ILLEGAL_IN_XML.sub("", text)


def _clean(html: str) -> str:
    cleaned = nh3.clean(
        _HEADING.sub(r"<\1h3>", html),
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math", "noscript"},
        attributes={"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="deny",  # relative to the source it meant something; here it would lead into our pages
        link_rel="noopener noreferrer",
    )
    # A print writes out where links lead, but not where the words already say so.
    return _BARE_LINK.sub('<a class="bare" ', _EMPTY.sub("", cleaned)).strip()


def _from_text(text: str) -> str:
    pieces: list[str] = []
    in_list = False
    for line in text.splitlines():
        if not line.strip():
            continue
        bullet = _BULLET.match(line)
        if bool(bullet) != in_list:
            pieces.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        tag = "li" if bullet else "p"
        pieces.append(f"<{tag}>{escape(line[bullet.end() :] if bullet else line.strip())}</{tag}>")
    if in_list:
        pieces.append("</ul>")
    return "\n".join(pieces)
