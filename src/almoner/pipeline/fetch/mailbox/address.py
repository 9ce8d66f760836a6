"""The address of a mailbox: `imaps://user@host/Folder`, after RFC 5092, and only with TLS."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from almoner.pipeline.errors import AddressRefused
from almoner.pipeline.fetch.addresses import STAGE, web_address

PORT: Final = 993
ADVICE: Final = "Write imaps://user@host or imaps://user@host/Folder, with %40 for an @ in the user's name."
_BAD: Final = re.compile(r"[\x00-\x1f\x7f]")
_PORT: Final = re.compile(r":([0-9]{1,5})\Z")
_PARTS: Final = re.compile(r"imaps://([^/]{1,500})@([^/@]{1,260})(?:/(.{0,500}))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """A folder of a mailbox: its user and folder as they are meant, the host in lower case."""

    user: str
    host: str
    port: int
    folder: str = "INBOX"

    def __str__(self) -> str:
        return f"{self.account}/{quote(self.folder)}"

    @property
    def account(self) -> str:
        """The mailbox without its folder: what a password is for."""
        return f"imaps://{quote(self.user, safe='')}@{self._machine}"

    @property
    def place(self) -> str:
        """Where a message of this folder is found, without saying whose mailbox it is."""
        return f"imaps://{self._machine}/{quote(self.folder)}"

    @property
    def folder_on_the_wire(self) -> str:
        """The folder's name as servers take it: in IMAP's own UTF-7 (RFC 3501, 5.1.3), quoted."""
        pieces = re.split(r"([^\x20-\x7e]+)", self.folder.replace("&", "&-"))
        name = "".join(_shifted(piece) if number % 2 else piece for number, piece in enumerate(pieces))
        return '"' + name.replace("\\", r"\\").replace('"', r"\"") + '"'

    @property
    def _machine(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"


def _shifted(letters: str) -> str:
    return f"&{base64.b64encode(letters.encode('utf-16-be')).decode().rstrip('=').replace('/', ',')}-"


def mailbox_address(address: str, *, source: str = "") -> MailboxAddress:
    """`address` taken apart. `AddressRefused`, naming `source`, for other schemes, a password in it, control
    characters, and hosts and ports that no web address may have either; the password is not repeated."""

    def refused(why: str) -> AddressRefused:
        return AddressRefused(source or "the mailbox", STAGE, why, advice=ADVICE, permanent=True)

    found = _PARTS.fullmatch(address.strip())
    if found is None:
        raise refused("the address is not that of a mailbox.")
    if ":" in found[1]:
        raise refused(
            "the address has a password in it, and addresses are kept where everybody can read them."
        )
    user, folder = unquote(found[1]), unquote(found[3] or "") or "INBOX"
    if _BAD.search(user + folder) or ";" in folder:
        raise refused("the user's or the folder's name has a character in it that none has.")
    machine, port = found[2], str(PORT)
    if given := _PORT.search(machine):
        machine, port = machine[: given.start()], given[1]
    if not (int(port) == PORT or 1024 <= int(port) < 65536):
        raise refused(f"the address has port {port}, where no mailboxes are.")
    try:
        host = web_address(f"https://{machine}/").host
    except AddressRefused as error:
        raise refused(error.problem) from error
    return MailboxAddress(user, host, int(port), folder)
