"""Feeds against feedparser's own expectations, an `Expect:` line a file.

    python -m benchmarks feeds [--every N] [--failures]

Scored are the comparisons of a file's line that concern an entry's or the feed's title, link, id, dates, author,
summary and content. What is compared is what `almoner read` gives: titles, summaries and texts as words without
mark-up and with the links in them, dates to the minute. Files that only an HTTP header makes readable are left out,
and so are claims about SVG pictures, of which we keep none.
"""

from __future__ import annotations

import ast
import calendar
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from time import process_time
from typing import Any, Final
from urllib.parse import urljoin

from almoner.pipeline.model import Document, Item, Reading, Snapshot, When
from almoner.pipeline.run import read
from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS: Final = "feeds"
ORIGIN: Final = "http://127.0.0.1:8097/"
"""Where feedparser's own test server says the files lie."""

_EXPECT = re.compile(r"Expect:\s*(.+?)\s*(?:\n|-->)", re.DOTALL)
_HEADER = re.compile(r"Header:\s*([\w-]+):\s*(.*)")
_FIELDS: Final = {
    "title": "title", "title_detail.value": "title", "link": "link", "id": "id", "guid": "id",
    "published": "date", "published_parsed": "date", "updated": "date", "updated_parsed": "date",
    "created": "date", "created_parsed": "date",
    "author": "author", "author_detail.name": "author",
    "summary": "summary", "summary_detail.value": "summary", "description": "summary", "content.0.value": "content",
    "subtitle": "summary", "tagline": "summary", "tagline_detail.value": "summary", "subtitle_detail.value": "summary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One comparison: of what ("feed", or an entry's number), which of its fields, and what it should be."""

    entry: int | None
    path: str
    value: Any

    @property
    def field(self) -> str:
        """The group it is counted in."""
        return _FIELDS[self.path]


@dataclass(frozen=True, slots=True)
class Case:
    """A file with its claims and the address it would have been fetched from."""

    path: Path
    claims: tuple[Claim, ...]
    address: str


def cases(folder: Path) -> Iterator[Case]:
    """The files of the set that make a claim we are measured by."""
    for path in sorted((*folder.rglob("*.xml"), *folder.rglob("*.json"))):
        text = _decoded(path.read_bytes())
        expect = _EXPECT.search(text[:4_000])
        headers = {name.lower(): value.strip() for name, value in _HEADER.findall(text[:4_000])}
        if expect is None or "charset" in headers.get("content-type", ""):
            continue
        try:
            claims = tuple(_claims(ast.parse(expect[1], mode="eval")))
        except SyntaxError:
            continue
        if claims:
            address = ORIGIN + path.relative_to(folder).as_posix()
            location = headers.get("content-location", "")
            fetched = location or ORIGIN in expect[1]
            where = urljoin(address, location)
            yield Case(path, claims, (where if where.startswith("http") else address) if fetched else "")


def _decoded(content: bytes) -> str:
    """Enough of a file's text to find its line, whatever its encoding."""
    for bom, encoding in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    for lead, encoding in (
        (b"<\0\0\0", "utf-32-le"),
        (b"\0\0\0<", "utf-32-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if content.startswith(lead):
            return content.decode(encoding, "replace")
    return content.decode("utf-8", "replace")


def _claims(tree: ast.Expression) -> Iterator[Claim]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not all(isinstance(op, ast.Eq) for op in node.ops):
            continue
        try:
            value = ast.literal_eval(node.comparators[-1])
        except ValueError:
            continue
        if isinstance(value, str) and "<svg" in value:
            continue
        for side in (node.left, *node.comparators[:-1]):
            steps = _steps(side)
            if steps is None or len(steps) < 2:
                continue
            entry = steps[1] if steps[0] == "entries" and isinstance(steps[1], int) else None
            if steps[0] != "feed" and entry is None:
                continue
            path = ".".join(map(str, steps[2:] if entry is not None else steps[1:]))
            if (
                path in _FIELDS
                and value != ""
                and not (path in {"published", "updated", "created"} and not isinstance(value, str))
            ):
                yield Claim(entry, path, value)


def _steps(node: ast.expr) -> list[str | int] | None:
    """`entries[0].title` as its steps."""
    if isinstance(node, ast.Name):
        return [node.id]
    inner = _steps(node.value) if isinstance(node, ast.Attribute | ast.Subscript) else None
    if inner is None:
        return None
    if isinstance(node, ast.Attribute):
        return [*inner, node.attr]
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str | int)
    ):
        return [*inner, node.slice.value]
    return None


def holds(claim: Claim, reading: Reading, is_markup: bool) -> bool:
    """Whether our reading says what the claim does. `is_markup`: the claim's value is HTML, not plain text."""
    given = reading.document
    if claim.entry is not None and claim.entry >= len(reading.items):
        return False
    item = reading.items[claim.entry] if claim.entry is not None else None
    return _agrees(claim, given, item, is_markup)


def _agrees(claim: Claim, document: Document, item: Item | None, is_markup: bool) -> bool:
    said = document.metadata
    value = claim.value
    if claim.field == "date":
        return _same_time(claim, item, said.get("feed:" + claim.path.removesuffix("_parsed"), ""))
    if claim.field == "author":
        if item is None:
            return value == said.get("feed:author") or value in said.get("feed:author", "")
        return value in {item.credit.author, item.credit.as_printed}
    if claim.field in {"link", "id"}:
        ours = (
            said.get(f"feed:{claim.field}")
            if item is None
            else item.link
            if claim.field == "link"
            else item.id
        )
        return bool(ours == value)
    words, links = _visible(str(value))
    if claim.field == "title":
        words = words if is_markup else str(value)
        return _squash(words) == _squash((document.title if item is None else item.title) or "")
    # Plain text in which tags stand is read without them, as all text is.
    wanted = {_squash(words)} if is_markup else {_squash(words), _squash(str(value))}
    if item is None:
        return _squash(said.get("feed:description", "")) in wanted
    ours = item.summary if claim.field == "summary" and _squash(item.text) not in wanted else item.text
    hrefs = {link.href for link in item.links} | {item.link}
    return _squash(ours) in wanted and (links <= hrefs or not is_markup)


def _same_time(claim: Claim, item: Item | None, of_feed: str) -> bool:
    name = claim.path.removesuffix("_parsed")
    if item is None:
        return of_feed == claim.value if isinstance(claim.value, str) else bool(of_feed)
    when: When | None = {"published": item.published, "updated": item.updated}.get(name)
    when = when or next((named.when for named in item.times if named.name == name), None)
    if when is None:
        return False
    if isinstance(claim.value, str):
        return when.as_printed == " ".join(claim.value.split())
    moment = datetime.fromisoformat(when.value)
    seconds = calendar.timegm(claim.value)
    return abs(moment.astimezone(UTC).timestamp() - seconds) < 60


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.update(
                value for name, value in attrs if name == "href" and value and value.startswith("http")
            )
        if tag in {"p", "div", "br", "li", "td", "pre", "blockquote"}:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _visible(markup: str) -> tuple[str, set[str]]:
    words = _Words()
    words.feed(markup)
    words.close()
    return "".join(words.pieces), words.links


def _squash(text: str) -> str:
    return "".join(text.replace("•", "").split())


@dataclass(slots=True)
class Tally:
    """Claims that hold, of how many, by field; CPU seconds of ours and of feedparser; and what failed."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    ours: float = 0.0
    theirs: float = 0.0
    failed: list[str] = field(default_factory=list)

    def share(self) -> float:
        """Of all claims, those that hold."""
        return self.right.total() / max(1, self.of.total())


def tally(folder: Path, stride: int) -> Tally:
    """Every claim of the set, looked at."""
    count = Tally()
    for case in list(cases(folder))[::stride]:
        content = case.path.read_bytes()
        begun = process_time()
        reading = _read(case, content)
        count.ours += process_time() - begun
        begun = process_time()
        details = _peer(case, content)
        count.theirs += process_time() - begun
        for claim in case.claims:
            held = reading is not None and holds(claim, reading, _is_markup(claim, details))
            count.right[claim.field] += held
            count.of[claim.field] += 1
            if not held:
                count.failed.append(
                    f"{case.path.relative_to(folder)}: {claim.path} should be {claim.value!r}"
                )
    return count


def scores(folder: Path, stride: int) -> Scores:
    """The share of all claims that hold."""
    return {"claims": tally(folder, stride).share()}


def compare(folder: Path, stride: int) -> None:
    """Prints how many claims hold, by field. They are feedparser's own, so that it holds them all."""
    count = tally(folder, stride)
    print(described())
    print("\n| field | claims that hold | of | share | feedparser |\n|---|---|---|---|---|")
    for name in sorted(count.of):
        print(
            f"| {name} | {count.right[name]} | {count.of[name]} | {count.right[name] / count.of[name]:.3f} | 1.000 |"
        )
    print(f"| all | {count.right.total()} | {count.of.total()} | {count.share():.4f} | 1.0000 |")
    print(f"\nCPU: ours {count.ours:.1f} s with all fields out, feedparser alone {count.theirs:.1f} s.")
    if "--failures" in sys.argv[1:]:
        print("\n".join(count.failed))


def _read(case: Case, content: bytes) -> Reading | None:
    try:
        return read(Snapshot(case.path.name, content, None, case.address))
    except Exception as error:
        print(f"  {case.path.name}: {error}")
        return None


def _peer(case: Case, content: bytes) -> Any:
    import feedparser

    return feedparser.parse(io.BytesIO(content), response_headers={"content-location": case.address})


def _is_markup(claim: Claim, details: Any) -> bool:
    """Whether the value claimed is HTML, as feedparser understands the element."""
    name = claim.path.split(".", 1)[0].removesuffix("_detail")
    name = {"description": "summary", "tagline": "subtitle"}.get(name, name)
    try:
        part = details["entries"][claim.entry] if claim.entry is not None else details["feed"]
        detail = part["content"][0] if name == "content" else part[f"{name}_detail"]
    except (KeyError, IndexError):
        return True
    return bool(detail.get("type") != "text/plain")
