"""The file with the passwords of mailboxes: one a line, the mailbox's address, white space, and the password.

# comment
imaps://news%40example.org@mail.example.org  the password, with its spaces
"""

from __future__ import annotations

from almoner.pipeline.errors import AddressRefused
from almoner.pipeline.fetch.mailbox.address import mailbox_address


class InvalidLine(ValueError):
    """A line that is none of the above. Its words say which, and nothing of what stands in it."""


def read_passwords(text: str) -> dict[str, str]:
    """The passwords in such a file, by `MailboxAddress.account`. `InvalidLine` for the first line that is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip().split(None, 1)
        if not words or words[0].startswith("#"):
            continue
        try:
            account = mailbox_address(words[0]).account
        except AddressRefused as error:
            raise InvalidLine(f"line {number}: {error.problem}") from None
        if len(words) < 2:
            raise InvalidLine(f"line {number}: there is no password behind the mailbox.")
        found[account] = words[1]
    return found
