"""Which elements of a page are furniture: navigation, banners, footers, forms, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from almoner.pipeline.page.elements import BLOCKS

_ALWAYS: Final = frozenset(
    """
    nav button select option optgroup textarea input datalist dialog menu search progress meter output
    """.split()  # noqa: SIM905
)
_ROLES: Final = frozenset(
    """
    navigation banner contentinfo search dialog alertdialog menu menubar menuitem toolbar tooltip status alert
    progressbar complementary
    """.split()  # noqa: SIM905
)
_NAMES = re.compile(
    r"""(?<![a-z])(?:
      (?:cookie|consent|gdpr|ccpa|onetrust)(?!cutter)
    | bread-?_?crumbs? | skip-?_?(?:link|nav|to)\w* | site-?_?(?:header|footer|nav\w*)
    | (?:page|global|main|top|bottom)-?_?(?:footer|nav(?:igation|bar)?|menu)
    | nav-?_?bar | masthead
    | share|sharing|social(?!-?_?care|-?_?work)|social-?_?(?:media|links|icons|share|buttons)
    | addthis | sharedaddy
    | newsletter-?_?(?:sign-?_?up|form|box)? | subscribe(?:-?_?\w+)? | sign-?_?up(?:-?_?(?:form|box))?
    | comment-?_?form | respond | disqus\w*
    | pagination|pager | paginate
    | modal|popup|pop-?_?up|lightbox | tooltip
    | advert(?:s|isement|ising)?|ads?|ad-?_?(?:slot|unit|banner|container|wrapper)
    | sponsor(?:ed)? | dfp | outbrain|taboola
    | sr-?_?only | visually-?_?hidden | visuallyhidden | screen-?_?reader(?:-?_?text)? | element-?_?invisible
    | print-?_?only | no-?_?print | noprint
    )(?![a-z])""",
    re.VERBOSE,
)
_COMMENTS = re.compile(
    r"(?<![a-z])(?:(?:user|reader|post|article)-?_?)?comments?(?:-?_?(?:list|area|section|wrapper|container|thread|block))?(?![a-z-])"
)
MIN_LEFT: Final = 600
"""Comments are set aside, however long they are, where at least so many characters are left."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOLDED: Final = frozenset({"td", "th", "tr", "tbody", "dd", "li", "p"})
"""What a script folds away on a small screen is still part of its row."""
_MAIN: Final = frozenset({"main", "article", "section"})


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
    total = sizes[-1] if sizes else 0
    names: dict[str, int] = {}  # the same few class names come again and again
    found: list[int] = []
    node = 0
    count = len(tags)
    while node < count:
        tag = tags[node]
        if not tag:
            node += 1
            continue
        given = attributes[node]
        amount = sizes[ends[node]] - sizes[node]
        if tag in _ALWAYS or ((tag == "footer" or tag == "aside") and 2 * amount < total):
            aside = True
        elif tag == "header":
            aside = 4 * amount < total and _is_banner(node, tags, parents)
        else:
            aside = False
        if not aside and given and node:
            if (
                "hidden" in given
                or given.get("aria-hidden") == "true"
                or ("style" in given and tag not in _FOLDED and _UNSHOWN.search(given["style"]) is not None)
                or given.get("role", "").lower() in _ROLES
            ):
                aside = 2 * amount < total
            elif tag in BLOCKS or tag == "span":
                named = f"{given.get('class', '')} {given.get('id', '')}"
                if len(named) > 1:
                    verdict = names.get(named)
                    if verdict is None:
                        verdict = names[named] = _verdict(named)
                    aside = (verdict == 1 and 3 * amount < total) or (
                        verdict == 2 and (3 * amount < total or total - amount > MIN_LEFT)
                    )
        if aside:
            found.append(node)
            node = ends[node]
        else:
            node += 1
    return frozenset(found)


def _verdict(named: str) -> int:
    """What an element's classes and id say: 1 furniture, 2 readers' comments, 0 neither."""
    plain = _CAMEL.sub("-", named[:400]).lower()
    if _NAMES.search(plain):
        return 1
    return 2 if _COMMENTS.search(plain) else 0


def _sizes(texts: Sequence[str]) -> list[int]:
    """Characters of text before each node, and at last of all."""
    sizes = [0]
    total = 0
    for text in texts:
        total += len(text)
        sizes.append(total)
    return sizes


def _is_banner(node: int, tags: Sequence[str], parents: Sequence[int]) -> bool:
    """Whether a `<header>` is the page's and not an article's or section's."""
    parent = parents[node]
    while parent > 0:
        if tags[parent] in _MAIN:
            return False
        parent = parents[parent]
    return True
