"""Formats that are no text: told by their first bytes, whatever a file is called."""

from __future__ import annotations

from typing import Final

from almoner.pipeline.errors import Locked, UnknownFormat
from almoner.pipeline.model import MediaType, Snapshot

STAGE: Final = "parse"
_PDF_WITHIN: Final = 1_024
"""Bytes that may stand before a PDF file's own mark (ISO 32000-1, annex H)."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office began until 2007; and how Office wraps a file that it encrypts ([MS-CFB], [MS-OFFCRYPTO])."""
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PARTS: Final = (
    (b"xl/", "a spreadsheet", "Save the sheet that matters as CSV."),
    (b"ppt/", "a presentation", "Save it as PDF."),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file", "Save it as Word (.docx) or PDF."),
    (b"mimetypeapplication/epub", "an e-book", "Save it as PDF."),
)


def reader_of(snapshot: Snapshot) -> str | None:
    """The reader that takes the snapshot apart: "pdf", "word"; None where it is to be read as text.

    Raises `Locked` for an encrypted Office file, and `UnknownFormat` for files of Office and archives that nothing
    here reads.
    """
    content = snapshot.content
    if b"%PDF-" in content[:_PDF_WITHIN] or snapshot.media_type is MediaType.PDF:
        return "pdf"
    if content.startswith(_OLE):
        raise _old_office(snapshot)
    if content.startswith(_ZIP):
        _check_kind(snapshot)
        return "word"
    return "word" if snapshot.media_type is MediaType.WORD else None


def _old_office(snapshot: Snapshot) -> Locked | UnknownFormat:
    if "EncryptedPackage".encode("utf-16-le") in snapshot.content:
        return Locked(
            snapshot.source, STAGE, "is an Office file that is encrypted with a password.",
            advice="Open it with the password, save it without one, and try again.",
        )  # fmt: skip
    return UnknownFormat(
        snapshot.source, STAGE, "is a file of Office before 2007 (.doc, .xls, .ppt), which is not read.",
        advice="Open it in Word or LibreOffice, save it as .docx or PDF, and try again.",
    )  # fmt: skip


def _check_kind(snapshot: Snapshot) -> None:
    content = snapshot.content
    if b"word/" in content:
        return
    for mark, what, advice in _PARTS:
        if mark in content[:4_096] or (mark.endswith(b"/") and mark in content):
            raise UnknownFormat(snapshot.source, STAGE, f"is {what}, which is not read.", advice=advice)
    if snapshot.media_type is not MediaType.WORD:
        raise UnknownFormat(
            snapshot.source, STAGE, "is an archive (zip), and archives are not read.",
            advice="Unpack it, and name the files in it.",
        )  # fmt: skip
