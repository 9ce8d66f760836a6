"""CSS selectors over a page's tree, in time that grows only with the page.

An editor's selector must not be able to hang the service. Engines that try a selector from right to left go back
over all ancestors at each step: `.a div div div div p` takes lexbor minutes on a deep page, `:has()` longer. Here
each step turns one set of elements into the next, so a selector costs its steps times the page's elements.

What is known: names (`li`, `*`), `.class`, `#id`, attributes (`[rel]`, `=`, `~=`, `|=`, `^=`, `$=`, `*=`),
`:first-child`, `:nth-child()`, `:not()` of one of these, the four combinators, and commas. It is a part of
Selectors Level 3 (https://www.w3.org/TR/selectors-3/) and means the same there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from almoner.pipeline.page.view import PageView

MAX_LENGTH: Final = 300
ATTRIBUTES: Final = frozenset({"class", "id", "href", "rel", "role", "title", "datetime", "itemprop", "itemtype", "property",
                               "name", "type", "aria-label", "data-testid", "data-test", "data-type"})  # fmt: skip
"""The attributes that a tree keeps and a selector may ask for."""

Test = Callable[[PageView, int], bool]

_NAME = r"-?[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff-]*"
_TOKEN = re.compile(
    rf"(?P<combinator>\s*[>+~]\s*|\s+)|(?P<tag>\*|{_NAME})|\.(?P<class>{_NAME})|\#(?P<id>{_NAME})"
    rf"|\[\s*(?P<attribute>{_NAME})\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[\w./:-]+)\s*)?\]"
    r"|:(?P<pseudo>first-child|nth-child|not)(?P<open>\()?"
)
_NTH = re.compile(
    r"\s*(?:(?P<word>odd|even)|(?:(?P<step>[+-]?\d*)n)?\s*(?P<offset>[+-]?\s*\d+)?)\s*\)", re.IGNORECASE
)


class BadSelector(ValueError):
    """A selector that is none, or asks for what is not known. The words say what and where."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector: for each of its comma-separated parts the steps, each with the combinator before it."""

    printed: str
    paths: tuple[tuple[tuple[str, tuple[Test, ...]], ...], ...]

    def find(self, view: PageView) -> list[int]:
        """The elements of the page that it matches, in document order, furniture included."""
        found: set[int] = set()
        for path in self.paths:
            current: Sequence[int] = ()
            for combinator, tests in path:
                reached = _REACHED[combinator](view, bytes(current)) if combinator else None
                current = _passing(view, tests, reached)
            found.update(node for node, matched in enumerate(current) if matched)
        return sorted(found)


def parse(printed: str) -> Selector:
    """The selector that is written. Raises `BadSelector` with what is wrong in words for an editor."""
    if len(printed) > MAX_LENGTH:
        raise BadSelector(f"is {len(printed)} characters long; at most {MAX_LENGTH} are read")
    paths = []
    for part in printed.split(",") if not re.search(r"[\"'(]", printed) else _parts(printed):
        if not part.strip():
            raise BadSelector("is empty, or has a comma too many")
        paths.append(_path(part.strip()))
    return Selector(printed, tuple(paths))


def _parts(printed: str) -> list[str]:
    """The parts between commas that stand outside quotes and brackets."""
    return re.findall(r"""(?:"[^"]*"|'[^']*'|\([^()]*\)|[^,"'()]|["'()])+""", printed)


def _path(part: str) -> tuple[tuple[str, tuple[Test, ...]], ...]:
    steps: list[tuple[str, tuple[Test, ...]]] = []
    tests: list[Test] = []
    combinator = ""
    position = 0
    while position < len(part):
        token = _TOKEN.match(part, position)
        if token is None:
            raise BadSelector(f"cannot be read from “{part[position : position + 20]}” on")
        position = token.end()
        if token["combinator"] is not None:
            if not tests:
                raise BadSelector(f"has nothing before “{token[0].strip() or ' '}”")
            steps.append((combinator, tuple(tests)))
            tests, combinator = [], token["combinator"].strip() or " "
        elif token["tag"] is not None and tests:
            raise BadSelector(
                f"has the element “{token['tag']}” after something else; an element's name comes first"
            )
        else:
            test, position = _test(token, part, position)
            tests.append(test)
    if not tests:
        raise BadSelector(f"ends with “{combinator}”, and nothing follows")
    steps.append((combinator, tuple(tests)))
    return tuple(steps)


