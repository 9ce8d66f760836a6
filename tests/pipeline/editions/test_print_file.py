"""A redline in print: what a PDF for everybody must have (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2_raw as raw
import pytest

from almoner.demo.manuscript import manuscript
from almoner.demo.manuscript_page import as_page
from almoner.demo.manuscript_print import as_print
from almoner.pipeline.editions.compare import compare
from almoner.pipeline.editions.print_file import print_file
from almoner.pipeline.model import Snapshot
from almoner.pipeline.run import edition
from tests.pipeline.editions.builders import edition as of_texts
from tests.verapdf import checked

MADE = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def redline() -> bytes:
    """The redline of the two sample editions."""
    old, new = (
        edition(Snapshot(f"{name}.html", as_page(manuscript(name))))
        for name in ("safe-harbour-2025", "safe-harbour-2026")
    )
    made = print_file(compare(old, new), made=MADE)
    assert made.is_accessible
    return made.content


def roles(content: bytes) -> Counter[str]:
    """The elements of a file's structure trees, all pages together."""
    found: Counter[str] = Counter()
    document = pdfium.PdfDocument(content)
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page)
        waiting: list[Any] = [
            raw.FPDF_StructTree_GetChildAtIndex(tree, index)
            for index in range(raw.FPDF_StructTree_CountChildren(tree))
        ]
        while waiting:
            element = waiting.pop()
            if not element:
                continue
            found[_role(element)] += 1
            waiting += [
                raw.FPDF_StructElement_GetChildAtIndex(element, index)
                for index in range(max(0, raw.FPDF_StructElement_CountChildren(element)))
            ]
        raw.FPDF_StructTree_Close(tree)
    return found


def _role(element: Any) -> str:
    room = ctypes.create_string_buffer(80)
    size = raw.FPDF_StructElement_GetType(element, room, 80)
    return room.raw[: max(0, size - 2)].decode("utf-16-le")


def test_printed_redline_says_that_it_is_accessible_and_in_which_language(redline: bytes) -> None:
    document = pdfium.PdfDocument(redline)
    assert document.get_metadata_value("Title") == (
        "Safe Harbour: duties of clubs and charters that carry children: what changed"
    )
    assert raw.FPDFCatalog_IsTagged(document)
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", redline)
    assert re.search(rb"/Lang\s*\(en-GB\)", redline)
    assert re.search(rb"/DisplayDocTitle\s+true", redline)


def test_printed_redline_has_headings_and_paragraphs_as_structure(redline: bytes) -> None:
    found = roles(redline)
    assert found["H1"] == 1
    assert found["H2"] >= 10
    assert found["P"] > 150


def test_printed_redline_says_in_words_what_came_and_went(redline: bytes) -> None:
    text = " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(redline))
    text = " ".join(text.split())
    assert "15. Crew [removed: should] [added: must] read part one" in text
    assert "Substantive: a word that binds came or went; should → must." in text
    assert "There is a new paragraph 94, so paragraphs 94 to 120 are now 95 to 121." in text


def test_printed_redline_is_the_same_file_each_time(redline: bytes) -> None:
    old, new = of_texts(["1. Act."]), of_texts(["1. Act now."])
    first = print_file(compare(old, new), made=MADE)
    assert print_file(compare(old, new), made=MADE) == first


def test_printed_redline_leaves_no_level_of_headings_out() -> None:
    texts = ["#### Deep", "1. Act.", "## Two", "###### Six", "2. Tell."]
    read = edition(Snapshot("a.md", "\n\n".join(texts).encode()))
    made = print_file(compare(read, read), made=MADE)
    assert made.is_accessible
    assert {role for role in roles(made.content) if re.fullmatch(r"H\d", role)} == {"H1", "H2", "H3"}


@pytest.mark.parametrize(
    "text", ["1. #strong[x] $y$ @z *b* \\ <a> ```c", "1. يجب على الكلية", "1. a\x01b\x0b", "1. \ue000"]
)
def test_printed_redline_takes_any_text_for_text(text: str) -> None:
    made = print_file(compare(of_texts([text]), of_texts([f"{text} more"])), made=MADE)
    assert made.is_accessible
    words = pdfium.PdfDocument(made.content)[0].get_textpage().get_text_range()
    assert "more" in words
    assert words.count("added") == 2  # in the line that says how to read it, and where it came


def test_sample_editions_in_print_are_accessible_too() -> None:
    content = as_print(manuscript("safe-harbour-2026"))
    found = roles(content)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert (found["H1"], found["Note"]) == (1, 3)
    assert found["TH"] >= 6


def test_printed_redlines_and_editions_pass_verapdf(redline: bytes, tmp_path: Path) -> None:
    ordinary = Path(__file__, "../../golden/pdf/guidance.pdf").resolve().read_bytes()
    found = checked(
        tmp_path, redline=redline, edition=as_print(manuscript("safe-harbour-2026")), ordinary=ordinary
    )
    assert [found[name].faults for name in ("redline", "edition")] == [(), ()]
    assert min(each.assertions for each in found.values()) > 100
    assert any(fault.startswith("6.2-1 ") for fault in found["ordinary"].faults)  # it is not tagged
