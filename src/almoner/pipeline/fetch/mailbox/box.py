"""What has come into a folder of a mailbox since the last look (IMAP4rev1, RFC 3501).

The folder is opened for reading alone (EXAMINE) and messages are peeked at: nothing is marked. What is remembered is
the folder's UIDVALIDITY and the number of the last message; where the former has changed, all numbers are void
(RFC 3501, 2.3.1.1), and the folder is read from its beginning: who takes the messages knows which it has.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

import httpcore2

from almoner.pipeline.errors import (
    AGAIN,
    AddressRefused,
    BrokenAnswer,
    FetchError,
    NotAllowed,
    TooLarge,
    TooSlow,
    Unreachable,
)
from almoner.pipeline.fetch.addresses import STAGE
from almoner.pipeline.fetch.dial import Budget, Dialler
from almoner.pipeline.fetch.files import MAX_BYTES
from almoner.pipeline.fetch.mailbox.address import MailboxAddress
from almoner.pipeline.fetch.mailbox.wire import TooMuch, Wire
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.ports import Clock

SECONDS: Final = 120.0
"""For all that is said with the server in one look."""
_POSITION: Final = re.compile(r"([1-9]\d{0,9}):(\d{1,10})")
_UID: Final = re.compile(rb"\bUID (\d{1,10})")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d{1,12})")
_STEP: Final = 200
"""Messages whose sizes are asked for at a time."""


@cache
def _trusted() -> ssl.SSLContext:
    """This machine's own authorities; to read them takes longer than to look into a mailbox."""
    return ssl.create_default_context()


