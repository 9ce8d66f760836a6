"""A page that is one article: its headline, what stands beside it, and its running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.lines import continental
from almoner.pipeline.lines.stated_authors import stated_author, stated_persons
from almoner.pipeline.model import Block, BlockKind, Cut, Decision, Document, Part, Place, Role
from almoner.pipeline.page.blocks import blocks
from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.furniture import repeats_words
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split import boxes, headline
from almoner.pipeline.split.beside import beside
from almoner.pipeline.split.groups import Span
from almoner.pipeline.split.once import once
from almoner.pipeline.split.shapes import Survey, Ways

LAYOUT = "article"
MAIN_SHARE: Final = 0.7
"""An element that holds so much of its parent's running text holds the article."""
NEARLY_ALL: Final = 0.95
"""What stands beside so much of the running text is not of it."""
FURTHER_SHARE: Final = 0.03
FURTHER_HEADINGS: Final = 2
MOST_LINKED: Final = 0.1
"""A later part of an article holds so much of its running text and so many headings at least, and so much of its own
words in links at most."""
OPENING_SHARE: Final = 0.05
MIN_OPENING: Final = 250
MOST_LINKED_OPENING: Final = 0.25
"""An earlier part of an article holds so much of its running text, so many characters of it at least, and so much of
its own words in links at most."""
_HEADER = re.compile(r"(?<![a-z])(?:header|hero|intro-?card)(?![a-z])")
_DIVISIONS: Final = frozenset({"article", "section"})
_TEXTS: Final = frozenset({"p", "pre", "li", "tr", "td"})
MIN_MAIN: Final = 400
ABOVE_TITLE: Final = 0.1
"""What stands above the title is no part of the article, unless it is more than this share of its element."""

_OTHERS = re.compile(
    r"""(?<![a-z])(?:related\w*|recommend\w*|read-?next|more-?(?:stories|news|articles|from|on)|also-?like
    |newsletter|author-?(?:bio|box|info|card|profile)|about-?author|bio|trending|popular|most-?read|sponsored
    |(?:post|entry|article)-?(?:nav\w*|footer|tags)|next-?prev|prev-?next|donate|donation|tags|tag-?list
    |twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed
    )(?![a-z])""",
    re.VERBOSE,
)
"""Names of boxes that lead on to other stories, or speak of the author or the site."""
_DECORATION = re.compile(
    r"""(?<![a-z])(?:promo\w*|teasers?|sidebar\w*|widgets?|toc|table-?of-?contents|cta|call-?to-?action|rating|votes?|likes?
    |credits?|copyright|legal|disclaimer|banner|carousel|slider|gallery-?nav|caption|wp-caption-text
    )(?![a-z])""",
    re.VERBOSE,
)
"""Names of boxes that are set aside where they hold little of the text: themes use them for all sorts of things."""
SMALL: Final = 0.08
MOST_LOST: Final = {"others": 0.4, "decoration": 0.15, "links": 0.25}
"""The share of the running text that a sign may take away in all."""
MUCH_PROSE: Final = 1_500
CONTENTS: Final = 0.75
FEW_CONTENTS: Final = 3
"""So many links to places on the page, which make up so much of an element's words, are a list of contents."""
_NO_LINK_BOX: Final = frozenset({*HEADINGS, "table", "tbody", "tr", "td", "th", "li"})
_AUTHOR_BOX = re.compile(r"(?<![a-z])(?:authors?|autor|writer|contributor)(?![a-z])")
_LEADS_ON = re.compile(
    r"\W*(?:(?:also|further|next|related)\s+(?:read|reading|see|stories|story|articles?|posts?)|(?:read|see|watch|listen)\s+(?:also|more|next|related)"
    r"|related|more\s+(?:on|from|about)|recommended|lesen\s+sie\s+auch|mehr\s+(?:zum\s+thema|dazu)|auch\s+interessant|à\s+lire\s+aussi|lea\s+también)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\A(?:about(?:\s+the\s+author)?|über(?:\s+den\s+autor|\s+die\s+autorin)?|by|written\s+by|author)\b\s*:?\s*",
    re.IGNORECASE,
)
_IS_OR_DOES = re.compile(
    r",?\s(?:is|was|has|writes?|works?|covers|lives|leads|started|joined|founded|ist|arbeitet|schreibt|est|es)\b"
)
"""What an author's vita says of him first."""
VITA_LINES: Final = 6
VITA: Final = 1_200
LITTLE: Final = 0.25
"""So many lines and characters at the end of an article, and this share of it, may tell of its author."""
LATE: Final = 0.7
CARDS_SHARE: Final = 0.33
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Story:
    """Where a page's running text stands: the element that holds it, and how much it is in characters."""

    container: int
    prose: int


