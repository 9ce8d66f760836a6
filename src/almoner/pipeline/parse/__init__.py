"""Snapshot → Document, by format."""

from __future__ import annotations

import re

from almoner.pipeline.errors import NotText
from almoner.pipeline.model import Document, MediaType, Snapshot
from almoner.pipeline.parse.decode import decode

STAGE = "parse"
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|article|main|table|p|h[1-6])\b",
                              re.IGNORECASE | re.DOTALL)  # fmt: skip


def parse(snapshot: Snapshot) -> Document:
    """The snapshot as blocks in reading order.

    Raises `NotText` for bytes that are no text. An empty snapshot is a document without blocks.
    """
    decoded = decode(snapshot.content)
    if decoded is None:
        raise NotText(
            snapshot.source, STAGE, "is no text (a picture, an archive or a programme?).",
            advice="Plain text and HTML can be read; save it as one of these.",
        )  # fmt: skip
    media_type = snapshot.media_type
    if media_type is not MediaType.TEXT and _LOOKS_LIKE_HTML.match(decoded.text[:4096]):
        media_type = MediaType.HTML
    # Each parser is imported when its format comes: reading text never waits for the HTML engine.
    if media_type is MediaType.HTML:
        from almoner.pipeline.parse.html import parse_html

        document = parse_html(snapshot.source, decoded.text, snapshot.address)
    else:
        from almoner.pipeline.parse.text import parse_text

        document = parse_text(snapshot.source, decoded.text, snapshot.address)
    return decoded.report(document)
