"""A document that is one file packed by gzip, as sitemaps are: unpacked, within a bound."""

from __future__ import annotations

import zlib
from typing import Final

from almoner.pipeline.errors import Malformed, TooLarge

STAGE: Final = "parse"
MAX_UNPACKED: Final = 50 * 1024 * 1024
"""Bytes; as many as a sitemap may have (sitemaps.org, protocol 0.9)."""
_MAGIC: Final = b"\x1f\x8b\x08"
_GZIP: Final = 31


def unpacked(source: str, content: bytes) -> bytes:
    """What is in `content`, or `content` itself where it is not packed. `TooLarge` over the bound, of which nothing is
    read; `Malformed` where it cannot be unpacked at all. What can be had of a file that breaks off is had."""
    if not content.startswith(_MAGIC):
        return content
    unpacker = zlib.decompressobj(_GZIP)
    try:
        found = unpacker.decompress(content, MAX_UNPACKED + 1)
    except zlib.error as error:
        raise Malformed(source, STAGE, "is packed (gzip) and cannot be unpacked.",
                        advice="Unpack it, and give what was in it.") from error  # fmt: skip
    if len(found) > MAX_UNPACKED:
        raise TooLarge(
            source, STAGE, f"unpacks to more than {MAX_UNPACKED // 1024:,} KiB, and was not read.",
            advice="Give a shorter list of the same pages.",
        )  # fmt: skip
    return found
