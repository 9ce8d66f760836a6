"""A PDF file opened with pdfium: whether it can be read at all, what it says of itself, and its bookmarks."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2_raw as pdfium  # the bare bindings: the rest of the package takes three times as long to import

from almoner.pipeline.errors import Locked, Malformed, PipelineError, TooLarge

STAGE: Final = "parse"
MAX_PAGES: Final = 2_000
MAX_BOOKMARKS: Final = 5_000
MAX_DEPTH: Final = 8
_NAMES: Final = ("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate")
_DATE: Final = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?\s*(?:([+-])(\d\d)'?(\d\d)?'?|(Z))?"
)
_FORMAT: Final = 3
_PASSWORD: Final = 4
_SECURITY: Final = 5


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's outline: its words, its depth from 1, and the page it leads to (from 1)."""

    title: str
    depth: int
    page: int | None


class File:
    """An open file. Close it when done: `pdfium` holds memory that Python does not know of."""

    def __init__(self, content: bytes) -> None:
        """Open a file, with the empty password if it asks for one.

        Raises `Locked` for a file that needs a password or another way to decrypt it, `Malformed` for one that is
        damaged beyond mending, `TooLarge` for more than `MAX_PAGES` pages.
        """
        pdfium.FPDF_InitLibrary()
        self._content = content  # pdfium reads from it for as long as the file is open
        self.handle: Any = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
        if not self.handle:
            raise _refusal(pdfium.FPDF_GetLastError())
        self.pages: int = pdfium.FPDF_GetPageCount(self.handle)
        if self.pages > MAX_PAGES:
            self.close()
            raise TooLarge(
                "", STAGE, f"has {self.pages:,} pages, and PDF files of more than {MAX_PAGES:,} are not read.",
                advice="Split it into smaller files; nothing of it was read.",
            )  # fmt: skip
        if self.pages < 1:
            self.close()
            raise Malformed("", STAGE, "is a PDF file without a page.", advice="Ask for another copy.")

    def close(self) -> None:
        """Give back what the file holds."""
        pdfium.FPDF_CloseDocument(self.handle)

    def metadata(self) -> dict[str, str]:
        """What the file says of itself: title, author, subject, keywords; created and modified as ISO 8601."""
        said = {}
        for name in _NAMES:
            value = self._text(pdfium.FPDF_GetMetaText, self.handle, name.encode())
            if name.endswith("Date"):
                key = "created" if name == "CreationDate" else "modified"
                value = iso_date(value)
            else:
                key = name.lower()
            if value:
                said[key] = value
        return said

    def language(self) -> str | None:
        """The language that the file states, as it writes it ("en-GB")."""
        size = pdfium.FPDFCatalog_GetLanguage(self.handle, None, 0)
        if not 2 < size < 200:
            return None
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFCatalog_GetLanguage(
            self.handle, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
        )
        return buffer.raw.decode("utf-16-le", "replace").rstrip("\0") or None

    def bookmarks(self) -> list[Bookmark]:
        """The outline in order, as far as it does not run in circles."""
        found: list[Bookmark] = []
        seen: set[int] = set()
        waiting = [(pdfium.FPDFBookmark_GetFirstChild(self.handle, None), 1)]
        while waiting and len(found) < MAX_BOOKMARKS:
            mark, depth = waiting.pop()
            if not mark:
                continue
            key = ctypes.addressof(mark.contents)
            if key in seen or depth > MAX_DEPTH:
                continue
            seen.add(key)
            title = " ".join(self._text(pdfium.FPDFBookmark_GetTitle, mark).split())
            page = self._page_of(mark)
            if title:
                found.append(Bookmark(title, depth, page))
            waiting.append((pdfium.FPDFBookmark_GetNextSibling(self.handle, mark), depth))
            waiting.append((pdfium.FPDFBookmark_GetFirstChild(self.handle, mark), depth + 1))
        return found

    def numbered_pages(self) -> Iterator[tuple[int, Any]]:
        """The pages that can be loaded, one at a time, with their numbers from 1; None for one that cannot."""
        for index in range(self.pages):
            page = pdfium.FPDF_LoadPage(self.handle, index)
            yield index + 1, page
            if page:
                pdfium.FPDF_ClosePage(page)

    def _page_of(self, mark: Any) -> int | None:
        target = pdfium.FPDFBookmark_GetDest(self.handle, mark)
        index = pdfium.FPDFDest_GetDestPageIndex(self.handle, target) if target else -1
        return index + 1 if 0 <= index < self.pages else None

    @staticmethod
    def _text(ask: Any, *about: Any) -> str:
        """A text of UTF-16 that pdfium gives in two calls: its size, then itself."""
        size = ask(*about, None, 0)
        if not 2 < size < 20_000:
            return ""
        buffer = ctypes.create_string_buffer(size)
        ask(*about, buffer, size)
        text = buffer.raw[: size - 2].decode("utf-16-le", "replace").replace("\0", "")
        return " ".join(text.split())


def iso_date(printed: str) -> str:
    """A date as PDF writes it (ISO 32000-1, 7.9.4: "D:20240312093000+00'00'") as ISO 8601; "" for none."""
    found = _DATE.match(printed.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, _, sign, hours, minutes, zulu = found.groups()
    if not 1990 <= int(year) <= 2100 or not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:
        return ""
    date = "-".join(part for part in (year, month, day) if part)
    if hour is None or day is None or int(hour) > 23 or int(minute) > 59:
        return date
    zone = "+00:00" if zulu else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    return f"{date}T{hour}:{minute}{zone}"


def _refusal(code: int) -> PipelineError:
    if code == _PASSWORD:
        return Locked(
            "", STAGE, "is encrypted and needs a password.",
            advice="Open it with the password, save it without one, and try again.",
        )  # fmt: skip
    if code == _SECURITY:
        return Locked(
            "", STAGE, "is encrypted in a way that is not supported.",
            advice="Open it in a PDF reader, print it to a new PDF file, and try again.",
        )  # fmt: skip
    how = "is damaged or cut off" if code == _FORMAT else "cannot be opened"
    return Malformed(
        "", STAGE, f"{how}: no PDF reader's table of contents can be found in it.",
        advice="Download it again, or ask its publisher for another copy.",
    )  # fmt: skip