class Mailbox:
    """A folder of a mailbox, for one look.

    `seconds` bound all that is said with the server, `largest` one message in bytes. `position` is what to give
    `collect` the next time, were the taking to end with what was yielded last.
    """

    def __init__(
        self,
        address: MailboxAddress,
        password: str,
        clock: Clock,
        *,
        dialler: Dialler | None = None,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
        largest: int = MAX_BYTES,
    ) -> None:
        self._address = address
        self._password = password
        self._clock = clock
        self._dialler = dialler or Dialler()
        self._tls = tls or _trusted()
        self._budget = Budget(seconds)
        self._seconds = seconds
        self._largest = largest
        self.position = ""

    def collect(self, since: str) -> Iterator[Snapshot | FetchError | TooLarge]:
        """The messages that have come in since the position `since` ("" for all), oldest first, one at a time; in the
        place of one that is too large, the error that says so. A leaf of `FetchError` is raised where the server
        fails: what was yielded before stands."""
        self.position = since
        wire = None
        try:
            with self._speaking():
                wire = Wire(self._address.host, self._address.port, self._dialler, self._tls, self._largest)
                self._sign_in(wire)
            with self._speaking():
                validity = self._open(wire)
                known = _POSITION.fullmatch(since)
                last = int(known[2]) if known and known[1] == validity else 0
                if not last:
                    self.position = f"{validity}:0"
                numbers = self._numbers(wire, last)
            for begin in range(0, len(numbers), _STEP):
                some = numbers[begin : begin + _STEP]
                with self._speaking():
                    sizes = self._sizes(wire, some)
                for number in some:
                    with self._speaking():
                        found = self._message(wire, number, sizes.get(number, 0), validity)
                    self.position = f"{validity}:{number}"
                    if found is not None:
                        yield found
        finally:
            if wire is not None:
                wire.shutdown()

    def _sign_in(self, wire: Wire) -> None:
        plain = f"\0{self._address.user}\0{self._password}".encode()
        if "AUTH=PLAIN" in wire.capabilities:  # as LOGIN, but for letters beyond ASCII
            said, _ = wire.authenticate("PLAIN", lambda _: plain)
        else:
            said, _ = wire.login(self._address.user, self._password)
        if said != "OK":
            raise imaplib.IMAP4.error("not let in")

    def _open(self, wire: Wire) -> str:
        """The folder's UIDVALIDITY."""
        said, _ = wire.select(self._address.folder_on_the_wire, readonly=True)
        if said != "OK":
            raise NotAllowed(
                self._address.place, STAGE, f"there is no folder “{self._address.folder}” that can be opened.",
                advice="Look in the mail programme what it is called there.",
            )  # fmt: skip
        _, values = wire.response("UIDVALIDITY")
        value = values[-1] if values else None
        if not isinstance(value, bytes) or not re.fullmatch(rb"[1-9]\d{0,9}", value):
            raise imaplib.IMAP4.error("the server gives its messages no lasting numbers (UIDVALIDITY)")
        return value.decode()

    def _numbers(self, wire: Wire, last: int) -> list[int]:
        """The UIDs after `last`, in order. A range that ends with * has the last message in it, whatever its UID."""
        said, found = wire.uid("SEARCH", "UID", f"{last + 1}:*")
        if said != "OK":
            raise imaplib.IMAP4.error("the server does not say which messages there are")
        words = [word for line in found if isinstance(line, bytes) for word in line.split()]
        return sorted({int(word) for word in words if word.isdigit() and last < int(word) < 2**32})

    def _sizes(self, wire: Wire, numbers: list[int]) -> dict[int, int]:
        said, found = wire.uid("FETCH", ",".join(map(str, numbers)), "(UID RFC822.SIZE)")
        if said != "OK":
            raise imaplib.IMAP4.error("the server does not say how large the messages are")
        sizes: dict[int, int] = {}
        for line in found:
            uid, size = (
                pattern.search(line) if isinstance(line, bytes) else None for pattern in (_UID, _SIZE)
            )
            if uid and size:
                sizes[int(uid[1])] = int(size[1])
        return sizes

    def _message(self, wire: Wire, number: int, size: int, validity: str) -> Snapshot | TooLarge | None:
        """One message; None where it has vanished since it was counted."""
        place = f"{self._address.place};UIDVALIDITY={validity}/;UID={number}"  # RFC 5092, 5
        if size > self._largest:
            return TooLarge(
                place, STAGE,
                f"is {size / 2**20:.1f} MiB, and messages over {self._largest / 2**20:g} MiB are not read.",
                advice="It stays in the mailbox. Ask the publisher for a smaller edition.",
            )  # fmt: skip
        said, found = wire.uid("FETCH", str(number), "(UID BODY.PEEK[])")
        if said != "OK":
            raise imaplib.IMAP4.error("the server does not give a message it has")
        for part in found:
            if isinstance(part, tuple) and b"BODY[]" in part[0].upper():
                uid = _UID.search(part[0])
                if uid is not None and int(uid[1]) != number:
                    raise imaplib.IMAP4.error("the server gives another message than was asked for")
                now = self._clock().isoformat(timespec="seconds")
                return Snapshot(place, part[1], MediaType.MAIL, address=place, captured=now)
        return None

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """What is said within counts against the time; what goes wrong is told in our words."""
        place = self._address.place
        try:
            with self._budget:
                yield
        except AddressRefused as error:
            raise AddressRefused(place, STAGE, error.problem, advice=error.advice, permanent=True) from error
        except (TooMuch, imaplib.IMAP4.abort) as error:
            raise BrokenAnswer(place, STAGE, f"the mail server's answer is broken: {self._words(error)}.", advice=AGAIN) from error  # fmt: skip
        except imaplib.IMAP4.error as error:
            raise NotAllowed(
                place, STAGE, f"the mail server refuses: {self._words(error)}.",
                advice="Check the user's name and the password; many services want one made for programmes.",
            ) from error  # fmt: skip
        except httpcore2.TimeoutException as error:
            raise TooSlow(place, STAGE, f"the mail server was not done within {self._seconds:g} seconds.", advice=AGAIN) from error  # fmt: skip
        except (httpcore2.NetworkError, OSError) as error:
            raise Unreachable(
                place, STAGE, f"could not be reached: {self._words(error)}.", advice=AGAIN
            ) from error
        except (UnicodeError, ValueError, IndexError, KeyError) as error:  # imaplib, of what no server says
            raise BrokenAnswer(place, STAGE, f"the mail server's answer is broken: {self._words(error)}.", advice=AGAIN) from error  # fmt: skip

    def _words(self, error: BaseException) -> str:
        """What a fault says, without the password, which a server may repeat."""
        said = error.args[0] if error.args else ""
        words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        if self._password:
            words = words.replace(self._password, "…")
        return (" ".join(words.split()).rstrip(".") or type(error).__name__)[:300]
