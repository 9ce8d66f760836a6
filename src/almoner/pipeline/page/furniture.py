"""Which elements of a page are furniture: navigation, banners, footers, forms, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from almoner.pipeline.page.elements import BLOCKS, HEADINGS

_ALWAYS: Final = frozenset(
    """
    nav button select option optgroup textarea input datalist dialog menu search progress meter output
    """.split()  # noqa: SIM905
)
_BY_TAG: Final = _ALWAYS | {"aside", "footer", "header"}
_ROLES: Final = frozenset(
    """
    navigation banner contentinfo search menu menubar menuitem toolbar tooltip status alert
    progressbar complementary
    """.split()  # noqa: SIM905
)
_NAMES = re.compile(
    r"""(?<![a-z])(?:
      bread-?_?crumbs? | skip-?_?(?:link|nav|to)\w* | site-?_?(?:header|footer|nav\w*)
    | (?:page|global|main|top|bottom)-?_?(?:footer|nav(?:igation|bar)?|menu)
    | nav-?_?bar | masthead
    | share|sharing|social(?!-?_?care|-?_?work)|social-?_?(?:media|links|icons|share|buttons)
    | addthis | sharedaddy
    | newsletter-?_?(?:sign-?_?up|form|box)? | subscribe(?:-?_?\w+)? | sign-?_?up(?:-?_?(?:form|box))?
    | (?:page|md|docs?|article)-?_?feedback
    | comment-?_?form | respond | disqus\w*
    | pagination|pager | paginate
    | modal|popup|pop-?_?up|lightbox | tooltip
    | advert(?:s|isement|ising)?|(?<!\d)ads?(?![\da-z])|ad-?_?(?:slot|unit|banner|container|wrapper)
    | sponsor(?:ed)? | dfp | outbrain|taboola
    | sr-?_?only | visually-?_?hidden | visuallyhidden | screen-?_?reader(?:-?_?text)? | element-?_?invisible
    | print-?_?only | no-?_?print | noprint
    )(?![a-z])""",
    re.VERBOSE,
)
_STATES = re.compile(r"(?<![\w-])(?:has|hides?|with|without|no)-(?!print)[\w-]+")
"""Names that say what a box has or goes without ("hide-read-more-ad"), not what it is."""
_CONSENT = re.compile(
    r"(?<![a-z])(?:cookie|consent|gdpr|ccpa|onetrust|truste|didomi|usercentrics|iubenda|cmp-?(?:box|app|banner|root|ui))(?:s|law)?(?![a-z])|cookie(?:bot|consent|notice|banner)"
)
_COMMENTS = re.compile(
    r"(?<![a-z])(?:(?:user|reader|post|article)-?_?)?comments?"
    r"(?:-?_?(?:list|area|section|wrapper|container|thread|block))?(?![a-z-])"
)
_FOOTER = re.compile(r"(?:\A|\s)footer(?![a-z])")
_MENU = re.compile(r"(?<![a-z])(?:nav|navigation|(?:sub|side|mega|drop-?down)?-?_?menu)(?![a-z])")
"""Names of menus, and of much else: what is so named is one where it holds nothing but short links."""
MENU_LINKED: Final = 0.7
MENU_LINE: Final = 40
"""So much of a menu's words are in links, and a link of it has so many characters at most, on average."""
MIN_LEFT: Final = {"name": 0, "consent": 150, "comments": 600, "hidden": 300, "footer": 0, "menu": 600}
"""Of what is set aside by each sign, how many characters must be left in the page."""
MOST: Final = {"name": 0.2, "consent": 0.95, "comments": 0.95, "hidden": 0.5, "footer": 0.5, "menu": 0.3}
"""And what share of the page's text it may be: a theme that calls the whole page "popup" loses nothing."""
MUCH_LEFT: Final = 1_500
"""So many characters above it are the page, however long its footer lists places or brands."""
MANY_ROWS: Final = 10
LONG_LINE: Final = 60
MAX_NAMED: Final = 400
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STATED: Final = frozenset({"role", "hidden", "aria-hidden", "style"})
"""Attributes that say outright what an element is for, or that it is not shown."""
_FOLDED: Final = frozenset({"td", "th", "tr", "tbody", "dd", "li", "p"})
"""What a script folds away on a small screen is still part of its row."""
_PANEL = re.compile(
    r"(?<![a-z])(?:accord[ie]ons?|collaps\w*|tab-?_?(?:panels?|panes?|contents?)|faqs?|answers?|expand\w*|panels?|fold\w*)(?![a-z])"
)
"""Names of boxes that a click unfolds."""
_PANEL_ROLES: Final = frozenset({"tabpanel", "region"})
_CODE: Final = frozenset({"pre", "code"})
_HEADLINE_ID: Final = 3
"""So many words of an id that are those of the heading below it name what is told there, not what the box is."""
_MAIN: Final = frozenset({"main", "article", "section", "li", "td"})


