"""A message taken apart into its parts (RFC 2046). One walk with a stack of its own: depth costs no recursion.

The standard library's parser recurses, looks for every open boundary at every line and gives a part nested 1,000 deep
up with an error; hence one of our own. An outer boundary ends an inner part that is not closed (RFC 2046, 5.1.2). The
parts, their depth and their number are bounded; what is left closed beyond that is listed as a file.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.parse.mail.fields import Head, read_head
from almoner.pipeline.parse.mail.parameters import Value, read_value
from almoner.pipeline.parse.mail.transfer import transferred

MAX_PARTS: Final = 10_000
MAX_FIELDS: Final = 100_000
"""Fields of all headers of a message together."""
MAX_DEPTH: Final = 50
"""Parts within parts and messages within messages. A forward of a forward has six."""

MAX_BOUNDARY: Final = 200

_DECLARED: Final = re.compile(
    rb'boundary\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))', re.IGNORECASE
)
_TYPE: Final = re.compile(r"[!-.0-~]{1,100}/[!-.0-~]{1,100}")
_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "message/news"})


@dataclass(slots=True)
class Part:
    """A message or a part of one.

    `media_type` is what it is read as, `declared` what its header says. `content` are the bytes of a leaf, freed of
    the transfer encoding. `children` are those of a multipart; `message` is what a message part holds. `closed` is
    false where a boundary should have ended it and none did: it breaks off. `damaged` and `encoded` are as in
    `transfer.Body`. `lines` are the first and last line of its body in the file,
    from 1; `raw` are the bytes there, None where a part around it was encoded as a whole.
    """

    head: Head
    media_type: str = "text/plain"
    declared: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    name: str = ""
    content: bytes = b""
    damaged: bool = False
    encoded: bool = False
    closed: bool = True
    children: list[Part] = field(default_factory=list)
    message: Part | None = None
    lines: tuple[int, int] = (1, 1)
    raw: bytes | None = None

    @property
    def is_multipart(self) -> bool:
        """Whether it is only there to hold others."""
        return self.media_type.startswith("multipart/")


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a message, and what was left closed because there were too many or they lay too deep."""

    root: Part
    left: str = ""


@dataclass(slots=True)
class _Waiting:
    """A stretch of bytes that is still to be opened as `part`'s header and body."""

    content: bytes
    start: int
    end: int
    depth: int
    digest: bool
    ended: bool
    """Whether a boundary ends it."""
    within: bool
    """Whether a boundary should end it."""
    place: tuple[int, int] | None
    """The lines in the file of what was encoded as a whole; None where the bytes are the file's."""
    parent: Part | None
    boundaries: frozenset[bytes]
    """All that are declared in `content`."""
    as_message: bool = False


def open_parts(content: bytes, first_line: int = 1) -> Opened:
    """The message in `content`, which begins on `first_line` of its file, as a tree of parts. Never raises."""
    counted = _Lines(content, first_line)
    start = len(content) - len(content.lstrip(b"\r\n"))
    waiting = [
        _Waiting(
            content,
            start,
            len(content),
            0,
            digest=False,
            ended=False,
            within=False,
            place=None,
            parent=None,
            boundaries=_boundaries(content),
        )
    ]
    root: Part | None = None
    left = ""
    count = fields = 0
    while waiting:
        task = waiting.pop()
        count += 1
        part, body = _opened(task, counted, fields <= MAX_FIELDS)
        fields += len(part.head.fields)
        if root is None:
            root = part
        elif task.parent is not None:
            if task.as_message:
                task.parent.message = part
            else:
                task.parent.children.append(part)
        deep, many = task.depth >= MAX_DEPTH, count + len(waiting) >= MAX_PARTS or fields > MAX_FIELDS
        if deep or many:
            if part.is_multipart or part.media_type in _MESSAGES:
                left = f"parts more than {MAX_DEPTH} deep" if deep else f"parts after the first {count:,}"
                part.media_type = "application/octet-stream"
            _fill(part, task, body)
            continue
        if part.is_multipart:
            _open_multipart(part, task, body, waiting, MAX_PARTS - count - len(waiting))
            continue
        _fill(part, task, body)
        if part.media_type in _MESSAGES:
            _open_message(part, task, body, waiting)
    assert root is not None
    return Opened(root, left)


class _Lines:
    """Positions in the file → line numbers, by the breaks counted up to each stretch of it."""

    _STRETCH: Final = 4_096

    def __init__(self, content: bytes, first: int) -> None:
        self.content = content
        self.before = [first]
        for start in range(0, len(content), self._STRETCH):
            self.before.append(self.before[-1] + content.count(b"\n", start, start + self._STRETCH))

    def __call__(self, position: int) -> int:
        stretch = min(position, len(self.content)) // self._STRETCH
        return self.before[stretch] + self.content.count(b"\n", stretch * self._STRETCH, position)


