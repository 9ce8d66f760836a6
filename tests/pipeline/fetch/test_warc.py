"""WARC files: out and in again, and in from others, with what breaks on the way."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
from base64 import b32encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from almoner.pipeline.errors import Malformed, PipelineError, TooLarge, Unreadable
from almoner.pipeline.fetch import files, warc
from almoner.pipeline.model import MediaType, Snapshot

WRITTEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = b"<h1>Harbour lights</h1><p>Eight questions for every club."
THERE = "https://pier.example/lights?page=2"
SNAPSHOTS = [
    Snapshot(THERE, PAGE, MediaType.HTML, THERE, "2026-02-01T10:00:00.123456+00:00"),
    Snapshot("/srv/in box/café 100%.pdf", b"%PDF-\x00\r\n\r\nWARC/1.1\r\n", MediaType.PDF, "", "2026-02-02T10:00:00+00:00"),
    Snapshot("-", b"", MediaType.TEXT, "", "2026-02-03T10:00:00+00:00"),
    Snapshot("https://quay.example/é", b"{}", MediaType.JSON, "https://quay.example/é", "2026-02-04T10:00:00+00:00"),
]  # fmt: skip


def written(*snapshots: Snapshot) -> bytes:
    stream = io.BytesIO()
    assert warc.write(stream, snapshots, software="Almoner/1", written=WRITTEN) == len(snapshots)
    return stream.getvalue()


def read(tmp_path: Path, content: bytes) -> list[Snapshot | PipelineError]:
    path = tmp_path / "some.warc.gz"
    path.write_bytes(content)
    return list(warc.snapshots(str(path)))


def places(found: list[Snapshot | PipelineError]) -> list[str]:
    return [one.address if isinstance(one, Snapshot) else type(one).__name__ for one in found]


def record(
    uri: str = THERE,
    content: bytes = PAGE,
    kind: str = "resource",
    media_type: str = "text/html",
    **heads: str,
) -> bytes:
    fields = {
        "WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:5a6ce0c0-3c7c-4d65-9d0e-4a60b5f1a111>",
        "WARC-Date": "2026-02-01T10:00:00Z", "WARC-Target-URI": uri, "Content-Type": media_type,
        "Content-Length": str(len(content)), **{name.replace("_", "-"): value for name, value in heads.items()},
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + content + b"\r\n\r\n"


def response(body: bytes, *heads: str, status: str = "200 OK", uri: str = THERE, **more: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *heads])
    return record(uri, head.encode() + b"\r\n\r\n" + body, "response", "application/http; msgtype=response", **more)  # fmt: skip


def test_what_goes_out_comes_in_again(tmp_path: Path) -> None:
    assert read(tmp_path, written(*SNAPSHOTS)) == SNAPSHOTS


@settings(max_examples=40, deadline=None)
@given(contents=st.lists(st.binary(max_size=400), max_size=4))
def test_any_bytes_come_in_again(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    given = [
        Snapshot(f"https://a.example/{number}", content, MediaType.TEXT, f"https://a.example/{number}", "2026-02-01T10:00:00+00:00")
        for number, content in enumerate(contents)
    ]  # fmt: skip
    assert read(tmp_path_factory.getbasetemp(), written(*given)) == given


def test_what_goes_out_is_as_the_standard_has_it() -> None:
    content = written(*SNAPSHOTS)
    first = gzip.decompress(content[: content.index(b"\x1f\x8b", 1)])  # a member of its own
    assert first.startswith(b"WARC/1.1\r\n")
    assert b"software: Almoner/1" in first
    about, *records = list(ArchiveIterator(io.BytesIO(content), parse_http=False))
    assert about.record_type == WarcRecordType.warcinfo
    records = list(
        ArchiveIterator(io.BytesIO(content), record_types=WarcRecordType.resource, verify_digests=True)
    )
    assert len(records) == len(SNAPSHOTS)
    assert records[0].headers["WARC-Date"] == "2026-02-01T10:00:00.123456Z"
    assert records[0].headers["WARC-Target-URI"] == THERE
    assert (
        records[0].headers["WARC-Block-Digest"] == f"sha1:{b32encode(hashlib.sha1(PAGE).digest()).decode()}"
    )
    assert records[1].headers["WARC-Target-URI"] == "file:///srv/in%20box/caf%C3%A9%20100%25.pdf"
    assert written(*SNAPSHOTS) == content  # and the same each time


def test_an_address_cannot_add_a_header() -> None:
    sly = Snapshot("https://a.example/\r\nX: y", b"x", None, "https://a.example/\r\nX: y")
    plain = gzip.decompress(written(sly))
    assert b"WARC-Target-URI: https://a.example/%0D%0AX:%20y\r\n" in plain


def test_a_file_of_others_is_read_and_what_is_broken_is_named(tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n%x;note\r\n%s\r\n0\r\nTrailer: t\r\n\r\n" % (
        10,
        PAGE[:10],
        len(PAGE) - 10,
        PAGE[10:],
    )
    packed = gzip.compress(PAGE)
    members = [
        record(kind="warcinfo", content=b"software: other\r\n", media_type="application/warc-fields"),
        record(kind="request", content=b"GET / HTTP/1.1\r\nHost: pier.example\r\n\r\n", media_type="application/http"),
        response(chunked, "Transfer-Encoding: chunked", uri="<https://a.example/chunked>"),
        response(packed, "Content-Encoding: gzip", f"Content-Length: {len(packed)}", uri="https://a.example/packed"),
        b"WARC/1.1\r\nWARC-Type: resource\r\nno length here\r\n\r\nlost\r\n\r\n",
        response(b"", "Location: /there", status="301 Moved", uri="https://a.example/moved"),
        response(b"gone", status="404 Not Found", uri="https://a.example/gone"),
        response(b"", uri="https://a.example/empty"),
        record("dns:pier.example", b"20260201 pier.example. IN A 192.0.2.1", "response", "text/dns"),
        record("https://a.example/a.png", b"\x89PNG", media_type="image/png"),
        record("https://a.example/last"),
    ]  # fmt: skip
    found = read(tmp_path, b"".join(map(gzip.compress, members)))
    assert places(found) == [
        "https://a.example/chunked",
        "https://a.example/packed",
        "Malformed",
        "https://a.example/empty",
        "https://a.example/last",
    ]
    chunks, unpacked, broken, *_ = found
    assert isinstance(chunks, Snapshot)
    assert isinstance(unpacked, Snapshot)
    assert (chunks.content, chunks.media_type, chunks.captured) == (PAGE, MediaType.HTML, "2026-02-01T10:00:00+00:00")  # fmt: skip
    assert unpacked.content == PAGE
    assert "some.warc.gz, record 5: fetch: has a head that cannot be read" in str(broken)
    # The same records without packing, and all in one member.
    assert list(map(str, read(tmp_path, b"".join(members)))) == list(map(str, found))
    assert list(map(str, read(tmp_path, gzip.compress(b"".join(members))))) == list(map(str, found))


@pytest.mark.parametrize(
    "broken",
    [
        record(Content_Length="99999"),
        record(Content_Length="3"),
        record(Content_Length=str(files.MAX_BYTES // 2)),
        record(Content_Length="many"),
        record(WARC_Block_Digest="sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N"),
        record(WARC_Truncated="length"),
        response(b"5\r\nhell", "Transfer-Encoding: chunked"),
        response(b"5\r\nhello\r\n", "Transfer-Encoding: chunked"),
        response(b"2\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
        response(b"hello", "Content-Length: 50"),
        response(b"hello", "Content-Encoding: rot13"),
        response(b"no gzip", "Content-Encoding: gzip"),
        record(kind="response", content=b"no HTTP", media_type="application/http"),
        b"something else altogether\r\n",
        b"WARC/9.9\r\n\r\n",
    ],
)
@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["packed", "plain"])
def test_one_broken_record_costs_no_other(tmp_path: Path, broken: bytes, pack: type[bytes]) -> None:
    before, after = record("https://a.example/before"), record("https://a.example/after")
    found = places(read(tmp_path, pack(before) + pack(broken) + pack(after)))
    assert found == ["https://a.example/before", "Malformed", "https://a.example/after"]


def test_an_archive_that_put_chunks_together_is_read(tmp_path: Path) -> None:
    (found,) = read(tmp_path, response(PAGE, "Transfer-Encoding: chunked"))
    assert isinstance(found, Snapshot)
    assert found.content == PAGE


def test_a_torn_member_costs_no_other(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(50_000)
    members = [
        gzip.compress(record(f"https://a.example/{n}", noise, media_type="text/plain")) for n in range(4)
    ]
    middle = len(members[1]) // 2
    flipped = bytearray(members[1])
    flipped[middle : middle + 200] = bytes(200)
    for torn in (members[1][:middle], bytes(flipped), b"\x1f\x8b\x08 torn", members[1][:-8] + bytes(8)):
        found = places(read(tmp_path, members[0] + torn + members[2] + members[3]))
        assert found[0] == "https://a.example/0"
        assert found[-2:] == ["https://a.example/2", "https://a.example/3"]
        assert set(found[1:-2]) <= {"Malformed", "https://a.example/1"}
        assert "Malformed" in found
    assert places(read(tmp_path, members[0] + members[1][:middle])) == ["https://a.example/0", "Malformed"]


def test_what_is_too_large_is_named_and_passed_over(tmp_path: Path) -> None:
    large = bytes(files.MAX_BYTES + warc.MAX_HEAD + 1)
    bomb = gzip.compress(large)
    content = b"".join(
        map(gzip.compress, [record(content=large), response(bomb, "Content-Encoding: gzip"), record()])
    )
    assert len(content) < 100_000
    found = read(tmp_path, content)
    assert [type(one) for one in found] == [TooLarge, TooLarge, Snapshot]
    # One that claims to be, at the end of the file, is named as well.
    assert places(read(tmp_path, record(Content_Length="999999999999"))) == ["TooLarge"]


def test_a_file_that_is_something_else_is_given_up(tmp_path: Path) -> None:
    found = read(tmp_path, b"WARC/1.1\r\n" * 50_000)
    assert len(found) == warc.MOST_BROKEN + 1
    assert isinstance(found[-1], Malformed)
    assert [type(one) for one in read(tmp_path, b"no archive" * 9000)] == [Malformed]
    assert read(tmp_path, b"") == []


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    (found,) = warc.snapshots(os.path.join(tmp_path, "none.warc"))
    assert isinstance(found, Unreadable)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_anywhere_raises_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(written(*SNAPSHOTS))
    if data.draw(st.booleans()):
        content = bytearray(gzip.decompress(content))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read(tmp_path_factory.getbasetemp(), bytes(content[: data.draw(st.integers(0, len(content)))]))
