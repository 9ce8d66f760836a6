"""Requests over connections that are kept, dropped, or ended by the other side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import httpcore2
import pytest

from almoner.pipeline.fetch.addresses import web_address
from almoner.pipeline.fetch.decoding import Damaged
from almoner.pipeline.fetch.exchange import KEPT, Connections, Fields

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nWords"
UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 5000\r\n\r\n'
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nWords"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nWords"


class Line(httpcore2.NetworkStream):
    """A connection on which these answers come, one for each request, and then its end."""

    def __init__(self, answers: Iterable[bytes]) -> None:
        self.answers = iter(answers)
        self.asked = 0
        self.is_closed = False
        self.is_readable = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return next(self.answers, b"")

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.asked += 1

    def close(self) -> None:
        self.is_closed = True

    def get_extra_info(self, info: str) -> Any:
        return self.is_readable


class Dial(httpcore2.NetworkBackend):
    """Gives out connections in their order."""

    def __init__(self, *lines: Iterable[bytes]) -> None:
        self.lines = [Line(answers) for answers in lines]
        self.dialled = 0

    def connect_tcp(self, *given: object, **options: object) -> httpcore2.NetworkStream:
        self.dialled += 1
        return self.lines[self.dialled - 1]


def ask(connections: Connections, address: str = "http://host.example/page") -> tuple[int, bytes]:
    def read(status: int, fields: Fields, chunks: Iterator[bytes]) -> tuple[int, bytes]:
        return status, b"".join(chunks)

    place = web_address(address)
    return connections.ask(place, place.origin, [(b"Host", b"host.example")], read)


@pytest.mark.parametrize(("first", "status"), [(WHOLE, 200), (UNCHANGED, 304)])
def test_connection_is_used_again_behind_a_whole_answer(first: bytes, status: int) -> None:
    dial = Dial([first, WHOLE])
    connections = Connections(dial, None)
    assert ask(connections)[0] == status
    assert ask(connections) == (200, b"Words")
    assert (dial.dialled, dial.lines[0].asked) == (1, 2)
    connections.close()
    assert dial.lines[0].is_closed


def test_connection_that_was_ended_meanwhile_is_made_anew() -> None:
    noticed = Dial([WHOLE], [WHOLE])
    connections = Connections(noticed, None)
    ask(connections)
    noticed.lines[0].is_readable = True
    assert ask(connections) == (200, b"Words")
    assert noticed.lines[0].is_closed
    too_late = Dial([WHOLE, b""], [WHOLE])
    connections = Connections(too_late, None)
    ask(connections)
    assert ask(connections) == (200, b"Words")
    assert [line.asked for line in too_late.lines] == [2, 1]


def test_connection_without_an_answer_is_not_tried_twice() -> None:
    dial = Dial([b""], [WHOLE])
    with pytest.raises(Damaged, match="no answer"):
        ask(Connections(dial, None))
    assert dial.dialled == 1


@pytest.mark.parametrize("broken", [CUT, b"nonsense\r\n\r\n", b"HTTP/1.1 101 Switching\r\n\r\n"])
def test_broken_answer_ends_its_connection(broken: bytes) -> None:
    dial = Dial([broken], [WHOLE])
    connections = Connections(dial, None)
    with pytest.raises(Damaged):
        ask(connections)
    assert dial.lines[0].is_closed
    assert ask(connections) == (200, b"Words")


@pytest.mark.parametrize("behind", [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nSham", b"Words"])
@pytest.mark.parametrize("first", [WHOLE, UNCHANGED])
def test_what_comes_behind_an_answer_answers_nothing(first: bytes, behind: bytes) -> None:
    dial = Dial([first + behind], [WHOLE])
    connections = Connections(dial, None)
    ask(connections)
    assert dial.lines[0].is_closed
    assert ask(connections) == (200, b"Words")


@pytest.mark.parametrize(
    "pieces",
    [
        [UNCHANGED],
        [UNCHANGED[:30], UNCHANGED[30:]],
        [UNCHANGED.replace(b"\r\n", b"\n")],
        [b"HTTP/1.1 103 Early Hints\r\n\r\n" + UNCHANGED],
        [UNCHANGED.replace(b" Not Modified", b"")],
    ],
)
def test_unchanged_is_told_however_it_is_written(pieces: list[bytes]) -> None:
    connections = Connections(Dial(pieces), None)
    heard: list[tuple[int, dict[bytes, bytes], bytes]] = []

    def read(status: int, fields: Fields, chunks: Iterator[bytes]) -> None:
        heard.append((status, dict(fields), b"".join(chunks)))

    place = web_address("http://host.example/page")
    connections.ask(place, place.origin, [(b"Host", b"host.example")], read)
    assert heard == [(304, {b"ETag": b'"a"', b"Content-Length": b"5000"}, b"")]


@pytest.mark.parametrize("value", [b'"a"\r\nX-More: 1', b'"a"\n', b'"a"\r', b'"\0"'])
def test_field_with_the_end_of_a_line_is_never_sent(value: bytes) -> None:
    dial = Dial([UNCHANGED])
    place = web_address("http://host.example/page")
    with pytest.raises(ValueError, match="end of a line"):
        Connections(dial, None).ask(place, place.origin, [(b"If-None-Match", value)], lambda *_: None)
    assert dial.lines[0].asked == 0
    assert dial.lines[0].is_closed


@pytest.mark.parametrize("last", [LAST, UNCHANGED.replace(b"ETag", b"connection: Close\r\nETag")])
def test_connection_that_the_server_ends_is_not_kept(last: bytes) -> None:
    dial = Dial([last], [WHOLE])
    connections = Connections(dial, None)
    ask(connections)
    assert dial.lines[0].is_closed
    assert ask(connections) == (200, b"Words")


def test_only_so_many_connections_are_kept_and_each_for_its_origin() -> None:
    dial = Dial(*[[WHOLE, WHOLE]] * (KEPT + 2))
    connections = Connections(dial, None)
    for number in range(KEPT + 2):
        ask(connections, f"http://host{number}.example/page")
    assert [line.is_closed for line in dial.lines] == [True] * 2 + [False] * KEPT
    ask(connections, f"http://host{KEPT + 1}.example/other")
    assert dial.dialled == KEPT + 2
