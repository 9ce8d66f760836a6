"""An IMAP server on loopback, over TLS, whose every answer a test may replace.

It knows what a client needs that only reads, and notes each command that comes.
"""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO

Said = Callable[[bytes, "Post"], Iterable[bytes]]
"""From a command's tag to the pieces that are sent in answer."""


@dataclass
class Post:
    """A mailbox: messages by UID, and what is answered otherwise than in good order, by the command's first words."""

    messages: dict[int, bytes] = field(default_factory=dict)
    validity: bytes = b"7"
    password: str = "open sesame"
    capabilities: bytes = b"IMAP4rev1"
    answers: dict[str, Said] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    port: int = 0

    def fetched(self) -> list[int]:
        """The UIDs of the messages that were asked for whole."""
        found = (re.match(r"UID FETCH (\d+) \(UID BODY", command) for command in self.commands)
        return [int(match[1]) for match in found if match]

    def answer(self, tag: bytes, command: str) -> Iterable[bytes]:
        """The answer to a command."""
        for words, said in self.answers.items():
            if command.upper().startswith(words):
                return said(tag, self)
        ok = [tag + b" OK done\r\n"]
        upper = command.upper()
        if upper == "CAPABILITY":
            return [b"* CAPABILITY " + self.capabilities + b"\r\n", *ok]
        if upper.startswith("LOGIN"):
            return (
                ok if command.endswith(f'"{self.password}"') else [tag + b" NO [AUTHENTICATIONFAILED] no\r\n"]
            )
        if upper.startswith("EXAMINE"):
            count = str(len(self.messages)).encode()
            return [b"* " + count + b" EXISTS\r\n* OK [UIDVALIDITY " + self.validity + b"] valid\r\n", *ok]
        if match := re.match(r"UID SEARCH UID (\d+):\*", upper):
            found = [uid for uid in self.messages if uid >= int(match[1])] or sorted(self.messages)[-1:]
            return [b"* SEARCH " + b" ".join(str(uid).encode() for uid in found) + b"\r\n", *ok]
        if match := re.match(r"UID FETCH ([\d,]+) \((.*)\)", upper):
            wanted = [int(uid) for uid in match[1].split(",") if int(uid) in self.messages]
            return [*(self._fetched(uid, "BODY" in match[2]) for uid in wanted), *ok]
        return ok if upper == "LOGOUT" else [tag + b" BAD unknown\r\n"]

    def _fetched(self, uid: int, whole: bool) -> bytes:
        content = self.messages[uid]
        number = sorted(self.messages).index(uid) + 1
        if not whole:
            return f"* {number} FETCH (UID {uid} RFC822.SIZE {len(content)})\r\n".encode()
        return f"* {number} FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode() + content + b")\r\n"


def literally(*pieces: bytes) -> Said:
    """Just these bytes; `TAG` in them is the command's tag."""
    return lambda tag, post: [piece.replace(b"TAG", tag) for piece in pieces]


def stall(tag: bytes, post: Post) -> Iterator[bytes]:
    """Nothing, for long."""
    time.sleep(20)
    yield b""


def drip(tag: bytes, post: Post) -> Iterator[bytes]:
    """A byte now and then, for ever."""
    yield b"* OK "
    while True:
        time.sleep(0.02)
        yield b"x"


def endless_lines(tag: bytes, post: Post) -> Iterator[bytes]:
    """Lines without an end, as fast as it goes."""
    while True:
        yield b"* 1 EXISTS\r\n" * 5_000


def hang_up(tag: bytes, post: Post) -> Iterator[bytes]:
    """Half a line, and gone."""
    yield b"* 1 FETCH (UID"
    raise ConnectionResetError


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


@contextmanager
def posting(post: Post, tls: ssl.SSLContext) -> Iterator[Post]:
    """Serve `post` on a port of this machine until the end."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(30)
            with (
                suppress(OSError),
                tls.wrap_socket(self.request, server_side=True) as connection,
                connection.makefile("rb") as lines,
            ):
                self.converse(connection, lines)

        def converse(self, connection: ssl.SSLSocket, lines: IO[bytes]) -> None:
            for piece in post.answers.get("GREETING", literally(b"* OK hello\r\n"))(b"*", post):
                connection.sendall(piece)
            for line in lines:
                tag, _, command = line.strip().partition(b" ")
                post.commands.append(command.decode("latin-1"))
                if command.upper() == b"AUTHENTICATE PLAIN":
                    connection.sendall(b"+ \r\n")
                    post.commands.append(lines.readline().decode().strip())
                    connection.sendall(tag + b" OK in\r\n")
                    continue
                for piece in post.answer(tag, command.decode("latin-1")):
                    connection.sendall(piece)

    with _Server(("127.0.0.1", 0), Handler) as server:
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()
