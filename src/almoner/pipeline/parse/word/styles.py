"""The styles of a Word file: which paragraphs are headings, which belong to a list, which to its table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.parse.nodes import Node, nodes

_HEADING: Final = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_CONTENTS: Final = re.compile(
    r"(?:toc|contents)\s*(?:heading|\d)|table of (?:figures|authorities)|index\s+\d", re.IGNORECASE
)
_DEEP: Final = 20


def attribute(node: Node, name: str) -> str:
    """An attribute by its name without namespace; "" where it is not there."""
    for key, value in node.attributes.items():
        if key.rpartition(" ")[2] == name:
            return value
    return ""


def child(node: Node, *names: str) -> Node | None:
    """The first child of that name, or the child of that child and so on."""
    found: Node | None = node
    for name in names:
        if found is None:
            return None
        found = next((one for one in found.children if one.name == name), None)
    return found


def value(node: Node, *names: str) -> str:
    """The value of the first child of that name, as Word writes it: `<w:ilvl w:val="1"/>`."""
    found = child(node, *names)
    return attribute(found, "val") if found is not None else ""


def is_on(node: Node | None, name: str) -> bool:
    """Whether a switch is set: `<w:b/>`, and not `<w:b w:val="0"/>`."""
    found = child(node, name) if node is not None else None
    return found is not None and attribute(found, "val") not in {"0", "false", "off", "none"}


@dataclass(slots=True)
class Style:
    """A paragraph's style, with what it takes over from the one it is based on."""

    name: str = ""
    level: int = 0
    """The rank that it gives a heading, from 1; 0 for other paragraphs."""
    is_title: bool = False
    is_contents: bool = False
    number: str = ""
    """The list that its paragraphs belong to ("numId"), and how deep they stand in it, from 0."""
    depth: int = 0
    bold: bool = False
    size: int = 0
    """In half points."""


def styles(content: bytes | None) -> dict[str, Style]:
    """The styles by their identifiers; the one that paragraphs have without saying so is under ""."""
    raw = (
        {attribute(node, "styleId"): node for node in nodes(content, frozenset({"style"}))} if content else {}
    )
    found = {name: _style(name, raw) for name in raw}
    for name, node in raw.items():
        if attribute(node, "type") == "paragraph" and attribute(node, "default") in {"1", "true", "on"}:
            found[""] = found[name]
    found.setdefault("", Style())
    return found


def _style(name: str, raw: dict[str, Node]) -> Style:
    chain: list[Node] = []
    at = name
    while at in raw and len(chain) < _DEEP and raw[at] not in chain:
        chain.append(raw[at])
        at = value(raw[at], "basedon")
    style = Style()
    for node in reversed(chain):
        style.name = value(node, "name")
        outline = value(node, "ppr", "outlinelvl")
        heading = _HEADING.match(style.name)
        if heading is not None:
            style.level = int(heading[1])
        elif outline.isdigit():
            style.level = int(outline) + 1 if int(outline) < 9 else 0
        number = child(node, "ppr", "numpr")
        if number is not None:
            style.number = value(number, "numid") or style.number
            depth = value(number, "ilvl")
            style.depth = int(depth) if depth.isdigit() else style.depth
        properties = child(node, "rpr")
        if properties is not None:
            if child(properties, "b") is not None:
                style.bold = is_on(properties, "b")
            size = value(properties, "sz")
            style.size = int(size) if size.isdigit() else style.size
    style.is_title = style.name.lower() == "title"
    style.is_contents = _CONTENTS.match(style.name) is not None
    if style.is_contents or style.is_title:
        style.level = 0
    return style
