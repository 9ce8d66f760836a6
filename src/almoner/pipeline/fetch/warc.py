"""Snapshots in and out of WARC files, the form in which web archives keep what they captured (ISO 28500:2017,
WARC 1.1).

Out: one `resource` record a snapshot, each a gzip member of its own (annex D), so that any record can be read
alone. In: `response` records that succeeded and `resource` records, from plain and from gzip files. What is broken is
named, and reading goes on at the next record that can be found.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

from fastwarc.warc import WarcRecord, WarcRecordType

from almoner.pipeline.errors import Malformed, PipelineError, TooLarge, Unreadable
from almoner.pipeline.fetch.decoding import Damaged, TooMuch
from almoner.pipeline.fetch.decoding import body as unpacked
from almoner.pipeline.fetch.files import MAX_BYTES, STAGE, STANDARD_INPUT
from almoner.pipeline.fetch.unpacking import Torn, Unpacked
from almoner.pipeline.model import MediaType, Snapshot

ENDINGS: Final = (".warc", ".warc.gz")
MAX_HEAD: Final = 64 * 1024
"""Bytes that the head of a record, or of the HTTP answer in it, may have."""
MOST_BROKEN: Final = 1_000
"""Broken records after which a file is given up: it is something else."""

_STANDARD_INPUT: Final = "urn:almoner:standard-input"
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_NEXT: Final = re.compile(rb"\n(WARC/1\.[01]\r\n)")
_NOT_IN_HEADERS: Final = re.compile(r"[\x00-\x20\x7f]")
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_NO_DOCUMENTS: Final = re.compile(
    r"(?:image|audio|video|font)/|text/css|(?:text|application)/(?:x-)?(?:java|ecma)script"
)
_TYPES: Final = {
    "application/xhtml+xml": MediaType.HTML, "text/xml": MediaType.XML, "application/rss+xml": MediaType.XML,
    "application/atom+xml": MediaType.XML, "application/rdf+xml": MediaType.XML,
    "application/feed+json": MediaType.JSON, **{each.value: each for each in MediaType},
}  # fmt: skip


def write(stream: BinaryIO, snapshots: Iterable[Snapshot], *, software: str, written: datetime) -> int:
    """Write snapshots to a file, after a record that says what wrote it and when. Returns how many there were.

    `OSError` as the stream raises it. A snapshot without a time gets `written`.
    """
    about = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    stream.write(_record(WarcRecordType.warcinfo, "", "application/warc-fields", _moment(written), about))
    count = 0
    for count, snapshot in enumerate(snapshots, start=1):  # noqa: B007, counted
        captured = datetime.fromisoformat(snapshot.captured) if snapshot.captured else written
        media_type = snapshot.media_type.value if snapshot.media_type else "application/octet-stream"
        stream.write(
            _record(WarcRecordType.resource, _uri(snapshot), media_type, _moment(captured), snapshot.content)
        )
    return count


def _record(kind: WarcRecordType, uri: str, media_type: str, moment: str, content: bytes) -> bytes:
    # The same snapshot has the same name in every export.
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{uri} {moment} {hashlib.sha256(content).hexdigest()}")
    record = WarcRecord()
    record.init_headers(record_type=kind, record_urn=str(name).encode())
    record.headers["WARC-Date"] = moment
    if uri:
        record.headers["WARC-Target-URI"] = uri
    record.headers["Content-Type"] = media_type
    record.set_bytes_content(content)
    plain = io.BytesIO()
    record.write(plain, checksum_data=True)
    return gzip.compress(plain.getvalue(), mtime=0)


def _moment(when: datetime) -> str:
    """A time as the standard has it: UTC, to the microsecond where it is known that well (5.4)."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _uri(snapshot: Snapshot) -> str:
    """A URI for wherever a snapshot was found: its address, or that of its file."""
    place = snapshot.address or snapshot.source
    if place == STANDARD_INPUT:
        return _STANDARD_INPUT
    if "://" not in place:
        return f"file://{quote(os.fsencode(place))}"
    return _NOT_IN_HEADERS.sub(lambda found: quote(found[0]), place)


def snapshots(path: str) -> Iterator[Snapshot | PipelineError]:
    """The documents in a WARC file, in its order; what is broken or too large is yielded as a `PipelineError` in
    its place. Requests, redirects, error pages, pictures and style sheets are no documents, and are passed over."""
    try:
        with open(path, "rb") as stream:
            broken = 0
            for number, raw in enumerate(_records(stream), start=1):
                name = f"{path}, record {number}"
                found = _broken(name, raw) if isinstance(raw, str) else _snapshot(raw, name)
                if found is not None:
                    yield found
                broken += isinstance(found, PipelineError)
                if broken >= MOST_BROKEN:
                    yield Malformed(path, STAGE, f"has {broken} broken records; the rest of it is not read.")
                    return
    except OSError as error:
        yield Unreadable(
            path,
            STAGE,
            f"could not be read: {error.strerror or error}.",
            advice="Check that the path is right and that you may read it.",
            permanent=False,
        )


