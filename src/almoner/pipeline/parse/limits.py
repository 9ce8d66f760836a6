"""What is taken out of a page's source before it is parsed, so that no page can take unbounded time.

The HTML rules make a parser look back over all open elements at many a tag, and over all attributes of a tag
at each of them: pages made to be slow nest or repeat these without end. Ordinary pages pass unchanged.
"""

from __future__ import annotations

import re
from typing import Final

MAX_TAGS: Final = 100_000
MAX_ELEMENTS: Final = 30_000
"""Half as many again as the longest of five thousand pages has."""
MAX_DEPTH: Final = 500
MAX_ATTRIBUTES: Final = 200

_SUSPICIOUS_TAGS: Final = 5_000
_SUSPICIOUS_LENGTH: Final = 40_000
_NOSCRIPT = re.compile(r"<noscript\b[^>]*>", re.IGNORECASE)
_NOSCRIPT_END = re.compile(r"</noscript\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")
_OPEN_ENDED: Final = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr html head body p li dt dd tr td th
    option optgroup thead tbody tfoot colgroup rp rt
    """.split()  # noqa: SIM905
)
"""Elements that are empty or that the next one of their kind closes: they do not nest by themselves."""

_DRAWN: Final = frozenset(
    """
    path circle ellipse rect line polygon polyline image use stop g defs text tspan textpath lineargradient
    radialgradient clippath mask symbol marker pattern animate animatetransform filter
    """.split()  # noqa: SIM905
)
"""Elements of a drawing: in one, and only there, a slash at a tag's end closes the element."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?"""
# Matches every tag and moves past it, never trying again inside: so that its own time is bounded too.
_CROWDED_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+((?:{_ATTRIBUTE})*+)")
_ROOT_TAG = re.compile(r"<(?:html|body)\b[^>]*>", re.IGNORECASE)


def bounded(source: str) -> tuple[str, str]:
    """`source` with what would take unbounded time left out, and what that was ("" if nothing).

    What stands in `<noscript>` is always left out, as it is by a browser that runs scripts: places in the
    page are then the same in both.
    """
    left_out = []
    if "<noscript" in source or "<NOSCRIPT" in source:
        source = _without_noscript(source)
    if len(source) > _SUSPICIOUS_LENGTH and any(_CROWDED_TAG.findall(source)):
        source = _CROWDED_TAG.sub(_thinned, source)
        left_out.append(f"attributes after the first {MAX_ATTRIBUTES} of an element")
    tags = source.count("<")
    if tags > _SUSPICIOUS_TAGS:
        first = _first_elements(source) if tags > MAX_ELEMENTS else source
        if first is not source:
            source = first
            left_out.append(f"everything after the first {MAX_ELEMENTS:,} elements")
        source = _without_repeated_roots(source)
        flat = _flattened(source)
        if len(flat) != len(source):
            source = flat
            left_out.append(f"elements nested more than {MAX_DEPTH} deep")
    return source, "; ".join(left_out)


def _without_noscript(source: str) -> str:
    pieces = []
    position = 0
    while (begin := _NOSCRIPT.search(source, position)) is not None:
        end = _NOSCRIPT_END.search(source, begin.end())
        pieces.append(source[position : begin.end()])
        position = end.start() if end is not None else len(source)
    pieces.append(source[position:])
    return "".join(pieces)


def _thinned(tag: re.Match[str]) -> str:
    return tag[0][: tag.start(1) - tag.start()]


def _first_elements(source: str) -> str:
    position = -1
    opened = 0
    for _ in range(MAX_TAGS):
        position = source.find("<", position + 1)
        if position < 0:
            return source
        opened += source[position + 1 : position + 2] != "/"
        if opened > MAX_ELEMENTS:
            break
    return source[:position]


def _without_repeated_roots(source: str) -> str:
    """Each further `<body>` adds its attributes to the first one; a few are enough."""
    seen = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return match[0] if seen <= 20 else ""

    return _ROOT_TAG.sub(keep, source)


def _flattened(source: str) -> str:
    depth = 0
    drawing = False
    dropped: list[tuple[int, int]] = []
    for match in _TAG.finditer(source):
        name = match[2].lower()
        if drawing and name in _DRAWN:
            if source.endswith("/>", *match.span()):
                continue
        else:
            # Any other element may end the drawing, or hold mark-up that nests as outside of it.
            drawing = name == "svg" and not match[1]
        if name in _OPEN_ENDED:
            continue
        if match[1]:
            if depth > MAX_DEPTH:
                dropped.append(match.span())
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > MAX_DEPTH:
                dropped.append(match.span())
    if not dropped:
        return source
    pieces = []
    position = 0
    for start, end in dropped:
        pieces.append(source[position:start])
        position = end
    pieces.append(source[position:])
    return "".join(pieces)
