"""A captured page drawn again for whoever writes its rule: its words, its structure, and the names of its elements.

Nothing of the page's own mark-up is passed on. What is written are boxes of ours, `div` and `span` with classes of
ours, and in them the page's words, escaped. So there is nothing that could run, load, submit or lead away, whatever the
page holds; and since any box may stand in any other, a browser builds the very tree that the rule is matched on.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString

from almoner.pipeline.model import Document, Item, Place, Tree
from almoner.pipeline.page.elements import BLOCKS, HEADINGS
from almoner.pipeline.page.view import PageView

MOST: Final = 20_000
"""Elements and runs of text that are drawn; what comes after is left out, and said."""
LONGEST_NAME: Final = 80
_DRAWN: Final = frozenset(
    "a b blockquote caption dd dt em h1 h2 h3 h4 h5 h6 hr li ol p pre small strong table td th tr ul".split()  # noqa: SIM905
)
"""Elements that look like something of their own."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A page as it is drawn, whether it was `cut`, and what each place is called in it."""

    drawn: SafeString
    cut: bool
    anchors: Mapping[Hashable, str]

    def anchor(self, item: Item) -> str:
        """The name of the box in which an item begins; "" where that is not known."""
        return self.anchors.get(_key(item.place), "")


def outline(document: Document) -> Outline:
    """The outline of a document: of a page by its elements, of anything else by its blocks."""
    return _of_tree(document.tree) if document.tree is not None else _of_blocks(document)


def _of_tree(tree: Tree) -> Outline:
    view = PageView(tree)
    pieces: list[str] = []
    anchors: dict[Hashable, str] = {}
    open_ends: list[tuple[int, str]] = []
    drawn = min(len(tree.tags), MOST)
    for node in range(drawn):
        while open_ends and open_ends[-1][0] <= node:
            pieces.append(open_ends.pop()[1])
        tag = tree.tags[node]
        if not tag:
            pieces.append(escape(tree.texts[node]))
            continue
        if tag == "br":
            pieces.append("<br>")
            continue
        box = "div" if tag in BLOCKS else "span"
        anchors[_key(Place(css=view.css(node)))] = f"n{node}"
        pieces.append(f"<{box} id=n{node}{_attributes(tree, node)}>")
        open_ends.append((tree.ends[node], f"</{box}>"))
    pieces.extend(closing for _, closing in reversed(open_ends))
    return Outline(SafeString("".join(pieces)), drawn < len(tree.tags), anchors)


def _attributes(tree: Tree, node: int) -> str:
    tag = tree.tags[node]
    classes = [f"as-{tag}"] if tag in _DRAWN else []
    classes += ["aside"] if node in tree.aside else []
    level = HEADINGS.get(tag)
    return "".join(
        (
            f' class="{" ".join(classes)}"' if classes else "",
            f' role="heading" aria-level="{level}"' if level else "",
            f' data-name="{escape(name)}"' if (name := _name(tree, node)) else "",
        )
    )


def _name(tree: Tree, node: int) -> str:
    """What a selector can call an element by: `div.entry#first`; "" where nothing but its tag."""
    given = tree.attributes[node]
    own = f"#{given['id']}" if given.get("id", "").strip() else ""
    names = "".join(f".{name}" for name in given.get("class", "").split())
    return f"{tree.tags[node]}{names}{own}"[:LONGEST_NAME] if names or own else ""


def _of_blocks(document: Document) -> Outline:
    pieces: list[str] = []
    anchors: dict[Hashable, str] = {}
    for number, block in enumerate(document.blocks[:MOST]):
        anchors.setdefault(_key(block.place), f"n{number}")
        line = block.place.first_line
        name = f' data-name="line {line}"' if line else ""
        pieces.append(
            f'<div id=n{number} class="block as-{block.kind.value}"{name}>{escape(block.text)}</div>'
        )
    return Outline(SafeString("".join(pieces)), len(document.blocks) > MOST, anchors)


def _key(place: Place) -> Hashable:
    """A place by where it begins."""
    if place.css and place.first_line is None:
        return place.css
    return place.first_line, place.page, place.paragraph, place.pointer
