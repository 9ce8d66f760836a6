"""PDF and Word files that cannot be read: an error of its own kind, with the source, the stage and what to do."""

from __future__ import annotations

import pytest

from almoner.pipeline import errors
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.model import Document, MediaType, Snapshot
from almoner.pipeline.parse import parse
from tests.pipeline.papers import broken, letters, sheets, word


def read(content: bytes) -> Document:
    return parse(Snapshot("notes.pdf", content, MediaType.PDF))


def read_word(content: bytes) -> Document:
    return parse(Snapshot("notes.docx", content, MediaType.WORD))


def refused(content: bytes, kind: type[PipelineError], name: str = "notes.pdf") -> PipelineError:
    """The error that the content gives; it says where, in which stage, and what to do."""
    with pytest.raises(kind) as raised:
        parse(Snapshot(name, content, MediaType.PDF if name.endswith("pdf") else MediaType.WORD))
    error = raised.value
    assert (error.source, error.stage) == (name, "parse")
    assert error.problem
    assert error.advice
    return error


@pytest.mark.parametrize("name", sorted(broken.BROKEN))
def test_pdf_of_which_nothing_can_be_had_is_malformed(name: str) -> None:
    refused(broken.BROKEN[name](), errors.Malformed)


def test_empty_file_called_pdf_is_malformed() -> None:
    refused(b"", errors.Malformed)


def test_pdf_cut_off_in_the_middle_is_malformed() -> None:
    whole = sheets.guidance()
    refused(whole[: len(whole) // 2], errors.Malformed)


def test_pdf_without_its_last_lines_is_read_with_a_finding() -> None:
    whole = sheets.release()
    document = read(whole[: whole.rindex(b"startxref")])
    assert [found.code for found in document.findings] == ["text_cut"]
    assert document.title == "Council to check every school taxi by Easter"


def test_pdf_that_needs_a_password_is_locked() -> None:
    assert "password" in refused(broken.locked("secret"), errors.Locked).advice


def test_pdf_encrypted_without_a_password_is_read() -> None:
    assert [block.text for block in read(broken.locked("")).blocks] == ["Records are kept for seven years."]


def test_scan_has_no_words_and_says_so() -> None:
    error = refused(broken.scan(), errors.NoWords)
    assert "2 page(s) of pictures" in error.problem
    assert "OCR" in error.advice


def test_pdf_of_ten_thousand_pages_is_too_large() -> None:
    assert "10,000 pages" in refused(broken.many_pages(10_000), errors.TooLarge).problem


def test_pdf_that_runs_in_circles_is_read() -> None:
    assert [block.text for block in read(broken.circles()).blocks] == ["Records are kept for seven years."]


def test_pdf_that_swells_is_too_costly() -> None:
    refused(broken.swelling(), errors.TooCostly)


def test_pdf_with_a_page_of_kilometres_is_malformed() -> None:
    refused(broken.vast(), errors.Malformed)


def test_letters_without_a_name_are_a_finding() -> None:
    (found,) = read(broken.nameless_letters()).findings
    assert (found.code, found.place.page) == ("letters_unknown", 1)


def word_refused(content: bytes, kind: type[PipelineError]) -> PipelineError:
    return refused(content, kind, "notes.docx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Not an archive.", letters.guidance()[:3_000]])
def test_word_file_without_a_directory_is_malformed(content: bytes) -> None:
    word_refused(content, errors.Malformed)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "word\\..\\..\\run.exe", "C:/run.exe"])
def test_word_file_with_names_that_lead_out_is_malformed(name: str) -> None:
    assert "leads out" in word_refused(word.with_part(name), errors.Malformed).problem


def test_word_file_with_a_link_in_it_is_malformed() -> None:
    word_refused(word.with_part("word/link", b"/etc/passwd", mode=0o120777), errors.Malformed)


def test_word_file_that_swells_is_too_large() -> None:
    content = word.swollen()
    assert len(content) < 2**20
    word_refused(content, errors.TooLarge)


def test_word_file_with_entities_is_malformed() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]><w><p><t>&a8;</t></p></w>'
    assert "DTD" in word_refused(word.replaced("word/document.xml", text.encode()), errors.Malformed).problem


def test_word_file_with_a_damaged_part_is_malformed() -> None:
    content = bytearray(letters.guidance())
    at = content.index(b"word/document.xml", content.index(b"word/_rels")) + len("word/document.xml")
    content[at : at + 200] = b"\xff" * 200
    word_refused(bytes(content), errors.Malformed)


def test_word_file_whose_parts_are_said_to_begin_before_it_is_malformed() -> None:
    content = bytearray(letters.guidance())
    directory = content.rindex(b"PK\5\6") + 16
    content[directory : directory + 4] = (2**31).to_bytes(4, "little")
    assert "cannot be unpacked" in word_refused(bytes(content), errors.Malformed).problem


def test_word_file_whose_text_breaks_off_is_read_with_a_finding() -> None:
    text = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Two'
    document = read_word(word.replaced("word/document.xml", text.encode()))
    assert [block.text for block in document.blocks] == ["One.", "Two"]
    assert [found.code for found in document.findings] == ["markup_mended"]


def test_word_file_nested_without_end_is_read() -> None:
    deep = "<w:sdt>" * 100_000 + "<w:r><w:t>Deep.</w:t></w:r>" + "</w:sdt>" * 100_000
    text = f'<w:document xmlns:w="w"><w:body><w:p>{deep}</w:p><w:p><w:r><w:t>Flat.</w:t></w:r></w:p></w:body></w:document>'
    assert [block.text for block in read_word(word.replaced("word/document.xml", text.encode())).blocks] == [
        "Flat."
    ]


def test_office_file_that_is_encrypted_is_locked() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "password" in word_refused(content, errors.Locked).advice


def test_word_file_of_before_2007_says_what_to_do() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    assert ".docx" in word_refused(content, errors.UnknownFormat).advice


def test_spreadsheet_says_what_to_do() -> None:
    content = word.packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    assert "CSV" in word_refused(content, errors.UnknownFormat).advice


def test_archive_is_refused_whatever_it_is_called() -> None:
    with pytest.raises(errors.UnknownFormat, match="archive"):
        parse(Snapshot("notes.zip", word.packed({"notes.txt": b"Notes."})))


def test_paper_is_told_by_its_bytes_and_not_by_its_name() -> None:
    assert parse(Snapshot("-", sheets.release())).media_type is MediaType.PDF
    assert parse(Snapshot("notes.txt", letters.letter(), MediaType.TEXT)).media_type is MediaType.WORD