def find(view: PageView, totals: Survey, prose: list[int]) -> Story:
    """The innermost element that holds nearly all of the page's running text.

    It is looked for in the page's `<main>`, unless most of the text stands elsewhere.
    """
    tags, ends = view.tags, view.ends
    current = main_part(view, totals)
    if 2 * (prose[ends[current]] - prose[current]) < prose[-1]:
        current = 0
    while True:
        held = prose[ends[current]] - prose[current]
        parts: list[int] = []
        child = current + 1
        while child < ends[current]:
            if tags[child] in BLOCKS and prose[ends[child]] > prose[child]:
                parts.append(child)
            child = ends[child]
        chosen = next((part for part in parts if prose[ends[part]] - prose[part] >= MAIN_SHARE * held), -1)
        if chosen < 0 or tags[chosen] in _TEXTS or _goes_on(view, totals, prose, parts, chosen, held):
            return Story(current, held)
        current = chosen


def _goes_on(
    view: PageView, totals: Survey, prose: list[int], parts: Sequence[int], chosen: int, held: int
) -> bool:
    """Whether the text of the `chosen` part of an element goes on in the parts beside it.

    It does in parts that the page's style makes alike, and in a later one that has headings over running text and
    hardly a link: what leads on to other stories is made of links.
    """
    ends, named = view.ends, view.attributes[chosen].get("class", "")
    if prose[ends[chosen]] - prose[chosen] >= NEARLY_ALL * held:
        return False
    for part in parts:
        end = ends[part]
        if part == chosen:
            continue
        if (
            view.tags[part] == view.tags[chosen]
            and view.attributes[part].get("class", "") == named
            and (named or view.tags[part] in _DIVISIONS)
        ):
            return True
        if (
            part > chosen
            and prose[end] - prose[part] >= FURTHER_SHARE * held
            and totals.heads[end] - totals.heads[part] >= FURTHER_HEADINGS
            and totals.linked[end] - totals.linked[part]
            <= MOST_LINKED * (totals.size[end] - totals.size[part])
        ):
            return True
    return False


def opened(view: PageView, totals: Survey, prose: list[int], container: int) -> tuple[int, set[int]]:
    """The element that holds the running text of `container` and of parts before it that open the article, and what
    else stands in that element.

    Builders of pages put an article's first paragraphs into a box of their own. What stands in a header is the
    headline with a line below it.
    """
    tags, ends, parents = view.tags, view.ends, view.parents
    top = main_part(view, totals)
    held = prose[ends[container]] - prose[container]
    least = max(MIN_OPENING, OPENING_SHARE * held)
    left: set[int] = set()
    beside: set[int] = set()
    node = container
    signs: dict[str, str] = {}
    while node > top and prose[node] - prose[top] >= least:
        parent = parents[node]
        part = parent + 1
        opens = False
        while part < ends[parent]:
            end = ends[part]
            if part != node and tags[part] in BLOCKS:
                told = prose[end] - prose[part]
                if (
                    part < node
                    and told >= least
                    and totals.linked[end] - totals.linked[part]
                    <= MOST_LINKED_OPENING * (totals.size[end] - totals.size[part])
                    and not _sign(view, part, signs)
                    and not _is_header(view, part)
                ):
                    opens = True
                elif tags[part] not in HEADINGS:
                    beside.add(part)
            part = end
        if opens:
            container = parent
            left |= beside
            beside = set()
        node = parent
    return container, left


def _is_header(view: PageView, node: int) -> bool:
    named = f"{view.tags[node]} {view.attributes[node].get('class', '')}"
    return _HEADER.search(_CAMEL.sub("-", named[:300]).lower().replace("_", "-")) is not None


def main_part(view: PageView, totals: Survey) -> int:
    """The page's `<main>`, if it has one that holds more than a few words or a good part of all; else the whole page."""
    size, ends = totals.size, view.ends
    for node, tag in enumerate(view.tags):
        given = view.attributes[node]
        if tag == "main" or (given and given.get("role") == "main"):
            held = size[ends[node]] - size[node]
            if held >= MIN_MAIN or 3 * held >= size[-1] > 0:
                return node
    return 0


def widest(view: PageView, totals: Survey) -> int:
    """The innermost element that holds nearly all that the page shows, running text or not."""
    size, ends = totals.size, view.ends
    current = main_part(view, totals)
    while True:
        held = size[ends[current]] - size[current]
        child = current + 1
        while child < ends[current]:
            if view.tags[child] in BLOCKS and size[ends[child]] - size[child] >= 0.9 * held and held:
                break
            child = ends[child]
        if child >= ends[current]:
            return current
        current = child


