"""A web server on loopback whose every byte a test decides.

A page is a function from a request to the pieces that are sent; it may send nonsense, stop in the middle or never
end. The server notes each request, and how many it was answering at once.
"""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import socket


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; header names in lower case."""

    target: str
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        """The host that was asked for, without its port."""
        return self.headers.get("host", "").rpartition(":")[0] or self.headers.get("host", "")


Page = Callable[[Request], Iterable[bytes]]


def answer(body: str | bytes = b"", status: int = 200, **headers: str) -> Page:
    """A page that answers in good order; names of headers with _ for -."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Words"]
    if not any(name.lower() in ("content_length", "transfer_encoding") for name in headers):
        lines.append(f"Content-Length: {len(content)}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([*lines, "Connection: close", "", ""]).encode()
    return lambda request: [head + content]


def raw(*pieces: bytes) -> Page:
    """A page of just these bytes."""
    return lambda request: pieces


def sent_to(address: str, status: int = 302) -> Page:
    """A page that sends on to `address`."""
    return answer(status=status, Location=address)


@dataclass
class Web:
    """What stands at which target (or host and target: `host.example/page`), and what was asked for. What stands
    nowhere is 404."""

    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    sent: int = 0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, target: str) -> int:
        """How often a target was asked for."""
        return sum(1 for request in self.requests if request.target == target)

    def page(self, request: Request) -> Page:
        """The page for a request."""
        return (
            self.pages.get(request.host + request.target)
            or self.pages.get(request.target)
            or answer("Not here.", 404)
        )

    def serve(self, connection: socket) -> None:
        """Answer one connection's one request."""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65_536)
            if not piece:
                return
            head += piece
        lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
        }
        request = Request(lines[0].split(" ")[1], headers)
        with self.lock:
            self.requests.append(request)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        last = b""
        try:
            for piece in self.page(request)(request):
                connection.sendall(last)
                self.sent += len(last)
                last = piece
        finally:
            with self.lock:  # before the last piece: whoever has it whole may ask for the next page at once
                self.at_once -= 1
        connection.sendall(last)
        self.sent += len(last)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


@contextmanager
def serving(web: Web, tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """Serve `web` on a port of this machine until the end; over TLS with a server's context."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            connection: socket = self.request
            connection.settimeout(20)
            with suppress(OSError):
                if tls is not None:
                    connection = tls.wrap_socket(connection, server_side=True)
                web.serve(connection)
                with suppress(OSError):
                    connection.close()

    with _Server(("127.0.0.1", 0), Handler) as server:
        web.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()
