"""From the parser's nodes to the model's tree: only what reading needs, as columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from almoner.pipeline.model import Tree
from almoner.pipeline.page.elements import BLOCKS, DROPPED

_KEPT: Final = frozenset(
    """
    aria-hidden aria-label class colspan content data-nosnippet datetime hidden href id itemprop itemscope
    itemtype name property rel role style title type
    """.split()  # noqa: SIM905
)
_NONE: Final[dict[str, str]] = {}
MAX_VALUE: Final = 8_000


@dataclass(slots=True)
class Growth:
    """What the walk gathered: the tree's columns, and from the whole page what speaks about it."""

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    attributes: list[dict[str, str]] = field(default_factory=list)
    metas: list[dict[str, str]] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    title: str = ""
    base: str = ""
    language: str = ""

    def tree(self, aside: frozenset[int], base: str) -> Tree:
        """The tree as it now is, with the roots of what is set aside and the address that links are relative to."""
        return Tree(
            tuple(self.tags),
            tuple(self.parents),
            tuple(self.ends),
            tuple(self.ordinals),
            tuple(self.texts),
            tuple(self.attributes),
            aside,
            base,
        )


def grow(parser: LexborHTMLParser) -> Growth:
    """Walk the parsed page once. Never recurses, so depth does not matter."""
    growth = Growth()
    root = parser.root
    if root is None:
        return growth
    growth.language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "").strip()
    head, body = parser.head, parser.body
    if head is not None:
        _read_head(head, growth)
    if body is not None:
        _read_body(body, growth)
    if not growth.tags:  # a frameset
        growth.tags, growth.parents, growth.ends = ["body"], [-1], [1]
        growth.ordinals, growth.texts, growth.attributes = [2], [""], [_NONE]
    return growth


def _read_head(head: LexborNode, growth: Growth) -> None:
    node = head.child
    while node is not None:
        _note(node, node.tag or "", growth)
        node = node.next


def _note(node: LexborNode, tag: str, growth: Growth) -> None:
    """Keep what an element without shown text says about the page."""
    if tag in {"meta", "link"}:
        growth.metas.append(
            {name: value for name, value in node.attributes.items() if value and len(value) < MAX_VALUE}
        )
    elif tag == "script":
        kind = node.attributes.get("type")
        if kind and "ld+json" in kind:
            growth.json_ld.append(node.text())
    elif tag == "title" and not growth.title:
        growth.title = node.text_content or node.text()
    elif tag == "base" and not growth.base:
        growth.base = node.attributes.get("href") or ""


def _read_body(body: LexborNode, growth: Growth) -> None:
    tags, parents, ends, ordinals = growth.tags, growth.parents, growth.ends, growth.ordinals
    texts, attributes = growth.texts, growth.attributes
    node = body
    parent = -1
    ordinal = 1
    stack: list[tuple[LexborNode, int, int]] = []
    beside_text = False
    while True:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if text and not text.isspace():
                beside_text = True
            else:
                text = " " if text and beside_text else ""
            if text:
                tags.append("")
                parents.append(parent)
                ends.append(len(tags))
                ordinals.append(0)
                texts.append(text)
                attributes.append(_NONE)
        elif tag in DROPPED:
            ordinal += 1
            _note(node, tag, growth)
        elif tag and tag[0] not in "-!":
            index = len(tags)
            tags.append(tag)
            parents.append(parent)
            ends.append(0)
            ordinals.append(ordinal)
            texts.append("")
            given = node.attributes
            attributes.append(
                {name: value or "" for name, value in given.items() if name in _KEPT} if given else _NONE
            )
            ordinal += 1
            beside_text = tag not in BLOCKS
            child = node.child
            if child is not None:
                stack.append((node, parent, ordinal))
                parent, ordinal = index, 1
                node = child
                continue
            ends[index] = len(tags)
        while True:
            following = node.next if parent >= 0 else None
            if following is not None:
                node = following
                break
            if not stack:
                if parent >= 0:
                    ends[parent] = len(tags)
                return
            ends[parent] = len(tags)
            beside_text = tags[parent] not in BLOCKS
            node, parent, ordinal = stack.pop()