def without(prose: list[int], records: Sequence[Span]) -> list[int]:
    """The running totals as they would be if the records held no running text."""
    found = list(prose)
    lost = 0
    position = 0
    for start, stop in records:
        for node in range(position, start + 1):
            found[node] = prose[node] - lost
        for node in range(start + 1, stop + 1):
            found[node] = prose[start] - lost
        lost += prose[stop] - prose[start]
        position = stop + 1
    for node in range(position, len(prose)):
        found[node] = prose[node] - lost
    return found


def cut(
    document: Document,
    view: PageView,
    totals: Survey,
    prose: list[int],
    story: Story,
    ways: Ways,
    *,
    scant: bool,
) -> Cut:
    """The page's one item; where running text is `scant` on it, with all else that its main part shows."""
    container, left = (widest(view, totals), set()) if scant else opened(view, totals, prose, story.container)
    start, stop = container, view.ends[container]
    first = next((node for node in range(start, stop) if prose[node + 1] > prose[node]), stop)
    title = headline.find(document, view, container, first)
    without = left.union(view.tree.aside)
    if scant:
        without.update(boxes.idle(view, totals, start, stop))
    else:
        without.update(_pruned(view, totals, prose, start, stop))
        without.update(cards(view, totals, ways, prose, container))
    made: list[tuple[int, Part]] = []
    if title.block is not None:
        made.append((title.start, Part(Role.TITLE, title.block)))
        without.update(range(title.start, title.stop))
    last = next((node for node in range(stop - 1, start, -1) if prose[node + 1] > prose[node]), start) + 1
    site = document.publisher or ""
    persons = stated_persons(document.metadata, site)
    says_author = bool(stated_author(document.metadata))
    for part, span in beside(
        view, start, title.start, first, last, _said(document), persons, site, says_author=says_author
    ):
        made.append((span[0], part))
        without.update(range(*span))
    opening = start
    if start <= title.start < first and totals.size[title.start] - totals.size[start] <= ABOVE_TITLE * (
        totals.size[stop] - totals.size[start]
    ):
        opening = title.stop
    body = once(blocks(view, opening, stop, without=without))
    if not scant:
        named = [part.block.text for _, part in made if part.block.marked == "author"]
        body = _trimmed(_without_vita(body, [*named, stated_author(document.metadata)]))
    parts = [part for _, part in sorted(made, key=lambda pair: pair[0])]
    parts.extend(Part(Role.BODY, block) for block in body)
    place = Place(css=view.css(container))
    why = f"most of the page's running text ({story.prose:,} characters) stands in one element; {title.why}"
    return Cut(
        tuple(parts),
        place,
        LAYOUT,
        link=document.metadata.get("canonical") or None,
        decisions=(Decision("split", "one article", why, place),),
    )


def _said(document: Document) -> str:
    """The day of publication that the page's head gives, or ""."""
    for key in ("article:published_time", "jsonld:datepublished", "itemprop:datepublished", "datepublished"):
        found = continental.first(document.metadata.get(key, ""))
        if found is not None:
            return found[0]
    return ""


def _pruned(view: PageView, totals: Survey, prose: list[int], start: int, stop: int) -> set[int]:
    """Elements in the article that are not of it: links to others, boxes about the author, appeals.

    A sign that would take away a good part of the text is a custom of the page's maker and says nothing.
    """
    found: dict[str, list[int]] = {"others": [], "decoration": [], "links": []}
    whole = prose[stop] - prose[start]
    shown = totals.size[stop] - totals.size[start]
    signs: dict[str, str] = {}
    node = start + 1
    while node < stop:
        tag = view.tags[node]
        if tag and tag in BLOCKS:
            end = view.ends[node]
            size = totals.size[end] - totals.size[node]
            if size and 3 * (prose[end] - prose[node]) < whole:
                sign = _sign(view, node, signs)
                if not sign and tag not in _NO_LINK_BOX:
                    linked = totals.linked[end] - totals.linked[node]
                    many = totals.links[end] - totals.links[node] > 2 and linked > 0.6 * size
                    if many and "tr" not in view.tags[node:end]:  # the names in a table are often links
                        sign = "links"
                    elif linked > CONTENTS * size and _leads_down(view, node):
                        sign = "others"
                if not sign and prose[node] - prose[start] > LATE * whole and _names_author(view, node):
                    sign = "others"
                if sign == "decoration" and prose[end] - prose[node] > SMALL * whole:
                    sign = ""
                if sign:
                    found[sign].append(node)
                    node = end
                    continue
        node += 1
    pruned: set[int] = set()
    for sign, nodes in found.items():
        lost = sum(prose[view.ends[node]] - prose[node] for node in nodes)
        gone = sum(totals.size[view.ends[node]] - totals.size[node] for node in nodes)
        if lost <= MOST_LOST[sign] * whole and (
            sign != "links" or gone <= 0.5 * shown or whole >= MUCH_PROSE
        ):
            pruned.update(nodes)
    return pruned