def roots(
    tags: Sequence[str],
    parents: Sequence[int],
    ends: Sequence[int],
    attributes: Sequence[Mapping[str, str]],
    texts: Sequence[str],
) -> frozenset[int]:
    """The outermost elements that are furniture.

    Cautious: an element that is named so only by its class keeps its text if that is more than half of all
    that would otherwise be shown (a theme that calls the whole page "popup" or "comment").
    """
    sizes = _sizes(texts)
    total = sizes[-1]
    has_main = "main" in tags or any(given.get("role") == "main" for given in attributes if given)
    found: list[int] = []
    node = code_until = 0
    count = len(tags)
    while node < count:
        tag, given = tags[node], attributes[node]
        if tag in _CODE:
            code_until = max(code_until, ends[node])
        if not given and tag not in _BY_TAG:
            node += 1
            continue
        sign = ""
        aside = False
        if tag in _ALWAYS:
            aside = tag != "button" or not (
                tags[parents[node]] in HEADINGS or _asks(texts[node : ends[node]])
            )
        elif node and tag in {"footer", "aside"}:
            sign = "footer" if tag == "aside" or _is_banner(node, tags, parents) else ""
        elif tag == "header":
            aside = 4 * (sizes[ends[node]] - sizes[node]) < total and _is_banner(node, tags, parents)
        if not aside and not sign and given and node:
            sign = _sign(tag, given)
            if (
                sign
                and sign != "hidden"
                and (
                    node < code_until
                    or tag == "figure"
                    or _is_slug(node, given, ends, texts, 1 if sign == "name" else _HEADLINE_ID)
                )
            ):
                sign = ""  # how code is coloured, that a picture opens larger, or what a heading says
            if sign == "footer" and not _is_banner(node, tags, parents):
                sign = ""
        if sign:
            amount = sizes[ends[node]] - sizes[node]
            most = MOST[sign]
            if sign == "footer" and tag != "aside" and (has_main or total - amount >= MUCH_LEFT):
                most = 0.9
            aside = amount <= most * total and total - amount >= MIN_LEFT[sign]
            if aside and sign == "menu" and not _leads(node, tags, ends, texts, amount):
                aside = False
            if (
                aside
                and sign == "hidden"
                and (
                    _unfolds(node, tags, ends, texts)
                    or _is_panel(node, tags, ends, given, texts)
                    or _only_unspoken(tag, given, texts[node : ends[node]])
                )
            ):
                aside = False
        if aside:
            found.append(node)
            node = ends[node]
        else:
            node += 1
    return frozenset(found)


def _asks(texts: Sequence[str]) -> bool:
    """Whether a button holds a whole question: a click on it unfolds the answer."""
    text = "".join(texts).strip()
    return text.endswith("?") and text.count(" ") >= 3


def _only_unspoken(tag: str, given: Mapping[str, str], texts: Sequence[str]) -> bool:
    """Whether a link is hidden from screen readers alone and holds a sentence: a teaser that all others see.

    The entry's title is the same link, so that its maker spares a listener the second one.
    """
    return (
        tag == "a"
        and given.get("aria-hidden") == "true"
        and "hidden" not in given
        and "style" not in given
        and any(len(text.strip()) > LONG_LINE for text in texts)
    )


def _unfolds(node: int, tags: Sequence[str], ends: Sequence[int], texts: Sequence[str]) -> bool:
    """Whether what is hidden waits for a reader's click or a script: a filled table, or whole paragraphs."""
    stop = ends[node]
    if tags[node:stop].count("tr") >= MANY_ROWS:
        return True
    if {"form", "input"}.intersection(tags[node:stop]):
        return False
    long = sum(len(text) for text in texts[node:stop] if len(text) > LONG_LINE)
    return long >= 200 and long > 0.7 * sum(len(text.strip()) for text in texts[node:stop])


