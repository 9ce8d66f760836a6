"""Documents from the web: polite, bounded in time and size, and only from public machines."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin

import httpcore2

from almoner.pipeline.errors import (
    AGAIN,
    AddressRefused,
    BrokenAnswer,
    Busy,
    Failed,
    FetchError,
    Gone,
    NotAllowed,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    Walled,
)
from almoner.pipeline.fetch import waiting
from almoner.pipeline.fetch.addresses import STAGE, WebAddress, web_address
from almoner.pipeline.fetch.decoding import ACCEPTED, Damaged, TooMuch, body
from almoner.pipeline.fetch.dial import Budget, Dialler
from almoner.pipeline.fetch.exchange import Connections
from almoner.pipeline.fetch.files import MAX_BYTES
from almoner.pipeline.fetch.pace import Pace
from almoner.pipeline.fetch.robots import LONGEST as LONGEST_ROBOTS
from almoner.pipeline.fetch.robots import Robots, Rules
from almoner.pipeline.fetch.walls import wall
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.ports import Answer, Clock, Hop, Validators, Wanted

SECONDS: Final = 30.0
"""For one request from dialling to the last byte, all redirects included."""
MAX_HOPS: Final = 10
ROBOT_NAME: Final = "Almoner"
"""The name by which a robots.txt addresses us."""
ACCEPT: Final = "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, text/html;q=0.9, application/xml;q=0.8, */*;q=0.5"  # fmt: skip
_KEPT_HEADERS: Final = ("content-type", "content-language", "date", "etag", "last-modified", "cache-control",
                        "retry-after", "link", "age", "cf-mitigated")  # fmt: skip
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LONGEST_HEADER: Final = 2_000
_MEDIA_TYPES: Final = {
    "text/html": MediaType.HTML, "application/xhtml+xml": MediaType.HTML, "text/plain": MediaType.TEXT,
    "application/rss+xml": MediaType.XML, "application/atom+xml": MediaType.XML, "application/xml": MediaType.XML,
    "text/xml": MediaType.XML, "application/rdf+xml": MediaType.XML, "application/json": MediaType.JSON,
    "application/feed+json": MediaType.JSON, "text/csv": MediaType.CSV,
}  # fmt: skip


class HttpFetcher:
    """The web, as a `Fetcher`. One for a process; its methods may be called from many threads.

    `agent` is the User-Agent header: who we are and how to reach us. `seconds` and `most` bound one answer in
    time and in bytes, packed and unpacked. Close it, or use it as a context.
    """

    def __init__(
        self,
        agent: str,
        clock: Clock,
        *,
        dialler: Dialler | None = None,
        pace: Pace | None = None,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
        most: int = MAX_BYTES,
    ) -> None:
        self._own = ((b"User-Agent", agent.encode()), (b"Accept-Encoding", ACCEPTED.encode()))
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._pace = pace or Pace()
        self._robots = Robots(self._ask_robots)
        self._connections = Connections(dialler or Dialler(), tls)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        self._connections.close()

    def fetch(self, wanted: Wanted, known: Validators) -> Answer:
        """Fetch `wanted`; ask only whether it has changed where `known` says what we have.

        Redirects are followed, each address checked anew, and named in the answer. Raises a leaf of `FetchError`,
        or `TooLarge`; nothing of a broken, cut, oversize or walled answer is returned.
        """
        place = web_address(wanted.address)
        conditions = _conditions(known)
        hops: list[Hop] = []
        seen = {str(place)}
        budget = Budget(self._seconds)
        while True:
            origin = place.origin
            rules = self._allowed(place, origin, wanted.address)
            with self._pace.turn(place.host, rules.pause(ROBOT_NAME)):
                status, headers, content = self._exchange(
                    place,
                    origin,
                    wanted.address,
                    {"accept": wanted.accept or ACCEPT, **conditions},
                    self._most,
                    budget,
                )
            if status not in _REDIRECTS or not headers.get("location"):
                return self._answer(wanted, known, place, status, headers, content, hops)
            place = _next_place(place, headers["location"], wanted.address)
            hops.append(Hop(status, str(place)))
            if len(hops) > MAX_HOPS or str(place) in seen:
                raise TooManyRedirects(
                    wanted.address,
                    STAGE,
                    f"was sent on {len(hops)} times" + (", in a circle." if str(place) in seen else "."),
                    advice="Open it in a browser and give the address that it ends at.",
                    status=status,
                )
            seen.add(str(place))

    def _answer(
        self,
        wanted: Wanted,
        known: Validators,
        place: WebAddress,
        status: int,
        headers: dict[str, str],
        content: bytes,
        hops: list[Hop],
    ) -> Answer:
        now = self._clock()
        if status != 304 and not 200 <= status < 300:
            raise _refusal(wanted.address, status, headers, now)
        snapshot = None
        if status != 304:
            if status != 200:
                raise BrokenAnswer(
                    wanted.address, STAGE, f"came only in part (status {status}).", status=status
                )
            if obstacle := wall(content, headers, wanted.media_type):
                raise Walled(
                    wanted.address,
                    STAGE,
                    f"gave {obstacle} instead of its content. What we have of it stays as it was.",
                    advice="Open it in a browser. If it shows the content there, ask the publisher for a feed.",
                    status=status,
                )
            named = headers.get("content-type", "").partition(";")[0].strip().lower()
            snapshot = Snapshot(
                wanted.address,
                content,
                _MEDIA_TYPES.get(named) or wanted.media_type,
                address=str(place),
                captured=now.isoformat(timespec="seconds"),
            )
        return Answer(
            wanted,
            str(place),
            status,
            snapshot,
            _validators(headers, known if status == 304 else Validators()),
            tuple(hops),
            {name: headers[name] for name in _KEPT_HEADERS if name in headers},
            waiting.fresh_until(headers, now),
        )

    def _allowed(self, place: WebAddress, origin: str, source: str) -> Rules:
        """The rules of the robots.txt, if they allow `place`; else an error."""
        rules = self._robots.rules(origin)
        if rules.allow(str(place), ROBOT_NAME):
            return rules
        if rules.forbids_all:
            raise Unreachable(
                source, STAGE, f"the robots.txt of {origin} could not be had, so nothing is fetched there.",
                advice=AGAIN,
            )  # fmt: skip
        raise NotAllowed(
            source,
            STAGE,
            f"the robots.txt of {origin} asks us not to fetch this.",
            advice="Ask the publisher for a feed, or for leave to read this page.",
        )

    def _ask_robots(self, origin: str) -> str | None:
        """The text of an origin's robots.txt; None where its server fails. Redirects within five hops count
        (RFC 9309, 2.3.1.2). A server that cannot be reached at all is the `FetchError` it would be anyway."""
        place = web_address(f"{origin}/robots.txt")
        budget = Budget(self._seconds)
        for _ in range(6):
            try:
                with self._pace.turn(place.host):
                    status, headers, content = self._exchange(
                        place,
                        place.origin,
                        origin,
                        {"accept": "text/plain, */*;q=0.5"},
                        LONGEST_ROBOTS,
                        budget,
                    )
            except TooLarge:
                return ""
            if status in _REDIRECTS and headers.get("location"):
                place = _next_place(place, headers["location"], origin)
                continue
            if status >= 500 or status == 429:
                return None
            return content.decode(errors="replace") if 200 <= status < 300 else ""
        return ""

    def _exchange(
        self,
        place: WebAddress,
        origin: str,
        source: str,
        extra: dict[str, str],
        most: int,
        budget: Budget,
    ) -> tuple[int, dict[str, str], bytes]:
        """One request and its whole answer, within what is left of `budget`: status, headers (names in lower case)
        and unpacked body."""
        fields = [
            (b"Host", origin.partition("://")[2].encode()),
            *self._own,
            # As they came: a server's own words need not be ASCII.
            *((name.title().encode(), value.encode("latin-1", "replace")) for name, value in extra.items()),
        ]

        def read(
            status: int, pairs: Iterable[tuple[bytes, bytes]], chunks: Iterator[bytes]
        ) -> tuple[int, dict[str, str], bytes]:
            if not 200 <= status < 600:
                raise Damaged(f"status {status}")
            headers = _headers(pairs)
            packing = "" if status in (204, 304) else headers.get("content-encoding", "")
            return status, headers, body(chunks, packing, most)

        try:
            with budget:
                return self._connections.ask(place, origin, fields, read)
        except AddressRefused as error:
            raise AddressRefused(
                source, STAGE, f"its host {error.source} {error.problem}", advice=error.advice, permanent=True
            ) from None
        except TooMuch as error:
            raise TooLarge(
                source, STAGE, f"is over {most // 1024:,} KiB, and was not read to its end.",
                advice="Watch a feed or a shorter page of the same publisher.",
            ) from error  # fmt: skip
        except Damaged as error:
            raise BrokenAnswer(
                source,
                STAGE,
                f"the answer is broken: {_words(error)}.",
                advice=AGAIN,
            ) from error
        except (httpcore2.TimeoutException, httpcore2.PoolTimeout) as error:
            raise TooSlow(
                source, STAGE, f"was not there within {self._seconds:g} seconds.",
                advice=AGAIN,
            ) from error  # fmt: skip
        except (httpcore2.NetworkError, OSError) as error:
            raise Unreachable(
                source, STAGE, f"could not be reached: {_words(error)}.",
                advice=f"Check the address if this goes on. {AGAIN}",
            ) from error  # fmt: skip


def _conditions(known: Validators) -> dict[str, str]:
    pairs = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _validators(headers: dict[str, str], known: Validators) -> Validators:
    """What came with the answer; with a 304, which need not repeat them, else what we had."""
    return Validators(headers.get("etag", known.etag), headers.get("last-modified", known.last_modified))


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Header values by name in lower case, the first of each; over-long ones are left out, not cut."""
    headers: dict[str, str] = {}
    for name, value in pairs:
        if len(value) <= _LONGEST_HEADER:
            headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return headers