def _opened(task: _Waiting, counted: _Lines, headed: bool) -> tuple[Part, int]:
    head, body = read_head(task.content, task.start, task.end) if headed else (Head(), task.start)
    given = head.line("content-type")
    kind = read_value(given)
    disposition = read_value(head.line("content-disposition"))
    media_type = kind.value
    if _TYPE.fullmatch(media_type) is None:
        media_type = "message/rfc822" if task.digest and not given else "text/plain"
    if task.place is None:
        last = max(body, task.end - 1)
        lines = counted(body), counted(last)
    else:
        lines = task.place
    named = _named(disposition, kind)
    return (
        Part(
            head, media_type, media_type, kind.parameters, disposition.value, named,
            closed=task.ended or not task.within, lines=lines,
        ),
        body,
    )  # fmt: skip


def _named(disposition: Value, kind: Value) -> str:
    return disposition.parameters.get("filename") or kind.parameters.get("name") or ""


def _fill(part: Part, task: _Waiting, body: int) -> None:
    encoding = part.head.line("content-transfer-encoding")
    raw = task.content[body : task.end]
    part.raw = raw if task.place is None else None
    freed = transferred(raw, encoding)
    part.content, part.damaged, part.encoded = freed.content, freed.damaged, freed.encoded


def _open_message(part: Part, task: _Waiting, body: int, waiting: list[_Waiting]) -> None:
    """A message inside: where what is there begins with no field, it is a file like any other."""
    head, _ = read_head(part.content, 0, len(part.content))
    if not head.fields:
        part.media_type = "text/plain"
        return
    task_depth = task.depth + 1
    if part.raw == part.content:
        inner = _Waiting(
            task.content,
            body,
            task.end,
            task_depth,
            digest=False,
            ended=task.ended,
            within=task.within,
            place=None,
            parent=part,
            boundaries=task.boundaries,
        )
    else:
        inner = _Waiting(part.content, 0, len(part.content), task_depth, digest=False, ended=task.ended, within=task.within, place=part.lines, parent=part, boundaries=_boundaries(part.content))  # fmt: skip
    inner.as_message = True
    waiting.append(inner)


def _open_multipart(part: Part, task: _Waiting, body: int, waiting: list[_Waiting], room: int) -> None:
    """Queue the children. A multipart whose boundary is nowhere is text that breaks off."""
    boundary = part.parameters.get("boundary", "").rstrip()
    found = _cut(task, body, boundary, room) if boundary else []
    if not found and task.content[body : task.end].strip():
        part.media_type = "text/plain"
        part.closed = False
        _fill(part, task, body)
        return
    digest = part.media_type == "multipart/digest"
    waiting.extend(
        _Waiting(
            task.content,
            start,
            end,
            task.depth + 1,
            digest,
            ended or task.ended,
            True,
            task.place,
            part,
            task.boundaries,
        )
        for start, end, ended in reversed(found)
    )


def _cut(task: _Waiting, start: int, boundary: str, room: int) -> list[tuple[int, int, bool]]:
    """Where the parts between the delimiter lines begin and end, and whether a delimiter ends each.

    A line that begins with the boundary is one, whatever follows (RFC 2046, 5.1.1), unless it is the delimiter of
    another part: boundaries within often begin with that of the whole. The last one may follow its part on the same
    line, as some writers have it.
    """
    content, end = task.content, task.end
    own = boundary.encode("utf-8", "surrogateescape")
    mark = b"--" + own
    found: list[tuple[int, int, bool]] = []
    begin = -1
    at = start
    while len(found) < room:
        at = content.find(mark, at, end)
        if at < 0:
            break
        after = at + len(mark)
        if (at > start and content[at - 1] not in b"\n\r") or _is_anothers(task, own, at + 2):
            at = after
            continue
        if begin >= 0:
            found.append((begin, _before_break(content, begin, at), True))
        if content[after : after + 2] == b"--":
            return found
        line_end = content.find(b"\n", after, end)
        begin = at = line_end + 1 if line_end >= 0 else end
    if begin >= 0 and len(found) < room and content[begin:end].strip():
        last = content.rfind(mark + b"--", begin, end)
        found.append((begin, last, True) if last >= 0 else (begin, end, False))
    return found


def _is_anothers(task: _Waiting, own: bytes, at: int) -> bool:
    """Whether what stands behind the two hyphens of a line opens or closes another part than that of `own`."""
    line = task.content[at : min(task.end, at + MAX_BOUNDARY)].partition(b"\n")[0].rstrip(b" \t\r")
    bare = line.removesuffix(b"--")
    return own not in {line, bare} and (line in task.boundaries or bare in task.boundaries)


def _boundaries(content: bytes) -> frozenset[bytes]:
    """Every boundary that is declared anywhere in `content`."""
    found = itertools.islice(_DECLARED.finditer(content), MAX_PARTS)
    return frozenset(match[1] if match[1] is not None else match[2].rstrip() for match in found)


def _before_break(content: bytes, begin: int, at: int) -> int:
    """The line break before a delimiter belongs to it, not to the part."""
    if at > begin and content[at - 1 : at] == b"\n":
        at -= 1
        if at > begin and content[at - 1 : at] == b"\r":
            at -= 1
    elif at > begin and content[at - 1 : at] == b"\r":
        at -= 1
    return at
