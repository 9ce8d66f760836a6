"""A bucket on loopback that speaks as much of S3 as a store of snapshots needs, or refuses as a test says."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


@dataclass
class Bucket:
    """Objects by name, with when each was put (seconds since 1970); `refuses` is a status for everything, and `cuts`
    breaks answers off in the middle. `asked` are the requests that came: method and name."""

    objects: dict[str, bytes] = field(default_factory=dict)
    put_at: dict[str, float] = field(default_factory=dict)
    now: float = 1_772_000_000.0
    refuses: int = 0
    cuts: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def endpoint(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def listing(self, prefix: str) -> bytes:
        """The objects below a prefix, as S3 lists them."""
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>2026-03-02T09:00:00.000Z</LastModified>"
            f"<ETag>x</ETag><Size>{len(content)}</Size></Contents>"
            for name, content in sorted(self.objects.items())
            if name.startswith(prefix)
        )
        return (
            '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"
        ).encode()


@contextmanager
def holding(bucket: Bucket) -> Iterator[Bucket]:
    """Serve `bucket` as “ours” on a port of this machine until the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            name = unquote(parts.path).removeprefix("/ours").lstrip("/")
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            bucket.asked.append((self.command, name))
            bucket.signed.append(self.headers.get("authorization", ""))
            if bucket.refuses:
                self.answer(bucket.refuses, b"<Error><Code>No</Code><Message>not here</Message></Error>")
            elif self.command == "PUT":
                bucket.objects[name], bucket.put_at[name] = body, bucket.now
                self.answer(200, b"", name)
            elif self.command == "POST":  # several at once, by name
                gone = re.findall(r"<Key>([^<]*)</Key>", body.decode())
                for each in gone:
                    bucket.objects.pop(each, None)
                told = "".join(f"<Deleted><Key>{each}</Key></Deleted>" for each in gone)
                self.answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())
            elif not name:
                self.answer(200, bucket.listing(parse_qs(parts.query).get("prefix", [""])[0]))
            elif name in bucket.objects:
                self.answer(200, bucket.objects[name], name)
            else:
                self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

        do_GET = do_PUT = do_HEAD = do_POST = handle_any  # noqa: N815, as the base class calls them

        def answer(self, status: int, body: bytes, name: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if name:
                self.send_header("ETag", f'"{hashlib.md5(bucket.objects[name]).hexdigest()}"')
                self.send_header(
                    "Last-Modified", formatdate(bucket.put_at.get(name, bucket.now), usegmt=True)
                )
            self.end_headers()
            if self.command != "HEAD" and status != 204:
                self.wfile.write(body[: len(body) // 2] if bucket.cuts else body)
            if bucket.cuts:
                self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        bucket.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield bucket
        finally:
            server.shutdown()
            thread.join()
