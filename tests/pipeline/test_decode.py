"""Bytes → text: whatever a page says about itself, and nothing mended in silence."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoner.pipeline.model import Document, MediaType
from almoner.pipeline.parse.decode import Decoded, decode

WORDS = "“Café” – £5 for the helpline\nSecond line\n"


def text(content: bytes) -> Decoded:
    decoded = decode(content)
    assert decoded is not None
    return decoded


def findings(content: bytes) -> list[tuple[str, int | None, int | None]]:
    document = text(content).report(Document("x.txt", MediaType.TEXT, ()))
    return [(found.code, found.place.first_line, found.place.last_line) for found in document.findings]


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_is_believed(bom: bytes, encoding: str) -> None:
    decoded = text(bom + WORDS.encode(encoding))
    assert (decoded.text, decoded.encoding) == (WORDS, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_byte_order_mark_is_known_by_its_nul_bytes(encoding: str) -> None:
    words = "The helpline opens – at nine. " * 20
    assert text(words.encode(encoding)).text == words


def test_byte_order_mark_of_utf8_before_other_bytes_is_not_believed_blindly() -> None:
    assert text(codecs.BOM_UTF8 + b"caf\xe9\n").text == "café\n"


def test_windows_1252_is_read_without_a_word() -> None:
    assert text(WORDS.encode("cp1252")).text == WORDS
    assert findings(WORDS.encode("cp1252")) == []


def test_latin_1_is_read_as_windows_1252() -> None:
    assert text(b"<meta charset='iso-8859-1'>\n\x93quoted\x94").text.endswith("“quoted”")


def test_declared_encoding_is_used_where_utf8_fails() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-15"?>\n5 €'.encode("iso-8859-15")
    assert text(page).text.endswith("5 €")
    page = "<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>Совет".encode("koi8-r")
    assert text(page).text.endswith("Совет")


def test_valid_utf8_goes_before_what_is_declared() -> None:
    assert text("<meta charset=iso-8859-15>café".encode()).text.endswith("café")


@pytest.mark.parametrize(
    "name",
    ["utf-7", "utf-16", "utf-32", "undefined", "idna", "punycode", "unicode_escape", "rot13", "hex", "zlib", "cp037", "nonsense"],
)  # fmt: skip
def test_encodings_that_are_not_the_webs_are_never_used(name: str) -> None:
    page = f"<meta charset={name}>\n+AGE-lm \\x41 ".encode() + b"caf\xe9"
    assert text(page).text.endswith("+AGE-lm \\x41 café")


def test_utf7_is_never_read() -> None:
    assert text(b"+ADw-script+AD4-").text == "+ADw-script+AD4-"


def test_lines_of_two_encodings_are_read_and_found() -> None:
    content = "café\n".encode() + "“one”\n".encode("cp1252") + b"plain\n" + "naïve\n".encode("cp1252")
    assert text(content).text == "café\n“one”\nplain\nnaïve\n"
    assert findings(content) == [("encoding_mended", 2, 2), ("encoding_mended", 4, 4)]


def test_two_encodings_in_one_line_are_both_read() -> None:
    assert text("café ".encode() + b"na\xefve caf\xe9\n").text == "café naïve café\n"


def test_many_mended_lines_are_named_up_to_a_limit() -> None:
    content = "é\n".encode() + b"\xe9 a\n" * 50
    found = findings(content)
    assert found[:2] == [("encoding_mended", 2, 2), ("encoding_mended", 3, 3)]
    assert len(found) == 21
    assert found[-1] == ("encoding_mended", 22, 51)


def test_nul_and_control_characters_are_left_out_and_found() -> None:
    content = b"one\ntw\x00o\x1b[31m\nthree\n"
    assert text(content).text == "one\ntwo[31m\nthree\n"
    assert findings(content) == [("encoding_mended", 2, 2)]


def test_characters_that_were_lost_are_found() -> None:
    assert findings("one\ntw\ufffd\n".encode()) == [("encoding_mended", 2, 2)]
    assert findings(codecs.BOM_UTF16_LE + "one\nda".encode("utf-16-le") + b"\x00\xd8") == [
        ("encoding_mended", 2, 2)
    ]


def test_line_ends_of_all_systems_count_alike() -> None:
    assert text(b"a\r\nb\rc\nd").text == "a\nb\nc\nd"
    assert findings(b"a\r\xc3\xa9\r\n\xe9 b\n") == [("encoding_mended", 3, 3)]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nwords",
        b"PK\x03\x04" + b"words " * 9,
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0 words",
        b"GIF89a\x00\x01\x00\x01",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"SQLite format 3\x00",
        b"\x7fELF\x02",
        bytes(range(256)) * 8,
        b"\x00" * 100,
    ],
)  # fmt: skip
def test_bytes_that_are_no_text_are_none(content: bytes) -> None:
    assert decode(content) is None


@pytest.mark.parametrize(
    "words", ["GIF8 is what they called it", "RIFF and raff", "ID3 cards", "Rar! said the child", "MZ", "PK"]
)
def test_text_that_begins_like_a_file_is_text(words: str) -> None:
    assert text(words.encode()).text == words


def test_nothing_is_text_without_characters() -> None:
    assert text(b"").text == ""


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_none(content: bytes) -> None:
    decoded = decode(content)
    if decoded is not None:
        assert "\x00" not in decoded.text
        assert "\r" not in decoded.text
        decoded.text.encode("utf-8")


@given(
    st.text(
        alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff\ufffd")
    )
)
def test_text_in_utf8_comes_back_as_it_was(words: str) -> None:
    decoded = decode(words.encode())
    assert decoded is None or decoded.text == words