def _test(token: re.Match[str], part: str, position: int) -> tuple[Test, int]:
    if token["pseudo"] is None:
        return _simple(token), position
    if token["pseudo"] == "first-child":
        return _nth(0, 1), position
    if not token["open"]:
        raise BadSelector(f"has “:{token['pseudo']}” without brackets")
    if token["pseudo"] == "nth-child":
        found = _NTH.match(part, position)
        if found is None or not found[0].strip(" )"):
            raise BadSelector("has “:nth-child()” with something that is no number, as in 2, odd or 2n+1")
        return _nth(*_numbers(found)), found.end()
    inner = _TOKEN.match(part, position)
    if inner is None or inner["combinator"] or inner["pseudo"] or part[inner.end() : inner.end() + 1] != ")":
        raise BadSelector("has “:not()” with more in it than one name, class, id or attribute")
    unwanted = _simple(inner)
    return (lambda view, node: not unwanted(view, node)), inner.end() + 1


def _simple(token: re.Match[str]) -> Test:
    if (tag := token["tag"]) is not None:
        name = tag.lower()
        return lambda view, node: name in {"*", view.tags[node]}
    if (wanted := token["class"]) is not None:
        return lambda view, node: wanted in view.attributes[node].get("class", "").split()
    if (own := token["id"]) is not None:
        return lambda view, node: view.attributes[node].get("id") == own
    attribute = token["attribute"].lower()
    if attribute not in ATTRIBUTES:
        raise BadSelector(f"asks for [{attribute}]; only these are known: {', '.join(sorted(ATTRIBUTES))}")
    how, value = token["how"], (token["value"] or "").strip("\"'")
    if how is None:
        return lambda view, node: attribute in view.attributes[node]
    if not value:
        raise BadSelector(f"compares [{attribute}] with nothing")
    compare = _COMPARED[how]
    return lambda view, node: compare(view.attributes[node].get(attribute, ""), value)


def _numbers(found: re.Match[str]) -> tuple[int, int]:
    if found["word"]:
        return 2, 1 if found["word"].lower() == "odd" else 0
    offset = int((found["offset"] or "0").replace(" ", ""))
    step = found["step"]
    return (0 if step is None else int(step + "1") if step in {"", "+", "-"} else int(step)), offset


def _nth(step: int, offset: int) -> Test:
    def test(view: PageView, node: int) -> bool:
        beyond = view.tree.ordinals[node] - offset
        return beyond == 0 if step == 0 else beyond % step == 0 and beyond // step >= 0

    return test


def _passing(view: PageView, tests: tuple[Test, ...], reached: bytes | None) -> bytearray:
    found = bytearray(len(view.tags))
    for node, tag in enumerate(view.tags):
        if tag and (reached is None or reached[node]) and all(test(view, node) for test in tests):
            found[node] = 1
    return found


def _descendants(view: PageView, current: bytes) -> bytes:
    inside = bytearray(len(current))
    for node, parent in enumerate(view.parents):
        if parent >= 0:
            inside[node] = current[parent] or inside[parent]
    return bytes(inside)


def _children(view: PageView, current: bytes) -> bytes:
    return bytes(current[parent] if parent >= 0 else 0 for parent in view.parents)


def _next(view: PageView, current: bytes) -> bytes:
    return _siblings(view, current, all_later=False)


def _later(view: PageView, current: bytes) -> bytes:
    return _siblings(view, current, all_later=True)


def _siblings(view: PageView, current: bytes, *, all_later: bool) -> bytes:
    reached = bytearray(len(current))
    before: dict[int, int] = {}
    for node, parent in enumerate(view.parents):
        if not view.tags[node]:
            continue
        previous = before.get(parent, -1)
        if previous >= 0:
            reached[node] = current[previous] or (all_later and reached[previous])
        before[parent] = node
    return bytes(reached)


_REACHED: Final[Mapping[str, Callable[[PageView, bytes], bytes]]] = {
    " ": _descendants, ">": _children, "+": _next, "~": _later,
}  # fmt: skip
_COMPARED: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "=": str.__eq__,
    "~=": lambda given, value: value in given.split(),
    "|=": lambda given, value: given == value or given.startswith(f"{value}-"),
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
}
