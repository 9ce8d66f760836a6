"""Entries that were read before are passed over: of a feed whose bytes differ, most entries are what they were."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Final

from almoner import __version__
from almoner.pipeline.lines import dates
from almoner.pipeline.model import Passed
from almoner.pipeline.parse.feed.envelope import Envelope
from almoner.pipeline.ports import Seen

_PASSING: Final = re.compile(
    rb"<!--.*?-->|<rdf:li\b[^>]*>|"
    rb"<((?:[\w.-]+:)?(?:lastBuildDate|pubDate|updated|modified|date|generator|ttl|updateBase))\b[^<>]*>[^<]*</\1\s*>",
    re.DOTALL,
)
"""What changes around the entries without a meaning for them: when the feed was made and by what, the list of
contents of RDF."""
_SPACE: Final = re.compile(rb"\s*([<>])\s*")


def pass_over(
    envelope: Envelope, address: str, seen: Seen | None
) -> tuple[Envelope, tuple[str, ...], tuple[Passed, ...]]:
    """The feed without the entries that are known, the digests of those that stay, and what was passed over.

    A digest covers all that the reading of an entry depends on: its bytes, what stands around the entries, where the
    feed was found, the order of numeric dates in it, the version of this reader and what `seen` adds. A feed that had
    to be mended, or that is not read whole, is read anew each time; so is any where `seen` is None.
    """
    if seen is None or not envelope.extents or envelope.mended or envelope.findings:
        return envelope, (), ()
    content = envelope.content
    gaps, raw, position = [], [], 0
    for extent in envelope.extents:
        gaps.append(content[position : extent.start])
        raw.append(content[extent.start : extent.end])
        position = extent.end
    gaps.append(content[position:])
    markup = [one.decode() for one in raw]
    telling = (
        Passed("", 0, extent.place, one)
        for one, extent in zip(markup, envelope.extents, strict=True)
        if dates.may_tell_order(one)
    )
    order = dates.page_order(piece for record in telling for piece in record.texts)
    around = _SPACE.sub(rb"\1", _PASSING.sub(b"", b"".join(gaps)))
    common = hashlib.sha256(around)
    common.update("\n".join(("", __version__, address, order, seen.depends_on)).encode(errors="replace"))
    digests = [
        _digest(common, one, "/".join(extent.around))
        for one, extent in zip(raw, envelope.extents, strict=True)
    ]
    known = seen.among(digests)
    stay = [number for number, digest in enumerate(digests) if digest not in known]
    passed = tuple(
        Passed(digest, number, extent.place, one)
        for number, (digest, extent, one) in enumerate(
            zip(digests, envelope.extents, markup, strict=True), start=1
        )
        if digest in known
    )
    if passed:
        kept = [
            gap + (b"" if digest in known else one)
            for gap, one, digest in zip(gaps, raw, digests, strict=False)
        ]
        envelope = replace(
            envelope,
            content=b"".join((*kept, gaps[-1])),
            places=tuple(envelope.extents[number].place for number in stay),
        )
    return envelope, tuple(digests[number] for number in stay), passed


def _digest(common: hashlib._Hash, raw: bytes, around: str) -> str:
    own = common.copy()
    own.update(f"\n{around}\n".encode())
    own.update(raw)
    return own.hexdigest()[:32]
