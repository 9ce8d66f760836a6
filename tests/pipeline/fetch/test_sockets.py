"""Connections by IP address: what they carry, and that nothing waits for ever."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import httpcore2
import pytest

from almoner.pipeline.fetch.sockets import Sockets


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def connected(server: socket.socket) -> tuple[httpcore2.NetworkStream, socket.socket]:
    stream = Sockets().connect_tcp("127.0.0.1", server.getsockname()[1], 30.0)
    return stream, server.accept()[0]


def test_what_is_sent_arrives_whole_both_ways(server: socket.socket) -> None:
    stream, other = connected(server)
    content = bytes(range(256)) * 40_000

    def echo() -> None:
        heard = b""
        while len(heard) < len(content):
            heard += other.recv(65_536)
        other.sendall(heard)
        other.close()

    thread = threading.Thread(target=echo)
    thread.start()
    stream.write(content, 30.0)
    came = b""
    while piece := stream.read(65_536, 30.0):
        came += piece
    thread.join()
    stream.close()
    assert came == content


def test_silence_ends_in_time(server: socket.socket) -> None:
    stream, other = connected(server)
    with pytest.raises(httpcore2.ReadTimeout):
        stream.read(10, 0.01)
    with pytest.raises(httpcore2.WriteTimeout):  # nobody takes it
        stream.write(b"a" * 50_000_000, 0.05)
    stream.close()
    other.close()


def test_it_says_whether_there_is_something_to_read(server: socket.socket) -> None:
    stream, other = connected(server)
    assert stream.get_extra_info("is_readable") is False
    other.close()
    assert stream.read(1, 30.0) == b""
    assert stream.get_extra_info("is_readable") is True
    stream.close()
    assert stream.get_extra_info("is_readable") is True


def test_a_port_where_nobody_listens_is_said_to_be_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(httpcore2.ConnectError, match="refused"):
        Sockets().connect_tcp("127.0.0.1", port, 30.0)


@pytest.mark.parametrize(
    "name", ["localhost", "127.1", "0x7f000001", "2130706433", "127.0.0.1 ", "::1%lo", ""]
)
def test_only_addresses_in_full_are_dialled(name: str, server: socket.socket) -> None:
    with pytest.raises(httpcore2.ConnectError):
        Sockets().connect_tcp(name, server.getsockname()[1], 30.0)
