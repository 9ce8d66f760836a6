"""Tags: what stands for a delivery outside this service, in Message-IDs and in the addresses that bounces go to.

A tag holds the delivery's number and a seal on it (HMAC, cut to 128 bits as RFC 2104 allows), so that nobody makes one
for a message that they did not get. It is the same at each attempt. Letters and digits only, and case does not
matter: mail servers change the case of local parts, and take 64 letters (RFC 5321, 4.5.3.1.1).
"""

from __future__ import annotations

import base64
import re
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

_TAG: Final = re.compile(r"^([0-9a-z]{1,16})-([a-z2-7]{26})$")


def tag(delivery: int) -> str:
    """The tag of a delivery (primary key)."""
    return f"{delivery:x}-{_seal(delivery)}"


def delivery_of(words: str) -> int | None:
    """The delivery that a tag stands for; None where it is no tag of ours."""
    found = _TAG.match(words.lower())
    try:
        delivery = int(found[1], 16) if found else None
    except ValueError:
        return None
    if found is None or delivery is None or not constant_time_compare(found[2], _seal(delivery)):
        return None
    return delivery


def _seal(delivery: int) -> str:
    digest = salted_hmac("almoner.alerts.tags", str(delivery), algorithm="sha256").digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()
