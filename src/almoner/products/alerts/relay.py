"""The dialogue with the mail server to which everything is handed over, a step at a time (RFC 5321).

Django's own backend says only that a message failed; here it matters whether the server may have it. That begins with
the final dot: whatever happens before it, the message was not accepted (4.2.5 of the RFC, and RFC 1047 on what goes
wrong there). So the content goes first, then whoever sends writes down what is about to happen, then the dot.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

COMMANDS: Final = 30.0
"""Seconds to wait for the answer to a command."""
ACCEPTING: Final = 120.0
"""Seconds to wait for the answer to the final dot. RFC 5321 (4.5.3.2.6) asks for ten minutes, so that what a slow server
accepts is not sent twice; here nothing is, so less will do."""
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029<>]")
_CODE: Final = re.compile(r"^(\d\.\d{1,3}\.\d{1,3})\b")


class Refused(Exception):
    """The server said no. `code` is its three digits, `status` that of RFC 3463 ("5.1.1") or "", `stage` one of hello,
    sender, recipient, data and content; `words` are its own, without the address."""

    def __init__(self, stage: str, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.stage, self.code, self.words = stage, code, words
        found = _CODE.match(words)
        self.status = found[1] if found else ""

    @property
    def is_permanent(self) -> bool:
        """Whether asking again changes nothing."""
        return self.code >= 500


class Lost(Exception):
    """The connection ended before the final dot: the message was not accepted."""


class InDoubt(Exception):
    """The connection ended after the final dot, without an answer: the server may have it."""


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server: where, as whom, and whether TLS begins at once (`implicit`) or is asked for (`starttls`)."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    implicit: bool = False
    starttls: bool = False
    commands: float = COMMANDS
    accepting: float = ACCEPTING


class Relay:
    """One connection to the server, made when it is needed and kept for many messages. Close it, or use it in `with`."""

    def __init__(self, server: Server, name: str) -> None:
        """`name` is the host that we introduce ourselves as."""
        self._server = server
        self._name = name
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Connect and introduce ourselves, unless that is done. `Refused` (stage hello) or `Lost`."""
        if self._smtp is not None:
            return
        server = self._server
        try:
            if server.implicit:
                self._smtp = smtplib.SMTP_SSL(
                    server.host,
                    server.port,
                    self._name,
                    timeout=server.commands,
                    context=ssl.create_default_context(),
                )
            else:
                self._smtp = smtplib.SMTP(server.host, server.port, self._name, timeout=server.commands)
            self._smtp.ehlo_or_helo_if_needed()
            if server.starttls:
                self._smtp.starttls(context=ssl.create_default_context())
                self._smtp.ehlo_or_helo_if_needed()
            if self._smtp.sock is not None:
                # The dot goes by itself, and would wait for the server's delayed acknowledgement of what went before.
                self._smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if server.user:
                self._smtp.login(server.user, server.password)
        except smtplib.SMTPResponseException as fault:
            self.close()
            raise Refused("hello", fault.smtp_code, _words(fault.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise Lost(f"no connection: {fault}") from None

    def offer(self, sender: str, recipient: str, content: bytes) -> None:
        """Hand over all of a message but the final dot. `sender` and `recipient` are as `mailbox` gives them; `content` is
        whole lines that end in CR LF, in ASCII.

        `Refused` or `Lost`; then the message was not accepted, and the connection is as good as new or closed.
        """
        self.open()
        assert self._smtp is not None
        most = self._smtp.esmtp_features.get("size", "")
        if most.isdecimal() and 0 < int(most) < len(content):
            raise Refused("data", 552, f"5.3.4 It has {len(content)} bytes, and the server takes {most}.")
        commands = (
            ("sender", f"MAIL FROM:<{sender}>", 250),
            ("recipient", f"RCPT TO:<{recipient}>", 250),
            ("data", "DATA", 354),
        )
        try:
            if "pipelining" in self._smtp.esmtp_features:  # RFC 2920: three questions, one wait
                self._smtp.send("".join(f"{command}\r\n" for _, command, _ in commands))
                answers = [self._answer(stage) for stage, _, _ in commands]
            else:
                answers = []
                for stage, command, wanted in commands:
                    self._smtp.send(f"{command}\r\n")
                    answers.append(self._answer(stage))
                    if answers[-1].code // 100 != wanted // 100:
                        break
            faults = [
                answer for answer, (_, _, wanted) in zip(answers, commands, strict=False)
                if answer.code // 100 != wanted // 100
            ]  # fmt: skip
            if faults:
                self._begin_anew(is_taking=len(answers) == 3 and answers[2].code == 354)
                raise faults[0]
            self._smtp.send(_stuffed(content))
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise Lost(f"the connection ended: {fault}") from None

    def finish(self) -> str:
        """Send the final dot; what the server said when it accepted. `Refused` where it did not, `InDoubt` where it
        said nothing."""
        assert self._smtp is not None
        assert self._smtp.sock is not None
        try:
            self._smtp.sock.settimeout(self._server.accepting)
            self._smtp.send(b".\r\n")
            code, words = self._smtp.getreply()
            self._smtp.sock.settimeout(self._server.commands)
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise InDoubt(f"no answer after the final dot: {fault}") from None
        if code // 100 != 2:
            answer = Refused("content", code, _words(words))
            self._begin_anew(is_taking=code == 421)
            raise answer
        return f"{code} {_words(words)}"

    def abandon(self) -> None:
        """Take back what was offered. Without the final dot the server has nothing; there is no other way out of it
        than to hang up."""
        self._drop()

    def close(self) -> None:
        """Say goodbye, if there is somebody to hear it."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            _quietly(smtp.quit)
            _quietly(smtp.close)

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            _quietly(smtp.close)

    def _answer(self, stage: str) -> Refused:
        assert self._smtp is not None
        code, words = self._smtp.getreply()
        if code == 421:  # "closing transmission channel": of the server, not of the message
            raise smtplib.SMTPServerDisconnected(f"421 {_words(words)}")
        return Refused(stage, code, _words(words))

    def _begin_anew(self, *, is_taking: bool) -> None:
        """Leave the connection as before a message. One that now takes content, or is about to end, is dropped."""
        if is_taking or self._smtp is None:
            self._drop()
            return
        try:
            code, _ = self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            code = 421
        if code != 250:
            self._drop()


def _stuffed(content: bytes) -> bytes:
    """With a dot before each line that begins with one (RFC 5321, 4.5.2)."""
    lines = content.replace(b"\r\n.", b"\r\n..")
    return b"." + lines if lines.startswith(b".") else lines


def mailbox(address: str) -> str:
    """An address as it stands in a command: nothing in it can end the command (RFC 5321, 4.1.2). The host is written
    in ASCII; a local part that is not is for SMTPUTF8, which few servers speak. `Refused` where it is none."""
    local, at, host = address.rpartition("@")
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        host = ""
    if not (at and local and host) or _FORBIDDEN.search(address) or not local.isascii():
        raise Refused("recipient", 553, "5.1.3 No mail server takes this for an address.")
    return f"{local}@{host}"


def _words(said: bytes | str) -> str:
    """What the server said, on one line and without any address in it: it stands in lists and logs."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return re.sub(r"<?[^\s<>@]+@[^\s<>@]+>?", "<address>", " ".join(text.split()))


def _quietly(do: Callable[[], object]) -> None:
    with suppress(smtplib.SMTPException, OSError):
        do()
