"""The keys with which senders' signatures are verified, from the DNS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver

LookUp = Callable[[str, float], bytes | None]
"""The text record under a name, waited for at most so many seconds; None where there is none, `TimeoutError` where
that could not be learnt now."""

LONGEST: Final = 1_000
"""Bytes of a record. A key of 4,096 bits has 750; far longer ones take their time to reckon with."""


def look_up(name: str, seconds: float) -> bytes | None:
    """The text record under `name`, as this machine's own resolver says."""
    try:
        answer = dns.resolver.resolve(name, dns.rdatatype.TXT, lifetime=seconds, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN):
        return None
    except (
        dns.exception.Timeout,
        dns.resolver.NoNameservers,
        dns.resolver.NoResolverConfiguration,
        OSError,
    ) as error:
        raise TimeoutError(f"no answer from the DNS for {name}") from error
    except dns.exception.DNSException:  # a name that is none
        return None
    records = [b"".join(record.strings) for record in answer]
    return next((record for record in records if len(record) <= LONGEST), None)
