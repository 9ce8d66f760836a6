"""A mail server on this machine that notes what it accepts, and stalls, refuses, defers or hangs up where it is told.

What it accepted is noted before it says so: whoever counts later knows what nobody was told of.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

STEPS: Final = ("connect", "ehlo", "mail", "rcpt", "data", "content", "accepted")
"""Where it can go wrong. At `content` the final dot has come and nothing is kept; at `accepted` it is."""
Fault = str
"""One of: "stall", "drop", or an answer such as "451 4.7.1 Come back later"."""
Choose = Callable[[str, str], Fault]
"""Given the step and the recipient ("" before there is one), the fault, or "" for none."""


@dataclass
class Mailed:
    """A message as it was accepted."""

    sender: str
    recipient: str
    content: bytes


@dataclass
class Smtp:
    """The server: its port, and what it accepted."""

    port: int = 0
    accepted: list[Mailed] = field(default_factory=list)
    dialogues: int = 0
    choose: Choose = lambda _step, _recipient: ""
    on: Callable[[str, str], None] = lambda _step, _recipient: None
    """Called at each step, before the answer."""
    delay: float = 0
    """Seconds that it takes for each message."""
    is_ending: bool = False
    extensions: tuple[str, ...] = ("PIPELINING", "8BITMIME")

    def recipients(self) -> list[str]:
        """To whom, in order."""
        return [mailed.recipient for mailed in self.accepted]


class _Ended(Exception):
    """This side hangs up."""


@contextlib.contextmanager
def serving(smtp: Smtp | None = None) -> Iterator[Smtp]:
    """Serve in a thread of this process."""
    server = smtp or Smtp()
    ready, loop = threading.Event(), asyncio.new_event_loop()

    def run() -> None:
        asyncio.set_event_loop(loop)
        started = loop.run_until_complete(_start(server))
        ready.set()
        loop.run_forever()
        started.close()
        talking = asyncio.all_tasks(loop)
        for task in talking:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*talking, return_exceptions=True))
        loop.run_until_complete(asyncio.sleep(0))  # transports end in the turn after
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield server
    finally:
        server.is_ending = True
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


async def _start(server: Smtp) -> asyncio.AbstractServer:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.dialogues += 1
        try:
            with contextlib.suppress(_Ended, ConnectionError, asyncio.IncompleteReadError):
                await _talk(server, reader, writer)
        finally:
            writer.transport.abort() if server.is_ending else writer.close()

    started = await asyncio.start_server(talk, "127.0.0.1", server.port, limit=2**22)
    server.port = started.sockets[0].getsockname()[1]
    return started


async def _talk(server: Smtp, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    sender = recipient = ""

    async def answer(step: str, usual: str) -> bool:
        server.on(step, recipient)
        fault = server.choose(step, recipient)
        if fault == "stall":
            await asyncio.sleep(3600)
        if fault == "drop":
            raise _Ended
        writer.write(f"{fault or usual}\r\n".encode())
        if fault.startswith("421"):
            raise _Ended
        return not fault

    await answer("connect", "220 test ESMTP")
    while line := (await reader.readline()).decode("utf-8", "replace").rstrip("\r\n"):
        verb = line[:4].upper()
        if verb in {"EHLO", "HELO"}:
            words = ("test", *server.extensions)
            lines = [f"250{'-' if at < len(words) else ' '}{word}" for at, word in enumerate(words, start=1)]
            await answer("ehlo", "\r\n".join(lines))
        elif verb == "MAIL":
            sender, recipient = line.partition("<")[2].partition(">")[0], ""
            sender = sender if await answer("mail", "250 2.1.0 Ok") else ""
        elif verb == "RCPT":
            recipient = line.partition("<")[2].partition(">")[0]
            if not await answer("rcpt", "250 2.1.5 Ok"):
                recipient = ""
        elif verb == "DATA":
            if not recipient or not sender:
                writer.write(b"503 5.5.1 No recipient\r\n")
            elif await answer("data", "354 Go on"):
                content = await reader.readuntil(b"\r\n.\r\n")
                if await _refuses(server, writer, recipient):
                    continue
                await asyncio.sleep(server.delay)
                server.accepted.append(Mailed(sender, recipient, content[:-3].replace(b"\r\n..", b"\r\n.")))
                await answer("accepted", "250 2.0.0 Ok, queued")
        elif verb == "RSET":
            sender = recipient = ""
            writer.write(b"250 2.0.0 Ok\r\n")
        elif verb == "QUIT":
            writer.write(b"221 2.0.0 Bye\r\n")
            return
        else:
            writer.write(b"502 5.5.2 What?\r\n")


async def _refuses(server: Smtp, writer: asyncio.StreamWriter, recipient: str) -> bool:
    server.on("content", recipient)
    fault = server.choose("content", recipient)
    if fault == "stall":
        await asyncio.sleep(3600)
    if fault == "drop":
        raise _Ended
    if fault:
        writer.write(f"{fault}\r\n".encode())
    return bool(fault)
