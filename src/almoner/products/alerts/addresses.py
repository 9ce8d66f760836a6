"""E-mail addresses as people type them: what may be written to, what two spellings share, and what is counted as one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.views.decorators.debug import sensitive_variables

LONGEST: Final = 254
"""Letters of an address (RFC 5321, 4.5.3.1.3, as corrected by erratum 1690)."""
_FORBIDDEN: Final = re.compile(r"[\s\x00-\x20\x7f-\x9f\u2028\u2029<>,;:\"\\()\[\]]")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """An address as it was typed, for sending, and as two spellings of it are the same (`folded`)."""

    typed: str
    folded: str

    @property
    def counted(self) -> str:
        """What limits count it as: of `ann.lee+news@…` and `annlee@…` one mailbox is meant at many providers, and
        whoever floods a mailbox uses that."""
        local, _, host = self.folded.rpartition("@")
        return f"{local.partition('+')[0].replace('.', '') or local}@{host}"


@sensitive_variables()  # keeps the address out of error reports
def read_address(typed: str) -> Address:
    """An address that can be written to. `ValueError` says in words what is wrong, without the address.

    Nothing that could end a header line or name a second recipient gets through, and no quoted local part or address
    literal: nobody who signs up has one.
    """
    text = unicodedata.normalize("NFC", typed).strip(" \t")
    if not text:
        raise ValueError("Enter your e-mail address.")
    if len(text) > LONGEST:
        raise ValueError("An e-mail address has no more than 254 characters.")
    local, at, host = text.rpartition("@")
    if not at or not local or not host:
        raise ValueError("An e-mail address has an @, as in name@example.org.")
    if _FORBIDDEN.search(text) or "@" in local:
        raise ValueError("Enter one e-mail address, as in name@example.org.")
    try:
        name = host.encode("idna").decode("ascii").lower()
        validate_email(f"{local.encode('ascii').decode()}@{name}")
    except (UnicodeError, ValidationError):
        raise ValueError("This is no e-mail address that we can write to. Check it for a slip.") from None
    return Address(f"{local}@{name}", f"{local.casefold()}@{name}")
