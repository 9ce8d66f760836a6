"""A page's tree with the questions one asks it: text, place, links."""

from __future__ import annotations

from typing import Final

from almoner.pipeline.model import Link, Tree
from almoner.pipeline.page import addresses
from almoner.pipeline.page.elements import BLOCKS
from almoner.pipeline.page.text import clean
from almoner.pipeline.page.tracking import untracked

MAX_PATH: Final = 400
"""Steps in a CSS path. A browser nests about 512 deep; what is deeper is placed at its ancestor there."""


class PageView:
    """One page's tree, with answers kept that are asked for again, in this stage or the next."""

    __slots__ = (
        "_hrefs",
        "_paths",
        "above",
        "attributes",
        "base",
        "ends",
        "memory",
        "parents",
        "tags",
        "texts",
        "tree",
    )

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.tags = tree.tags
        self.ends = tree.ends
        self.parents = tree.parents
        self.texts = tree.texts
        self.attributes = tree.attributes
        self.base = tree.base
        self.memory = tree.memory
        self._paths = tree.memory.paths
        self._hrefs = tree.memory.hrefs
        self.above: dict[int, tuple[tuple[int, ...], int, int]] = {}
        """For a parent of what was read: the blocks it stands in, how deep in lists, and in which link (-1: none)."""

    def css(self, node: int) -> str:
        """The CSS path of an element; of a run of text, that of the element it stands in."""
        if not self.tags[node]:
            node = self.parents[node]
        paths = self._paths
        path = paths.get(node)
        if path is not None:
            return path
        steps: list[int] = []
        while node and node not in paths:
            steps.append(node)
            node = self.parents[node]
        path = paths[node] if node else "body"
        depth = path.count(">") if steps else 0
        for step in reversed(steps):
            if depth < MAX_PATH:
                path = f"{path} > {self.tags[step]}:nth-child({self.tree.ordinals[step]})"
                depth += 1
            paths[step] = path
        return path

    def raw(self, start: int, stop: int) -> str:
        """The characters of the nodes from `start` up to `stop`, with a space where blocks or lines break."""
        pieces = []
        for tag, text in zip(self.tags[start:stop], self.texts[start:stop], strict=True):
            if not tag:
                pieces.append(text)
            elif tag in BLOCKS or tag == "br":
                pieces.append(" ")
        return "".join(pieces)

    def text(self, node: int) -> str:
        """The clean text of a node and all that is in it."""
        stop = self.ends[node]
        if stop == node + 1:
            return clean(self.texts[node])
        if stop == node + 2:
            return clean(self.texts[node + 1])
        return clean(self.raw(node, stop))

    def href(self, node: int) -> str:
        """Where the link at `node` leads, absolute if that can be known and without what tracks its reader; "" where it
        is none or not safe."""
        known = self._hrefs.get(node)
        if known is None:
            target = self.attributes[node].get("href")
            known = self._hrefs[node] = untracked(addresses.absolute(target, self.base)) if target else ""
        return known

    def link(self, node: int) -> Link | None:
        """The link at `node` with its words; None where it leads nowhere, or only within the page."""
        href = self.href(node)
        if not href or href[0] == "#":
            return None
        return Link(href, self.text(node))