def _next_place(place: WebAddress, location: str, source: str) -> WebAddress:
    with suppress(UnicodeDecodeError):  # servers write other letters as UTF-8, whatever the standard says
        location = location.encode("latin-1").decode()
    try:
        joined = urljoin(str(place), location.partition("#")[0])
    except ValueError as error:
        raise BrokenAnswer(source, STAGE, "sends us on to an address that cannot be read.") from error
    following = web_address(joined, source=source)
    if place.scheme == "https" and following.scheme == "http":
        raise AddressRefused(
            source, STAGE, f"sends us on from a protected connection to an open one ({following}).",
            advice="Ask the publisher to mend this, or give the address that it ends at.", permanent=True,
        )  # fmt: skip
    return following


def _refusal(source: str, status: int, headers: dict[str, str], now: datetime) -> FetchError:
    wait = waiting.retry_after(headers["retry-after"], now) if "retry-after" in headers else None
    kind: Callable[..., FetchError] = Failed
    problem = f"the server answered with an error (status {status})."
    advice = AGAIN
    if status in (429, 503):
        kind, problem = Busy, f"the server asks us to come back later (status {status})."
        wait = wait or waiting.retry_after("", now)
    elif status == 410:
        kind, problem, advice = (
            Gone,
            "is gone for good, says the server (410).",
            "Look for its new address, or end the source.",
        )
    elif status == 404:
        problem, advice = "is not there (404).", "Look for its new address."
    elif status in (401, 403):
        problem, advice = (
            f"is closed to us (status {status}).",
            "Ask the publisher for access, or for a feed.",
        )
    return kind(
        source, STAGE, problem, advice=advice, permanent=status == 410, status=status, wait_until=wait
    )


def _words(error: BaseException) -> str:
    return (str(error) or type(error).__name__).rstrip(".")[:300]
