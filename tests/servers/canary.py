"""A listener that nobody may reach: it counts who does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Canary:
    """Connections that came, on 127.0.0.1 and, where this machine has it, on ::1; one `port` for both."""

    def __init__(self) -> None:
        self.connections = 0
        self._sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port: int = self._sockets[0].getsockname()[1]
        with suppress(OSError):
            self._sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))

    @property
    def has_ipv6(self) -> bool:
        """Whether it listens on ::1 too."""
        return len(self._sockets) > 1

    def _listen(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self.connections += 1
                connection.close()

    def start(self) -> None:
        """Begin to count."""
        for listener in self._sockets:
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        for listener in self._sockets:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()


@contextmanager
def singing() -> Iterator[Canary]:
    """A canary for as long as it is needed."""
    canary = Canary()
    canary.start()
    try:
        yield canary
    finally:
        canary.stop()