def _leads_down(view: PageView, node: int) -> bool:
    """Whether an element is the article's own list of contents: links to places on the page."""
    found = 0
    for inner in range(node, view.ends[node]):
        if view.tags[inner] == "a":
            if view.attributes[inner].get("href", "")[:1] != "#":
                return False
            found += 1
    return found >= FEW_CONTENTS


def _sign(view: PageView, node: int, signs: dict[str, str]) -> str:
    given = view.attributes[node]
    if not given:
        return ""
    own, kind = given.get("id", ""), given.get("class", "")
    found = _named(f"{kind} {own}", signs)
    if found and own and not _named(kind, signs) and repeats_words(own, view.texts[node : view.ends[node]]):
        return ""  # a section "More on fields" is called by what its heading says
    return found


def _named(named: str, signs: dict[str, str]) -> str:
    known = signs.get(named)
    if known is None:
        plain = _CAMEL.sub("-", named[:300]).lower().replace("_", "-")
        known = signs[named] = (
            "others" if _OTHERS.search(plain) else "decoration" if _DECORATION.search(plain) else ""
        )
    return known


def _names_author(view: PageView, node: int) -> bool:
    """Whether a box is named after the author: below the story it says who he is."""
    named = view.attributes[node].get("class", "")
    return (
        bool(named) and _AUTHOR_BOX.search(_CAMEL.sub("-", named[:300]).lower().replace("_", "-")) is not None
    )


def cards(view: PageView, totals: Survey, ways: Ways, prose: list[int], container: int) -> set[int]:
    """The first nodes of lists of cards inside an article that lead on to other stories."""
    start, stop = container, view.ends[container]
    if min(totals.heads[stop] - totals.heads[start], totals.links[stop] - totals.links[start]) < 3:
        return set()  # each card has a heading and a link, and there are three or more
    whole = prose[stop] - prose[start]
    found: set[int] = set()
    for pattern in ways.ranked[:60]:
        records = pattern.records
        if (
            pattern.leads
            or len(records) < 3
            or view.tags[records[0][0]] in HEADINGS
            or min(pattern.headed, pattern.led) < 0.8
            or pattern.bare > 0.9
        ):
            continue
        inside = [first for first, _ in records if start <= first < stop]
        held = sum(prose[last] - prose[first] for first, last in records)
        if len(inside) == len(records) and held <= CARDS_SHARE * whole:
            found.update(inside)
    return found


def _trimmed(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The text without lines that only lead to other stories, and headings at its end that stand over nothing."""
    body = tuple(block for block in body if not _leads_on(block))
    end = len(body)
    while end and (body[end - 1].kind in {BlockKind.HEADING, BlockKind.RULE} or _only_link(body[end - 1])):
        end -= 1
    return body[:end] or body


def _without_vita(body: tuple[Block, ...], authors: Sequence[str]) -> tuple[Block, ...]:
    """The text without the lines at its end that say who wrote it: under the author's name, or beginning with it."""
    names = {
        name.strip().casefold() for author in authors for name in author.split(",") if " " in name.strip()
    }
    if not names:
        return body
    whole = sum(len(block.text) for block in body)
    told = 0
    for index in range(len(body) - 1, max(0, len(body) - VITA_LINES) - 1, -1):
        text = body[index].text
        told += len(text)
        if told > min(VITA, LITTLE * whole):
            break
        plain = _ABOUT.sub("", text).rstrip(" :.").casefold()
        if plain in names or (index >= len(body) - 2 and _tells_of(text, names)):
            return body[:index]
    return body


def _tells_of(text: str, names: set[str]) -> bool:
    """Whether a paragraph begins by saying what the author is or does."""
    lower = text.casefold()
    return any(lower.startswith(name) and _IS_OR_DOES.match(lower, len(name)) for name in names)


def _leads_on(block: Block) -> bool:
    """Whether a line only points to another story: "Also read: …"."""
    if not block.links or len(block.text) > 250 or _LEADS_ON.match(block.text) is None:
        return False
    return sum(len(link.text) for link in block.links) >= 0.5 * len(block.text)


def _only_link(block: Block) -> bool:
    return len(block.links) == 1 and block.links[0].text == block.text and len(block.text) < 100