def _is_panel(
    node: int, tags: Sequence[str], ends: Sequence[int], given: Mapping[str, str], texts: Sequence[str]
) -> bool:
    """Whether what is hidden is the folded part of an accordion or a row of tabs, and says more than where links lead."""
    stop = ends[node]
    if given.get("role", "") not in _PANEL_ROLES:
        named = f"{given.get('class', '')} {given.get('id', '')}"
        if _PANEL.search(_CAMEL.sub("-", named[:MAX_NAMED]).lower()) is None:
            return False
    if {"form", "input"}.intersection(tags[node:stop]):
        return False
    shown = sum(len(text.strip()) for text in texts[node:stop])
    return shown >= LONG_LINE // 2 and 2 * _linked(node, tags, ends, texts)[0] <= shown


def _linked(node: int, tags: Sequence[str], ends: Sequence[int], texts: Sequence[str]) -> tuple[int, int]:
    """How many characters of an element stand in links, and how many links it has."""
    linked = links = until = 0
    for inner in range(node, ends[node]):
        if tags[inner] == "a":
            until = max(until, ends[inner])
            links += 1
        elif inner < until:
            linked += len(texts[inner].strip())
    return linked, links


def _leads(node: int, tags: Sequence[str], ends: Sequence[int], texts: Sequence[str], shown: int) -> bool:
    """Whether an element holds nothing but short links."""
    linked, links = _linked(node, tags, ends, texts)
    return links > 1 and linked >= MENU_LINKED * shown and linked <= MENU_LINE * links


def _is_slug(
    node: int, given: Mapping[str, str], ends: Sequence[int], texts: Sequence[str], least: int
) -> bool:
    """Whether an element is named only by its id, and that by the words that stand first in it, so many at least."""
    own = given.get("id", "")
    if own.count("-") + 1 < least or _named(given.get("class", "")[:MAX_NAMED]):
        return False
    return repeats_words(own, texts[node : ends[node]])


def repeats_words(own: str, texts: Sequence[str]) -> bool:
    """Whether an id is made of the words that stand first in its element, as generators of pages make them, perhaps
    with a letter of their own before them."""
    first = _WORD.findall(next((text for text in texts if text.strip()), "").lower())
    named = _WORD.findall(own.lower())
    return bool(first) and named[-len(first) :] == first and len("".join(named[: -len(first)])) <= 1


def _sign(tag: str, given: Mapping[str, str]) -> str:
    """By which sign an element would be furniture: "hidden", "name", "consent", "comments", "footer" or ""."""
    if not _STATED.isdisjoint(given):
        role = given.get("role", "").lower()
        if role in {"dialog", "alertdialog"}:
            return "consent"
        if (
            "hidden" in given
            or given.get("aria-hidden") == "true"
            or ("style" in given and tag not in _FOLDED and _UNSHOWN.search(given["style"]) is not None)
            or role in _ROLES
        ):
            return "hidden"
    if tag not in BLOCKS and tag != "span":
        return ""
    own = "" if tag in HEADINGS else given.get("id", "")  # a heading's id repeats what it says
    named = f"{given.get('class', '')} {own}"
    return _named(named[:MAX_NAMED]) if len(named) > 1 else ""


@lru_cache(maxsize=8192)
def _named(names: str) -> str:
    """The same by an element's class names and id: on a page, and on all pages of a site, the same come again."""
    plain = _STATES.sub("", _CAMEL.sub("-", names).lower())
    return (
        "consent"
        if _CONSENT.search(plain)
        else "name"
        if _NAMES.search(plain)
        else "comments"
        if _COMMENTS.search(plain)
        else "footer"
        if _FOOTER.search(plain)
        else "menu"
        if _MENU.search(plain)
        else ""
    )


def _sizes(texts: Sequence[str]) -> list[int]:
    """Characters of text before each node, and at last of all."""
    return list(accumulate(map(len, map(str.strip, texts)), initial=0))


def _is_banner(node: int, tags: Sequence[str], parents: Sequence[int]) -> bool:
    """Whether a header or footer is the page's and not an article's, an entry's or a section's."""
    parent = parents[node]
    while parent > 0:
        if tags[parent] in _MAIN:
            return False
        parent = parents[parent]
    return True