def _broken(name: str, problem: str) -> PipelineError:
    kind = TooLarge if problem.startswith("is over") else Malformed
    return kind(name, STAGE, problem, advice="The rest of the file is read without it.")


def _records(stream: BinaryIO) -> Iterator[bytes | str]:
    """Each record as it stands in the file, or what is wrong with it. One is whole when two line
    ends stand where its length says; if not, the next is looked for from its head on: a wrong length costs one."""
    data = Unpacked(stream)
    while True:
        try:
            data.skip(b"\r\n")
            if not data.fill(1):
                return
            problem = "is no WARC record."
            if data.starts_with(b"WARC/"):
                head = data.find(b"\r\n\r\n", MAX_HEAD)
                found = _LENGTH.search(data.peek(head)) if head >= 0 else None
                if found:
                    length = int(found[1])
                    if length > MAX_BYTES + MAX_HEAD:
                        data.drop(head + 4 + length)
                        yield f"is over {MAX_BYTES // 2**20} MiB, and longer documents are not read."
                        continue
                    whole = head + 4 + length
                    data.fill(whole + 4)
                    if data.has_at(whole, b"\r\n\r\n"):
                        yield data.take(whole) + b"\r\n\r\n"
                        continue
                    problem = "is cut short, or its length is wrong."
                else:
                    problem = "has a head that cannot be read."
                data.drop(5)
            yield problem
            data.drop_to(_NEXT)
        except Torn:
            yield "cannot be unpacked."


def _snapshot(raw: bytes, name: str) -> Snapshot | PipelineError | None:
    """The snapshot in a record; None where it holds no document."""
    try:
        record = WarcRecord.from_bytes(raw)
        if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
            return None
        uri = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        if record.headers.get("WARC-Truncated"):
            return _broken(name, "was cut short when it was captured.")
        digest = record.headers.get("WARC-Block-Digest") or ""
        if digest.lower().startswith(("sha1:", "sha256:")) and not record.verify_block_digest():
            return _broken(name, "is damaged: its digest is not that of its bytes.")
        media_type = (record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
        if record.record_type == WarcRecordType.response:
            record.parse_http(auto_decode="none", max_header_len=MAX_HEAD)
            if record.http_headers is None or not record.http_headers.status_code:
                return None if media_type != "application/http" else _broken(name, "holds no HTTP answer.")
            if record.http_headers.status_code != 200:
                return None
            media_type = (record.http_content_type or "").lower()
        if _NO_DOCUMENTS.match(media_type):
            return None
        content = _content(record)
        captured = record.record_date.astimezone(UTC).isoformat() if record.record_date else ""
    except TooMuch:
        return _broken(name, f"is over {MAX_BYTES // 2**20} MiB, and longer documents are not read.")
    except (Damaged, OSError, ValueError) as error:
        return _broken(name, f"cannot be read: {error}.")
    return _named(uri, content, _TYPES.get(media_type), captured)


def _content(record: WarcRecord) -> bytes:
    """What a record holds; of an HTTP answer its body, put together and unpacked (RFC 9112, 7.1; RFC 9110, 8.4).
    `Damaged` if it ends before its own end, `TooMuch` if it is over the cap."""
    body: bytes = record.reader.read()
    headers = record.http_headers
    if headers is None:
        return unpacked([body], "", MAX_BYTES)
    length = headers.get("Content-Length") or ""
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        # Some archives put the chunks together and leave the header as it was.
        body = _put_together(body) if _CHUNK.match(body) else body
    elif length.isdecimal() and len(body) < int(length):
        raise Damaged("it ends in the middle")
    return unpacked([body], headers.get("Content-Encoding") or "", MAX_BYTES)


def _put_together(body: bytes) -> bytes:
    """The chunks of a body without their sizes; what follows the last one is left out."""
    chunks: list[bytes] = []
    place = 0
    while head := _CHUNK.match(body, place):
        size = int(head[1], 16)
        if size == 0:
            return b"".join(chunks)
        place = head.end() + size
        chunks.append(body[head.end() : place])
        if body[place : place + 2] != b"\r\n":
            break
        place += 2
    raise Damaged("its chunks end in the middle")


def _named(uri: str, content: bytes, media_type: MediaType | None, captured: str) -> Snapshot | None:
    """The snapshot under the place it was found at; None where no document can be."""
    if uri == _STANDARD_INPUT:
        return Snapshot(STANDARD_INPUT, content, media_type, captured=captured)
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme == "file":
        path = os.fsdecode(unquote_to_bytes(uri.removeprefix("file://")))
        return Snapshot(path, content, media_type, captured=captured)
    if parts.scheme not in ("http", "https"):
        return None
    return Snapshot(uri, content, media_type, uri, captured)
