"""A page's tree with the questions one asks it: text, place, links, safe mark-up."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from almoner.pipeline.model import Link, Tree
from almoner.pipeline.page import addresses
from almoner.pipeline.page.elements import BLOCKS, INLINE_KEPT
from almoner.pipeline.page.text import clean

MAX_PATH: Final = 400
"""Steps in a CSS path. A browser nests about 512 deep; what is deeper is placed at its ancestor there."""


class PageView:
    """One page's tree, with answers kept that are asked for again."""

    __slots__ = ("_paths", "attributes", "base", "ends", "parents", "tags", "texts", "tree")

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.tags = tree.tags
        self.ends = tree.ends
        self.parents = tree.parents
        self.texts = tree.texts
        self.attributes = tree.attributes
        self.base = tree.base
        self._paths: dict[int, str] = {0: "body"}

    def css(self, node: int) -> str:
        """The CSS path of an element; of a run of text, that of the element it stands in."""
        tree, paths = self.tree, self._paths
        if not self.tags[node]:
            node = self.parents[node]
        steps: list[int] = []
        while node not in paths:
            steps.append(node)
            node = self.parents[node]
        path = paths[node]
        depth = path.count(">")
        for step in reversed(steps):
            if depth < MAX_PATH:
                path = f"{path} > {self.tags[step]}:nth-child({tree.ordinals[step]})"
                depth += 1
            paths[step] = path
        return path

    def raw(self, start: int, stop: int) -> str:
        """The characters of the nodes from `start` up to `stop`, with a space where blocks or lines break."""
        tags, texts = self.tags, self.texts
        pieces = []
        for node in range(start, stop):
            tag = tags[node]
            if not tag:
                pieces.append(texts[node])
            elif tag in BLOCKS or tag == "br":
                pieces.append(" ")
        return "".join(pieces)

    def text(self, node: int) -> str:
        """The clean text of a node and all that is in it."""
        if not self.tags[node]:
            return clean(self.texts[node])
        return clean(self.raw(node, self.ends[node]))

    def href(self, node: int) -> str:
        """Where the link at `node` leads, absolute if that can be known; "" where it is none or not safe."""
        target = self.attributes[node].get("href")
        return addresses.absolute(target, self.base) if target else ""

    def links(self, start: int, stop: int) -> Iterator[Link]:
        """The links among the nodes from `start` up to `stop`, but not those that lead nowhere."""
        for node in range(start, stop):
            if self.tags[node] == "a":
                href = self.href(node)
                if href and not href.startswith("#"):
                    yield Link(href, self.text(node))

    def inline_html(self, nodes: list[int]) -> str:
        """Safe inline mark-up of a run of nodes: known elements, checked addresses, no other attribute."""
        pieces: list[str] = []
        closing: list[tuple[int, str]] = []
        for node in nodes:
            while closing and closing[-1][0] <= node:
                pieces.append(closing.pop()[1])
            tag = self.tags[node]
            if not tag:
                pieces.append(escape(self.texts[node], quote=False))
            elif tag == "br":
                pieces.append("<br>")
            elif tag in INLINE_KEPT:
                opening = self._opening(node, tag)
                if opening:
                    pieces.append(opening)
                    closing.append((self.ends[node], f"</{tag}>"))
            elif tag in BLOCKS:
                pieces.append(" ")
        pieces.extend(end for _, end in reversed(closing))
        return " ".join("".join(pieces).split())

    def _opening(self, node: int, tag: str) -> str:
        if tag == "a":
            href = self.href(node)
            return f'<a href="{escape(href)}">' if href and not href.startswith("#") else ""
        if tag == "time":
            moment = self.attributes[node].get("datetime")
            return f'<time datetime="{escape(moment)}">' if moment else ""
        return f"<{tag}>"
